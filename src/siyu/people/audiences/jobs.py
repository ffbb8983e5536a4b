"""Background work about audiences."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from siyu.accounts.tenants import zone_of
from siyu.core.analytics import Analytics
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.errors import Unavailable
from siyu.core.jobs import JobHandler, Progress, RetryLater
from siyu.core.jobs.kinds import AnyHandler
from siyu.core.jobs.notes import ENGINE_AWAY, KILLED, Note
from siyu.core.rounds import every, fell_due
from siyu.people.audiences import membership, rfm
from siyu.people.audiences.building import Building
from siyu.people.audiences.builds import begin_build
from siyu.people.audiences.history import note_today
from siyu.people.audiences.kinds import FOLLOW, RESCORE, Follow, Rescore
from siyu.people.audiences.models import Audience, RfmPlan
from siyu.people.audiences.places import Fed
from siyu.people.audiences.rules import above, below, current, leaves
from siyu.people.kinds import TAGS_MOVED, TagsMoved
from siyu.people.rules.answers.sets import Sets
from siyu.people.rules.language import Leaf, Rfm, Tags

_KEPT_BYTES: Final = 256 << 20
_LOOK_SECONDS: Final = 60.0
_AGAIN: Final = timedelta(seconds=10)
_NOBODY: Final = Note("nobody_bought", "还没有买过东西的客户，无法计算分值")


def handlers(db: Database, clock: Clock, analytics: Analytics) -> list[AnyHandler]:
    """Return the jobs of this room."""
    sets = Sets(analytics, Fed(db), kept_bytes=_KEPT_BYTES)
    scores = Scores(db, clock, analytics)

    async def follow(tenant_id: int, payload: Follow) -> None:
        async with db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, clock, session)
            higher = above(payload.audience_id, await current(ctx))
        await rebuild(db, clock, tenant_id, higher)

    async def regroup(tenant_id: int, payload: TagsMoved) -> None:
        moved = frozenset(payload.tag_ids)

        def goes_by_groups(leaf: Leaf) -> bool:
            return (
                isinstance(leaf, Tags)
                and leaf.mode == "wecom"
                and not moved.isdisjoint(leaf.tag_ids)
            )

        async with db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, clock, session)
            others = await _asking(ctx, goes_by_groups)
        await rebuild(db, clock, tenant_id, others)

    return [
        Building(db, clock, sets).handler(),
        JobHandler(FOLLOW, follow),
        JobHandler(TAGS_MOVED, regroup),
        JobHandler(RESCORE, scores.run, scores.given_up),
    ]


async def rebuild(db: Database, clock: Clock, tenant_id: int, audience_ids: frozenset[int]) -> None:
    """Have those of some audiences built anew that are dynamic."""
    for audience_id in sorted(audience_ids):
        async with db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, clock, session)
            for audience in await membership.locked(ctx, [audience_id]):
                if audience.dynamic and audience.archived_at is None:
                    await begin_build(ctx, audience)


class Scores:
    """Makes RFM thresholds, and has those audiences built anew that ask for scores."""

    def __init__(self, db: Database, clock: Clock, analytics: Analytics) -> None:
        self._db = db
        self._clock = clock
        self._analytics = analytics

    async def run(self, tenant_id: int, payload: Rescore) -> None:
        """Make a version; safe to repeat."""
        progress = Progress(self._db, self._clock, tenant_id, payload.run_id)
        await progress.start()
        try:
            async with self._db.tenant(tenant_id) as session:
                ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
                version = await rfm.computed(ctx, self._analytics)
                if version is not None:
                    session.add(version)
                asking = await _asking(ctx, lambda leaf: isinstance(leaf, Rfm))
        except Unavailable:
            await progress.report(note=ENGINE_AWAY)
            raise RetryLater(_AGAIN) from None
        if version is None:
            await progress.finish(_NOBODY)
            return
        await rebuild(self._db, self._clock, tenant_id, asking)
        said = f"按 {version.buyers} 位成交客户计算"
        await progress.finish(Note("scored", said, {"buyers": version.buyers}))

    async def given_up(self, tenant_id: int, payload: Rescore) -> None:
        """Tell of a run that ends its process."""
        progress = Progress(self._db, self._clock, tenant_id, payload.run_id)
        await progress.fail(KILLED)


async def _asking(ctx: Context, about: Callable[[Leaf], bool]) -> frozenset[int]:
    """Return the audiences whose rule has such a condition, itself or through another."""
    rules = await current(ctx)
    asking = {one for one, rule in rules.items() if any(map(about, leaves(rule)))}
    return frozenset(
        one
        for one in rules
        if one in asking or not asking.isdisjoint(below(frozenset({one}), rules))
    )


class AudienceKeeper:
    """Once a day: notes how large audiences are, and makes RFM thresholds from the hour planned."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def run(self, stop: asyncio.Event) -> None:
        """Look once a minute until `stop` is set; survives losing the database."""
        await every(_LOOK_SECONDS, self.step, stop, name="audiences")

    async def step(self) -> None:
        """Do what is due."""
        async with self._db.system() as session:
            tenants = (await session.scalars(select(Audience.tenant_id).distinct())).all()
            plans = (await session.scalars(select(RfmPlan.tenant_id).where(RfmPlan.enabled))).all()
        for tenant_id in tenants:
            async with self._db.tenant(tenant_id) as session:
                await note_today(Context(tenant_id, SYSTEM_ACTOR, self._clock, session))
        for tenant_id in plans:
            async with self._db.tenant(tenant_id) as session:
                await _rescore_when_due(Context(tenant_id, SYSTEM_ACTOR, self._clock, session))


async def _rescore_when_due(ctx: Context) -> None:
    plan = await rfm.plan_of(ctx)
    due = fell_due(ctx.now().astimezone(await zone_of(ctx)), plan.hour)
    if plan.enabled and (plan.began_at is None or plan.began_at < due):
        plan.began_at = ctx.now()
        await rfm.begin(ctx)
