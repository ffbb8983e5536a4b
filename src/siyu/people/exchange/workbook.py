"""Excel's workbooks, read and written in a process of their own that may use little.

A workbook is a packed file: what unpacks to more than the machine has, or keeps it busy for
ever, ends that process and nothing else. Run as a program it turns a workbook into a table of
text (`read`) or a table of text into a workbook (`write`), from its input to its output.
"""

import asyncio
import csv
import io
import resource
import sys
import tempfile
import zipfile
from collections.abc import AsyncIterable, AsyncIterator, Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import BinaryIO, Final

from siyu.core.errors import Invalid
from siyu.people.exchange.texts import MOST_COLUMNS

MOST_BYTES: Final = 50 * 1024 * 1024
MOST_ROWS: Final = 1_048_576
"""Rows a sheet can have."""

_MOST_UNPACKED: Final = 1024 * 1024 * 1024
_MOST_MEMORY: Final = 3 * 1024 * 1024 * 1024
_MOST_SECONDS: Final = 300
_PIECE: Final = 256 * 1024
_UNREADABLE: Final = "无法读取这个 Excel 文件，请另存为 .xlsx 或 CSV 后再试"


def check(content: bytes) -> None:
    """Refuse what is no workbook, or says that it unpacks to too much; raises `Invalid`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sizes = [entry.file_size for entry in archive.infolist()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Invalid("workbook_unreadable", _UNREADABLE) from error
    if sum(sizes) > _MOST_UNPACKED:
        raise Invalid("workbook_too_large", "这个 Excel 文件解压后过大，请拆分后再导入，或改用 CSV")


async def to_text(content: bytes) -> AsyncIterator[bytes]:
    """Yield the first sheet of a workbook as CSV in UTF-8; raises `Invalid`."""

    async def whole() -> AsyncIterator[bytes]:
        yield content

    async for piece in _converted("read", whole()):
        yield piece


def to_workbook(pieces: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    """Yield the workbook of a table that comes as CSV in UTF-8."""
    return _converted("write", pieces)


async def _converted(way: str, pieces: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        __name__,
        way,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    stdin, stdout = child.stdin, child.stdout
    if stdin is None or stdout is None:
        raise RuntimeError("a child without pipes")

    async def feed() -> None:
        with suppress(BrokenPipeError, ConnectionResetError):
            async for piece in pieces:
                stdin.write(piece)
                await stdin.drain()
        stdin.close()

    feeding = asyncio.create_task(feed())
    try:
        async with asyncio.timeout(_MOST_SECONDS * 2):
            while piece := await stdout.read(_PIECE):
                yield piece
            await feeding
            if await child.wait() != 0:
                raise Invalid("workbook_unreadable", _UNREADABLE)
    except TimeoutError as error:
        raise Invalid("workbook_unreadable", _UNREADABLE) from error
    finally:
        feeding.cancel()
        if child.returncode is None:
            child.kill()
            await child.wait()


def _read(source: BinaryIO, out: io.TextIOBase) -> None:
    from python_calamine import CalamineWorkbook, SheetTypeEnum  # noqa: PLC0415

    with CalamineWorkbook.from_filelike(io.BytesIO(source.read())) as book:
        sheets = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
        table = csv.writer(out)
        sheet = book.get_sheet_by_name(sheets[0].name)
        for row in sheet.iter_rows():
            table.writerow([_text(cell) for cell in row[: MOST_COLUMNS + 1]])


def _text(cell: object) -> str:
    """Return a cell as a person reads it: a phone number that Excel took for a number as digits."""
    match cell:
        case bool():
            return "是" if cell else "否"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() if cell.time() == time.min:
            return cell.date().isoformat()
        case datetime() | date() | time() | timedelta():
            return str(cell)
    return str(cell)


def _write(source: BinaryIO, out: BinaryIO) -> None:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="siyu-") as folder:
        target = f"{folder}/book.xlsx"
        with Workbook(
            target, {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False}
        ) as book:
            bold = book.add_format({"bold": True})
            header: list[str] = []
            for place, cells in enumerate(_rows(source)):
                if place == 0:
                    header = cells
                    continue
                line = (place - 1) % (MOST_ROWS - 1) + 1
                if line == 1:
                    sheet = book.add_worksheet()
                    for column, title in enumerate(header):
                        sheet.write_string(0, column, title, bold)
                for column, cell in enumerate(cells):
                    if cell:
                        sheet.write_string(line, column, cell)
            if not book.worksheets():
                book.add_worksheet().write_row(0, 0, header, bold)
        with open(target, "rb") as done:  # noqa: PTH123 - a plain file of our own
            while piece := done.read(_PIECE):
                out.write(piece)


def _rows(source: BinaryIO) -> Iterator[list[str]]:
    yield from csv.reader(io.TextIOWrapper(source, "utf-8", newline=""))


def main() -> None:
    """Convert what comes in."""
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    if sys.argv[1] == "read":
        with io.TextIOWrapper(sys.stdout.buffer, "utf-8", newline="") as out:
            _read(sys.stdin.buffer, out)
    else:
        _write(sys.stdin.buffer, sys.stdout.buffer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
