"""Carries what is read whole of a base to the next generation, by what changed alone."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, Protocol, Self, TypeVar


class Carriable(Protocol):
    """Something large that is known of a base, and is never changed itself."""

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        ...

    def amended(self, by: Self) -> Self:
        """Return what it becomes by what came into the base since."""
        ...


K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=Carriable)


@dataclass(eq=False)
class _Held(Generic[V]):
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    generation: int = 0
    value: V | None = None


class Carried(Generic[K, V]):
    """Values by whose they are; beyond `most_bytes` the longest unused go, but for the last."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._held: OrderedDict[K, _Held[V]] = OrderedDict()

    async def get(self, key: K, generation: int, read: Callable[[int | None], Awaitable[V]]) -> V:
        """Return the value in the base of a generation; who asks meanwhile waits for one reading.

        `read(None)` reads it whole, `read(version)` what came into the base above that version.
        It is right if the generation is still the same afterwards.
        """
        held = self._held.setdefault(key, _Held())
        self._held.move_to_end(key)
        async with held.turn:
            value = held.value
            if value is None:
                value = await read(None)
            elif held.generation != generation:
                value = await asyncio.to_thread(value.amended, await read(held.generation))
            held.value, held.generation = value, generation
        while len(self._held) > 1 and self._size() > self._most:
            self._held.popitem(last=False)
        return value

    def _size(self) -> int:
        return sum(each.value.size for each in self._held.values() if each.value is not None)
