"""What a person does with an uploaded file of customers: say what it means, look, and begin."""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from siyu.accounts.audit import record
from siyu.core.context import Context
from siyu.core.errors import Conflict, Forbidden, NotFound
from siyu.core.jobs import JobKind
from siyu.core.jobs.progress import RUN_KEY, JobRun
from siyu.core.paging import Page, decode_cursor, encode_cursor
from siyu.core.sealed import SealedFiles
from siyu.core.vault import Vault
from siyu.people.exchange.kinds import CHECK, IMPORT, ImportFile
from siyu.people.exchange.matching import match, repeats
from siyu.people.exchange.models import ImportChunk, ImportProblem, PeopleImport
from siyu.people.exchange.plan import Plan, check_plan, vocabulary
from siyu.people.exchange.rows import Person, Problem, RowReader
from siyu.people.exchange.texts import Row, rows_of
from siyu.people.exchange.uploads import forget_first_row

_SHOWN: Final = 20
_ALIVE: Final = frozenset({"waiting", "running", "cancelling"})

State = Literal[
    "uploaded", "checking", "checked", "running", "done", "failed", "cancelled", "expired"
]


FATES: Final = ("new", "known", "repeated", "conflicting", "bad")
"""What can become of a row."""


class ImportCounts(Struct):
    """Rows of a file by what becomes of them; `repeated` are about somebody of an earlier row."""

    rows: int = 0
    new: int = 0
    known: int = 0
    conflicting: int = 0
    bad: int = 0
    repeated: int = 0


class ImportView(Struct):
    """An uploaded file and how far it is. `checked` is what the trial counted.

    `problems` counts what is wrong with rows, `repeats` rows about somebody of another row: of the
    trial until the import begins.
    """

    id: int
    name: str
    source: str
    size: int
    state: State
    plan: Plan
    header: list[str]
    checked: ImportCounts | None
    counts: ImportCounts | None
    run_id: int | None
    check_id: int | None
    problems: int
    repeats: int
    created_at: datetime
    expires_at: datetime


class PreviewRow(Struct):
    """A row, what would become of it, and what is to be said of it."""

    line: int
    cells: list[str]
    fate: Literal["new", "known", "repeated", "conflicting", "bad"]
    problems: list[Problem]


class ImportPreview(Struct):
    """The first rows of a file as a plan reads them."""

    header: list[str]
    rows: list[PreviewRow]


async def page(ctx: Context, cursor: str | None, limit: int) -> Page[ImportView]:
    """Return uploaded files, latest first."""
    query = select(PeopleImport.id).where(PeopleImport.tenant_id == ctx.tenant_id)
    if cursor:
        (last,) = decode_cursor(cursor, int)
        query = query.where(PeopleImport.id < last)
    ids = (await ctx.session.scalars(query.order_by(PeopleImport.id.desc()).limit(limit + 1))).all()
    views = await _views(ctx, ids[:limit])
    return Page(views, encode_cursor(views[-1].id) if len(ids) > limit else None)


async def show(ctx: Context, import_id: int) -> ImportView:
    """Return an uploaded file; raises `NotFound`."""
    views = await _views(ctx, [import_id])
    if not views:
        raise NotFound("import_unknown", "导入文件不存在")
    return views[0]


async def preview(
    ctx: Context, vault: Vault, sealed: SealedFiles, import_id: int, plan: Plan
) -> ImportPreview:
    """Return the first rows as `plan` reads them, and whom they are about."""
    row = await openable(ctx, import_id)
    rows = await asyncio.to_thread(_first, sealed, row.file, plan)
    header, body = _headed(rows, plan)
    words = await vocabulary(ctx)
    sound = [
        each
        for each in plan.columns
        if each.place <= len(header) and (each.means != "field" or each.field_id in words.fields)
    ]
    reader = RowReader(msgspec.structs.replace(plan, columns=sound), words, vault)
    read = {each.line: reader.read(each) for each in body if any(each.cells) or each.problem}
    people = [each for each in read.values() if isinstance(each, Person)]
    matched = await match(ctx, vault, people, holding=False)
    known = {row.line for target in matched.targets if not target.new for row in target.rows}
    shown = []
    for each in body:
        if each.line not in read:
            continue
        said = read[each.line]
        problems = said if isinstance(said, list) else matched.problems.get(each.line, [])
        fate: Any = "known" if each.line in known else "new"
        if problems:
            fate = "bad" if isinstance(said, list) else "conflicting"
        elif each.line in matched.repeats:
            fate = "repeated"
            problems = [Problem(0, repeats(matched.repeats[each.line]))]
        shown.append(PreviewRow(each.line, each.cells, fate, problems))
    return ImportPreview(header, shown)


