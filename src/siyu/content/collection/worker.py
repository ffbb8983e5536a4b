"""Understands what the hot doors stored: visits grow, facts are announced.

Runs as a loop of its own rather than as jobs: a staff member's phone is to show a
reading within a second, and a reading is a dozen beats.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

import msgspec
import structlog
from sqlalchemy import delete, select, text, tuple_
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.content.collection.messages import HeardBeat, SiteReport
from siyu.content.collection.models import CollectInbox
from siyu.content.collection.newcomers import admit
from siyu.content.links import announce_viewed
from siyu.content.models import TrackedLink, Visit
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import LOST, Database, refused_value
from siyu.core.pace import Pace
from siyu.core.settings import VISITORS_PER_HOUR
from siyu.core.tracing import place
from siyu.facts.content import LinkClicked, MaterialRead, SiteEvent
from siyu.people.identity.visitors import see, visitors_among

T = TypeVar("T")

_log = structlog.get_logger(__name__)

_BATCH: Final = 1_000
_REST_SECONDS: Final = (0.03, 0.15)
_FAILED_SECONDS: Final = 1.0
_SLACK: Final = timedelta(seconds=5)
"""How much longer than since its opening a reading may claim to be: clocks and networks."""

MARKS: Final = (5, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600)
"""Seconds of reading at which it is told anew."""

# Finds tenants with something waiting by hopping along the key, whatever the backlog.
_WAITING: Final = text(
    "with recursive found as ("
    " (select tenant_id from collect_inbox order by tenant_id limit 1)"
    " union all"
    " select (select c.tenant_id from collect_inbox c where c.tenant_id > f.tenant_id"
    "  order by c.tenant_id limit 1) from found f where f.tenant_id is not null"
    ") select tenant_id from found where tenant_id is not null"
)


class CollectWorker:
    """Empties the inbox; any number of workers may run."""

    def __init__(
        self, db: Database, clock: Clock, *, visitors_per_hour: int = VISITORS_PER_HOUR
    ) -> None:
        self._db = db
        self._clock = clock
        self._most_new = visitors_per_hour

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set; survives losing the database."""
        pace, worked = Pace(*_REST_SECONDS), False
        while not stop.is_set():
            try:
                busy = await self.step()
            except LOST as error:
                _log.warning("collect.database_lost", error=type(error).__name__)
                await asyncio.sleep(_FAILED_SECONDS)
                continue
            if not busy:
                await pace.rest(stop, worked=worked)
            worked = bool(busy)

    async def step(self) -> int:
        """Understand one batch per tenant; return how many reports that were."""
        async with self._db.system() as session:
            tenants = list((await session.scalars(_WAITING)).all())
        return sum([await self._serve(tenant_id) for tenant_id in tenants])

    async def _serve(self, tenant_id: int) -> int:
        """Understand one batch; where it fails, one report after the other, letting go of bad ones.

        Reports are strangers' words: one that cannot be kept must not hold up all others.
        """
        try:
            return await self._batch(tenant_id, _BATCH)
        except Exception as error:
            if _lost(error):
                raise
            _log.warning("collect.batch_failed", tenant_id=tenant_id, error=place(error))
        for _ in range(_BATCH):
            try:
                if not await self._batch(tenant_id, 1):
                    break
            except Exception as error:
                if _lost(error):
                    raise
                _log.error("collect.let_go", tenant_id=tenant_id, error=place(error))
                async with self._db.tenant(tenant_id) as session:
                    await _claim(session, 1)
        return _BATCH

    async def _batch(self, tenant_id: int, limit: int) -> int:
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(
                tenant_id=tenant_id, actor=SYSTEM_ACTOR, clock=self._clock, session=session
            )
            rows = await _claim(session, limit)
            await _understand(ctx, rows, self._most_new)
            return len(rows)


def _lost(error: Exception) -> bool:
    """Tell whether the database is away or busy, rather than a report being indigestible."""
    return isinstance(error, OSError) or (
        isinstance(error, DBAPIError) and not refused_value(error)
    )


