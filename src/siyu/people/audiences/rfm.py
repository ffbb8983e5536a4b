"""RFM: recency, frequency and money of buyers as scores, by thresholds that are kept by version."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from siyu.accounts.audit import record
from siyu.core.analytics import Analytics
from siyu.core.context import Context
from siyu.core.errors import Conflict, Invalid
from siyu.core.jobs.progress import RUN_KEY, JobRun
from siyu.people.audiences.kinds import RESCORE, Rescore
from siyu.people.audiences.models import RfmPlan, RfmVersion
from siyu.people.audiences.queries import build_view
from siyu.people.audiences.schemas import (
    RfmCell,
    RfmCuts,
    RfmMatrix,
    RfmPlanDraft,
    RfmVersionView,
    RfmView,
)
from siyu.people.audiences.terms import rfm_in_force, whole

_DAY: Final = 86_400
# One row a customer, the latest of both tiers: figures must not count anybody twice.
_BUYERS: Final = (
    " FROM person FINAL WHERE tenant_id = {tenant:UInt64} AND gone = 0 AND orders > 0"
    " AND state != 'none' AND last_paid_at IS NOT NULL"
)
_AGE: Final = (
    "greatest(0, intDiv({at:Int64} - toUnixTimestamp64Micro(assumeNotNull(last_paid_at)), 1000000))"
)
_DAYS: Final = f"intDiv({_AGE}, {_DAY})"
_FIFTHS: Final = "quantilesExact(0.2, 0.4, 0.6, 0.8)"
_QUANTILES: Final = (
    f"SELECT count(), {_FIFTHS}({_DAYS}), min({_DAYS}),"
    f" {_FIFTHS}(orders), min(orders), max(orders), {_FIFTHS}(gmv_fen), min(gmv_fen), max(gmv_fen)"
    f"{_BUYERS} AND {_AGE} < {{window:Int64}}"
)
_SEEN: Final = (
    " AND (customer_id, version) IN (SELECT customer_id, version FROM person_contact"
    " WHERE tenant_id = {tenant:UInt64} AND staff_account_id IN {owners:Array(UInt64)})"
)
_EVER: Final = 1 << 60


async def view(ctx: Context) -> RfmView:
    """Return the plan, the thresholds in force, and how the latest run went."""
    plan = await ctx.session.get(RfmPlan, ctx.tenant_id)
    version = await rfm_in_force(ctx)
    run = await ctx.session.scalar(
        select(JobRun)
        .where(JobRun.tenant_id == ctx.tenant_id, JobRun.kind == RESCORE.name)
        .order_by(JobRun.id.desc())
        .limit(1)
    )
    return RfmView(
        plan=RfmPlanDraft("quantile") if plan is None else _draft(plan),
        version=None if version is None else _version(version),
        build=build_view(run),
    )


async def set_plan(ctx: Context, draft: RfmPlanDraft) -> None:
    """Set how scores are made, and make them anew. Raises `Invalid` for borders out of order."""
    if draft.mode == "fixed":
        if draft.cuts is None:
            raise Invalid.field("cuts", "missing", "请填写固定分档的四个界限")
        for name in ("recency_days", "frequency", "money_fen"):
            cuts = getattr(draft.cuts, name)
            if any(low >= high for low, high in pairwise(cuts)):
                raise Invalid.field(f"cuts.{name}", "order", "四个界限必须从小到大，且不重复")
    plan = await plan_of(ctx)
    plan.mode, plan.window_days = draft.mode, draft.window_days
    plan.cuts = None if draft.cuts is None else _stored(draft.cuts)
    plan.enabled, plan.hour, plan.changed_at = draft.enabled, draft.hour, ctx.now()
    record(ctx, "rfm.plan", "rfm", "plan", mode=draft.mode)
    # A run that is at work may know the old plan: then another is due at once.
    plan.began_at = ctx.now() if await begin(ctx) is not None else None


async def run_now(ctx: Context) -> int:
    """Make the thresholds anew; return the run. Raises `Conflict` while that is going on."""
    plan = await plan_of(ctx)
    run_id = await begin(ctx)
    if run_id is None:
        raise Conflict("rfm_running", "正在计算，请稍候")
    plan.began_at = ctx.now()
    record(ctx, "rfm.run", "job_run", run_id)
    return run_id


async def begin(ctx: Context) -> int | None:
    """Begin a run; return its id, or nothing while one is waiting or at work."""
    run = JobRun(
        tenant_id=ctx.tenant_id,
        kind=RESCORE.name,
        title=RESCORE.title,
        created_by=ctx.actor.id,
        created_at=ctx.now(),
    )
    async with ctx.session.begin_nested() as attempt:
        ctx.session.add(run)
        await ctx.session.flush()
        if not await ctx.enqueue(RESCORE, Rescore(run.id), key=RUN_KEY):
            await attempt.rollback()
            return None
    return run.id


async def plan_of(ctx: Context) -> RfmPlan:
    """Return the tenant's plan, locked; made with the defaults where there is none."""
    await ctx.session.execute(
        insert(RfmPlan)
        .values(tenant_id=ctx.tenant_id, changed_at=ctx.now())
        .on_conflict_do_nothing()
    )
    return await ctx.session.get_one(RfmPlan, ctx.tenant_id, with_for_update=True)


