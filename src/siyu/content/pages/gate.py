"""Asks the tenant's official account who reads and how its pages may be shared."""

import time
from typing import Final

from siyu.accounts.connections.gateways import OfficialAccounts
from siyu.channels.wechat.errors import SnapshotVisitor, WeChatFailure
from siyu.channels.wechat.oauth import authorize_url
from siyu.channels.wechat.official import OfficialAccount
from siyu.content.pages.readers import ShareCard, SnsScope, WechatReader
from siyu.core.errors import BadGateway, Conflict
from siyu.core.settings import Settings

_FRESH_SECONDS: Final = 5.0


class OfficialAccountGate:
    """The `ReaderGate` of the tenants' connected official accounts."""

    def __init__(self, accounts: OfficialAccounts, settings: Settings) -> None:
        self._accounts = accounts
        self._settings = settings
        self._known: dict[int, tuple[float, OfficialAccount]] = {}

    async def authorize_url(
        self, tenant_id: int, redirect_uri: str, state: str, scope: SnsScope
    ) -> str | None:
        """Return where to send a browser to sign in; nothing if no account is connected."""
        official = await self._account(tenant_id)
        if official is None:
            return None
        return authorize_url(
            official.account.app_id,
            redirect_uri,
            state,
            scope=scope,
            base=self._settings.open_base,
        )

    async def reader(self, tenant_id: int, code: str) -> WechatReader:
        """Return who came back with this code; raises a `Problem`."""
        official = await self._account(tenant_id)
        if official is None:
            raise Conflict("official_account_missing", "还没有连接公众号")
        app_id = official.account.app_id
        try:
            visitor = await official.signed_in(code)
        except SnapshotVisitor:
            return WechatReader(app_id, "", snapshot=True)
        except WeChatFailure as failure:
            raise BadGateway("wechat_refused", "微信登录没有成功，请重新打开页面") from failure
        return WechatReader(app_id, visitor.openid, visitor.unionid or None)

    async def share_card(self, tenant_id: int, url: str) -> ShareCard | None:
        """Return the signature for the share card of a page; nothing if not connected."""
        official = await self._account(tenant_id)
        if official is None:
            return None
        try:
            signed = await official.page_config(url)
        except WeChatFailure:
            # A page without a share card is still a page.
            return None
        return ShareCard(signed.app_id, signed.timestamp, signed.nonce_str, signed.signature)

    async def _account(self, tenant_id: int) -> OfficialAccount | None:
        """Return the tenant's account; a page asks for it up to five times on its way."""
        known = self._known.get(tenant_id)
        if known is not None and known[0] > time.monotonic():
            return known[1]
        official = await self._accounts.account(tenant_id)
        if official is not None:
            self._known[tenant_id] = (time.monotonic() + _FRESH_SECONDS, official)
        return official
