"""Who may control the world: pages of this machine, not whatever site a browser is on.

The world has no sign-in, it shows (made-up) secrets and opens any address it is told to. So a
request that carries a foreign ``Origin``, or reaches the world under a foreign name (DNS
rebinding), is refused.
"""

from typing import Any
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection
from litestar.exceptions import PermissionDeniedException
from litestar.handlers import BaseRouteHandler

from siyu.sandbox.hosts import LOOPBACK, is_local

HERE = "sandbox"
"""Under which name the state of a request holds the world it came to."""
LOCAL_ORIGIN = r"https?://([a-z0-9_.-]+\.)?(localhost|127\.0\.0\.1)(:\d+)?"


def _ours(netloc: str, base_host: str) -> bool:
    name = (urlsplit(f"//{netloc}").hostname or "").lower()
    at_home = name == base_host or name.endswith(f".{base_host}")
    return at_home or is_local(name) or name in {LOOPBACK, "::1"}


def from_this_machine(
    connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler
) -> None:
    """Refuse requests that a foreign page made, or that came under a foreign name."""
    base_host = urlsplit(connection.scope["state"][HERE].world.base_url).hostname or ""
    origin = connection.headers.get("origin", "")
    if not _ours(connection.headers.get("host", ""), base_host):
        raise PermissionDeniedException("只能以本机的名字访问模拟世界")
    if origin and not _ours(urlsplit(origin).netloc, base_host):
        raise PermissionDeniedException("只有本机的页面可以控制模拟世界")
