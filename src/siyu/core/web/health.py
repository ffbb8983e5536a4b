"""Health for load balancers and monitoring."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import msgspec
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from siyu.core.web.asgi import Receive, Scope, Send, respond

PATHS: Final = frozenset({"/healthz", "/readyz", "/metrics"})

Check = Callable[[], Awaitable[bool]]


class Health:
    """`/healthz` says that the process lives, `/readyz` that it can serve, `/metrics` how it is.

    A check named in `vital` makes the process unready when it fails; the others are only told.
    """

    def __init__(self, checks: Mapping[str, Check], *, vital: frozenset[str]) -> None:
        self._checks = checks
        self._vital = vital

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Serve one request to one of `PATHS`."""
        path = scope["path"]
        if path == "/metrics":
            await respond(send, 200, generate_latest(), content_type=CONTENT_TYPE_LATEST)
            return
        if path == "/healthz":
            await respond(send, 200, b'{"ok":true}', content_type="application/json")
            return
        results = {name: await check() for name, check in self._checks.items()}
        ready = all(results[name] for name in self._vital)
        body = msgspec.json.encode({"ok": ready, "checks": results})
        await respond(send, 200 if ready else 503, body, content_type="application/json")
