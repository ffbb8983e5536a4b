"""Threads in which the engine works: bounded lanes, so that no kind of work starves another."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from siyu.core.analytics.statement import Refused

P = ParamSpec("P")
T = TypeVar("T")


class Busy(Refused):
    """More requests wait than the engine takes."""

    def __init__(self) -> None:
        super().__init__(202, "TOO_MANY_SIMULTANEOUS_QUERIES", "Too many queries are waiting")


class Lane:
    """`width` calls at a time, at most `waiting` more in line."""

    def __init__(self, name: str, width: int, waiting: int) -> None:
        self._limit = width + waiting
        self._taken = 0
        self._threads = ThreadPoolExecutor(width, thread_name_prefix=f"analytics-{name}")

    async def submit(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a blocking call in this lane. Raises `Busy` when the line is full."""
        if self._taken >= self._limit:
            raise Busy
        self._taken += 1
        future = self._threads.submit(call, *args, **kwargs)
        loop = asyncio.get_running_loop()
        future.add_done_callback(lambda _: loop.call_soon_threadsafe(self._release))
        return await asyncio.wrap_future(future)

    def _release(self) -> None:
        self._taken -= 1

    def stop(self) -> None:
        """Take nothing more and drop what waits; what runs goes on."""
        self._threads.shutdown(wait=False, cancel_futures=True)
