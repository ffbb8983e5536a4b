"""The rows of which something is to be said, and the table of those that stay out of an import.

That table has them as they came, with a sentence each: to be mended and sent anew. Nothing of a row
is kept but where it stands: what is in it is read from the file itself.
"""

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Iterator, Sequence
from itertools import takewhile
from typing import Any, Final

import msgspec
from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from siyu.accounts.audit import record
from siyu.core.context import Context
from siyu.core.db import Database
from siyu.core.errors import NotFound
from siyu.core.paging import Page, decode_cursor, encode_cursor
from siyu.core.sealed import SealedFiles
from siyu.people.exchange.imports import body_of, column_name, may_open, openable
from siyu.people.exchange.models import ImportProblem, PeopleImport
from siyu.people.exchange.plan import Plan
from siyu.people.exchange.texts import Row, guarded

_BATCH: Final = 1000
_SHOWN: Final = 100
"""Characters of a cell that are shown."""
_READ: Final = 50_000
"""Lines of a file that are read to show what stands in a row; further down the table has it."""


class ProblemView(Struct):
    """What is to be said of a row; `column` is empty where it is the row as a whole.

    `value` is what stands there, told to who may open the file; null also far down in a long one.
    `repeats` is the line that is about the same person, 0 where it is not known; null for a row
    that stays out.
    """

    line: int
    column: str
    message: str
    value: str | None = None
    repeats: int | None = None


async def problems(
    ctx: Context,
    sealed: SealedFiles,
    import_id: int,
    cursor: str | None,
    limit: int,
    *,
    repeated: bool,
) -> Page[ProblemView]:
    """Return what is to be said of rows, in the order of the file; of those `repeated`, or wrong.

    Raises `NotFound`.
    """
    file = await ctx.session.get(PeopleImport, (ctx.tenant_id, import_id))
    if file is None:
        raise NotFound("import_unknown", "导入文件不存在")
    query = select(ImportProblem).where(
        ImportProblem.tenant_id == ctx.tenant_id,
        ImportProblem.import_id == import_id,
        ImportProblem.repeats.is_not(None) if repeated else ImportProblem.repeats.is_(None),
    )
    if cursor:
        line, place = decode_cursor(cursor, int, int)
        query = query.where(
            func.row(ImportProblem.line, ImportProblem.column_number) > func.row(line, place)
        )
    rows = (
        await ctx.session.scalars(
            query.order_by(ImportProblem.line, ImportProblem.column_number).limit(limit + 1)
        )
    ).all()
    shown = rows[:limit]
    cells: dict[int, list[str]] = {}
    if file.file and shown and may_open(ctx, file):
        plan = msgspec.convert(file.plan, Plan)
        lines = [row.line for row in shown if row.line <= _READ]
        cells = await asyncio.to_thread(_cells, body_of(sealed, file.file, plan), lines)
    return Page(
        [
            ProblemView(
                row.line,
                column_name(file.header, row.column_number),
                row.message,
                _cell(cells.get(row.line), row.column_number),
                row.repeats,
            )
            for row in shown
        ],
        encode_cursor(shown[-1].line, shown[-1].column_number) if len(rows) > limit else None,
    )


async def downloadable(ctx: Context, import_id: int) -> PeopleImport:
    """Return a file for its rows to be fetched, noting that they were; errors as `openable`."""
    row = await openable(ctx, import_id)
    record(ctx, "import.problems", "people_import", import_id)
    return row


async def table(
    db: Database, tenant_id: int, sealed: SealedFiles, file: PeopleImport
) -> AsyncIterator[bytes]:
    """Yield the table as CSV for Excel: number of the row, columns, sentences, and the row."""
    plan = msgspec.convert(file.plan, Plan)
    rows = body_of(sealed, file.file, plan)
    yield b"\xef\xbb\xbf" + _csv([["行号", "列", "原因", *file.header]])
    after = 0
    while True:
        async with db.tenant(tenant_id) as session:
            found = (
                await session.execute(
                    select(
                        ImportProblem.line,
                        func.array_agg(
                            aggregate_order_by(
                                ImportProblem.column_number, ImportProblem.column_number
                            )
                        ),
                        func.array_agg(
                            aggregate_order_by(ImportProblem.message, ImportProblem.column_number)
                        ),
                    )
                    .where(
                        ImportProblem.tenant_id == tenant_id,
                        ImportProblem.import_id == file.id,
                        ImportProblem.line > after,
                        ImportProblem.repeats.is_(None),
                    )
                    .group_by(ImportProblem.line)
                    .order_by(ImportProblem.line)
                    .limit(_BATCH)
                )
            ).all()
        if not found:
            return
        after = found[-1][0]
        yield await asyncio.to_thread(_piece, file.header, rows, found)


def _cells(rows: Iterator[Row], lines: Sequence[int]) -> dict[int, list[str]]:
    """Return the cells of some lines of a file, the last of which ends the reading. Blocks."""
    wanted = set(lines)
    last = max(wanted, default=0)
    near = takewhile(lambda row: row.line <= last, rows)
    return {row.line: row.cells for row in near if row.line in wanted}


def _cell(cells: list[str] | None, place: int) -> str | None:
    if cells is None or not place:
        return None
    return cells[place - 1][:_SHOWN] if place <= len(cells) else ""


def _piece(header: list[str], rows: Iterator[Row], found: Sequence[Any]) -> bytes:
    lines = []
    for line, places, sentences in found:
        row = next((row for row in rows if row.line == line), Row(line, []))
        columns = "、".join(filter(None, (column_name(header, place) for place in places)))
        lines.append([str(line), columns, "；".join(sentences), *map(guarded, row.cells)])
    return _csv(lines)


def _csv(lines: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(lines)
    return out.getvalue().encode()
