"""What compacting and rebuilding have in common: both work on the whole picture, for the leader."""

from siyu.core.analytics import Analytics
from siyu.core.analytics.schema import Topology
from siyu.core.clock import Clock
from siyu.core.db import Database
from siyu.people.picture.engine import PERSON_MARK
from siyu.people.picture.projector import Projector


class Keeper:
    """Works on the picture of all tenants."""

    def __init__(
        self,
        db: Database,
        analytics: Analytics,
        clock: Clock,
        projector: Projector,
        topology: Topology | None = None,
    ) -> None:
        self._db = db
        self._analytics = analytics
        self._clock = clock
        self._projector = projector
        self._topology = topology or Topology()

    async def _mark(self, epoch: str, version: int) -> None:
        """Note in the engine of which making its tables are, and up to which version."""
        names, kinds = list(PERSON_MARK.columns), list(PERSON_MARK.columns.values())
        await self._analytics.insert(PERSON_MARK.name, names, [(epoch, version)], types=kinds)
