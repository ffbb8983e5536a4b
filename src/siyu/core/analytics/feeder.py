"""Moves the event stream into the analytics engine: nothing lost, nothing doubled.

Per shard a batch of positions is fixed and committed before it is sent. The engine leaves
out a batch it has had under the same token; and because an engine killed between noting a
token and keeping the rows would leave out a batch it never had, the rows are counted
before the cursor moves on.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4

import asyncpg
import structlog
from sqlalchemy import Text, cast, delete, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from siyu.core.analytics.client import (
    Analytics,
    AnalyticsError,
    AnalyticsTooHeavy,
    AnalyticsUnavailable,
)
from siyu.core.analytics.columns import (
    CHECKSUM,
    checksum,
    event_columns,
    owner_rows,
)
from siyu.core.analytics.models import AnalyticsBatch
from siyu.core.analytics.schema import (
    EVENT,
    IDENTITY_OWNER,
    NewerSchema,
    Table,
    Topology,
    ensure_schema,
)
from siyu.core.clock import Clock
from siyu.core.db import Database
from siyu.core.leadership import leading
from siyu.core.stream import SHARDS
from siyu.core.stream.models import Cursor, ShardHead, StreamEvent

_log = structlog.get_logger(__name__)

READER: Final = "analytics"
"""Name of the feeder's cursors."""
_LEADER: Final = 0x5159_0003
"""Key of the advisory lock that lets one process feed at a time."""
_BATCH: Final = 20_000
_REST_SECONDS: Final = 1.0
"""Between steps that left nothing behind: the engine likes few large batches."""
_FOLLOW_SECONDS: Final = 2.0
_FIRST_BACK_OFF: Final = 0.5
_LONGEST_BACK_OFF: Final = 30.0

_SELECT: Final = select(
    *(getattr(StreamEvent, name) for name in EVENT.columns if name != "properties"),
    cast(StreamEvent.properties, Text),
)
_SPAN: Final = "shard = {shard:UInt16} AND position BETWEEN {first:UInt64} AND {last:UInt64}"
# Whom ids began with stands at no position: the facts themselves tell which of it goes with them.
_BEGUN: Final = f"""shard = {{shard:UInt16}} AND position = 0 AND (tenant_id, identity_id) IN (
    SELECT tenant_id, arrayJoin(JSONExtract(properties, 'identity_ids', 'Array(UInt64)'))
    FROM event WHERE {_SPAN} AND type = 'customer.created'
)"""  # noqa: S608 - constants
_HELD: Final = f"SELECT count(), {CHECKSUM} FROM event WHERE {_SPAN}"  # noqa: S608 - constants
PASSING: Final = (
    AnalyticsUnavailable,
    AnalyticsTooHeavy,
    AnalyticsError,
    NewerSchema,
    SQLAlchemyError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    OSError,
)
"""What keeps one from writing to the engine now and may be over later."""


@dataclass(frozen=True)
class Lag:
    """How far the engine is behind the stream."""

    positions: int
    """Facts not yet in the engine."""
    seconds: float
    """Age of the oldest of them."""


@dataclass(frozen=True)
class _Batch:
    shard: int
    first: int
    last: int

    @property
    def token(self) -> str:
        return f"{self.shard}:{self.first}:{self.last}"

    @property
    def span(self) -> dict[str, int]:
        return {"shard": self.shard, "first": self.first, "last": self.last}


