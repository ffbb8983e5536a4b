"""Asks the engine, a few things at once, and ends what nobody waits for."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Final, TypeVar

from siyu.core.analytics import Analytics

T = TypeVar("T")
U = TypeVar("U")
_AT_ONCE: Final = 3


class Turns:
    """Lets so many statements of a process be under way at once; others wait their turn."""

    def __init__(self, analytics: Analytics) -> None:
        self._analytics = analytics
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def ask(self, sql: str, params: Mapping[str, Any], read: Callable[[bytes], T]) -> T:
        """Return what `read` makes of the answer, in a thread of its own.

        A turn lasts until then: answers can be large. Raises what `Analytics` and `read` raise.
        """
        async with self._turns:
            return await asyncio.to_thread(read, await self._analytics.raw(sql, params))


async def both(one: Coroutine[Any, Any, T], other: Coroutine[Any, Any, U]) -> tuple[T, U]:
    """Return what two calls return; when one fails, the other is stopped and its error raised."""
    first, second = asyncio.ensure_future(one), asyncio.ensure_future(other)
    try:
        return await asyncio.gather(first, second)
    finally:
        await _stopped(first, second)


async def together(*calls: Coroutine[Any, Any, T]) -> list[T]:
    """Return what calls return; when one fails, the others are stopped and its error raised."""
    tasks = [asyncio.create_task(call) for call in calls]
    try:
        return await asyncio.gather(*tasks)
    finally:
        await _stopped(*tasks)


async def _stopped(*tasks: asyncio.Future[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