async def computed(ctx: Context, analytics: Analytics) -> RfmVersion | None:
    """Return thresholds by the plan, as of where the picture stands; nothing without buyers."""
    plan = await plan_of(ctx)
    at = (await whole(ctx)).at
    rows = await analytics.query(
        _QUANTILES,
        {
            "tenant": ctx.tenant_id,
            "at": round(at.timestamp() * 1_000_000),
            "window": _EVER if plan.window_days is None else plan.window_days * _DAY,
        },
    )
    buyers, days, latest, *figures = rows[0]
    if not buyers:
        return None
    recency = _falling(days, latest)
    frequency, money = _rising(*figures[:3]), _rising(*figures[3:])
    if plan.mode == "fixed" and plan.cuts is not None:
        recency = [days * _DAY for days in plan.cuts["recency_days"]]
        frequency, money = plan.cuts["frequency"], plan.cuts["money_fen"]
    return RfmVersion(
        tenant_id=ctx.tenant_id,
        mode=plan.mode,
        window_days=plan.window_days,
        recency_seconds=recency,
        frequency=frequency,
        money_fen=money,
        buyers=buyers,
        as_of=at,
        at=ctx.now(),
    )


def _falling(fifths: Sequence[int], latest: int) -> list[int]:
    """Return borders of recency in seconds, of fifths in whole days.

    Who paid as lately as anybody keeps the best score until the next version, a day later: else
    of a young shop everybody would be among those who paid long ago before the day is over.
    """
    return [max(border, latest + 2) * _DAY for border in fifths]


def _rising(fifths: Sequence[int], least: int, most: int) -> list[int]:
    """Return borders of frequency or money.

    Where very many are at the lowest value, borders that they reach as well would tell nobody
    apart: who bought once like most others would count among the most frequent. Where all are
    alike, nobody is better or worse than others: the score is the middle one.
    """
    if least == most:
        return [least, least, least + 1, least + 1]
    return [max(border, least + 1) for border in fifths]


async def matrix(ctx: Context, analytics: Analytics) -> RfmMatrix:
    """Return how many buyers the actor may see have which recency and frequency."""
    version = await rfm_in_force(ctx)
    stand = await whole(ctx)
    cells: list[RfmCell] = []
    if version is not None:
        owners = ctx.actor.owners
        aged = " - ".join(f"({_AGE} >= {{r{i}:Int64}})" for i in range(4))
        often = " + ".join(f"(orders >= {{f{i}:Int64}})" for i in range(4))
        sql = (
            f"SELECT 5 - {aged} AS r, 1 + {often} AS f, count(), sum(gmv_fen)"
            f"{_BUYERS}{'' if owners is None else _SEEN} GROUP BY r, f ORDER BY r, f"
        )
        given: dict[str, Any] = {
            "tenant": ctx.tenant_id,
            "at": round(stand.at.timestamp() * 1_000_000),
            "owners": sorted(owners or ()),
        }
        given |= {f"r{i}": one for i, one in enumerate(version.recency_seconds)}
        given |= {f"f{i}": one for i, one in enumerate(version.frequency)}
        cells = [RfmCell(*row) for row in await analytics.query(sql, given)]
    return RfmMatrix(cells, stand.at, stand.lag_seconds)


def _draft(plan: RfmPlan) -> RfmPlanDraft:
    return RfmPlanDraft(
        plan.mode,  # type: ignore[arg-type]  # the table's check keeps it a mode
        plan.window_days,
        None if plan.cuts is None else RfmCuts(**plan.cuts),
        plan.enabled,
        plan.hour,
    )


def _stored(cuts: RfmCuts) -> dict[str, Any]:
    return {
        "recency_days": cuts.recency_days,
        "frequency": cuts.frequency,
        "money_fen": cuts.money_fen,
    }


def _version(row: RfmVersion) -> RfmVersionView:
    return RfmVersionView(
        id=row.id,
        mode=row.mode,  # type: ignore[arg-type]  # the table's check keeps it a mode
        window_days=row.window_days,
        recency_seconds=row.recency_seconds,
        frequency=row.frequency,
        money_fen=row.money_fen,
        buyers=row.buyers,
        as_of=row.as_of,
        at=row.at,
    )
