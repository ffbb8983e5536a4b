"""Deleted rows leave the disk as well.

The engine hides deleted rows at once and takes them off the disk when it next merges their part,
which can be never. What was erased must be gone within the day: so every part in which rows have
been hidden for some hours is written anew.
"""

from datetime import timedelta
from typing import Final

from siyu.core.analytics import Analytics
from siyu.core.analytics.schema import EVENT, IDENTITY_OWNER, Topology
from siyu.core.clock import Clock
from siyu.people.picture.engine import PERSON, PERSON_CONTACT, PERSON_VALUE

_TABLES: Final = (PERSON, PERSON_CONTACT, PERSON_VALUE, EVENT, IDENTITY_OWNER)
_LOOK_EVERY: Final = timedelta(hours=1)
_HOURS: Final = 6
# By the engine's own clock, which is also that of its parts.
_HIDDEN: Final = (
    "SELECT count() FROM system.parts WHERE active AND has_lightweight_delete"
    " AND database = currentDatabase() AND table = {table:String}"
    " AND modification_time <= now() - toIntervalHour({hours:UInt16})"
)


class Wiping:
    """Wipes deleted rows off the disk; for the leader."""

    def __init__(
        self, analytics: Analytics, clock: Clock, topology: Topology, *, hours: int = _HOURS
    ) -> None:
        self._analytics = analytics
        self._clock = clock
        self._topology = topology
        self._hours = hours
        self._next = clock.now()

    async def step(self) -> None:
        """Look once an hour what has been hidden long enough. Raises what `Analytics` raises."""
        if self._clock.now() < self._next:
            return
        self._next = self._clock.now() + _LOOK_EVERY
        for table in _TABLES:
            found = await self._analytics.query(
                _HIDDEN,
                {"table": self._topology.local(table), "hours": self._hours},
            )
            if found.scalar():
                await self._analytics.command(
                    f"ALTER TABLE {self._topology.stored(table)} APPLY DELETED MASK"
                )