async def settle(ctx: Context, sealed: SealedFiles, import_id: int, plan: Plan) -> None:
    """Keep what the columns mean; raises `Invalid` where that makes no sense."""
    row = await readable(ctx, import_id, locked=True)
    if row.run_id is not None:
        raise Conflict("import_begun", "这个文件已经开始导入，不能再修改设置")
    header, _ = _headed(await asyncio.to_thread(_first, sealed, row.file, plan), plan)
    check_plan(plan, header, await vocabulary(ctx))
    row.plan = msgspec.to_builtins(plan)
    row.header = header
    row.encoding, row.separator = plan.encoding, plan.separator
    row.checked = None


async def begin_check(ctx: Context, import_id: int) -> int:
    """Count, without writing anything, what an import would do; return the run."""
    row = await readable(ctx, import_id, locked=True)
    _check_stored_plan(row, await vocabulary(ctx))
    if row.run_id is not None:
        raise Conflict("import_begun", "这个文件已经开始导入")
    row.checked = None
    run_id = await _begin(ctx, CHECK, import_id, f"试算导入：{row.name}", key=f"import{import_id}")
    row.check_id = run_id
    return run_id


async def begin(ctx: Context, import_id: int) -> int:
    """Begin to import, or go on after a failure; return the run."""
    row = await readable(ctx, import_id, locked=True)
    _check_stored_plan(row, await vocabulary(ctx))
    run = None if row.run_id is None else await ctx.session.get(JobRun, (ctx.tenant_id, row.run_id))
    if run is not None:
        if run.state not in {"failed", "cancelled"}:
            raise Conflict("import_begun", "这个文件已经导入过，或正在导入")
        run.state = "waiting"
        if not await ctx.enqueue(IMPORT, ImportFile(run.id, import_id), key=RUN_KEY):
            raise Conflict("import_running", "另一个导入正在进行，请等它完成")
        return run.id
    if await _is_tried(ctx, row):
        raise Conflict("import_checking", "正在试算这个文件，请等它完成")
    row.run_id = await _begin(ctx, IMPORT, import_id, f"导入客户：{row.name}", key=RUN_KEY)
    record(ctx, "import.begin", "people_import", import_id, **(row.checked or {}))
    return row.run_id


async def discard(ctx: Context, sealed: SealedFiles, import_id: int) -> None:
    """Delete an uploaded file; what was imported from it stays."""
    row = await readable(ctx, import_id, locked=True)
    view = await show(ctx, import_id)
    if view.state in {"checking", "running"}:
        raise Conflict("import_running", "正在处理这个文件，请先取消任务")
    await sealed.delete(row.file)
    row.file = ""
    forget_first_row(row)
    record(ctx, "import.discard", "people_import", import_id)


async def readable(ctx: Context, import_id: int, *, locked: bool = False) -> PeopleImport:
    """Return a file that is still there; raises `NotFound` and `Conflict`."""
    row = await ctx.session.get(PeopleImport, (ctx.tenant_id, import_id), with_for_update=locked)
    if row is None:
        raise NotFound("import_unknown", "导入文件不存在")
    if not row.file:
        raise Conflict("import_expired", "文件已过期删除，请重新上传")
    return row


async def openable(ctx: Context, import_id: int) -> PeopleImport:
    """Return a file of the actor's own, or of anybody's to who may read phone numbers."""
    row = await readable(ctx, import_id)
    if not may_open(ctx, row):
        raise Forbidden("import_of_another", "只有上传这个文件的人可以查看其中的内容")
    return row


def may_open(ctx: Context, row: PeopleImport) -> bool:
    """Tell whether the actor may see what is in a file."""
    return row.created_by == ctx.actor.id or ctx.may("phones.read")


def body_of(sealed: SealedFiles, file: str, plan: Plan) -> Iterator[Row]:
    """Yield the rows of a file behind its header; empty ones are left out. Blocks."""
    rows = rows_of(sealed.read(file), plan.encoding, plan.separator)
    for row in islice(rows, 1 if plan.header else 0, None):
        if row.problem or any(cell.strip() for cell in row.cells):
            yield row


def column_name(header: list[str], place: int) -> str:
    """Return what a column is called; nothing for 0."""
    if not place:
        return ""
    return (header[place - 1] if place <= len(header) else "") or f"第 {place} 列"


