"""The types of ASGI, as loose as the protocol, and answers for bare doors."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

import msgspec

from siyu.core.errors import Problem, TooLarge

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]

PROBLEM_TYPE: Final = "application/problem+json"


def header(scope: Scope, name: bytes) -> str:
    """Return a request header (named in lower case), or an empty text."""
    for key, value in scope.get("headers", ()):
        if key == name:
            return bytes(value).decode("latin-1")
    return ""


async def read_body(receive: Receive, limit: int) -> bytes:
    """Return the body of a request; raises `TooLarge` beyond `limit` bytes."""
    parts: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        part = bytes(message.get("body", b""))
        size += len(part)
        if size > limit:
            raise TooLarge("body_too_large", f"提交的内容过大，最大 {limit // 1024} KB")
        parts.append(part)
        more = bool(message.get("more_body", False))
    return b"".join(parts)


async def respond(
    send: Send,
    status: int,
    body: bytes = b"",
    *,
    content_type: str = "text/plain; charset=utf-8",
    headers: tuple[tuple[bytes, bytes], ...] = (),
) -> None:
    """Send a whole answer."""
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [
                (b"content-type", content_type.encode()),
                (b"content-length", str(len(body)).encode()),
                *headers,
            ],
        }
    )
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def respond_problem(send: Send, problem: Problem) -> None:
    """Send a problem document."""
    extra = tuple((name.encode(), value.encode()) for name, value in problem.headers.items())
    body = msgspec.json.encode(problem.document())
    await respond(send, problem.status, body, content_type=PROBLEM_TYPE, headers=extra)
