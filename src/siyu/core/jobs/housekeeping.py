"""Keeps the queue small: its log is for looking back a few days, not for ever."""

import asyncio
from datetime import timedelta
from typing import Final

import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from siyu.core.clock import Clock
from siyu.core.db import Database
from siyu.core.db.policies import QUEUE
from siyu.core.pace import Pace
from siyu.core.tracing import place

_log = structlog.get_logger(__name__)

_KEPT: Final = timedelta(days=3)
_EVERY_SECONDS: Final = 3600.0
_BATCH: Final = 20_000

_SWEEP = text(
    f"with gone as (delete from {QUEUE}.pgqueuer_log where id in"  # noqa: S608 - a constant name
    f" (select id from {QUEUE}.pgqueuer_log where created < :before order by id limit :batch)"
    " returning 1) select count(*) from gone"
)


class Housekeeping:
    """Sweeps the queue's log, which the library itself never empties."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def run(self, stop: asyncio.Event) -> None:
        """Sweep once an hour until `stop` is set."""
        pace = Pace(_EVERY_SECONDS, _EVERY_SECONDS)
        while not stop.is_set():
            try:
                while await self.step() == _BATCH:
                    pass
            except (DBAPIError, OSError) as error:
                _log.warning("housekeeping.failed", error=place(error))
            await pace.rest(stop, worked=False)

    async def step(self) -> int:
        """Delete one batch of old lines; return how many that were."""
        before = self._clock.now() - _KEPT
        async with self._db.system() as session:
            swept = await session.scalar(_SWEEP, {"before": before, "batch": _BATCH})
            return int(swept or 0)
