"""Asks the engine, a few things at once."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from siyu.core.analytics import Analytics

T = TypeVar("T")
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
