"""Keeps answers over a base, and lets all who want the same wait for one asking."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection, Hashable, Mapping, Sequence
from typing import Final, Generic, TypeVar

T = TypeVar("T", bound=Hashable)
V = TypeVar("V")
Sized = tuple[V, int]
"""An answer, and how many bytes it takes."""
_OVERHEAD: Final = 500
"""Bytes that an answer takes besides."""


class Kept(Generic[V]):
    """Answers by where they are true and what they answer; the longest unused go first.

    What is given out is shared: nobody changes it.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._held: OrderedDict[Hashable, Sized[V]] = OrderedDict()
        self._flights: dict[Hashable, _Flight[V]] = {}

    async def get(
        self,
        space: Hashable,
        wanted: Collection[T],
        fetch: Callable[[Sequence[T]], Awaitable[Mapping[T, Sized[V]]]],
    ) -> dict[T, V]:
        """Return what is wanted; what is neither kept nor being fetched is fetched at once.

        A fetching ends when nobody waits for it any more. Raises what `fetch` raises.
        """
        found: dict[T, V] = {}
        joined: set[_Flight[V]] = set()
        missing: list[T] = []
        for item in wanted:
            key = (space, item)
            if (kept := self._held.get(key)) is not None:
                self._held.move_to_end(key)
                found[item] = kept[0]
            elif (flight := self._flights.get(key)) is not None:
                joined.add(flight)
            else:
                missing.append(item)
        if missing:
            joined.add(self._start(space, missing, fetch))
        for flight in joined:
            flight.waiting += 1
        try:
            for flight in joined:
                brought = await asyncio.shield(flight.task)
                found |= {item: brought[space, item] for item in wanted if (space, item) in brought}
        finally:
            for flight in joined:
                self._leave(flight)
        return found

    def _keep(self, space: Hashable, item: Hashable, answer: V, size: int) -> None:
        key = (space, item)
        self._bytes += size + _OVERHEAD - self._drop(key)
        self._held[key] = answer, size + _OVERHEAD
        while self._bytes > self._most:
            self._bytes -= self._drop(next(iter(self._held)))

    def _start(
        self,
        space: Hashable,
        missing: Sequence[T],
        fetch: Callable[[Sequence[T]], Awaitable[Mapping[T, Sized[V]]]],
    ) -> "_Flight[V]":
        async def bring() -> dict[Hashable, V]:
            brought = await fetch(missing)
            for item, (answer, size) in brought.items():
                self._keep(space, item, answer, size)
            return {(space, item): answer for item, (answer, _) in brought.items()}

        flight = _Flight([(space, item) for item in missing], asyncio.create_task(bring()))
        for key in flight.keys:
            self._flights[key] = flight
        return flight

    def _leave(self, flight: "_Flight[V]") -> None:
        flight.waiting -= 1
        if flight.waiting == 0:
            flight.task.cancel()
            for key in flight.keys:
                if self._flights.get(key) is flight:
                    del self._flights[key]

    def _drop(self, key: Hashable) -> int:
        _, size = self._held.pop(key, (None, 0))
        return size


class _Flight(Generic[V]):
    """Answers on their way, and how many wait for them."""

    def __init__(self, keys: Sequence[Hashable], task: asyncio.Task[dict[Hashable, V]]) -> None:
        self.keys = keys
        self.task = task
        self.waiting = 0
