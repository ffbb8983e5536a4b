"""Reading tables of text: which encoding, which separator, and the rows, whatever a file holds.

A row is known by its number, the first being 1, as spreadsheets count.
"""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, Literal

from msgspec import Struct

Encoding = Literal["utf-8", "gb18030", "utf-16"]
ENCODINGS: Final[tuple[Encoding, ...]] = ("utf-8", "gb18030", "utf-16")
SEPARATORS: Final = (",", "\t", ";", "|")
MOST_COLUMNS: Final = 200
MOST_CHARACTERS: Final = 64 * 1024
"""Characters a row may have; a quote nobody closed would else swallow the rest of the file."""

csv.field_size_limit(MOST_CHARACTERS)

_SAMPLE: Final = 256 * 1024
_UNREADABLE: Final = "\ufffd"
_GUARDED: Final = ("'=", "'+", "'-", "'@", "'\t", "'\r")


class Row(Struct, frozen=True):
    """A row of a file; `problem` says why its cells cannot be trusted."""

    line: int
    cells: list[str]
    problem: str = ""


class Sniffer:
    """Finds out the encoding of a file that passes by; whatever was not UTF-8 is held for GBK."""

    def __init__(self) -> None:
        self.head = b""
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._utf8 = True

    def feed(self, piece: bytes) -> None:
        """Look at the next piece."""
        if len(self.head) < _SAMPLE:
            self.head += piece[: _SAMPLE - len(self.head)]
        if self._utf8:
            try:
                self._decoder.decode(piece)
            except UnicodeDecodeError:
                self._utf8 = False

    def encoding(self) -> Encoding:
        """Return the encoding, once all was fed."""
        if self.head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        try:
            self._decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            self._utf8 = False
        return "utf-8" if self._utf8 else "gb18030"


def separator_of(head: bytes, encoding: Encoding) -> str:
    """Return the separator that the first row of a file uses most."""
    text = head.decode(_codec(encoding), errors="replace")
    counts = Counter(text.split("\n", 1)[0])
    return max(SEPARATORS, key=lambda mark: counts[mark])


def rows_of(pieces: Iterable[bytes], encoding: Encoding, separator: str) -> Iterator[Row]:
    """Yield the rows of a file. Rows that cannot be read are told, and the rest goes on."""
    lines = _Lines(pieces, encoding)
    table = csv.reader(lines, delimiter=separator)
    number = 0
    while True:
        number += 1
        lines.begin()
        try:
            cells = next(table)
        except StopIteration:
            return
        except csv.Error:
            yield Row(number, [], "这一行无法识别：引号没有闭合，或单元格过长")
            continue
        yield Row(number, cells, _problem(lines, cells))


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def unguarded(cell: str) -> str:
    """Return what was guarded."""
    return cell[1:] if cell.startswith(_GUARDED) else cell


def _problem(lines: "_Lines", cells: list[str]) -> str:
    if lines.cut:
        return f"这一行超过 {MOST_CHARACTERS // 1024}K 个字符"
    if lines.unreadable:
        return "这一行有无法识别的文字，请检查文件编码"
    if len(cells) > MOST_COLUMNS:
        return f"这一行超过 {MOST_COLUMNS} 列"
    return ""


class _Lines:
    """The lines of a file, each of bounded length, and what was wrong with the row's."""

    def __init__(self, pieces: Iterable[bytes], encoding: Encoding) -> None:
        self._lines = self._read(pieces, encoding)
        self.cut = self.unreadable = False
        self._length = 0

    def begin(self) -> None:
        """Begin a row."""
        self.cut = self.unreadable = False
        self._length = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.unreadable = self.unreadable or _UNREADABLE in line or "\0" in line
        self._length += len(line)
        if self._length > MOST_CHARACTERS and not self.cut:
            # A row of many lines, in a quote that nobody closed: it ends here.
            self.cut = True
            raise csv.Error
        return line.replace("\0", _UNREADABLE)

    def _read(self, pieces: Iterable[bytes], encoding: Encoding) -> Iterator[str]:
        decoder = io.IncrementalNewlineDecoder(
            codecs.getincrementaldecoder(_codec(encoding))(errors="replace"), translate=True
        )
        rest, skipping = "", False
        for piece in pieces:
            text = rest + decoder.decode(piece)
            *whole, rest = text.split("\n")
            for line in whole:
                if skipping:
                    skipping = False
                    continue
                yield line[: MOST_CHARACTERS + 1] + "\n"
            if skipping:
                rest = ""
            elif len(rest) > MOST_CHARACTERS:
                yield rest[: MOST_CHARACTERS + 1] + "\n"
                rest, skipping = "", True
        rest += decoder.decode(b"", final=True)
        if rest and not skipping:
            yield rest


def _codec(encoding: Encoding) -> str:
    return "utf-8-sig" if encoding == "utf-8" else encoding
