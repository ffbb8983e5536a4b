"""What a person does with lists of customers: ask for one, and fetch it once it is written."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any, Final

import msgspec
from pyroaring import BitMap64
from sqlalchemy import ColumnElement, and_, func, select

from siyu.accounts.audit import record
from siyu.accounts.models import Employee
from siyu.core.context import Context
from siyu.core.db import TenantBase
from siyu.core.errors import Conflict, Forbidden, Invalid, NotFound
from siyu.core.jobs.notes import NoteData
from siyu.core.jobs.progress import RUN_KEY, JobRun
from siyu.core.paging import Page, decode_cursor, encode_cursor
from siyu.core.sealed import SealedFiles
from siyu.people.audiences.models import Audience
from siyu.people.audiences.persons import visible_among
from siyu.people.audiences.uses import recipients
from siyu.people.bulk.models import PeopleSelection
from siyu.people.bulk.schemas import SelectionDraft
from siyu.people.bulk.selections import members_of, take
from siyu.people.bulk.used import selection_used
from siyu.people.customers.schemas import Named
from siyu.people.exchange.columns import titles
from siyu.people.exchange.export_schemas import (
    ExportAbout,
    ExportDraft,
    ExportSize,
    ExportView,
    ExportWanted,
    State,
)
from siyu.people.exchange.kinds import EXPORT, ExportList
from siyu.people.exchange.models import ExportPart, PeopleExport
from siyu.people.identity.holding import survivors
from siyu.people.identity.visitors import count_strangers, is_person
from siyu.people.models import Customer
from siyu.people.tags.targets import Crowds

KEPT: Final = timedelta(days=3)
CONFIRMED_ABOVE: Final = 10_000
"""Lists that are longer are asked for with their exact length typed."""


async def size(ctx: Context, wanted: ExportWanted) -> ExportSize:
    """Count whom a list would be about, as far as that is cheap: with a data scope, at most."""
    if wanted.selection_id is not None:
        people = (await take(ctx, wanted.selection_id)).size
    elif wanted.customer_ids is not None:
        people = len(set(wanted.customer_ids))
    elif wanted.audience_id is not None:
        people = (await _audience(ctx, wanted.audience_id)).size
    else:
        customers = await ctx.session.scalar(
            select(func.count())
            .select_from(Customer)
            .where(Customer.tenant_id == ctx.tenant_id, Customer.merged_into_id.is_(None))
        )
        people = (customers or 0) - await count_strangers(ctx)
    return ExportSize(people, people > CONFIRMED_ABOVE)


async def begin(ctx: Context, crowds: Crowds, draft: ExportDraft) -> int:
    """Ask for a list, once for a selection; return its number.

    Of an audience it is about those whom it has now, and is kept as a use of it.

    Raises `Conflict` when the selection was used for another list, or for one that came to nothing.
    """
    known = await titles(ctx, draft.columns)
    if unknown := [column for column in draft.columns if column not in known]:
        raise Invalid.field("columns", "column_unknown", f"没有这一列：{unknown[0][:40]}")
    if draft.phones:
        ctx.require("phones.read")
    about = await size(ctx, draft.wanted)
    before = await _before(ctx, draft, list(known))
    if before is not None:
        return before
    if about.confirm and draft.people != about.people:
        raise Conflict(
            "export_unconfirmed",
            f"将导出 {about.people:,} 位客户，请输入人数确认",
            extra={"people": about.people},
        )
    row = PeopleExport(
        tenant_id=ctx.tenant_id,
        format=draft.format,
        columns=list(known),
        wanted=msgspec.to_builtins(draft.wanted),
        selection_id=draft.wanted.selection_id,
        use_id=await _noted_use(ctx, crowds, draft.wanted.audience_id),
        phones=draft.phones,
        created_by=ctx.actor.id,
        created_at=ctx.now(),
        expires_at=ctx.now() + KEPT,
    )
    run = JobRun(
        tenant_id=ctx.tenant_id,
        kind=EXPORT.name,
        title=EXPORT.title,
        total=about.people,
        created_by=ctx.actor.id,
        created_at=ctx.now(),
    )
    ctx.session.add_all([row, run])
    await ctx.session.flush()
    row.run_id = run.id
    run.payload = {"export_id": row.id}
    if not await ctx.enqueue(EXPORT, ExportList(run.id, row.id), key=RUN_KEY):
        raise Conflict("export_running", "另一个导出正在进行，请等它完成")
    record(
        ctx,
        "export.begin",
        "people_export",
        row.id,
        people=about.people,
        columns=row.columns,
        phones=row.phones,
        wanted=row.wanted if draft.wanted.customer_ids is None else "customers",
    )
    return row.id


async def page(ctx: Context, cursor: str | None, limit: int) -> Page[ExportView]:
    """Return lists that were asked for, latest first."""
    query = _select(ctx)
    if cursor:
        (last,) = decode_cursor(cursor, int)
        query = query.where(PeopleExport.id < last)
    rows = (
        await ctx.session.execute(query.order_by(PeopleExport.id.desc()).limit(limit + 1))
    ).all()
    known = await titles(ctx, list({name for row in rows for name in row.PeopleExport.columns}))
    views = [_view(ctx, known, *row) for row in rows[:limit]]
    return Page(views, encode_cursor(views[-1].id) if len(rows) > limit else None)


async def show(ctx: Context, export_id: int) -> ExportView:
    """Return a list that was asked for; raises `NotFound`."""
    row = (await ctx.session.execute(_select(ctx).where(PeopleExport.id == export_id))).first()
    if row is None:
        raise NotFound("export_unknown", "导出不存在")
    return _view(ctx, await titles(ctx, row.PeopleExport.columns), *row)


async def fetch(ctx: Context, export_id: int) -> tuple[str, list[str]]:
    """Note that the actor fetches their list; return its format and its files."""
    row = await ctx.session.get(PeopleExport, (ctx.tenant_id, export_id), with_for_update=True)
    if row is None:
        raise NotFound("export_unknown", "导出不存在")
    if row.created_by != ctx.actor.id:
        raise Forbidden("export_of_another", "只有申请导出的人可以下载")
    if row.phones:
        ctx.require("phones.read")
    files = [row.file] if row.format == "xlsx" else await parts(ctx, export_id)
    if not row.ready or not all(files) or row.expires_at <= ctx.now():
        raise Conflict("export_not_there", "文件还没有生成，或已过期删除")
    row.downloads += 1
    record(ctx, "export.download", "people_export", export_id, rows=row.rows)
    return row.format, files


async def parts(ctx: Context, export_id: int) -> list[str]:
    """Return the files of the parts of an export, in order."""
    rows = await ctx.session.scalars(
        select(ExportPart.file)
        .where(ExportPart.tenant_id == ctx.tenant_id, ExportPart.export_id == export_id)
        .order_by(ExportPart.number)
    )
    return list(rows)


async def joined(sealed: SealedFiles, files: Sequence[str]) -> AsyncIterator[bytes]:
    """Yield the content of files, one after the other."""
    for file in files:
        async for piece in sealed.stream(file):
            yield piece


async def chosen(ctx: Context, row: PeopleExport) -> BitMap64 | None:
    """Return whom a list is about, nothing where it is about all.

    Raises `NotFound` for a selection that is gone.
    """
    wanted = msgspec.convert(row.wanted, ExportWanted)
    if wanted.customer_ids is not None:
        return BitMap64(wanted.customer_ids)
    if wanted.audience_id is not None:
        return BitMap64() if row.use_id is None else await recipients(ctx, row.use_id)
    if wanted.selection_id is None:
        return None
    members = await members_of(ctx, wanted.selection_id)
    if members is None:
        raise NotFound("selection_gone", "选中的名单已过期，请在客户列表里重新选择")
    return members


async def batch(
    ctx: Context, named: BitMap64 | None, after: int, most: int
) -> tuple[list[int], int]:
    """Return the next customers behind a number whom the actor may see, and how far this looked.

    `named` are those of `chosen`; whoever was merged is returned as whom they turned out to be,
    perhaps again. The second is 0 once nobody is left.
    """
    if named is not None:
        ids = list(islice(named.iter_equal_or_larger(after + 1), most))
    else:
        rows = await ctx.session.scalars(
            select(Customer.id)
            .where(
                Customer.tenant_id == ctx.tenant_id,
                Customer.id > after,
                Customer.merged_into_id.is_(None),
                is_person(Customer.id),
            )
            .order_by(Customer.id)
            .limit(most)
        )
        ids = list(rows)
    if not ids:
        return [], 0
    last = ids[-1]
    if named is not None:
        ids = list(BitMap64((await survivors(ctx, ids)).values()))
    return (
        ids if ctx.actor.owners is None else list(await visible_among(ctx, BitMap64(ids)))
    ), last


async def _before(ctx: Context, draft: ExportDraft, columns: list[str]) -> int | None:
    """Return the list that is written of a selection already: a second click asks for nothing.

    Raises `Conflict` where that is another list, or no longer one: its run can be resumed.
    """
    if draft.wanted.selection_id is None:
        return None
    query = _select(ctx).where(PeopleExport.selection_id == draft.wanted.selection_id)
    found = (await ctx.session.execute(query)).one_or_none()
    if found is None:
        return None
    row: PeopleExport = found.PeopleExport
    asked = (draft.format, columns, msgspec.to_builtins(draft.wanted), draft.phones)
    same = (row.format, row.columns, row.wanted, row.phones) == asked
    if not same or _state(ctx, row, found.state) in {"failed", "cancelled", "expired"}:
        raise selection_used()
    return row.id


async def _noted_use(ctx: Context, crowds: Crowds, audience_id: int | None) -> int | None:
    """Keep who of an audience a list is about; return the number of the use."""
    if audience_id is None:
        return None
    people = await crowds.of_audience(ctx, audience_id)
    if ctx.actor.owners is not None:
        people = await visible_among(ctx, people)
    return await crowds.note_use(ctx, audience_id, people, "export", EXPORT.title)


async def _audience(ctx: Context, audience_id: int) -> Audience:
    audience = await ctx.session.get(Audience, (ctx.tenant_id, audience_id))
    if audience is None or audience.archived_at is not None:
        raise NotFound("audience_unknown", "人群包不存在")
    return audience


def _select(ctx: Context) -> Any:
    return (
        select(
            PeopleExport,
            JobRun.state,
            JobRun.note,
            JobRun.said,
            JobRun.done,
            Employee.name,
            Audience.name,
            PeopleSelection.asked,
        )
        .outerjoin(JobRun, _same(JobRun, PeopleExport.run_id))
        .outerjoin(Employee, _same(Employee, PeopleExport.created_by))
        .outerjoin(Audience, _same(Audience, PeopleExport.wanted["audience_id"].as_integer()))
        .outerjoin(PeopleSelection, _same(PeopleSelection, PeopleExport.selection_id))
        .where(PeopleExport.tenant_id == ctx.tenant_id)
    )


def _same(table: type[TenantBase], number: Any) -> ColumnElement[bool]:
    return and_(table.tenant_id == PeopleExport.tenant_id, table.id == number)


def _view(
    ctx: Context,
    known: Mapping[str, str],
    row: PeopleExport,
    run: str | None,
    note: str | None,
    said: dict[str, Any] | None,
    done: int | None,
    by: str | None,
    audience: str | None,
    filters: dict[str, Any] | None,
) -> ExportView:
    return ExportView(
        id=row.id,
        about=_about(msgspec.convert(row.wanted, ExportWanted), audience, filters),
        by=by,
        state=_state(ctx, row, run),
        format=row.format,
        titles=[known[name] for name in row.columns if name in known],
        rows=row.rows if row.ready else done or 0,
        phones=row.phones,
        downloads=row.downloads,
        run_id=row.run_id,
        note=note or "",
        said=msgspec.convert(said or {}, NoteData),
        mine=row.created_by == ctx.actor.id,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )


def _about(
    wanted: ExportWanted, audience: str | None, filters: dict[str, Any] | None
) -> ExportAbout:
    if wanted.audience_id is not None:
        return ExportAbout(Named(wanted.audience_id, audience or ""))
    return ExportAbout(
        chosen=(wanted.selection_id, wanted.customer_ids) != (None, None),
        filters=None if filters is None else SelectionDraft(**filters),
    )


def _state(ctx: Context, row: PeopleExport, run: str | None) -> State:
    if row.expires_at <= ctx.now():
        return "expired"
    if row.ready:
        return "ready"
    match run:
        case "waiting":
            return "waiting"
        case "failed" | "cancelled":
            return run
        case "done":
            return "expired"
    return "running"
