"""Looking up public names on hot paths: remembered for a short while in the process."""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final, Generic, TypeVar

from siyu.core.db import Database
from siyu.core.db.directory import Target, find_slug

T = TypeVar("T")

_MOST_REMEMBERED: Final = 50_000
_KNOWN_SECONDS: Final = 30.0
_SLUG_SECONDS: Final = 600.0
"""A name that was given out leads to the same thing for ever; only memory is bounded."""
_UNKNOWN_SECONDS: Final = 2.0
LONGEST_SLUG: Final = 64


class Remembered(Generic[T]):
    """Remembers what `load` found: `seconds` for something, 2 s for nothing."""

    def __init__(
        self, load: Callable[[str], Awaitable[T | None]], *, seconds: float = _KNOWN_SECONDS
    ) -> None:
        self._load = load
        self._seconds = seconds
        self._found: OrderedDict[str, tuple[float, T | None]] = OrderedDict()

    async def get(self, name: str) -> T | None:
        """Return what a name stands for, or stood for at most `seconds` ago."""
        # Real time, not siyu's clock: this is about memory, not about a rule.
        now = time.monotonic()
        known = self._found.get(name)
        if known is not None and known[0] > now:
            return known[1]
        value = await self._load(name)
        self._found[name] = (now + (_UNKNOWN_SECONDS if value is None else self._seconds), value)
        self._found.move_to_end(name)
        while len(self._found) > _MOST_REMEMBERED:
            self._found.popitem(last=False)
        return value


def remembered_slugs(db: Database) -> Remembered[Target]:
    """Return a look-up of public names."""

    async def load(name: str) -> Target | None:
        if not name or len(name) > LONGEST_SLUG:
            return None
        async with db.system() as session:
            return await find_slug(session, name)

    return Remembered(load, seconds=_SLUG_SECONDS)
