"""Signatures for the staff's pages that use WeCom's JS-SDK."""

from typing import Annotated, Any, Final
from urllib.parse import urlsplit

import msgspec
from litestar import Controller, Request, get
from litestar.params import QueryParameter

from siyu.accounts.connections.gateways import WecomGateways
from siyu.accounts.sessions import Principal
from siyu.channels.wecom.errors import WeComFailure
from siyu.channels.wecom.jssdk import PageSignature
from siyu.core.errors import BadGateway, Invalid
from siyu.core.settings import Settings

PageUrl = Annotated[str, QueryParameter(name="url", max_length=2000, description="当前网页的地址")]
_SCHEMES: Final = frozenset({"http", "https"})


class JssdkConfig(msgspec.Struct, kw_only=True):
    """What a page hands to the script: `corp` to ``config``, `agent` to ``agentConfig``."""

    corp: PageSignature
    agent: PageSignature
    jssdk_url: str
    """Where the script itself is loaded from."""


class JssdkController(Controller):
    """The door of the JS-SDK."""

    path = "/api/jssdk"
    tags = ("staff",)

    @get("/config")
    async def config(
        self,
        request: Request[Any, Any, Any],
        principal: Principal,
        wecom: WecomGateways,
        settings: Settings,
        url: PageUrl,
    ) -> JssdkConfig:
        """Sign the page the caller is on; pages of other hosts are not signed."""
        parts = urlsplit(url)
        here = request.headers.get("host", "").lower()
        if parts.scheme not in _SCHEMES or parts.netloc.lower() != here:
            raise Invalid.field("url", "foreign_page", "只能为本站的网页签名")
        client = await wecom.client(principal.tenant_id)
        try:
            return JssdkConfig(
                corp=await client.page_config(url),
                agent=await client.page_agent_config(url),
                jssdk_url=settings.jssdk_url,
            )
        except WeComFailure as failure:
            raise BadGateway("wecom_refused", failure.sentence) from failure


controllers = [JssdkController]