class Feeder:
    """Feeds the engine. Any number may run: one at a time works, and two would do no harm."""

    def __init__(
        self,
        db: Database,
        analytics: Analytics,
        clock: Clock,
        *,
        topology: Topology | None = None,
        batch: int = _BATCH,
    ) -> None:
        self._db = db
        self._analytics = analytics
        self._clock = clock
        self._topology = topology or Topology()
        self._batch = batch
        self._ready = False
        self.moved = asyncio.Event()
        """Set after each step that sent facts, to wake who follows in this process."""

    async def run(self, stop: asyncio.Event) -> None:
        """Feed until `stop` is set; survives losing the database and the engine."""
        pause = 0.0
        while not stop.is_set():
            try:
                async with leading(self._db, _LEADER) as leads:
                    while leads() and not stop.is_set():
                        moved = await self.step()
                        pause = 0.0
                        if moved:
                            self.moved.set()
                        if moved < self._batch:
                            await _wait(stop, _REST_SECONDS)
            except PASSING as error:
                pause = min(_LONGEST_BACK_OFF, 2 * pause or _FIRST_BACK_OFF)
                _log.warning("analytics.feed_interrupted", error=repr(error), again_in=pause)
            await _wait(stop, pause or _FOLLOW_SECONDS)

    async def step(self) -> int:
        """Send what is behind, at most one batch per shard; return the number of facts sent.

        Raises `AnalyticsUnavailable`, `AnalyticsError` or a database error; the next step
        then goes on where this one stopped.
        """
        try:
            if not self._ready:
                await self._prepare()
                self._ready = True
            return sum([await self._feed(shard) for shard in await self._waiting()])
        except BaseException:
            self._ready = False
            raise

    async def drain(self) -> None:
        """Send everything that is in the stream now; for tests and tools."""
        while await self.step():
            pass

    async def lag(self) -> Lag:
        """Return how far the engine is behind the stream."""
        async with self._db.system() as session:
            positions = await session.scalar(
                select(func.coalesce(func.sum(ShardHead.head - Cursor.position), 0))
                .join(Cursor, Cursor.shard == ShardHead.shard)
                .where(Cursor.reader == READER)
            )
            oldest = await session.scalar(
                select(func.min(StreamEvent.recorded_at))
                .join(Cursor, Cursor.shard == StreamEvent.shard)
                .where(Cursor.reader == READER, StreamEvent.position == Cursor.position + 1)
            )
        seconds = (self._clock.now() - oldest).total_seconds() if oldest else 0.0
        return Lag(int(positions or 0), max(0.0, seconds))

    async def _prepare(self) -> None:
        """Make tables and cursors, and make the engine's past agree with the stream's.

        Where the engine has less than was delivered (its folder was removed, or an older copy
        put back), the rest is sent again. Where the stream is the older copy or another one
        altogether, the engine's facts that are not in it go.
        """
        await ensure_schema(self._analytics, self._topology)
        rows = [{"reader": READER, "shard": shard, "position": 0} for shard in range(SHARDS)]
        async with self._db.system() as session:
            await session.execute(insert(Cursor).on_conflict_do_nothing(), rows)
            found = await session.execute(select(ShardHead.shard, ShardHead.head))
            heads = {row.shard: row.head for row in found}
        for shard in range(SHARDS):
            head = heads.get(shard, 0)
            last, fact = await self._last(shard)
            if last > head:
                await self._delete(_Batch(shard, head + 1, last))
                last, fact = await self._last(shard)
            if last and not await self._knows(shard, last, fact):
                await self._delete(_Batch(shard, 1, last))
                last = 0
            await self._step_back(shard, last)

    async def _last(self, shard: int) -> tuple[int, UUID]:
        """Return position and id of the last fact of a shard that the engine holds."""
        rows = await self._analytics.query(
            "SELECT max(position), argMax(id, position) FROM event WHERE shard = {shard:UInt16}",
            {"shard": shard},
        )
        position, fact = rows[0]
        return position, fact

    async def _knows(self, shard: int, position: int, fact: UUID) -> bool:
        """Tell whether the stream has that fact there, or has long forgotten what it had."""
        async with self._db.system() as session:
            there = await session.scalar(
                select(StreamEvent.id).where(
                    StreamEvent.shard == shard, StreamEvent.position == position
                )
            )
        return there is None or there == fact

    async def _step_back(self, shard: int, position: int) -> None:
        async with self._db.system() as session:
            moved = await session.scalar(
                update(Cursor)
                .where(Cursor.reader == READER, Cursor.shard == shard, Cursor.position > position)
                .values(position=position)
                .returning(Cursor.shard)
                .execution_options(synchronize_session=False)
            )
            if moved is not None:
                await session.execute(delete(AnalyticsBatch).where(AnalyticsBatch.shard == shard))
                _log.warning("analytics.feeding_again", shard=shard, after=position)

    async def _waiting(self) -> Sequence[int]:
        """Return the shards of which something is to be sent, in one look at all of them."""
        begun = exists().where(AnalyticsBatch.shard == Cursor.shard)
        async with self._db.system() as session:
            shards = await session.scalars(
                select(Cursor.shard)
                .join(ShardHead, ShardHead.shard == Cursor.shard)
                .where(Cursor.reader == READER, or_(Cursor.position < ShardHead.head, begun))
                .order_by(Cursor.shard)
            )
            return shards.all()

    async def _feed(self, shard: int) -> int:
        batch = await self._fix(shard)
        if batch is None:
            return 0
        events = await self._read(batch)
        if events:
            await self._send(batch, events)
        await self._advance(batch)
        return len(events)

    async def _fix(self, shard: int) -> _Batch | None:
        """Return the batch being sent, or fix the next one; nothing when all is sent."""
        async with self._db.system() as session:
            at = (
                await session.execute(
                    select(Cursor.position, ShardHead.head)
                    .join(ShardHead, ShardHead.shard == Cursor.shard)
                    .where(Cursor.reader == READER, Cursor.shard == shard)
                )
            ).one_or_none()
            if at is not None and at.position < at.head:
                last = min(at.head, at.position + self._batch)
                await session.execute(
                    insert(AnalyticsBatch)
                    .values(shard=shard, first=at.position + 1, last=last)
                    .on_conflict_do_nothing()
                )
            fixed = (
                await session.execute(
                    select(AnalyticsBatch.first, AnalyticsBatch.last).where(
                        AnalyticsBatch.shard == shard
                    )
                )
            ).one_or_none()
            return None if fixed is None else _Batch(shard, fixed.first, fixed.last)

    async def _read(self, batch: _Batch) -> Sequence[Any]:
        async with self._db.system() as session:
            rows = await session.execute(
                _SELECT.where(
                    StreamEvent.shard == batch.shard,
                    StreamEvent.position.between(batch.first, batch.last),
                ).order_by(StreamEvent.position)
            )
            return rows.all()

    async def _send(self, batch: _Batch, events: Sequence[Any]) -> None:
        columns = await asyncio.to_thread(event_columns, events)
        owners = owner_rows(columns)
        wanted = len(events), checksum(columns["id"])
        token = batch.token
        while True:
            await self._insert(IDENTITY_OWNER, owners, token, by_column=False)
            await self._insert(EVENT, [columns[name] for name in EVENT.columns], token)
            rows = await self._analytics.query(_HELD, batch.span)
            if rows[0] == wanted:
                return
            _log.warning("analytics.batch_sent_again", **batch.span, held=rows[0][0])
            await self._delete(batch)
            token = f"{batch.token}:{uuid4()}"

    async def _insert(
        self, table: Table, rows: Sequence[Any], token: str, *, by_column: bool = True
    ) -> None:
        await self._analytics.insert(
            table.name,
            list(table.columns),
            rows,
            token,
            types=list(table.columns.values()),
            by_column=by_column,
            settings=self._topology.insert_settings,
        )

    async def _delete(self, batch: _Batch) -> None:
        # The facts last: without them nothing would tell of the beginnings.
        for table, which in ((IDENTITY_OWNER, f"{_SPAN} OR {_BEGUN}"), (EVENT, _SPAN)):
            await self._analytics.command(
                f"DELETE FROM {self._topology.stored(table)} WHERE {which}",  # noqa: S608 - constants
                batch.span,
                settings=self._topology.delete_settings,
            )

    async def _advance(self, batch: _Batch) -> None:
        async with self._db.system() as session:
            await session.execute(
                update(Cursor)
                .where(
                    Cursor.reader == READER,
                    Cursor.shard == batch.shard,
                    Cursor.position == batch.first - 1,
                )
                .values(position=batch.last)
                .execution_options(synchronize_session=False)
            )
            await session.execute(
                delete(AnalyticsBatch)
                .where(
                    AnalyticsBatch.shard == batch.shard,
                    AnalyticsBatch.first == batch.first,
                    AnalyticsBatch.last == batch.last,
                )
                .execution_options(synchronize_session=False)
            )


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