async def _claim(session: AsyncSession, limit: int) -> Sequence[CollectInbox]:
    """Take rows out of the inbox; they are gone only if what they mean commits."""
    rows = (
        await session.scalars(
            select(CollectInbox)
            .order_by(CollectInbox.tenant_id, CollectInbox.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    ).all()
    if rows:
        key = tuple_(CollectInbox.tenant_id, CollectInbox.id)
        await session.execute(
            delete(CollectInbox)
            .where(key.in_([(row.tenant_id, row.id) for row in rows]))
            .execution_options(synchronize_session=False)
        )
    return rows


async def _understand(ctx: Context, rows: Sequence[CollectInbox], most_new: int) -> None:
    beats: dict[int, list[CollectInbox]] = defaultdict(list)
    clicks: list[CollectInbox] = []
    for row in rows:
        if row.kind == "visit":
            beats[row.target_id].append(row)
        elif row.kind == "click":
            clicks.append(row)
        elif (report := _decoded(row, SiteReport)) is not None:
            _announce_site_event(ctx, row, report)
    if beats:
        await _read_on(ctx, beats, most_new)
    if clicks:
        await _announce_clicks(ctx, clicks)


def _decoded(row: CollectInbox, kind: type[T]) -> T | None:
    """Return what a row says; one that another version wrote and this one cannot read is let go."""
    try:
        return msgspec.json.decode(row.body, type=kind)
    except msgspec.MsgspecError:
        _log.warning("collect.unreadable", kind=row.kind, row=row.id)
        return None


def _announce_site_event(ctx: Context, row: CollectInbox, report: SiteReport) -> None:
    ctx.announce(
        SiteEvent(
            source_id=row.target_id,
            name=report.name,
            page=report.page,
            properties=report.properties,
        ),
        occurred_at=row.received_at,
    )


async def _announce_clicks(ctx: Context, rows: Sequence[CollectInbox]) -> None:
    wanted = {row.target_id for row in rows}
    links = await ctx.session.scalars(
        select(TrackedLink).where(
            TrackedLink.tenant_id == ctx.tenant_id, TrackedLink.id.in_(wanted)
        )
    )
    known = {link.id: link for link in links}
    for row in rows:
        if (link := known.get(row.target_id)) is not None:
            ctx.announce(
                LinkClicked(material_id=link.material_id, tracked_link_id=link.id),
                staff_account_id=link.staff_account_id,
                touch_id=link.touch_id,
                occurred_at=row.received_at,
            )


async def _read_on(ctx: Context, beats: dict[int, list[CollectInbox]], most_new: int) -> None:
    # Locked in the order of ids, so that two workers never wait for each other in a ring.
    found = await ctx.session.execute(
        select(Visit, TrackedLink.touch_id)
        .join(
            TrackedLink,
            (TrackedLink.tenant_id == Visit.tenant_id) & (TrackedLink.id == Visit.tracked_link_id),
        )
        .where(Visit.tenant_id == ctx.tenant_id, Visit.id.in_(beats))
        .order_by(Visit.id)
        .with_for_update(of=Visit)
    )
    readings = [
        _Reading(visit, touch_id, row.received_at, beat)
        for visit, touch_id in found.all()
        for row in beats[visit.id]
        if (beat := _decoded(row, HeardBeat)) is not None
    ]
    # Whose a reading is must be known with its first fact: what was told is never changed.
    begun = [each for each in readings if each.begins and each.beat.visitor]
    pages = {each.beat.visitor: each.visit.material_id for each in begun}
    seen = await see(ctx, await admit(ctx, pages, most_new))
    for each in begun:
        if each.begins:
            each.visit.identity_id = seen.get(each.beat.visitor)
    visitors = await visitors_among(
        ctx, {number for each in readings if (number := each.visit.identity_id) is not None}
    )
    for each in readings:
        _hear(ctx, each, anonymous=each.visit.identity_id in visitors)


@dataclass(frozen=True)
class _Reading:
    """A beat of a visit, and when it came."""

    visit: Visit
    touch_id: int
    at: datetime
    beat: HeardBeat

    @property
    def begins(self) -> bool:
        """Whether nothing was told of the reading yet, and nobody is known to read."""
        return self.visit.viewed_at is None and self.visit.identity_id is None


def _hear(ctx: Context, reading: _Reading, *, anonymous: bool) -> None:
    """Let a reading grow by one beat, and tell what is news."""
    visit, touch_id, at, beat = reading.visit, reading.touch_id, reading.at, reading.beat
    if visit.viewed_at is None:
        announce_viewed(ctx, visit, touch_id, at, anonymous=anonymous)
    possible = int((at - visit.opened_at + _SLACK).total_seconds())
    visit.seconds = max(visit.seconds, min(int(beat.seconds), max(possible, 0)))
    visit.depth = max(visit.depth, int(beat.depth))
    visit.last_beat_at = max(visit.last_beat_at or at, at)
    if beat.end:
        visit.ended_at = max(visit.ended_at or at, at)
    if _is_news(visit, ended=beat.end):
        visit.told_seconds, visit.told_depth = visit.seconds, visit.depth
        ctx.announce(
            MaterialRead(
                material_id=visit.material_id,
                tracked_link_id=visit.tracked_link_id,
                visit_id=visit.id,
                seconds=visit.seconds,
                depth=visit.depth,
                anonymous=anonymous,
            ),
            identity_id=visit.identity_id,
            staff_account_id=visit.staff_account_id,
            touch_id=touch_id,
            occurred_at=at,
        )


def _is_news(visit: Visit, *, ended: bool) -> bool:
    if _mark(visit.seconds) > _mark(visit.told_seconds):
        return True
    return ended and (visit.seconds, visit.depth) != (visit.told_seconds, visit.told_depth)


def _mark(seconds: int) -> int:
    return sum(1 for mark in MARKS if seconds >= mark)
