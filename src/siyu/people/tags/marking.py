"""Marking very many: what it will take, asking for it, and how far it is."""

from collections.abc import Collection, Sequence
from typing import Any, Final

import msgspec
from pyroaring import BitMap64
from sqlalchemy import Row, Select, and_, exists, false, func, or_, select

from siyu.accounts.audit import record
from siyu.accounts.models import Employee
from siyu.core.context import Context
from siyu.core.errors import Conflict, Invalid
from siyu.core.jobs.notes import NoteData
from siyu.core.jobs.progress import RUN_KEY, JobRun, begin_run
from siyu.people.bulk.used import selection_used
from siyu.people.customers.sight import seen, seen_by
from siyu.people.identity.holding import survivors
from siyu.people.kinds import MARK_MANY, MarkMany
from siyu.people.models import Contact, ContactTag, Identity, Tag
from siyu.people.tags.models import TagMarking, TagMarkingItem
from siyu.people.tags.one import living_tags
from siyu.people.tags.schemas import Estimate, MarkingStarted, MarkingView, MarkManyDraft
from siyu.people.tags.targets import Chosen, Crowds, OfAudience, Selected, Target, people_of

CALLS_PER_HOUR: Final = 150_000
"""WeCom's limit for one endpoint and corporation."""
CONFIRM_ABOVE: Final = 1000
_PEOPLE_PER_SECOND: Final = 2000
"""Internal tags need no call: this is what writing them takes at least."""
_COUNTED: Final = 50_000
_SAMPLE: Final = 10_000
_CHUNK: Final = 5000
_TOLERANCE: Final = 1.05
_SHOWN: Final = 20


async def estimate(ctx: Context, crowds: Crowds, wanted: MarkManyDraft) -> Estimate:
    """Return what it will take, without beginning anything."""
    ctx.require("tags.write")
    return await _estimate(ctx, wanted, await _people(ctx, crowds, wanted))


async def start(ctx: Context, crowds: Crowds, wanted: MarkManyDraft) -> MarkingStarted:
    """Begin to mark those who are the target now, once for a selection.

    Raises `Conflict` when the selection was used for other tags, or the head count not confirmed.
    """
    ctx.require("tags.write")
    people = await _people(ctx, crowds, wanted)
    before = await _before(ctx, wanted)
    if before is not None:
        return before
    if not people:
        raise Invalid.field("target", "nobody", "没有符合条件的客户")
    if len(people) > CONFIRM_ABOVE and not _is_confirmed(len(people), wanted.confirmed):
        told = await _estimate(ctx, wanted, people)
        raise Conflict(
            "marking_unconfirmed",
            f"将影响 {len(people)} 位客户，请输入这个人数确认",
            extra=msgspec.to_builtins(told),
        )
    if isinstance(wanted.target, OfAudience):
        audience_id = wanted.target.audience_id
        await crowds.note_use(ctx, audience_id, people, "marking", MARK_MANY.title)
    run = await begin_run(ctx, MARK_MANY)
    marking = TagMarking(
        tenant_id=ctx.tenant_id,
        run_id=run.id,
        selection_id=_selection(wanted.target),
        target=msgspec.to_builtins(wanted.target),
        members=people.serialize(),
        owners=None if ctx.actor.owners is None else sorted(ctx.actor.owners),
        add_tag_ids=list(wanted.add),
        remove_tag_ids=_removed(wanted),
        reason=wanted.reason.strip(),
        employee_id=ctx.actor.id,
        created_at=ctx.now(),
    )
    ctx.session.add(marking)
    await ctx.session.flush()
    if not await ctx.enqueue(MARK_MANY, MarkMany(run.id), key=RUN_KEY):
        raise Conflict(
            "marking_running", "已有一个批量打标签任务在进行，请等它完成，或在「后台任务」里取消"
        )
    record(
        ctx,
        "tags.mark_many",
        "tag_marking",
        marking.id,
        customers=len(people),
        add=list(wanted.add),
        remove=list(wanted.remove),
    )
    return MarkingStarted(run.id, marking.id)


async def latest(ctx: Context) -> list[MarkingView]:
    """Return the latest runs."""
    ctx.require("tags.read")
    failed = (
        select(func.count())
        .where(
            TagMarkingItem.tenant_id == TagMarking.tenant_id,
            TagMarkingItem.marking_id == TagMarking.id,
            TagMarkingItem.state == "failed",
        )
        .scalar_subquery()
    )
    rows = (
        await ctx.session.execute(
            select(TagMarking, JobRun, Employee.name.label("employee"), failed.label("failed"))
            .join(JobRun, and_(JobRun.tenant_id == ctx.tenant_id, JobRun.id == TagMarking.run_id))
            .outerjoin(
                Employee,
                and_(Employee.tenant_id == ctx.tenant_id, Employee.id == TagMarking.employee_id),
            )
            .where(TagMarking.tenant_id == ctx.tenant_id)
            .order_by(TagMarking.id.desc())
            .limit(_SHOWN)
        )
    ).all()
    markings = [row.TagMarking for row in rows]
    wanted = {t for m in markings for t in (*m.add_tag_ids, *m.remove_tag_ids)}
    names: dict[int, str] = dict(
        (
            await ctx.session.execute(
                select(Tag.id, Tag.name).where(Tag.tenant_id == ctx.tenant_id, Tag.id.in_(wanted))
            )
        ).all()
    )
    return [_view(row, names) for row in rows]


