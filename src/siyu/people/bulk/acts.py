"""Doing something with everybody in a selection: asking for it, and what it does to some."""

from collections.abc import Collection, Sequence
from typing import Any, Final

import msgspec
from pyroaring import BitMap64
from sqlalchemy import select

from siyu.accounts.audit import record
from siyu.core.context import Context
from siyu.core.errors import Conflict, Invalid
from siyu.core.jobs.notes import Note
from siyu.core.jobs.progress import RUN_KEY, JobRun, begin_run
from siyu.people.audiences import service as audiences
from siyu.people.bulk.kinds import ACT, DoAct
from siyu.people.bulk.models import PeopleAct, PeopleSelection
from siyu.people.bulk.schemas import (
    Act,
    ActDraft,
    ActStarted,
    MoveToStage,
    PutOnList,
    SetField,
    TakeOffList,
)
from siyu.people.bulk.selections import CONFIRM_ABOVE, take
from siyu.people.bulk.used import selection_used
from siyu.people.customers.sight import seen
from siyu.people.fields.values import set_fields
from siyu.people.identity.holding import survivors
from siyu.people.stages.service import set_stage

AT_ONCE: Final = 500
"""So many people are reached in the request itself."""
_TITLES: Final[dict[type[Act], str]] = {
    MoveToStage: "批量变更阶段",
    SetField: "批量填写字段",
    PutOnList: "批量加入名单",
    TakeOffList: "批量移出名单",
}


async def begin(ctx: Context, draft: ActDraft) -> ActStarted:
    """Begin an act, once for a selection: asked again, it tells of the first one.

    Raises `Conflict` when the selection was used for another act, when the head count was not
    confirmed, or while another act is at work.
    """
    _require(ctx, draft.act)
    selection = await take(ctx, draft.selection_id)
    before = await _before(ctx, draft)
    if before is not None:
        return before
    if not selection.size:
        raise Invalid.field("selection_id", "nobody", "没有符合条件的客户")
    if selection.size > CONFIRM_ABOVE and draft.confirmed != selection.size:
        raise Conflict(
            "act_unconfirmed",
            f"将影响 {selection.size} 位客户，请输入这个人数确认",
            extra={"people": selection.size},
        )
    act = await _settled(ctx, draft.act)
    run = await begin_run(ctx, ACT, title=_TITLES[type(act)], total=selection.size)
    row = PeopleAct(
        tenant_id=ctx.tenant_id,
        run_id=run.id,
        selection_id=selection.id,
        act=msgspec.to_builtins(act),
        employee_id=selection.employee_id,
        created_at=ctx.now(),
    )
    ctx.session.add(row)
    await ctx.session.flush()
    if selection.size <= AT_ONCE:
        await _do_now(ctx, row, run, selection)
    elif not await ctx.enqueue(ACT, DoAct(run.id), key=RUN_KEY):
        raise Conflict("act_running", "另一个批量操作正在进行，请等它完成，或在任务盘里取消它")
    record(
        ctx,
        "customers.act",
        "people_act",
        row.id,
        people=selection.size,
        **_told(act),
    )
    return _started(row, run)


async def do(ctx: Context, act: Act, customer_ids: Sequence[int]) -> int:
    """Do an act with some people; return how many are different now.

    Whoever the actor may no longer see is left out. Safe to repeat.
    """
    _require(ctx, act)
    match act:
        case MoveToStage():
            people = await _theirs(ctx, customer_ids)
            return await set_stage(ctx, people, act.stage_id, act.reason)
        case SetField():
            people = await _theirs(ctx, customer_ids)
            return await set_fields(ctx, people, {act.field_id: act.value})
        case PutOnList():
            return (await audiences.enlist(ctx, _number(act), customer_ids)).added
        case TakeOffList():
            return await audiences.delist(ctx, act.audience_id, customer_ids)


def act_of(row: PeopleAct) -> Act:
    """Return what is to be done."""
    act: Act = msgspec.convert(row.act, Act)
    return act


