"""Connections for the HTTP client: aiohttp's, under httpx's interface.

httpx's own pool looks at every connection for every call: with sixty calls at once that took
2.5 ms of processor time a call, where aiohttp takes 0.2 ms. A burst of welcomes needs the latter.
"""

import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from io import BytesIO
from typing import Final
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

_LOOPBACK: Final = "127.0.0.1"
_KEEP_SECONDS: Final = 3.0  # shorter than common servers keep them, so none dies under a call
_CHUNK: Final = 64 * 1024
_LARGE_BYTES: Final = 1024 * 1024


def is_this_machine(host: str) -> bool:
    """Whether the name or address means the machine this runs on."""
    return host in {"localhost", "::1"} or host.endswith(".localhost") or host.startswith("127.")


class LoopbackResolver(AbstractResolver):
    """Knows that names below ``localhost`` are this machine (RFC 6761), whatever DNS thinks."""

    def __init__(self) -> None:
        self._others = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of `host`."""
        if not is_this_machine(host):
            return await self._others.resolve(host, port, family)
        return [
            ResolveResult(
                hostname=host,
                host=_LOOPBACK,
                port=port,
                family=socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
        ]

    async def close(self) -> None:
        """Release nothing: there is nothing to release."""


def _sendable(body: bytes) -> bytes | BytesIO | None:
    """Return the body as aiohttp sends it without holding up the loop: a large one in pieces."""
    return BytesIO(body) if len(body) > _LARGE_BYTES else body or None


class PooledTransport(httpx.AsyncBaseTransport):
    """Sends httpx's requests over aiohttp's connections.

    The proxies of the environment are honoured, except for this machine.
    """

    def __init__(self, connections: int) -> None:
        self._connections = connections
        self._proxies = getproxies()
        self._session: aiohttp.ClientSession | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; the body of the answer is read while it is consumed."""
        timeouts = request.extensions.get("timeout", {})
        with _as_httpx(request):
            answer = await self._opened().request(
                request.method,
                URL(str(request.url), encoded=True),
                headers=[
                    (name.decode("latin-1"), value.decode("latin-1"))
                    for name, value in request.headers.raw
                ],
                data=_sendable(await request.aread()),
                allow_redirects=False,
                proxy=self._proxy(request.url),
                timeout=aiohttp.ClientTimeout(
                    connect=timeouts.get("pool"),
                    sock_connect=timeouts.get("connect"),
                    sock_read=timeouts.get("read"),
                ),
            )
        return httpx.Response(
            answer.status,
            headers=list(answer.raw_headers),
            stream=_Body(answer, request),
            extensions={"http_version": b"HTTP/1.1"},
        )

    async def aclose(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    def _proxy(self, url: httpx.URL) -> str | None:
        if not self._proxies or is_this_machine(url.host) or proxy_bypass(url.host):
            return None
        return self._proxies.get(url.scheme) or self._proxies.get("all")

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:  # it belongs to the loop that first calls
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self._connections,
                    resolver=LoopbackResolver(),
                    keepalive_timeout=_KEEP_SECONDS,
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                skip_auto_headers=("Content-Type", "User-Agent"),
            )
            # aiohttp would silently send reads again; who calls decides that, and counts it
            self._session._retry_connection = False  # noqa: SLF001  there is no other switch
        return self._session


class _Body(httpx.AsyncByteStream):
    """The body of an answer, and its connection's way back to the pool."""

    def __init__(self, answer: aiohttp.ClientResponse, request: httpx.Request) -> None:
        self._answer = answer
        self._request = request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _as_httpx(self._request):
            async for chunk in self._answer.content.iter_chunked(_CHUNK):
                yield chunk

    async def aclose(self) -> None:
        self._answer.release()


@contextlib.contextmanager
def _as_httpx(request: httpx.Request) -> Iterator[None]:
    """Tell aiohttp's failures in httpx's words; none of them repeats the address."""
    try:
        yield
    except aiohttp.ConnectionTimeoutError as error:
        raise httpx.ConnectTimeout("no connection in time", request=request) from error
    except TimeoutError as error:
        raise httpx.ReadTimeout("no answer in time", request=request) from error
    except aiohttp.ClientHttpProxyError as error:
        raise httpx.ProxyError("the proxy refused", request=request) from error
    except aiohttp.ClientConnectorError as error:
        raise httpx.ConnectError("no connection", request=request) from error
    except (aiohttp.ClientOSError, OSError) as error:
        raise httpx.ReadError("the connection broke", request=request) from error
    except aiohttp.InvalidURL as error:
        raise httpx.UnsupportedProtocol("no such address", request=request) from error
    except aiohttp.ClientError as error:
        raise httpx.RemoteProtocolError("the answer broke off", request=request) from error
