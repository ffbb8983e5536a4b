"""The live feed: everything that happens, to whoever watches."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import msgspec

_BACKLOG = 1000
_HEARTBEAT_SECONDS = 15.0


class Feed:
    """Publishes happenings to watchers; a watcher that falls behind loses the oldest ones."""

    def __init__(self) -> None:
        self._watchers: set[asyncio.Queue[tuple[str, Any] | None]] = set()
        self._closed = False

    def publish(self, kind: str, data: Any) -> None:
        """Tell everyone; costs next to nothing when nobody watches."""
        for queue in self._watchers:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait((kind, data))

    def close(self) -> None:
        """End all streams, so that the server can stop."""
        self._closed = True
        for queue in self._watchers:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(None)

    async def stream(self) -> AsyncIterator[bytes]:
        """Yield server-sent events until the feed closes."""
        queue: asyncio.Queue[tuple[str, Any] | None] = asyncio.Queue(_BACKLOG)
        if self._closed:
            return
        self._watchers.add(queue)
        try:
            yield b": welcome\n\n"
            while True:
                try:
                    item = await asyncio.wait_for(queue.get(), _HEARTBEAT_SECONDS)
                except TimeoutError:
                    yield b": still here\n\n"
                    continue
                if item is None:
                    return
                kind, data = item
                yield b"event: " + kind.encode() + b"\ndata: " + msgspec.json.encode(data) + b"\n\n"
        finally:
            self._watchers.discard(queue)
