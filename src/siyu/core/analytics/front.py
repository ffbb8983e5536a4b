"""The engine's HTTP door: a bare ASGI application."""

import asyncio
import hmac
import secrets
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, MutableMapping
from dataclasses import replace
from typing import Any, TypeVar

from siyu.core.analytics import wire
from siyu.core.analytics.engine import Engine, EngineError, Request, Result
from siyu.core.analytics.statement import Kind, Refused

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
T = TypeVar("T")

MAX_BODY_BYTES = 256 << 20


class ClientGone(Exception):
    """The caller hung up before its answer was ready."""


class Front:
    """Speaks ClickHouse's HTTP interface for an `Engine`, to whoever knows the key."""

    def __init__(self, engine: Engine, user: str, key: str) -> None:
        self._engine = engine
        self._user = user
        self._key = key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        parameters = wire.query_parameters(scope["query_string"])
        call = wire.Call(scope["method"], headers, parameters)
        try:
            if scope["path"] == "/ping":
                await _send_all(send, 200, wire.answer_headers(call), b"Ok.\n")
                return
            await self._answer(scope, call, receive, send)
        except (Refused, EngineError) as error:
            await _send_error(send, call, error)
        except ClientGone:
            return

    async def _answer(self, scope: Scope, call: wire.Call, receive: Receive, send: Send) -> None:
        if scope["path"] != "/" or call.method not in {"GET", "POST", "HEAD"}:
            await _send_all(send, 404, wire.answer_headers(call), b"There is no such door.\n")
            return
        if not self._knows(call):
            raise Refused(516, "AUTHENTICATION_FAILED", "Wrong user or key")
        call = await _with_body(call, receive)
        if not call.body and not call.parameters.get("query"):
            await _send_all(send, 200, wire.answer_headers(call), b"Ok.\n")
            return
        request = call.request()
        gone = asyncio.create_task(_hang_up(receive))
        try:
            if call.streams and wire.streamable(request):
                await self._stream(call, request, gone, send)
            elif request.statement.kind is Kind.READ:
                result = await _unless(gone, self._engine.run(request))
                await _send_result(send, call, request, result)
            else:
                result = await self._engine.run(request)
                await _send_result(send, call, request, result)
        finally:
            gone.cancel()

    async def _stream(
        self, call: wire.Call, request: Request, gone: asyncio.Task[None], send: Send
    ) -> None:
        tag = secrets.token_hex(8)
        blocks = self._engine.stream(request)
        block: bytes | None = await _unless(gone, _next(blocks))  # an early error gets its status
        headers = [
            *wire.answer_headers(call, request),
            (b"X-ClickHouse-Exception-Tag", tag.encode()),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        try:
            while block is not None:
                await send({"type": "http.response.body", "body": block, "more_body": True})
                block = await _unless(gone, _next(blocks))
        except EngineError as error:
            broken = wire.error_in_stream(str(error), tag)
            await send({"type": "http.response.body", "body": broken, "more_body": True})
        finally:
            await blocks.aclose()
        await send({"type": "http.response.body", "body": b""})

    def _knows(self, call: wire.Call) -> bool:
        user, key = _credentials(call)
        # both are compared, always, so that time tells nothing
        right_user = hmac.compare_digest(user.encode(), self._user.encode())
        right_key = hmac.compare_digest(key.encode(), self._key.encode())
        return right_user and right_key


def _credentials(call: wire.Call) -> tuple[str, str]:
    scheme, _, token = call.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            user, _, key = b64decode(token, validate=True).decode().partition(":")
        except (Base64Error, UnicodeDecodeError):
            return "", ""
        return user, key
    said = call.headers, call.parameters
    return (
        said[0].get("x-clickhouse-user", said[1].get("user", "")),
        said[0].get("x-clickhouse-key", said[1].get("password", "")),
    )


async def _with_body(call: wire.Call, receive: Receive) -> wire.Call:
    """Return the call with its body read and decoded; a form's fields join its parameters."""
    taken = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        taken += message.get("body", b"")
        if len(taken) > MAX_BODY_BYTES:
            raise wire.TooLarge(MAX_BODY_BYTES)
        if not message.get("more_body", False):
            break
    body = wire.decoded(bytes(taken), call.headers.get("content-encoding", ""), MAX_BODY_BYTES)
    fields = wire.form_fields(call.headers.get("content-type", ""), body)
    if fields is None:
        return replace(call, body=body)
    return replace(call, parameters={**call.parameters, **fields})


async def _hang_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _unless(gone: asyncio.Task[None], work: Coroutine[Any, Any, T]) -> T:
    """Do the work unless the caller hangs up first, then cancel it and raise `ClientGone`."""
    doing = asyncio.create_task(work)
    try:
        await asyncio.wait({doing, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        if not doing.done():
            doing.cancel()
            await asyncio.wait({doing})
    if doing.cancelled():
        raise ClientGone
    return doing.result()


async def _next(blocks: AsyncIterator[bytes]) -> bytes | None:
    return await anext(blocks, None)


async def _send_result(send: Send, call: wire.Call, request: Request, result: Result) -> None:
    headers, body = wire.answer_headers(call, request, result), result.body
    if body and call.gzips:
        headers.append((b"Content-Encoding", b"gzip"))
        body = await asyncio.to_thread(wire.compressed, body)
    await _send_all(send, 200, headers, body)


async def _send_error(send: Send, call: wire.Call, error: Refused | EngineError) -> None:
    headers = wire.answer_headers(call)
    headers.append((b"X-ClickHouse-Exception-Code", str(error.code).encode()))
    await _send_all(send, wire.status_of(error.code), headers, f"{error}\n".encode())


async def _send_all(send: Send, status: int, headers: wire.Headers, body: bytes) -> None:
    headers = [*headers, (b"Content-Length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
