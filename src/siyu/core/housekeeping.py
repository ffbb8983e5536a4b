"""Keeps tables small whose rows are for looking back a while, not for ever."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    SQLColumnExpression,
    TableClause,
    column,
    delete,
    func,
    literal_column,
    select,
    table,
)

from siyu.core.clock import Clock
from siyu.core.db import Database
from siyu.core.db.policies import QUEUE
from siyu.core.rounds import every

_EVERY_SECONDS: Final = 3600.0
_BATCH: Final = 20_000


@dataclass(frozen=True)
class Sweep:
    """Rows of a table go when what `age` says is longer ago than `kept`."""

    table: TableClause
    age: SQLColumnExpression[datetime]
    kept: timedelta


_QUEUE_LOG: Final = table("pgqueuer_log", column("created"), schema=QUEUE)

QUEUE_LOG: Final = Sweep(_QUEUE_LOG, _QUEUE_LOG.c.created, timedelta(days=3))
"""The queue's own log, which the library itself never empties."""


class Housekeeping:
    """Sweeps tables of all tenants, in batches that hold nobody up."""

    def __init__(self, db: Database, clock: Clock, sweeps: Sequence[Sweep]) -> None:
        self._db = db
        self._clock = clock
        self._sweeps = sweeps

    async def run(self, stop: asyncio.Event) -> None:
        """Sweep once an hour until `stop` is set."""
        await every(_EVERY_SECONDS, self.sweep, stop, name="housekeeping")

    async def sweep(self) -> None:
        """Delete everything that is too old now."""
        for each in self._sweeps:
            while await self._batch(each) == _BATCH:
                pass

    async def _batch(self, sweep: Sweep) -> int:
        place_of: ColumnElement[Any] = literal_column("ctid")
        old = (
            select(place_of)
            .select_from(sweep.table)
            .where(sweep.age < self._clock.now() - sweep.kept)
            .limit(_BATCH)
        )
        gone = (
            delete(sweep.table)
            .where(place_of == func.any(func.array(old.scalar_subquery())))
            .returning(literal_column("1"))
            .cte("gone")
        )
        async with self._db.system() as session:
            return await session.scalar(select(func.count()).select_from(gone)) or 0
