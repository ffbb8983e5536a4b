"""Addresses that send a browser to WeCom and back with a single-use code."""

import re
import secrets
import string
from typing import Final, Literal
from urllib.parse import quote

OPEN_BASE: Final = "https://open.weixin.qq.com"
LOGIN_BASE: Final = "https://login.work.weixin.qq.com"
_STATE: Final = re.compile(r"[A-Za-z0-9]{1,128}\Z")
_ALPHANUMERIC: Final = string.ascii_letters + string.digits
_STATE_LENGTH: Final = 32
Scope = Literal["snsapi_base", "snsapi_privateinfo"]


def generate_state() -> str:
    """Return a state that nobody can guess; bind it to the browser before sending it away."""
    return "".join(secrets.choice(_ALPHANUMERIC) for _ in range(_STATE_LENGTH))


def check_state(state: str) -> str:
    """Return the state, or raise ValueError where WeCom would refuse it: 1-128 of a-zA-Z0-9."""
    if not _STATE.match(state):
        raise ValueError("a state is 1 to 128 letters and digits")
    return state


def authorize_url(
    corp_id: str,
    redirect_uri: str,
    state: str,
    *,
    agent_id: int,
    scope: Scope = "snsapi_base",
    base: str = OPEN_BASE,
) -> str:
    """Return the address for a page inside the WeCom client (doc 91022).

    The host of `redirect_uri`, port included, must be the trusted domain of the application, else
    WeCom shows 50001. The code that comes back lives 5 minutes and works once.
    """
    return (
        f"{base.rstrip('/')}/connect/oauth2/authorize?appid={quote(corp_id, safe='')}"
        f"&redirect_uri={quote(redirect_uri, safe='')}&response_type=code&scope={scope}"
        f"&state={check_state(state)}&agentid={agent_id}#wechat_redirect"
    )


def login_url(
    corp_id: str, redirect_uri: str, state: str, *, agent_id: int, base: str = LOGIN_BASE
) -> str:
    """Return the address for signing in with a QR code in an ordinary browser (doc 98152)."""
    return (
        f"{base.rstrip('/')}/wwlogin/sso/login?login_type=CorpApp"
        f"&appid={quote(corp_id, safe='')}&agentid={agent_id}"
        f"&redirect_uri={quote(redirect_uri, safe='')}&state={check_state(state)}"
    )
