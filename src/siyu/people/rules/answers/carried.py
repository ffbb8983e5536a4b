"""Carries what is read whole of a base to the next generation, by what changed alone."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, Self, TypeVar


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
    generation: int = 0
    value: V | None = None
    coming: asyncio.Task[V] | None = None
    """A reading under way, of the generation `wanted`."""
    wanted: int = 0


class Carried(Generic[K, V]):
    """Values by whose they are; beyond `most_bytes` the longest unused go, but for the last."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._held: OrderedDict[K, _Held[V]] = OrderedDict()

    async def get(self, key: K, generation: int, read: Callable[[int | None], Awaitable[V]]) -> V:
        """Return the value in the base of a generation; who asks meanwhile shares one reading.

        `read(None)` reads it whole, `read(version)` what came into the base above that version.
        It is right if the generation is still the same afterwards. Raises what `read` raises.
        """
        held = self._held.setdefault(key, _Held())
        self._held.move_to_end(key)
        while held.value is None or held.generation != generation:
            if held.coming is None:
                held.wanted = generation
                held.coming = asyncio.create_task(self._bring(held, read))
                held.coming.add_done_callback(_heard)
            if held.wanted == generation:
                return await asyncio.shield(held.coming)
            await asyncio.wait([held.coming])
        return held.value

    async def _bring(self, held: _Held[V], read: Callable[[int | None], Awaitable[V]]) -> V:
        try:
            value = held.value
            if value is None:
                value = await read(None)
            else:
                value = await asyncio.to_thread(value.amended, await read(held.generation))
            held.value, held.generation = value, held.wanted
        finally:
            held.coming = None
        self._spare()
        return value

    def _spare(self) -> None:
        size = sum(each.value.size for each in self._held.values() if each.value is not None)
        for key, each in list(self._held.items())[:-1]:
            if size > self._most and each.coming is None:
                size -= 0 if each.value is None else each.value.size
                del self._held[key]


def _heard(task: asyncio.Task[Any]) -> None:
    """Take note of an error that whoever waited for has gone away from: the next asks anew."""
    if not task.cancelled():
        task.exception()
