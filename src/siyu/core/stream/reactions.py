"""What rooms do when they hear a fact: at least once delivered, exactly once effective."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, NamedTuple

import structlog
from sqlalchemy import func, or_, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import LOST, Database, is_lost
from siyu.core.pace import Pace
from siyu.core.stream.events import SHARDS, Event, select_events, to_event
from siyu.core.stream.models import Cursor, ParkedEvent, ShardHead, StreamEvent
from siyu.core.tracing import place

_log = structlog.get_logger(__name__)

_BATCH: Final = 500
_SPAN: Final = 20_000
"""So many facts of a shard are looked at for whom they are."""
_REST_SECONDS: Final = (0.05, 0.25)
_BREATH_SECONDS: Final = 0.03
_TRIES: Final = 3
_RETRY_SECONDS: Final = 0.5

Handler = Callable[[Context, Sequence[Event]], Awaitable[None]]


@dataclass(frozen=True)
class Reaction:
    """A named reader of the stream.

    `handler` gets facts of one tenant, in order per person, in a transaction that also
    moves the reader's cursor: its changes and the reading of the facts commit together.
    """

    name: str
    types: frozenset[str]
    handler: Handler


class _Behind(NamedTuple):
    """A reader who has not read a shard to its head."""

    reader: str
    shard: int
    position: int
    head: int

    def wants(self, types: frozenset[str], latest: Mapping[tuple[int, str], int]) -> bool:
        """Tell whether there is a fact of the types; `latest`: the last position of each."""
        return any(latest.get((self.shard, type_), 0) > self.position for type_ in types)


class ReactionRunner:
    """Runs reactions; any number of processes may, a row lock gives each shard to one."""

    def __init__(self, db: Database, clock: Clock, reactions: Sequence[Reaction]) -> None:
        names = [reaction.name for reaction in reactions]
        if len(names) != len(set(names)):
            raise ValueError("two reactions share a name")
        self._db = db
        self._clock = clock
        self._reactions = reactions
        self.wake = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """React until `stop` is set; survives losing the database."""
        ready = worked = False
        pace = Pace(*_REST_SECONDS)
        while not stop.is_set():
            try:
                if not ready:
                    await self.prepare()
                    ready = True
                busy = await self.step()
            except LOST as error:
                _log.warning("reactions.database_lost", error=place(error))
                await asyncio.sleep(_RETRY_SECONDS)
                continue
            if busy:
                # What comes meanwhile is read together.
                await asyncio.sleep(_BREATH_SECONDS)
            else:
                self.wake.clear()
                await pace.rest(self.wake, worked=worked)
            worked = busy

    async def prepare(self) -> None:
        """Make a cursor for each reader and shard, at the beginning of the stream."""
        rows = [
            {"reader": reaction.name, "shard": shard, "position": 0}
            for reaction in self._reactions
            for shard in range(SHARDS)
        ]
        async with self._db.system() as session:
            if rows:
                await session.execute(insert(Cursor).on_conflict_do_nothing(), rows)

    async def step(self) -> bool:
        """Read one batch per reader and shard that is behind; tell whether any was."""
        known = {reaction.name: reaction for reaction in self._reactions}
        async with self._db.system() as session:
            query = (
                select(Cursor.reader, Cursor.shard, Cursor.position, ShardHead.head)
                .join(ShardHead, ShardHead.shard == Cursor.shard)
                .where(Cursor.reader.in_(known), Cursor.position < ShardHead.head)
            )
            behind = [_Behind(*row) for row in await session.execute(query)]
            unread = _unread(behind)
            latest = await _latest(session, unread)
            idle = [
                one
                for one in behind
                if one.position < unread[one.shard][1]
                and not one.wants(known[one.reader].types, latest)
            ]
            await _pass_by(session, idle, unread)
        work = set(behind) - set(idle)
        for one in sorted(work):
            await self._advance(known[one.reader], one.shard)
        return bool(behind)

    async def drain(self) -> None:
        """React to everything that is in the stream now; for tests and tools."""
        await self.prepare()
        while await self.step():
            pass

    async def _advance(self, reaction: Reaction, shard: int) -> None:
        try:
            await self._read(reaction, shard, _BATCH)
        except Exception as error:
            if is_lost(error):
                raise
            # Whatever it is, the facts are tried singly.
            _log.warning("reaction.failed", reaction=reaction.name, error=place(error))
            await self._one_by_one(reaction, shard)

    async def _one_by_one(self, reaction: Reaction, shard: int) -> None:
        """Find the fact that a batch failed on, and park it after several tries."""
        attempt, failed_at = 0, -1
        while attempt < _TRIES:
            start = await self._position(reaction, shard)
            try:
                while await self._read(reaction, shard, 1):
                    start = await self._position(reaction, shard)
            except Exception as error:
                if isinstance(error, DBAPIError) and error.connection_invalidated:
                    raise
                # Counted per fact: failures of several add up to nothing.
                attempt, failed_at = (attempt + 1 if start == failed_at else 1), start
                _log.exception("reaction.fact_failed", reaction=reaction.name, attempt=attempt)
                if attempt == _TRIES:
                    await self._park(reaction, shard, start, error)
                await asyncio.sleep(_RETRY_SECONDS)
            else:
                return

    async def _position(self, reaction: Reaction, shard: int) -> int:
        async with self._db.system() as session:
            query = select(Cursor.position).where(
                Cursor.reader == reaction.name, Cursor.shard == shard
            )
            return (await session.execute(query)).scalar_one()

    async def _read(self, reaction: Reaction, shard: int, limit: int) -> bool:
        async with self._db.tenant(None) as session:
            start = await _claim(session, reaction.name, shard)
            if start is None:
                return False
            head = await session.scalar(select(ShardHead.head).where(ShardHead.shard == shard))
            if head is None or head <= start:
                return False
            events = await self._events(reaction, shard, (start, head), limit)
            end = head if len(events) < limit else events[-1].position
            for tenant_id, group in groupby(events, key=lambda event: event.tenant_id):
                await _enter(session, tenant_id)
                context = Context(
                    tenant_id=tenant_id, actor=SYSTEM_ACTOR, clock=self._clock, session=session
                )
                await reaction.handler(context, list(group))
                await session.flush()
                session.expunge_all()
            await _move(session, reaction.name, shard, end)
            return True

    async def _events(
        self, reaction: Reaction, shard: int, span: tuple[int, int], limit: int
    ) -> list[Event]:
        # Bounded above as well: facts that arrive meanwhile are the next batch's.
        start, head = span
        async with self._db.system() as session:
            rows = await session.execute(
                select_events()
                .where(
                    StreamEvent.shard == shard,
                    StreamEvent.position > start,
                    StreamEvent.position <= head,
                    StreamEvent.type.in_(reaction.types),
                )
                .order_by(StreamEvent.position)
                .limit(limit)
            )
            return [to_event(row) for row in rows]

    async def _park(self, reaction: Reaction, shard: int, failed_at: int, error: Exception) -> None:
        """Park the first fact behind `failed_at`, unless another process got past it meanwhile."""
        async with self._db.system() as session:
            start = await _claim(session, reaction.name, shard)
            if start != failed_at:
                return
            head = await session.scalar(select(ShardHead.head).where(ShardHead.shard == shard))
            events = await self._events(reaction, shard, (start, head or 0), 1)
            if not events:
                return
            event = events[0]
            await session.execute(
                insert(ParkedEvent)
                .values(
                    reader=reaction.name,
                    shard=shard,
                    position=event.position,
                    tenant_id=event.tenant_id,
                    type=event.type,
                    error=place(error),
                    parked_at=self._clock.now(),
                )
                .on_conflict_do_nothing()
            )
            await _move(session, reaction.name, shard, event.position)


def _unread(behind: Sequence[_Behind]) -> Mapping[int, tuple[int, int]]:
    """Return of each shard what somebody has not read, but not more than can be looked at."""
    found: dict[int, tuple[int, int]] = {}
    for one in behind:
        after = min(one.position, found.get(one.shard, (one.position,))[0])
        found[one.shard] = after, min(one.head, after + _SPAN)
    return found


async def _latest(
    session: AsyncSession, unread: Mapping[int, tuple[int, int]]
) -> Mapping[tuple[int, str], int]:
    """Return the last position of each type there, by shard."""
    spans = [
        (StreamEvent.shard == shard)
        & (StreamEvent.position > after)
        & (StreamEvent.position <= end)
        for shard, (after, end) in unread.items()
    ]
    if not spans:
        return {}
    rows = await session.execute(
        select(StreamEvent.shard, StreamEvent.type, func.max(StreamEvent.position))
        .where(or_(*spans))
        .group_by(StreamEvent.shard, StreamEvent.type)
    )
    return {(shard, type_): position for shard, type_, position in rows}


async def _pass_by(
    session: AsyncSession, idle: Sequence[_Behind], unread: Mapping[int, tuple[int, int]]
) -> None:
    """Move readers over what is not for them, except those who are reading in another process."""
    if not idle:
        return
    free = await session.execute(
        select(Cursor.reader, Cursor.shard, Cursor.position)
        .where(tuple_(Cursor.reader, Cursor.shard).in_([(one.reader, one.shard) for one in idle]))
        .with_for_update(skip_locked=True)
    )
    still = {(row.reader, row.shard, row.position) for row in free}
    for shard, (_, end) in unread.items():
        names = [one.reader for one in idle if one.shard == shard and one[:3] in still]
        if names:
            await session.execute(
                update(Cursor)
                .where(Cursor.reader.in_(names), Cursor.shard == shard)
                .values(position=end)
                .execution_options(synchronize_session=False)
            )


async def _claim(session: AsyncSession, reader: str, shard: int) -> int | None:
    """Return the reader's position and hold it, or nothing while another process does."""
    return await session.scalar(
        select(Cursor.position)
        .where(Cursor.reader == reader, Cursor.shard == shard)
        .with_for_update(skip_locked=True)
    )


async def _move(session: AsyncSession, reader: str, shard: int, position: int) -> None:
    await session.execute(
        update(Cursor)
        .where(Cursor.reader == reader, Cursor.shard == shard)
        .values(position=position)
        .execution_options(synchronize_session=False)
    )


async def _enter(session: AsyncSession, tenant_id: int) -> None:
    """Bind the rest of the transaction to one tenant; the batch commits as a whole."""
    await session.execute(
        text("select set_config('siyu.tenant', :tenant, true)"), {"tenant": str(tenant_id)}
    )
    session.info["tenant"] = tenant_id
