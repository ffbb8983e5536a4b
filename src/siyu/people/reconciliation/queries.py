"""What runs of the reconciliation found."""

from collections import defaultdict
from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct
from sqlalchemy import func, select

from siyu.accounts.models import StaffAccount
from siyu.core.context import Context
from siyu.core.errors import NotFound
from siyu.core.jobs.notes import NoteData
from siyu.core.jobs.progress import JobRun
from siyu.core.paging import Page, decode_cursor, encode_cursor
from siyu.people.kinds import RECONCILE
from siyu.people.models import Customer, Identity
from siyu.people.reconciliation.models import ReconciliationDifference, ReconciliationPlan

_RUNS = 30

Kind = Literal["missing", "returned", "gone", "details", "remark", "tags"]


class PlanView(Struct):
    """When the nightly run is made: from `hour` on, in the enterprise's zone."""

    enabled: bool
    hour: int


class RunView(Struct):
    """A run and how many differences of each kind it found."""

    id: int
    state: Literal["waiting", "running", "done", "failed", "cancelling", "cancelled"]
    done: int
    total: int | None
    note: str
    said: NoteData
    created_at: datetime
    finished_at: datetime | None
    differences: dict[Kind, int]


class ReconciliationView(Struct):
    """The plan and the latest runs, latest first."""

    plan: PlanView
    runs: list[RunView]


class DifferenceView(Struct):
    """Something siyu had not known, and of whom."""

    id: int
    kind: Kind
    customer_id: int
    customer_name: str
    staff_name: str
    found_at: datetime


async def overview(ctx: Context) -> ReconciliationView:
    """Return the plan and the latest 30 runs."""
    plan = await ctx.session.get(ReconciliationPlan, ctx.tenant_id)
    runs = (
        await ctx.session.scalars(
            select(JobRun)
            .where(JobRun.tenant_id == ctx.tenant_id, JobRun.kind == RECONCILE.name)
            .order_by(JobRun.id.desc())
            .limit(_RUNS)
        )
    ).all()
    counts = await _counts(ctx, [run.id for run in runs])
    return ReconciliationView(
        PlanView(plan.enabled, plan.hour) if plan else PlanView(enabled=True, hour=3),
        [
            RunView(
                run.id,
                run.state,  # type: ignore[arg-type]  # the table's check keeps it a state
                run.done,
                run.total,
                run.note,
                msgspec.convert(run.said, NoteData),
                run.created_at,
                run.finished_at,
                counts[run.id],
            )
            for run in runs
        ],
    )


async def _counts(ctx: Context, run_ids: list[int]) -> dict[int, dict[Kind, int]]:
    rows = await ctx.session.execute(
        select(
            ReconciliationDifference.run_id,
            ReconciliationDifference.kind,
            func.count().label("found"),
        )
        .where(
            ReconciliationDifference.tenant_id == ctx.tenant_id,
            ReconciliationDifference.run_id.in_(run_ids),
        )
        .group_by(ReconciliationDifference.run_id, ReconciliationDifference.kind)
    )
    counts: dict[int, dict[Kind, int]] = defaultdict(dict)
    for row in rows:
        counts[row.run_id][row.kind] = row.found
    return counts


async def differences_of(
    ctx: Context, run_id: int, cursor: str | None, limit: int
) -> Page[DifferenceView]:
    """Return what a run found of whom the actor may see, in the order it was found."""
    run = await ctx.session.get(JobRun, (ctx.tenant_id, run_id))
    if run is None or run.kind != RECONCILE.name:
        raise NotFound("run_unknown", "没有这次核对")
    query = (
        select(ReconciliationDifference, Identity.customer_id, Customer.name, StaffAccount.name)
        .join(
            Identity,
            (Identity.tenant_id == ReconciliationDifference.tenant_id)
            & (Identity.id == ReconciliationDifference.identity_id),
        )
        .join(
            Customer,
            (Customer.tenant_id == Identity.tenant_id) & (Customer.id == Identity.customer_id),
        )
        .join(
            StaffAccount,
            (StaffAccount.tenant_id == ReconciliationDifference.tenant_id)
            & (StaffAccount.id == ReconciliationDifference.staff_account_id),
        )
        .where(
            ReconciliationDifference.tenant_id == ctx.tenant_id,
            ReconciliationDifference.run_id == run_id,
        )
        .order_by(ReconciliationDifference.id)
        .limit(limit + 1)
    )
    if ctx.actor.owners is not None:
        query = query.where(ReconciliationDifference.staff_account_id.in_(ctx.actor.owners))
    if cursor:
        (last,) = decode_cursor(cursor, int)
        query = query.where(ReconciliationDifference.id > last)
    rows = (await ctx.session.execute(query)).all()
    items = [
        DifferenceView(found.id, found.kind, customer_id, customer_name, staff_name, found.found_at)  # type: ignore[arg-type]  # the table's check keeps it a kind
        for found, customer_id, customer_name, staff_name in rows[:limit]
    ]
    return Page(items, encode_cursor(items[-1].id) if len(rows) > limit else None)