def _require(ctx: Context, act: Act) -> None:
    lists = isinstance(act, PutOnList | TakeOffList)
    ctx.require("audiences.write" if lists else "customers.write")


async def _settled(ctx: Context, act: Act) -> Act:
    """Return the act with a new list made for it; raises where it cannot be done.

    A list is named there where it was made for the act.
    """
    if isinstance(act, PutOnList) and act.audience_id is None:
        if act.name is None:
            raise Invalid.field("act.audience_id", "required", "请选择名单，或填写新名单的名称")
        made = await audiences.create_list(ctx, act.name.strip(), "", ())
        return PutOnList(audience_id=made.id, name=act.name.strip())
    # Done with nobody, an act still looks whether it could be.
    await do(ctx, act, ())
    return PutOnList(audience_id=act.audience_id) if isinstance(act, PutOnList) else act


async def _do_now(ctx: Context, row: PeopleAct, run: JobRun, selection: PeopleSelection) -> None:
    ids = list(BitMap64.deserialize(selection.members))
    row.changed = await do(ctx, act_of(row), ids)
    row.after = ids[-1]
    run.state, run.done = "done", len(ids)
    run.say(outcome(row.changed, len(ids)))
    run.started_at = run.finished_at = ctx.now()
    await ctx.session.flush()


def outcome(changed: int, people: int) -> Note:
    """Return what came of an act, in words."""
    rest = people - changed
    left = f"；{rest:,} 位本来就是这样，或已不在你的数据范围内" if rest else ""
    return Note("acted", f"已处理 {changed:,} 位{left}", {"changed": changed, "rest": rest})


async def _before(ctx: Context, draft: ActDraft) -> ActStarted | None:
    """Return what began with a selection already; raises `Conflict` where that is another act."""
    found = await ctx.session.execute(
        select(PeopleAct, JobRun)
        .join(
            JobRun,
            (JobRun.tenant_id == PeopleAct.tenant_id) & (JobRun.id == PeopleAct.run_id),
        )
        .where(PeopleAct.tenant_id == ctx.tenant_id, PeopleAct.selection_id == draft.selection_id)
    )
    one = found.one_or_none()
    if one is None:
        return None
    if not _is_again(one.PeopleAct.act, draft.act):
        raise selection_used()
    return _started(one.PeopleAct, one.JobRun)


def _is_again(begun: dict[str, Any], asked: Act) -> bool:
    """Tell whether what is asked for is what began; a new list is the same by the name asked.

    Words that are not kept any more are not compared: a reason may be another then, while a
    field's value, being all that the act was about, is taken for another.
    """
    match asked:
        case PutOnList(audience_id=None):
            name = asked.name and asked.name.strip()
            return name is not None and (begun["kind"], begun.get("name")) == ("list_add", name)
        case PutOnList():
            asked = PutOnList(audience_id=asked.audience_id)
        case SetField() if "value" not in begun:
            return False
    given: dict[str, Any] = msgspec.to_builtins(asked)
    return begun == {key: value for key, value in given.items() if key in begun}


def _started(row: PeopleAct, run: JobRun) -> ActStarted:
    return ActStarted(
        row.id, row.run_id, run.state == "done", row.changed, row.act.get("audience_id")
    )


async def _theirs(ctx: Context, customer_ids: Collection[int]) -> set[int]:
    now = set((await survivors(ctx, customer_ids)).values())
    return await seen(ctx, now)


def _told(act: Act) -> dict[str, Any]:
    """Return what the audit says of an act: what was set of a field stays out of it."""
    match act:
        case MoveToStage():
            return {"act": "stage", "stage": act.stage_id}
        case SetField():
            return {"act": "field", "field": act.field_id}
        case PutOnList():
            return {"act": "list_add", "audience": act.audience_id}
        case TakeOffList():
            return {"act": "list_remove", "audience": act.audience_id}


def _number(act: PutOnList) -> int:
    if act.audience_id is None:
        raise AssertionError("an act that began names its list")
    return act.audience_id