def unmarked(
    ctx: Context,
    customer_ids: Collection[int],
    add: Sequence[int],
    remove: Sequence[int],
    owners: Collection[int] | None,
) -> Select[int]:
    """Select the living friendships that do not carry yet what they should, by number."""

    def carried(tag_ids: Sequence[int]) -> Any:
        return (
            ContactTag.tenant_id == ctx.tenant_id,
            ContactTag.contact_id == Contact.id,
            ContactTag.tag_id.in_(tag_ids),
        )

    lacking = select(func.count()).where(*carried(add)).scalar_subquery() < len(add)
    query = (
        select(Contact.id)
        .join(
            Identity,
            and_(Identity.tenant_id == Contact.tenant_id, Identity.id == Contact.identity_id),
        )
        .where(
            Contact.tenant_id == ctx.tenant_id,
            Contact.state == "active",
            Identity.customer_id.in_(customer_ids),
            or_(
                lacking if add else false(),
                exists().where(*carried(remove)) if remove else false(),
            ),
        )
    )
    return query if owners is None else query.where(Contact.staff_account_id.in_(owners))


async def corp_tags(ctx: Context, tag_ids: Collection[int]) -> dict[int, str]:
    """Return WeCom's ids of the corp tags among living tags; raises when one is gone."""
    found = await living_tags(ctx, tag_ids)
    return {tag_id: wecom_id for tag_id, wecom_id in found.items() if wecom_id is not None}


def seconds_of(calls: int, people: int) -> int:
    """Return how long so many calls take at least, at WeCom's limit, or writing without calls."""
    if calls:
        return -(-calls * 3600 // CALLS_PER_HOUR)
    return -(-people // _PEOPLE_PER_SECOND)


async def _people(ctx: Context, crowds: Crowds, wanted: MarkManyDraft) -> BitMap64:
    if not wanted.add and not wanted.remove:
        raise Invalid.field("add", "required", "请选择要打上或移除的标签")
    await living_tags(ctx, {*wanted.add, *wanted.remove})
    people = await people_of(ctx, crowds, wanted.target)
    if ctx.actor.owners is None:
        return people
    people = await _by_now(ctx, people)
    if isinstance(wanted.target, Chosen):
        return BitMap64(await seen(ctx, list(people)))
    # A selection holds whom its maker sees; asked again, because that may be less by now.
    return people & await seen_by(ctx, ctx.actor.owners)


async def _by_now(ctx: Context, people: BitMap64) -> BitMap64:
    """Return as whom people turned out to be."""
    now = BitMap64()
    for start_at in range(0, len(people), _CHUNK):
        chunk = people[start_at : start_at + _CHUNK]
        now.update((await survivors(ctx, chunk)).values())
    return now


def _selection(target: Target) -> int | None:
    return target.selection_id if isinstance(target, Selected) else None


def _removed(wanted: MarkManyDraft) -> list[int]:
    return [tag_id for tag_id in wanted.remove if tag_id not in wanted.add]


async def _before(ctx: Context, wanted: MarkManyDraft) -> MarkingStarted | None:
    """Return the run that marks a selection already: a second click begins nothing.

    Raises `Conflict` where that run is about other tags.
    """
    number = _selection(wanted.target)
    if number is None:
        return None
    row = await ctx.session.scalar(
        select(TagMarking).where(
            TagMarking.tenant_id == ctx.tenant_id, TagMarking.selection_id == number
        )
    )
    if row is None:
        return None
    asked = (list(wanted.add), _removed(wanted), wanted.reason.strip())
    if (row.add_tag_ids, row.remove_tag_ids, row.reason) != asked:
        raise selection_used()
    return MarkingStarted(row.run_id, row.id)


async def _estimate(ctx: Context, wanted: MarkManyDraft, people: BitMap64) -> Estimate:
    corp = await corp_tags(ctx, {*wanted.add, *wanted.remove})
    add = [tag_id for tag_id in wanted.add if tag_id in corp]
    remove = [tag_id for tag_id in wanted.remove if tag_id in corp]
    exact = len(people) <= _COUNTED
    looked_at = people if exact else people[:: max(1, len(people) // _SAMPLE)]
    calls = 0
    if corp:
        ids = list(looked_at)
        for start_at in range(0, len(ids), _CHUNK):
            chunk = ids[start_at : start_at + _CHUNK]
            found = unmarked(ctx, chunk, add, remove, ctx.actor.owners).subquery()
            calls += await ctx.session.scalar(select(func.count()).select_from(found)) or 0
        calls = calls if exact else round(calls * len(people) / len(ids))
    return Estimate(
        customers=len(people),
        calls=calls,
        seconds=seconds_of(calls, len(people)),
        exact=exact or not corp,
        confirm_above=CONFIRM_ABOVE,
    )


def _is_confirmed(count: int, typed: int | None) -> bool:
    """Tell whether what was typed is the head count, give or take who came meanwhile."""
    return typed is not None and typed <= count * _TOLERANCE and count <= typed * _TOLERANCE


def _view(row: Row[Any], names: dict[int, str]) -> MarkingView:
    marking, run = row.TagMarking, row.JobRun
    left = None
    if run.state in {"waiting", "running"} and run.total is not None:
        left = seconds_of(max(0, run.total - run.done), 0)
    return MarkingView(
        id=marking.id,
        run_id=run.id,
        state=run.state,
        add=[names.get(tag_id, "已删除") for tag_id in marking.add_tag_ids],
        remove=[names.get(tag_id, "已删除") for tag_id in marking.remove_tag_ids],
        reason=marking.reason,
        employee=row.employee,
        done=run.done,
        total=run.total,
        failed=row.failed,
        seconds_left=left,
        note=run.note,
        said=msgspec.convert(run.said, NoteData),
        created_at=marking.created_at,
        finished_at=run.finished_at,
    )
