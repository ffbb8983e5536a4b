"""Building: the members of an audience become those that its rule is about.

Under the tenant's turn (`membership.turn`) the engine is asked and what differs is written, in
portions, each of which leaves the audience nearer to its rule than before. So a build that was
killed or cancelled goes on by beginning again, and one that runs beside the projector undoes
nothing: whatever the engine had not heard of yet the projector tells when its turn comes.
"""

from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from pyroaring import BitMap64

from siyu.core.analytics import AnalyticsTooHeavy
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.errors import Unavailable
from siyu.core.jobs import JobGone, JobHandler, Progress, RetryLater
from siyu.core.jobs.notes import ENGINE_AWAY, KILLED, Note
from siyu.core.jobs.progress import Cancelled, JobRun
from siyu.people.audiences import membership
from siyu.people.audiences.builds import new_run, others_follow
from siyu.people.audiences.copies import Copies
from siyu.people.audiences.history import note_size
from siyu.people.audiences.kinds import BUILD, Build
from siyu.people.audiences.membership import Change
from siyu.people.audiences.models import Audience, AudienceVersion
from siyu.people.audiences.rules import rule_of
from siyu.people.audiences.terms import terms_of, whole
from siyu.people.rules.answers.sets import Sets
from siyu.people.rules.language import Rule

_TOLD_AT_ONCE: Final = 10_000
"""People of whom the stream is told in one transaction."""
_AGAIN: Final = timedelta(seconds=10)
_COUNTING: Final = Note("counting", "正在统计")
_WRITING: Final = Note("writing", "正在写入")
_ARCHIVED: Final = Note("audience_archived", "人群已归档")
_BROKEN: Final = Note(
    "build_broken", "系统出错，构建没有完成；稍后会自动再试，也可以点「重新构建」"
)
_TOO_HEAVY: Final = Note("build_too_heavy", "条件涉及的数据过多，请缩小时间范围或减少条件")


class Building:
    """Builds audiences. `sets` must know all facts that the engine holds (see `places.Fed`)."""

    def __init__(self, db: Database, clock: Clock, sets: Sets) -> None:
        self._db = db
        self._clock = clock
        self._sets = sets
        self._copies = Copies()

    def handler(self) -> JobHandler[Build]:
        """Return the handler of builds."""
        return JobHandler(BUILD, self.run, self._given_up)

    async def run(self, tenant_id: int, payload: Build) -> None:
        """Build an audience; cancelled, killed or refused by the engine, it goes on later."""
        run_id = await self._run_of(tenant_id, payload)
        progress = Progress(self._db, self._clock, tenant_id, run_id)
        await progress.start()
        try:
            await self._build(progress, payload.audience_id)
        except Cancelled:
            return
        except AnalyticsTooHeavy:
            await progress.fail(_TOO_HEAVY)
        except Unavailable:
            await progress.report(note=ENGINE_AWAY)
            raise RetryLater(_AGAIN) from None
        except JobGone:
            await progress.finish(_ARCHIVED)
        except Exception:
            await progress.fail(_BROKEN)
            raise

    async def _given_up(self, tenant_id: int, payload: Build) -> None:
        progress = Progress(self._db, self._clock, tenant_id, payload.run_id)
        await progress.fail(KILLED)

    async def _run_of(self, tenant_id: int, payload: Build) -> int:
        """Return the run of this build; another one where the one asked for is over."""
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
            audience = await _due(ctx, payload.audience_id)
            run = await session.get(JobRun, (tenant_id, payload.run_id), with_for_update=True)
            if run is None or run.state == "done":
                run = await new_run(ctx, audience)
            return run.id

    async def _build(self, progress: Progress, audience_id: int) -> None:
        await progress.report(note=_COUNTING)
        await self._warm(progress.tenant_id, audience_id)
        done = 0
        while True:
            wrote, left, size = await self._portion(progress.tenant_id, audience_id)
            done += wrote
            if not left:
                break
            await progress.report(done=done, total=done + left, note=_WRITING)
        await progress.finish(Note("built", f"共 {size} 人", {"size": size}))

    async def _warm(self, tenant_id: int, audience_id: int) -> None:
        """Ask once outside of everybody's way, so that asking again takes little time."""
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
            rule = await _rule(ctx, await _due(ctx, audience_id))
            terms = await terms_of(ctx, [rule], self._copies)
        await self._sets.ask(tenant_id, rule, terms, ctx.now())

    async def _portion(self, tenant_id: int, audience_id: int) -> tuple[int, int, int]:
        """Write a portion of what differs; return how many people, how many are left, the size."""
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
            await membership.turn(ctx)
            audience = await _due(ctx, audience_id)
            await whole(ctx)
            rule = await _rule(ctx, audience)
            terms = await terms_of(ctx, [rule], self._copies)
            at = ctx.now()
            answer = await self._sets.ask(tenant_id, rule, terms, at)
            wanted = answer.members - await membership.forgotten(ctx)
            there = await membership.members(ctx, audience_id)
            told = audience.told_since is not None
            change = Change(audience, wanted - there, there - wanted, told)
            portion = _some(change, _TOLD_AT_ONCE) if told else change
            await membership.apply(ctx, [portion])
            left = change.people - portion.people
            if not left:
                await _finish(ctx, audience, at)
            return portion.people, left, audience.size


async def _due(ctx: Context, audience_id: int) -> Audience:
    """Return the audience, locked. Raises `JobGone` when there is nothing to build any more."""
    (audience,) = await membership.locked(ctx, [audience_id])
    if audience.archived_at is not None or audience.state == "ready":
        raise JobGone
    return audience


async def _rule(ctx: Context, audience: Audience) -> Rule:
    """Return the rule in force; of a list, the one it is made from."""
    version = await ctx.session.get_one(
        AudienceVersion, (ctx.tenant_id, audience.id, audience.version)
    )
    return rule_of(version.rule)


def _some(change: Change, most: int) -> Change:
    """Return the first of those who leave and enter."""
    left = BitMap64(islice(change.left, most))
    entered = BitMap64(islice(change.entered, most - len(left)))
    return Change(change.audience, entered, left, change.told)


async def _finish(ctx: Context, audience: Audience, at: datetime) -> None:
    audience.state, audience.built_version = "ready", audience.version
    audience.built_at = audience.as_of = at
    if audience.dynamic and audience.told_since is None:
        # Who is in it from the beginning has not entered it.
        audience.told_since = ctx.now()
    await note_size(ctx, [audience])
    if audience.kind == "list":
        await others_follow(ctx, audience.id)
