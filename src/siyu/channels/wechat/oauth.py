"""The address that sends a customer's browser to WeChat and back with a single-use code."""

from typing import Literal
from urllib.parse import quote

from siyu.channels.wecom.oauth import OPEN_BASE, check_state

Scope = Literal["snsapi_base", "snsapi_userinfo"]


def authorize_url(
    app_id: str,
    redirect_uri: str,
    state: str,
    *,
    scope: Scope = "snsapi_base",
    base: str = OPEN_BASE,
) -> str:
    """Return the address for a page inside WeChat.

    `snsapi_base` is silent and gives the openid; `snsapi_userinfo` asks the visitor and gives the
    unionid as well, where the account is bound to an open platform account. The host of
    `redirect_uri` must be among the account's web authorization domains.
    """
    return (
        f"{base.rstrip('/')}/connect/oauth2/authorize?appid={quote(app_id, safe='')}"
        f"&redirect_uri={quote(redirect_uri, safe='')}&response_type=code&scope={scope}"
        f"&state={check_state(state)}#wechat_redirect"
    )
