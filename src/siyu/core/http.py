"""Calls to other systems over HTTP: one client with sane limits, and failures told apart.

Names below ``localhost`` always mean this machine (RFC 6761, section 6.3), whatever the resolver
thinks of them; the simulated world lives on such names.
"""

import asyncio
import logging
from enum import StrEnum
from functools import lru_cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Final, NamedTuple

import httpx

from siyu.core.transport import PooledTransport

MAX_ANSWER_BYTES: Final = 32 * 1024 * 1024
_LONGEST_SECONDS: Final = 60.0
"""How long an answer may take from the first byte of the question to its own last one."""


class Trouble(StrEnum):
    """Why there is no usable answer."""

    CONNECT = "connect"  # nobody there, or no way out of here
    TIMEOUT = "timeout"  # somebody there, too slow
    BROKEN = "broken"  # the connection or the protocol broke
    SERVER = "server"  # an answer of 500 or above
    OVERSIZED = "oversized"  # an answer larger than the limit


class Unreachable(Exception):
    """There is no usable answer; `sent` tells whether the other side may have acted on the call.

    The message names the host and path, never the query, which may hold secrets.
    """

    def __init__(
        self, trouble: Trouble, where: str, *, sent: bool, status: int | None = None
    ) -> None:
        super().__init__(f"{trouble.value} at {where}" + (f" ({status})" if status else ""))
        self.trouble = trouble
        self.sent = sent
        self.status = status


class Answer(NamedTuple):
    """A complete answer below 500."""

    status: int
    headers: httpx.Headers
    content: bytes


def http_client(
    *,
    connect_seconds: float = 3.0,
    read_seconds: float = 10.0,
    connections: int = 200,
    keep_cookies: bool = False,
) -> httpx.AsyncClient:
    """Return a client for calls to other systems; the caller closes it.

    Redirects are not followed and cookies are dropped unless the client plays a person
    (`keep_cookies`). The proxies of the environment are honoured, except for this machine.
    """
    # httpx would log every address with its query at INFO, and those hold secrets and tokens
    logging.getLogger("httpx").setLevel(logging.WARNING)
    kind = httpx.AsyncClient if keep_cookies else _PlainClient
    return kind(
        transport=PooledTransport(connections),
        timeout=httpx.Timeout(read_seconds, connect=connect_seconds),
        follow_redirects=False,
        headers={"User-Agent": "siyu"},
        cookies=CookieJar(None if keep_cookies else DefaultCookiePolicy(allowed_domains=[])),
    )


_read_address = lru_cache(maxsize=256)(httpx.URL)


class AnswerTooLarge(httpx.ReadError):
    """The answer is larger than `MAX_ANSWER_BYTES`."""


class _PlainClient(httpx.AsyncClient):
    """Sends without redirects, cookies, sign-in and hooks.

    None of ours has any, and looking for them took as long as the call itself. An answer that is
    not streamed is bounded in size and in time, however slowly it drips.
    """

    def build_request(self, method: str, url: httpx.URL | str, **parts: Any) -> httpx.Request:
        """Return a request; an address that was read before is not read again."""
        return super().build_request(method, _read_address(url), **parts)

    async def send(
        self, request: httpx.Request, *, stream: bool = False, **_: Any
    ) -> httpx.Response:
        """Send one request; without `stream`, read the whole answer."""
        if stream:
            return await self._answer(request)
        try:
            async with asyncio.timeout(_LONGEST_SECONDS):
                response = await self._answer(request)
                try:
                    return await _whole(response)
                finally:
                    await response.aclose()
        except TimeoutError as error:
            raise httpx.ReadTimeout("the answer did not end", request=request) from error

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        response = await self._transport.handle_async_request(request)
        response.request = request
        return response


async def _whole(response: httpx.Response) -> httpx.Response:
    """Return the answer with its content read, at most `MAX_ANSWER_BYTES` of it."""
    content = bytearray()
    async for chunk in response.aiter_bytes():
        content += chunk
        if len(content) > MAX_ANSWER_BYTES:
            raise AnswerTooLarge("the answer is too large", request=response.request)
    headers = httpx.Headers(response.headers)
    for name in ("Content-Encoding", "Content-Length"):
        headers.pop(name, None)  # what was read is plain
    return httpx.Response(
        response.status_code, headers=headers, content=bytes(content), request=response.request
    )


async def exchange(
    client: httpx.AsyncClient,
    request: httpx.Request,
    *,
    seconds: float = 10.0,
    max_bytes: int = MAX_ANSWER_BYTES,
) -> Answer:
    """Send the request and read the whole answer within `seconds`, or raise `Unreachable`."""
    where = f"{request.url.host}{request.url.path}"
    try:
        async with asyncio.timeout(seconds):
            response = await client.send(request, stream=True)
            try:
                content = await _read(response, max_bytes, where)
            finally:
                await response.aclose()
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as error:
        raise Unreachable(Trouble.CONNECT, where, sent=False) from error
    except (httpx.TimeoutException, TimeoutError) as error:
        raise Unreachable(Trouble.TIMEOUT, where, sent=True) from error
    except httpx.RequestError as error:
        raise Unreachable(Trouble.BROKEN, where, sent=True) from error
    if response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise Unreachable(Trouble.SERVER, where, sent=True, status=response.status_code)
    return Answer(response.status_code, response.headers, content)


async def _read(response: httpx.Response, max_bytes: int, where: str) -> bytes:
    content = bytearray()
    async for chunk in response.aiter_bytes():
        content += chunk
        if len(content) > max_bytes:
            raise Unreachable(Trouble.OVERSIZED, where, sent=True)
    return bytes(content)
