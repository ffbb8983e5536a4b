"""Follows the stream: who changed is read anew, written to the engine, and told of.

One process leads. It keeps behind the feeder, so that the engine has every fact that persons are
looked at with. Each customer is first written and then told of to the listeners; the cursors move
last. So after a crash at any moment some are written and told of again, and nobody is left out.
"""

import asyncio
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

import asyncpg
import structlog
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.core.analytics import (
    Analytics,
    AnalyticsError,
    AnalyticsTooHeavy,
    AnalyticsUnavailable,
)
from siyu.core.analytics.feeder import READER as FEEDER
from siyu.core.analytics.schema import Topology, ensure_schema
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database, is_lost
from siyu.core.stream import SHARDS
from siyu.core.stream.models import Cursor, ShardHead
from siyu.core.together import together
from siyu.core.tracing import place
from siyu.people.picture import debts
from siyu.people.picture.dirty import (
    Touched,
    changed_customers,
    chunks,
    heard_customers,
    touched,
)
from siyu.people.picture.engine import TABLES
from siyu.people.picture.loading import Sources, load
from siyu.people.picture.models import PictureState
from siyu.people.picture.person import Person
from siyu.people.picture.rows import Writer
from siyu.people.picture.state import (
    READER,
    Moment,
    Overtaken,
    begin_lead,
    guard,
    next_version,
    set_state,
)

_log = structlog.get_logger(__name__)

_BATCH: Final = 5_000
"""Facts of a shard in one step."""
_PERSONS: Final = 1_000
"""Customers that are written together."""
_UNDER_WAY: Final = 3
"""So many such portions at once: some are read, some written, of some is told."""
_READERS: Final = 4
"""Connections over which a portion is read."""
_LEAST_READ: Final = 50
"""Fewer persons are not worth a connection of their own."""
_NOT_THEIRS: Final = (
    Overtaken,
    AnalyticsError,
    AnalyticsTooHeavy,
    AnalyticsUnavailable,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
)
"""Troubles that no customer causes."""
_LATER: Final = timedelta(seconds=30)
"""Until who made trouble is looked at again."""


class Listener(Protocol):
    """What follows from persons: dynamic audiences."""

    async def types(self, ctx: Context) -> frozenset[str]:
        """Return the facts that count for the tenant: who does such a thing is told of as well.

        Persons come with what they ever did of these types.
        """
        ...

    async def changed(
        self, ctx: Context, persons: Mapping[int, Person], gone: frozenset[int], moment: Moment
    ) -> None:
        """Hear of persons who may have become others, as of a moment, and of those who are gone.

        Called again after a crash: to hear the same twice must change nothing.
        """
        ...


@dataclass(frozen=True)
class Roof:
    """What other rooms add to the picture, wired at the roof."""

    sources: Sources
    listeners: Sequence[Listener] = ()


@dataclass
class _Work:
    """A step's work for one tenant."""

    tenant_id: int
    moment: Moment
    owed: Mapping[int, int]
    types: frozenset[str] = frozenset()


