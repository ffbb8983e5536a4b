"""The rows that were not imported, as they came, with a sentence each: to be mended and sent anew.

Nothing of a row is kept but where it stands: the table is put together from the file itself.
"""

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from siyu.accounts.audit import record
from siyu.core.context import Context
from siyu.core.db import Database
from siyu.core.sealed import SealedFiles
from siyu.people.exchange.imports import body_of, column_name, openable
from siyu.people.exchange.models import ImportProblem, PeopleImport
from siyu.people.exchange.plan import Plan
from siyu.people.exchange.texts import Row, guarded

_BATCH: Final = 1000


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
