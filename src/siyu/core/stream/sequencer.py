"""Moves committed facts from the outbox into the stream and numbers them."""

import asyncio
from datetime import timedelta
from typing import Final

import structlog
from sqlalchemy import text

from siyu.core.clock import Clock
from siyu.core.db import LOST, Database
from siyu.core.db.policies import SYS
from siyu.core.pace import Pace
from siyu.core.stream import partitions
from siyu.core.stream.events import SHARDS
from siyu.core.tracing import place

_log = structlog.get_logger(__name__)

_LEADER: Final = 0x5159_0001
"""Key of the advisory lock the leading sequencer holds during a step."""

_BATCH: Final = 5000
_REST_SECONDS: Final = (0.02, 0.15)
_FAILED_SECONDS: Final = 1.0
_PREPARE_EVERY: Final = timedelta(hours=12)
_MONTH: Final = timedelta(days=28)
"""No longer than the shortest month, so that stepping by it leaves none out."""

# Whatever the statement sees is committed, so a transaction that commits late only
# gets a later number: nothing can appear behind a position already given out.
_MOVE = text(f"""
with moved as (
    delete from outbox where id in (select id from outbox order by id limit :batch)
    returning *
), numbered as (
    select m.*, row_number() over (partition by m.shard order by m.id) as step from moved m
), stored as (
    insert into event (shard, position, id, tenant_id, type, version, occurred_at, recorded_at,
                       identity_id, staff_account_id, touch_id, properties)
    select n.shard, s.head + n.step, n.event_id, n.tenant_id, n.type, n.version, n.occurred_at,
           n.recorded_at, n.identity_id, n.staff_account_id, n.touch_id, n.properties
    from numbered n join {SYS}.shard s on s.shard = n.shard
), advanced as (
    update {SYS}.shard s set head = s.head + c.amount
    from (select shard, count(*) as amount from moved group by shard) c where c.shard = s.shard
)
select count(*) from moved
""")  # noqa: S608 - the schema's name is a constant

# One look tells both: nothing to do, or somebody else is doing it.
_LEAD = text("select pg_try_advisory_xact_lock(:key) where exists (select from outbox)")

_ENSURE_SHARDS = text(
    f"insert into {SYS}.shard (shard, head) select g, 0 from generate_series(0, :last) g"  # noqa: S608
    " on conflict do nothing"
)


class Sequencer:
    """Numbers facts. Any number may run: an advisory lock lets one at a time work."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self.moved = asyncio.Event()
        """Set after each step that moved facts, to wake readers in this process."""

    async def run(self, stop: asyncio.Event) -> None:
        """Move facts until `stop` is set; survives losing the database."""
        pace = Pace(*_REST_SECONDS)
        due = self._clock.now()
        while not stop.is_set():
            try:
                if self._clock.now() >= due:
                    await self.prepare()
                    due = self._clock.now() + _PREPARE_EVERY
                count = await self.step()
            except LOST as error:
                _log.warning("sequencer.failed", error=place(error))
                await Pace(_FAILED_SECONDS, _FAILED_SECONDS).rest(stop, worked=False)
                continue
            if count < _BATCH:
                await pace.rest(stop, worked=bool(count))

    async def prepare(self) -> None:
        """Make the shards known and the partitions of this and the next two months."""
        async with self._db.system() as session:
            await session.execute(_ENSURE_SHARDS, {"last": SHARDS - 1})
            for months_ahead in range(3):
                day = self._clock.now() + months_ahead * _MONTH
                await session.execute(partitions.ensure(day))

    async def step(self) -> int:
        """Move one batch; return how many facts were moved (0 also when another one leads)."""
        async with self._db.system() as session:
            if not await session.scalar(_LEAD, {"key": _LEADER}):
                return 0
            count: int = (await session.execute(_MOVE, {"batch": _BATCH})).scalar_one()
        if count:
            self.moved.set()
        return count