class Projector:
    """Writes the picture. `lead` first; then `step` again and again."""

    def __init__(
        self,
        db: Database,
        analytics: Analytics,
        clock: Clock,
        roof: Roof,
        *,
        topology: Topology | None = None,
        batch: int = _BATCH,
    ) -> None:
        self._db = db
        self._analytics = analytics
        self._clock = clock
        self._roof = roof
        self._topology = topology or Topology()
        self._writer = Writer(analytics, self._topology)
        self._batch = batch
        self.leader = 0
        self._under_way = asyncio.Semaphore(_UNDER_WAY)
        self._reading = asyncio.Lock()
        """Held from the taking of a version until the persons are read: a higher one saw more."""
        self._telling = asyncio.Lock()
        self._open: set[asyncio.Future[None]] = set()
        """Who has a version, or is about to, whose rows are not all in the engine."""

    async def lead(self) -> None:
        """Become the one whose writings count, with tables and cursors in place."""
        await ensure_schema(self._analytics, self._topology, TABLES)
        async with self._db.system() as session:
            # A new reader begins with what is there now: what led to it is written by a rebuild.
            heads = await session.execute(select(ShardHead.shard, ShardHead.head))
            at: dict[int, int] = {row.shard: row.head for row in heads}
            rows = [
                {"reader": READER, "shard": shard, "position": at.get(shard, 0)}
                for shard in range(SHARDS)
            ]
            await session.execute(insert(Cursor).on_conflict_do_nothing(), rows)
            self.leader = (await begin_lead(session)).leader

    async def step(self) -> int:
        """Follow at most one batch of each shard; return how many facts and debts there were.

        Raises `Overtaken`, and what a lost engine or database raises; who leads next goes on
        where this one stopped.
        """
        async with self._db.system() as session:
            spans, moment = await self._spans(session)
            count, facts = await touched(session, spans)
            owed = await debts.due(session, moment.at)
        version = 0
        for tenant_id in sorted(facts.keys() | owed.keys()):
            work = _Work(tenant_id, moment, owed.get(tenant_id, {}))
            version = max(version, await self._look(work, facts.get(tenant_id, Touched())))
        if spans or version:
            # A rebuild writes beside: what is noted as written has nothing below it under way.
            await self._written()
            await self._advance(spans, version)
        return count + sum(len(marks) for marks in owed.values())

    async def take_version(self) -> int:
        """Return a version below which all are in the engine. Raises `Overtaken`."""
        async with self._db.system() as session:
            version = await next_version(session, self.leader)
        await self._written()
        return version

    async def _written(self) -> None:
        """Wait for all who have a version by now; who begins to write later has a higher one."""
        if self._open:
            await asyncio.wait(set(self._open))

    async def write(
        self,
        tenant_id: int,
        customer_ids: Collection[int],
        *,
        types: frozenset[str] = frozenset(),
        until: Mapping[int, int] | None = None,
        gone: bool = True,
    ) -> tuple[int, dict[int, Person]]:
        """Write customers to the engine as they are now; return the version and the persons.

        Without `gone`, nothing is written of those who are no more.
        """
        with self._opened():
            async with self._reading:
                async with self._db.system() as session:
                    version = await next_version(session, self.leader)
                persons = await self._read(tenant_id, customer_ids, types, until)
            absent = set(customer_ids) - persons.keys() if gone else set[int]()
            await self._writer.write(tenant_id, persons.values(), absent, version)
        return version, persons

    @contextmanager
    def _opened(self) -> Iterator[None]:
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._open.add(written)
        try:
            yield
        finally:
            self._open.discard(written)
            written.set_result(None)

    async def _spans(self, session: AsyncSession) -> tuple[list[tuple[int, int, int]], Moment]:
        """Return what is to be read of each shard, and the moment after it was."""
        rows = await session.execute(
            select(Cursor.reader, Cursor.shard, Cursor.position).where(
                Cursor.reader.in_((READER, FEEDER))
            )
        )
        at = {(row.reader, row.shard): row.position for row in rows}
        spans, positions = [], {}
        for shard in range(SHARDS):
            after, fed = at.get((READER, shard), 0), at.get((FEEDER, shard), 0)
            last = min(fed, after + self._batch)
            if last > after:
                spans.append((shard, after, last))
            positions[shard] = max(after, last)
        return spans, Moment(self._clock.now(), positions)

    async def _look(self, work: _Work, facts: Touched) -> int:
        """Write and tell of all whom facts and debts are about; return the last version, or 0."""
        async with self._db.tenant(work.tenant_id) as session:
            ctx = self._context(work.tenant_id, session)
            for listener in self._roof.listeners:
                work.types |= await listener.types(ctx)
            changed = await changed_customers(ctx, facts) | work.owed.keys()
            heard = await heard_customers(ctx, facts, work.types) - changed
        portions = [(some, True) for some in chunks(changed, _PERSONS)]
        portions += [(some, False) for some in chunks(heard, _PERSONS)]
        versions = await together(
            *(self._pass(work, some, write=write) for some, write in portions)
        )
        return max(versions, default=0)

    async def _pass(self, work: _Work, some: Sequence[int], *, write: bool) -> int:
        async with self._under_way:
            return await self._show(work, some, write=write)

    async def _show(self, work: _Work, some: Sequence[int], *, write: bool) -> int:
        """Write customers, where they may have changed, and tell of them; return the version."""
        try:
            return await self._show_now(work, some, write=write)
        except Exception as error:
            if isinstance(error, _NOT_THEIRS) or is_lost(error):
                raise
            if len(some) > 1:
                # Nobody is kept back by another's trouble.
                half = len(some) // 2
                first = await self._show(work, some[:half], write=write)
                return max(first, await self._show(work, some[half:], write=write))
            _log.exception("picture.failed", tenant=work.tenant_id, error=place(error))
            async with self._db.system() as session:
                await debts.owe(session, work.tenant_id, some, self._clock.now() + _LATER)
            return 0

    async def _show_now(self, work: _Work, some: Sequence[int], *, write: bool) -> int:
        version, until = 0, work.moment.positions
        if write:
            version, persons = await self.write(work.tenant_id, some, types=work.types, until=until)
        else:
            async with self._reading:
                persons = await self._read(work.tenant_id, some, work.types, until)
        gone = frozenset(some) - persons.keys()
        async with self._telling, self._db.tenant(work.tenant_id) as session:
            await guard(session, self.leader)
            for listener in self._roof.listeners:
                ctx = self._context(work.tenant_id, session)
                await listener.changed(ctx, persons, gone, work.moment)
            marks = {number: work.owed[number] for number in some if number in work.owed}
            await debts.pay(session, work.tenant_id, marks)
        return version

    async def _read(
        self,
        tenant_id: int,
        customer_ids: Collection[int],
        types: frozenset[str],
        until: Mapping[int, int] | None,
    ) -> dict[int, Person]:
        """Return persons, read over several connections: most of the time is waiting for a disk."""

        async def read(some: Sequence[int]) -> dict[int, Person]:
            async with self._db.tenant(tenant_id) as session:
                ctx = self._context(tenant_id, session)
                return await load(ctx, some, self._roof.sources, act_types=types, until=until)

        size = max(_LEAST_READ, -(-len(customer_ids) // _READERS))
        parts = await together(*map(read, chunks(customer_ids, size)))
        return {number: person for part in parts for number, person in part.items()}

    async def _advance(self, spans: Sequence[tuple[int, int, int]], version: int) -> None:
        """Note what was followed, all at once."""
        async with self._db.system() as session:
            values = {"written": func.greatest(PictureState.written, version), "answering": True}
            await set_state(session, self.leader, **values)
            for shard, after, last in spans:
                moved = await session.execute(
                    update(Cursor)
                    .where(Cursor.reader == READER, Cursor.shard == shard, Cursor.position == after)
                    .values(position=last)
                    .returning(Cursor.shard)
                    .execution_options(synchronize_session=False)
                )
                if moved.one_or_none() is None:
                    raise Overtaken

    def _context(self, tenant_id: int, session: AsyncSession) -> Context:
        return Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
