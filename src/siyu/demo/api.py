"""HTTP clients of the demonstration: the console's, a staff phone's, the world's control."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Final, Self

import httpx

from siyu.core.http import http_client

_POLL_SECONDS: Final = 0.1


class StoryFailed(Exception):
    """A step of the story did not happen as it should; the message says what was seen."""


class Site:
    """A site as one person's browser sees it: own host, own cookies."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._http = http_client(keep_cookies=True, read_seconds=60)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._http.aclose()

    async def get(self, path: str, **query: Any) -> Any:
        """Return the JSON at a path."""
        return await self._json("GET", path, params=query)

    async def post(self, path: str, body: Any = None) -> Any:
        """Post JSON and return JSON."""
        return await self._json("POST", path, json=body)

    async def put(self, path: str, body: Any = None) -> Any:
        """Put JSON and return JSON."""
        return await self._json("PUT", path, json=body)

    async def follow(self, url: str) -> httpx.Response:
        """Open an address as a browser does, following redirects across hosts."""
        return await self._http.get(url, follow_redirects=True)

    def lines(self, path: str) -> Any:
        """Open a stream of server-sent events."""
        return self._http.stream("GET", f"{self.base}{path}", timeout=httpx.Timeout(10, read=60))

    async def _json(self, method: str, path: str, **options: Any) -> Any:
        response = await self._http.request(method, f"{self.base}{path}", **options)
        if response.is_error:
            raise StoryFailed(
                f"{method} {path} answered {response.status_code}: {response.text[:400]}"
            )
        kind = response.headers.get("content-type", "")
        return response.json() if response.content and "json" in kind else None


async def until(
    what: str, look: Callable[[], Awaitable[Any]], *, seconds: float = 20.0
) -> tuple[Any, float]:
    """Look again and again until there is something; return it and how long that took.

    Raises `StoryFailed` after `seconds`.
    """
    started = time.perf_counter()
    while True:
        found = await look()
        if found:
            return found, time.perf_counter() - started
        if time.perf_counter() - started > seconds:
            raise StoryFailed(f"{what} 在 {seconds:.0f} 秒内没有发生")
        await asyncio.sleep(_POLL_SECONDS)
