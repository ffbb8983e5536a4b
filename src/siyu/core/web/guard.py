"""The outermost layer of the web: request ids, security headers, foreign pages, body sizes."""

import time
from typing import Final
from urllib.parse import urlsplit

import structlog
from prometheus_client import Histogram

from siyu.core.errors import Forbidden, Problem, TooLarge
from siyu.core.ids import slug
from siyu.core.web.asgi import (
    ASGIApp,
    Message,
    Receive,
    Scope,
    Send,
    header,
    respond_problem,
)

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_MOST_BYTES: Final = 12 * 1024 * 1024
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_AREAS: Final = frozenset({"api", "staff", "verification"})
_OWN_SITES: Final = frozenset({"same-origin", "none"})

_SECONDS = Histogram(
    "siyu_http_request_seconds", "Time to answer an HTTP request.", ["method", "area", "status"]
)


class Guard:
    """Wraps the application behind the public doors.

    Browsers send their cookies whoever wrote the page that asks, so a changing request must
    come from a page of ours: `Sec-Fetch-Site`, or `Origin`, says so. Requests of programs
    carry neither, and no cookie by accident either.
    """

    def __init__(self, app: ASGIApp, *, frame_ancestors: str) -> None:
        self._app = app
        self._headers = [
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"strict-origin-when-cross-origin"),
            (b"content-security-policy", f"frame-ancestors {frame_ancestors}".encode()),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = slug(9)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        status = 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [
                    *message.get("headers", ()),
                    *self._headers,
                    (b"x-request-id", request_id.encode()),
                ]
            await send(message)

        try:
            if (problem := _refusal(scope)) is not None:
                await respond_problem(sending, problem)
            else:
                await self._app(scope, receive, sending)
        finally:
            # Strangers choose method and path: as labels, unchecked, they would fill the memory.
            area = scope["path"].split("/", 2)[1]
            method = scope["method"]
            _SECONDS.labels(
                method if method in _METHODS else "other",
                area if area in _AREAS else "page",
                status,
            ).observe(time.perf_counter() - started)


def _refusal(scope: Scope) -> Problem | None:
    length = header(scope, b"content-length")
    if length.isdigit() and int(length) > _MOST_BYTES:
        return TooLarge("body_too_large", "提交的内容过大，最大 12 MB")
    if scope["method"] in _SAFE or not header(scope, b"cookie"):
        return None
    site = header(scope, b"sec-fetch-site")
    origin = header(scope, b"origin")
    own = site in _OWN_SITES if site else _same_host(origin, header(scope, b"host"))
    return None if own else Forbidden("foreign_page", "请求来自其他网站，已拒绝")


def _same_host(origin: str, host: str) -> bool:
    return not origin or urlsplit(origin).netloc == host
