"""Stages customers go through: which there are, and who is in which."""

from collections.abc import Collection, Sequence
from typing import Final

from msgspec import UNSET
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from siyu.accounts.audit import record
from siyu.accounts.models import Employee
from siyu.core.context import Context, News
from siyu.core.db import insert_many
from siyu.core.errors import Conflict, Invalid, NotFound
from siyu.facts.people import StageChanged
from siyu.people.identity.holding import hold
from siyu.people.identity.identities import homes_of
from siyu.people.models import Identity
from siyu.people.ordered import alone, in_order, next_place, put_in_order, refuse_taken
from siyu.people.stages.models import Stage, StageChange
from siyu.people.stages.schemas import StageEdit, StageStep, StageView

MOST_STAGES: Final = 30
USUAL: Final = ("新客户", "已沟通", "有意向", "已成交", "复购客户", "暂无意向")
"""The stages that most shops begin with."""


async def stages(ctx: Context, *, gone: bool = False) -> Sequence[Stage]:
    """Return the stages in their order; with `gone` also those that were removed."""
    return await in_order(ctx, Stage, gone=gone)


async def create(ctx: Context, name: str) -> Stage:
    """Make a stage, as the last one."""
    ctx.require("fields.write")
    await alone(ctx, Stage)
    living = await stages(ctx)
    _refuse_more(living)
    refuse_taken(living, name, _taken())
    stage = Stage(tenant_id=ctx.tenant_id, name=name.strip(), sort=next_place(living))
    ctx.session.add(stage)
    await ctx.session.flush()
    record(ctx, "stage.create", "stage", stage.id, name=stage.name)
    return stage


async def begin_usual(ctx: Context) -> Sequence[Stage]:
    """Make the usual stages where there are none yet; return the stages there are."""
    ctx.require("fields.write")
    await alone(ctx, Stage)
    if not await stages(ctx, gone=True):
        for name in USUAL:
            await create(ctx, name)
    return await stages(ctx)


async def change(ctx: Context, stage_id: int, wanted: StageEdit) -> Stage:
    """Rename a stage, remove it or bring it back; who is in a removed one stays in it."""
    ctx.require("fields.write")
    await alone(ctx, Stage)
    stage = await ctx.session.get(Stage, (ctx.tenant_id, stage_id), with_for_update=True)
    if stage is None:
        raise NotFound("stage_unknown", "客户阶段不存在")
    back = stage.gone and wanted.gone is False
    if back or wanted.name is not UNSET:
        others = [other for other in await stages(ctx) if other.id != stage_id]
        name = stage.name if wanted.name is UNSET else wanted.name.strip()
        refuse_taken(others, name, _taken())
        if back:
            _refuse_more(others)
        stage.name = name
    if wanted.gone is not UNSET:
        stage.gone = wanted.gone
    await ctx.session.flush()
    record(ctx, "stage.change", "stage", stage_id, name=stage.name, gone=stage.gone)
    return stage


async def order(ctx: Context, ids: Sequence[int]) -> None:
    """Put the living stages into this order."""
    ctx.require("fields.write")
    changed = Conflict("stages_changed", "阶段已被他人增删，请刷新后重新排序")
    await put_in_order(ctx, Stage, ids, changed)
    record(ctx, "stage.order", "stage", "all")


async def set_stage(
    ctx: Context, customer_ids: Collection[int], stage_id: int | None, reason: str = ""
) -> int:
    """Bring customers to a stage, or to none; return how many were not there already.

    The customers must be such that the actor may see; merged ones lead to who they became.
    """
    if stage_id is not None and stage_id not in {stage.id for stage in await stages(ctx)}:
        raise Invalid.field("stage_id", "unknown", "客户阶段不存在或已移除")
    customers = sorted(set((await hold(ctx, customer_ids, writing=True)).values()))
    homes = await homes_of(ctx, customers)
    before = await stages_of(ctx, customers)
    moving = [number for number in customers if number in homes and before.get(number) != stage_id]
    if not moving:
        return 0
    rows = [
        {
            "tenant_id": ctx.tenant_id,
            "identity_id": homes[number],
            "stage_id": stage_id,
            "at": ctx.now(),
            "employee_id": ctx.actor.id,
            "reason": reason.strip(),
        }
        for number in moving
    ]
    await ctx.session.execute(insert_many(StageChange, rows))
    await ctx.announce_many(
        [
            News(
                StageChanged(customer_id=number, stage_id=stage_id, before_id=before.get(number)),
                homes[number],
            )
            for number in moving
        ]
    )
    return len(moving)


async def stages_of(ctx: Context, customer_ids: Collection[int]) -> dict[int, int | None]:
    """Return where customers are: where the latest of their ids came; others are absent."""
    rows = await ctx.session.execute(
        select(Identity.customer_id, StageChange.stage_id)
        .ext(distinct_on(Identity.customer_id))
        .join(
            Identity,
            (Identity.tenant_id == StageChange.tenant_id)
            & (Identity.id == StageChange.identity_id),
        )
        .where(StageChange.tenant_id == ctx.tenant_id, Identity.customer_id.in_(customer_ids))
        .order_by(Identity.customer_id, StageChange.id.desc())
    )
    return {row.customer_id: row.stage_id for row in rows}


async def history(ctx: Context, customer_id: int, *, limit: int = 50) -> list[StageStep]:
    """Return a customer's latest steps, latest first."""
    rows = await ctx.session.execute(
        select(StageChange, Stage.name, Employee.name.label("by"))
        .join(
            Identity,
            (Identity.tenant_id == StageChange.tenant_id)
            & (Identity.id == StageChange.identity_id),
        )
        .outerjoin(
            Stage, (Stage.tenant_id == StageChange.tenant_id) & (Stage.id == StageChange.stage_id)
        )
        .outerjoin(
            Employee,
            (Employee.tenant_id == StageChange.tenant_id)
            & (Employee.id == StageChange.employee_id),
        )
        .where(StageChange.tenant_id == ctx.tenant_id, Identity.customer_id == customer_id)
        .order_by(StageChange.id.desc())
        .limit(limit)
    )
    return [
        StageStep(
            row.StageChange.stage_id, row.name, row.StageChange.at, row.by, row.StageChange.reason
        )
        for row in rows
    ]


def view(stage: Stage) -> StageView:
    """Return a stage as it goes out."""
    return StageView(stage.id, stage.name, stage.gone)


def _refuse_more(living: Sequence[Stage]) -> None:
    if len(living) >= MOST_STAGES:
        raise Conflict("too_many_stages", f"客户阶段最多 {MOST_STAGES} 个，请先移除不用的")


def _taken() -> Conflict:
    return Conflict("stage_name_taken", "已有同名阶段，请换一个名称")
