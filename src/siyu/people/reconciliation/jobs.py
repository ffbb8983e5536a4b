"""Reconciliation as a job, once a night or on demand."""

import asyncio
from datetime import timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from siyu.accounts.connections.models import WecomConnection
from siyu.accounts.tenants import Vaults, zone_of
from siyu.channels.wecom.in_job import Clients, run_of_calls
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.jobs import JobHandler, Progress
from siyu.core.jobs.notes import KILLED, Note
from siyu.core.jobs.progress import RUN_KEY, JobRun
from siyu.core.rounds import every, fell_due
from siyu.people.customers.origins import Origins
from siyu.people.groups.sync import CHECKPOINT, GroupSync
from siyu.people.kinds import RECONCILE, Reconcile
from siyu.people.reconciliation.models import ReconciliationPlan
from siyu.people.reconciliation.service import Reconciliation

_LOOK_SECONDS: Final = 60.0
_AGAIN_AFTER: Final = timedelta(hours=1)
_DEADLY: Final = "deadly"
"""Marks in its payload a run that ended its process: only a person may let it go on."""


def reconcile_handler(
    db: Database, clock: Clock, wecom: Clients, vaults: Vaults, origins: Origins
) -> JobHandler[Reconcile]:
    """Return the handler of a run."""
    reconciliation = Reconciliation(db, clock, vaults, origins)
    groups = GroupSync(db, clock, vaults)

    async def run(tenant_id: int, payload: Reconcile) -> None:
        progress = Progress(db, clock, tenant_id, payload.run_id)
        checkpoint = await progress.start()
        async with run_of_calls(progress):
            client = (await wecom.client(tenant_id)).in_background()
            if CHECKPOINT not in checkpoint:
                await reconciliation.run(client, progress, checkpoint)
            at = await groups.run(tenant_id, client, progress, checkpoint)
            count = await reconciliation.found(progress)
            said = f"发现并改正了 {count} 处差异" if count else "与企业微信一致"
            values = {"count": count, "groups": at.total}
            await progress.finish(Note("compared", f"{said}；{at.total} 个客户群已核对", values))

    async def given_up(tenant_id: int, payload: Reconcile) -> None:
        progress = Progress(db, clock, tenant_id, payload.run_id)
        await progress.fail(KILLED)
        async with db.tenant(tenant_id) as session:
            run = await session.get_one(JobRun, (tenant_id, payload.run_id), with_for_update=True)
            run.payload = {**run.payload, _DEADLY: True}

    return JobHandler(RECONCILE, run, given_up)


async def begin_run(ctx: Context) -> int | None:
    """Begin a run; return its id, or nothing while one is waiting or at work."""
    run = JobRun(
        tenant_id=ctx.tenant_id,
        kind=RECONCILE.name,
        title=RECONCILE.title,
        created_by=ctx.actor.id,
        created_at=ctx.now(),
    )
    async with ctx.session.begin_nested() as attempt:
        ctx.session.add(run)
        await ctx.session.flush()
        if not await ctx.enqueue(RECONCILE, Reconcile(run.id), key=RUN_KEY):
            await attempt.rollback()
            return None
    return run.id


class NightlyReconciliation:
    """Begins each connected tenant's run once a day, from the hour of its plan on.

    One that failed, because a permission was missing or WeCom out of reach, is taken up again
    every hour, where it stopped.
    """

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def run(self, stop: asyncio.Event) -> None:
        """Look once a minute until `stop` is set; survives losing the database."""
        await every(_LOOK_SECONDS, self.step, stop, name="reconciliation")

    async def step(self) -> int:
        """Begin the runs that are due; return how many."""
        async with self._db.system() as session:
            tenants = (
                await session.scalars(
                    select(WecomConnection.tenant_id).where(
                        WecomConnection.customers_at.is_not(None)
                    )
                )
            ).all()
        return sum([await self._begin(tenant_id) for tenant_id in tenants])

    async def _begin(self, tenant_id: int) -> bool:
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
            plan = await plan_of(ctx)
            local = ctx.now().astimezone(await zone_of(ctx))
            due = fell_due(local, plan.hour)
            if not plan.enabled:
                return False
            if plan.began_at is not None and plan.began_at >= due:
                return await _take_up(ctx)
            first = plan.began_at is None
            plan.began_at = ctx.now()
            # A tenant that has just been synced has nothing to be compared with yet.
            return not first and await begin_run(ctx) is not None


async def _take_up(ctx: Context) -> bool:
    """Let the latest run go on if it failed an hour ago; tell whether it does."""
    run = await ctx.session.scalar(
        select(JobRun)
        .where(JobRun.tenant_id == ctx.tenant_id, JobRun.kind == RECONCILE.name)
        .order_by(JobRun.id.desc())
        .limit(1)
        .with_for_update()
    )
    if run is None or run.state != "failed" or run.finished_at is None:
        return False
    if run.finished_at > ctx.now() - _AGAIN_AFTER or _DEADLY in run.payload:
        return False
    run.state = "waiting"
    return await ctx.enqueue(RECONCILE, Reconcile(run.id), key=RUN_KEY)


async def plan_of(ctx: Context) -> ReconciliationPlan:
    """Return the tenant's plan, locked; made with the defaults where there is none."""
    await ctx.session.execute(
        insert(ReconciliationPlan).values(tenant_id=ctx.tenant_id).on_conflict_do_nothing()
    )
    return await ctx.session.get_one(ReconciliationPlan, ctx.tenant_id, with_for_update=True)
