"""Public doors: bare ASGI handlers in front of the application, for outsiders and hot paths.

They stand outside sign-in, sessions and routing, so that what a stranger can reach is
short enough to be read at one sitting.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from functools import cached_property
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec
import structlog

from siyu.core.db import refused_value
from siyu.core.errors import Invalid, Problem, TooLarge, Unavailable
from siyu.core.tracing import place

_log = structlog.get_logger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

Headers = tuple[tuple[str, str], ...]

_CODES_WITHOUT_BODY: Final = frozenset({204, 304})


@dataclass(frozen=True)
class Response:
    """A complete answer."""

    status: int
    body: bytes = b""
    headers: Headers = ()

    @classmethod
    def redirect(cls, location: str, *, headers: Headers = ()) -> "Response":
        """Send the browser elsewhere, this time only."""
        return cls(302, headers=(("location", location), ("cache-control", "no-store"), *headers))

    @classmethod
    def html(cls, page: str, *, status: int = 200, headers: Headers = ()) -> "Response":
        """Answer with a page."""
        return cls(status, page.encode(), (("content-type", "text/html; charset=utf-8"), *headers))

    @classmethod
    def json(cls, value: Any, *, status: int = 200, headers: Headers = ()) -> "Response":
        """Answer with a JSON value."""
        body = msgspec.json.encode(value)
        return cls(status, body, (("content-type", "application/json"), *headers))

    @classmethod
    def problem(cls, problem: Problem) -> "Response":
        """Refuse in the form of RFC 9457."""
        return cls(
            problem.status,
            msgspec.json.encode(problem.document()),
            (
                ("content-type", "application/problem+json"),
                *((name.lower(), value) for name, value in problem.headers.items()),
            ),
        )


@dataclass
class Request:
    """What a stranger asks for."""

    scope: Scope
    receive: Receive
    _headers: dict[bytes, bytes] = field(init=False)

    def __post_init__(self) -> None:
        self._headers = dict(self.scope["headers"])

    @property
    def method(self) -> str:
        """The method, in capitals."""
        return str(self.scope["method"])

    @property
    def path(self) -> str:
        """The path, decoded."""
        return str(self.scope["path"])

    @cached_property
    def query(self) -> Mapping[str, str]:
        """The query's parameters; of repeated ones the last."""
        return dict(parse_qsl(self.scope["query_string"].decode("latin-1")))

    def header(self, name: str) -> str:
        """Return a header, or an empty string."""
        return self._headers.get(name.encode(), b"").decode("latin-1")

    @property
    def host(self) -> str:
        """The host name in lower case, without the port."""
        return self.header("host").rsplit(":", 1)[0].lower()

    @property
    def origin(self) -> str:
        """Scheme and authority under which the browser came."""
        scheme = self.header("x-forwarded-proto") or str(self.scope.get("scheme", "http"))
        return f"{scheme}://{self.header('host')}"

    def cookie(self, name: str) -> str | None:
        """Return a cookie."""
        try:
            morsel = SimpleCookie(self.header("cookie")).get(name)
        except CookieError:
            return None
        return None if morsel is None else morsel.value

    async def body(self, limit: int) -> bytes:
        """Return the body; raises `TooLarge` before more than `limit` bytes are kept."""
        if self.header("content-length").isdigit() and int(self.header("content-length")) > limit:
            raise _too_large(limit)
        content = bytearray()
        while True:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise Unavailable("disconnected", "连接已断开")
            content += message.get("body", b"")
            if len(content) > limit:
                raise _too_large(limit)
            if not message.get("more_body", False):
                return bytes(content)


Handler = Callable[[Request], Awaitable[Response]]


class Door:
    """An ASGI application of one handler; refusals become problem documents."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        try:
            response = await self._handler(request)
        except Problem as problem:
            response = Response.problem(problem)
        except Exception as error:  # noqa: BLE001 - whatever it is, the stranger gets no traceback
            response = Response.problem(_answer_to(error, request))
        await _send(response, send, head_only=request.method == "HEAD")


async def _send(response: Response, send: Send, *, head_only: bool) -> None:
    await send(
        {
            "type": "http.response.start",
            "status": response.status,
            "headers": list(_raw(response)),
        }
    )
    await send({"type": "http.response.body", "body": b"" if head_only else response.body})


def _raw(response: Response) -> Iterable[tuple[bytes, bytes]]:
    for name, value in response.headers:
        yield name.encode("latin-1"), value.encode("latin-1")
    if response.status not in _CODES_WITHOUT_BODY:
        yield b"content-length", str(len(response.body)).encode()


def _answer_to(error: Exception, request: Request) -> Problem:
    if refused_value(error):
        return Invalid("value_impossible", "请求含有无法保存的字符或数字")
    _log.error("door.failed", path=request.path.split("/")[1], error=place(error))
    return Unavailable("internal_error", "系统暂时无法处理，请稍后再试")


def _too_large(limit: int) -> TooLarge:
    return TooLarge(
        "body_too_large", f"内容超过上限（{limit // 1024} KB）", extra={"limit_bytes": limit}
    )


def set_cookie(
    name: str, value: str, *, seconds: int, secure: bool, path: str = "/"
) -> tuple[str, str]:
    """Return the header that keeps a cookie from scripts and from other sites' posts."""
    tail = "; Secure" if secure else ""
    return (
        "set-cookie",
        f"{name}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Lax{tail}",
    )
