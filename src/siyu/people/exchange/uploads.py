"""Files of customers as they come in: stored encrypted, looked into, noted as somebody's."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from siyu.accounts.audit import record
from siyu.core.context import Context
from siyu.core.errors import Invalid, TooLarge
from siyu.core.sealed import SealedFiles
from siyu.people.exchange import workbook
from siyu.people.exchange.models import PeopleImport
from siyu.people.exchange.plan import Plan, guess, vocabulary
from siyu.people.exchange.texts import Sniffer, rows_of, separator_of

MOST_BYTES: Final = 512 * 1024 * 1024
KEPT: Final = timedelta(hours=24)
"""How long an uploaded file is kept: not longer than an erasure may take."""

_PACKED: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"


class Uploaded(Struct, frozen=True):
    """A file that was stored, and what it seems to be."""

    file: str
    size: int
    source: Literal["csv", "xlsx"]
    encoding: Literal["utf-8", "gb18030", "utf-16"]
    separator: Literal[",", "\t", ";", "|"]
    header: list[str]


async def store(sealed: SealedFiles, pieces: AsyncIterator[bytes]) -> Uploaded:
    """Store a file that comes in pieces. Raises `TooLarge` and `Invalid`."""
    head = b""
    async for piece in pieces:
        head += piece
        if len(head) >= len(_PACKED):
            break
    if head.startswith(_OLD_EXCEL):
        raise Invalid("excel_old", "这是旧版 Excel 文件（.xls），请另存为 .xlsx 或 CSV 后再上传")
    packed = head.startswith(_PACKED)
    measure = _Measure(packed=packed)
    source: AsyncIterator[bytes] = measure.through(_joined(head, pieces))
    sniffer = Sniffer()
    if packed:
        content = b"".join([piece async for piece in source])
        await asyncio.to_thread(workbook.check, content)
        source = workbook.to_text(content)
    file = await sealed.write(_sniffed(source, sniffer))
    encoding = sniffer.encoding()
    separator: Any = "," if packed else separator_of(sniffer.head, encoding)
    first = next(rows_of([sniffer.head], encoding, separator), None)
    if first is None or first.problem or not any(cell.strip() for cell in first.cells):
        await sealed.delete(file)
        raise Invalid("file_unreadable", "文件是空的，或第一行无法识别；请检查后重新上传")
    header = [cell.strip()[:100] for cell in first.cells]
    return Uploaded(file, measure.size, "xlsx" if packed else "csv", encoding, separator, header)


async def keep(ctx: Context, name: str, uploaded: Uploaded) -> int:
    """Note a stored file as the actor's; return its number."""
    words = await vocabulary(ctx)
    row = PeopleImport(
        tenant_id=ctx.tenant_id,
        name=name[:200],
        source=uploaded.source,
        file=uploaded.file,
        size=uploaded.size,
        encoding=uploaded.encoding,
        separator=uploaded.separator,
        header=uploaded.header,
        plan=msgspec.to_builtins(
            Plan(
                guess(uploaded.header, words.fields.values()),
                encoding=uploaded.encoding,
                separator=uploaded.separator,
            )
        ),
        created_by=ctx.actor.id,
        created_at=ctx.now(),
        expires_at=ctx.now() + KEPT,
    )
    ctx.session.add(row)
    await ctx.session.flush()
    record(ctx, "import.upload", "people_import", row.id, bytes=uploaded.size)
    return row.id


def forget_first_row(row: PeopleImport) -> None:
    """Let go of the header with a file that was never imported: its first line may be a person."""
    if row.run_id is None:
        row.header = []


class _Measure:
    """Counts the bytes that pass by, up to what is allowed."""

    def __init__(self, *, packed: bool) -> None:
        self.size = 0
        self._most = workbook.MOST_BYTES if packed else MOST_BYTES

    async def through(self, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """Pass the pieces on; raises `TooLarge`."""
        async for piece in pieces:
            self.size += len(piece)
            if self.size > self._most:
                raise TooLarge(
                    "import_too_large",
                    f"文件超过 {self._most // 1024 // 1024} MB，请拆分后再上传；"
                    "Excel 文件较大时可另存为 CSV",
                )
            yield piece


async def _joined(head: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield head
    async for piece in rest:
        yield piece


async def _sniffed(pieces: AsyncIterator[bytes], sniffer: Sniffer) -> AsyncIterator[bytes]:
    async for piece in pieces:
        sniffer.feed(piece)
        yield piece