def _check_stored_plan(row: PeopleImport, words: Any) -> None:
    check_plan(msgspec.convert(row.plan, Plan), row.header, words)


async def _is_tried(ctx: Context, row: PeopleImport) -> bool:
    """Tell whether a trial is under way: what it notes of rows would be taken for the import's."""
    if row.check_id is None:
        return False
    check = await ctx.session.get_one(JobRun, (ctx.tenant_id, row.check_id))
    return check.state in _ALIVE


async def _begin(
    ctx: Context, kind: JobKind[ImportFile], import_id: int, title: str, *, key: str
) -> int:
    run = JobRun(
        tenant_id=ctx.tenant_id,
        kind=kind.name,
        title=title,
        payload={"import_id": import_id},
        created_by=ctx.actor.id,
        created_at=ctx.now(),
    )
    ctx.session.add(run)
    await ctx.session.flush()
    if not await ctx.enqueue(kind, ImportFile(run.id, import_id), key=key):
        raise Conflict("import_running", "另一个导入正在进行，请等它完成")
    return run.id


async def _views(ctx: Context, ids: Any) -> list[ImportView]:
    check, run = aliased(JobRun), aliased(JobRun)
    rows = await ctx.session.execute(
        select(PeopleImport, check.state, run.state)
        .outerjoin(
            check, (check.tenant_id == PeopleImport.tenant_id) & (check.id == PeopleImport.check_id)
        )
        .outerjoin(run, (run.tenant_id == PeopleImport.tenant_id) & (run.id == PeopleImport.run_id))
        .where(PeopleImport.tenant_id == ctx.tenant_id, PeopleImport.id.in_(ids))
        .order_by(PeopleImport.id.desc())
    )
    found = rows.all()
    counts = await _counts(ctx, [row[0].id for row in found])
    troubles = await _troubles(ctx, [row[0].id for row in found])
    return [
        ImportView(
            id=row.id,
            name=row.name,
            source=row.source,
            size=row.size,
            state=_state(row, check_state, run_state),
            plan=msgspec.convert(row.plan, Plan),
            header=row.header,
            checked=None if row.checked is None else msgspec.convert(row.checked, ImportCounts),
            counts=counts.get(row.id),
            run_id=row.run_id,
            check_id=row.check_id,
            problems=troubles.get(row.id, (0, 0))[0],
            repeats=troubles.get(row.id, (0, 0))[1],
            created_at=row.created_at,
            expires_at=row.expires_at,
        )
        for row, check_state, run_state in found
    ]


async def _counts(ctx: Context, ids: list[int]) -> dict[int, ImportCounts]:
    names = ("rows", *FATES)
    rows = await ctx.session.execute(
        select(ImportChunk.import_id, *(func.sum(getattr(ImportChunk, name)) for name in names))
        .where(ImportChunk.tenant_id == ctx.tenant_id, ImportChunk.import_id.in_(ids))
        .group_by(ImportChunk.import_id)
    )
    return {
        row[0]: ImportCounts(**dict(zip(names, map(int, row[1:]), strict=True))) for row in rows
    }


async def _troubles(ctx: Context, ids: list[int]) -> dict[int, tuple[int, int]]:
    rows = await ctx.session.execute(
        select(
            ImportProblem.import_id,
            func.count().filter(ImportProblem.repeats.is_(None)),
            func.count(ImportProblem.repeats),
        )
        .where(ImportProblem.tenant_id == ctx.tenant_id, ImportProblem.import_id.in_(ids))
        .group_by(ImportProblem.import_id)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def _state(row: PeopleImport, check: str | None, run: str | None) -> State:
    if run is not None:
        if run in _ALIVE:
            return "running"
        return "done" if run == "done" else "cancelled" if run == "cancelled" else "failed"
    if not row.file:
        return "expired"
    if row.checked is not None:
        return "checked"
    return "checking" if check in _ALIVE else "uploaded"


def _first(sealed: SealedFiles, file: str, plan: Plan) -> list[Row]:
    rows = rows_of(sealed.read(file), plan.encoding, plan.separator)
    return list(islice(rows, _SHOWN + 1))


def _headed(rows: list[Row], plan: Plan) -> tuple[list[str], list[Row]]:
    """Return the names of the columns, and the rows below them."""
    if plan.header and rows:
        return [cell.strip()[:100] for cell in rows[0].cells], rows[1:]
    width = max((len(row.cells) for row in rows), default=0)
    return [f"第 {place} 列" for place in range(1, width + 1)], rows[:_SHOWN]
