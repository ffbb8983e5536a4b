"""How often to look for work: at once after some, ever more seldom while there is none."""

import asyncio
from contextlib import suppress
from typing import Final

_GROWTH: Final = 1.3


class Pace:
    """Paces a loop that looks for work.

    `shortest` and `longest` bound the rest between two looks, in seconds; the longest is the
    delay that the first piece of work after a quiet time may meet.
    """

    def __init__(self, shortest: float, longest: float) -> None:
        self._shortest = shortest
        self._longest = longest
        self._rest = shortest

    async def rest(self, stop: asyncio.Event, *, worked: bool) -> None:
        """Rest until it is time to look again, or `stop` is set."""
        self._rest = self._shortest if worked else min(self._rest * _GROWTH, self._longest)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), self._rest)
