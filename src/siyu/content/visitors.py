"""Browsers that read without signing in: each keeps a random number in a signed cookie.

Enterprises may share a host name, so each has a cookie of its own: none takes another's away.

The cookie alone makes nobody: an identity is made where a reading comes back with it, in the
worker. So whoever fetches pages and keeps no cookies leaves nothing behind.
"""

import secrets
from datetime import datetime, timedelta
from typing import Final

from siyu.core.doors import Request, set_cookie
from siyu.core.signing import Signer

_COOKIE: Final = "siyu_visitor_"
_USE: Final = "visitor"
_KEPT: Final = timedelta(days=365)
_REFUSALS: Final = ("sec-gpc", "dnt")


def cookie_of(tenant_id: int) -> str:
    """Return the name of the cookie in which an enterprise's number is kept."""
    return f"{_COOKIE}{tenant_id}"


def visitor_of(request: Request, signer: Signer, tenant_id: int, now: datetime) -> str | None:
    """Return the number that siyu gave a browser for this tenant, unless it refuses to be known."""
    # Looked for before it is parsed: most requests of the hot door carry no cookie.
    if _COOKIE not in request.header("cookie") or _refuses(request):
        return None
    token = request.cookie(cookie_of(tenant_id))
    found = signer.read(_USE, token, tuple[int, str], now=now) if token else None
    return found[1] if found is not None and found[0] == tenant_id else None


def visitor_cookie(
    request: Request, signer: Signer, tenant_id: int, now: datetime, *, secure: bool
) -> tuple[tuple[str, str], ...]:
    """Return the header that gives a browser its number; nothing where it has one or refuses."""
    if _refuses(request) or visitor_of(request, signer, tenant_id, now) is not None:
        return ()
    token = signer.sign(_USE, tenant_id, secrets.token_hex(16), ends=now + _KEPT)
    seconds = int(_KEPT.total_seconds())
    return (set_cookie(cookie_of(tenant_id), token, seconds=seconds, secure=secure),)


def no_visitor(request: Request, tenant_id: int, *, secure: bool) -> tuple[tuple[str, str], ...]:
    """Return the header that takes a browser's number away: who reads is known by now.

    Whoever reads anonymously in the same browser afterwards is given another.
    """
    name = cookie_of(tenant_id)
    if request.cookie(name) is None:
        return ()
    return (set_cookie(name, "", seconds=0, secure=secure),)


def _refuses(request: Request) -> bool:
    """Tell whether the browser says that its owner does not wish to be followed."""
    return any(request.header(name) == "1" for name in _REFUSALS)
