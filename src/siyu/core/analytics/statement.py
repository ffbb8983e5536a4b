"""What a statement is, as far as the engine's front must know: its kind, its data, its format.

ClickHouse's HTTP interface puts an INSERT and its data into one body, so somebody has
to find where the statement ends. This looks at top-level words only; everything else
is left to the engine's own parser.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_TOKEN = re.compile(
    rb"""
    (?P<space>\s+|--[^\n]*|\#[ !][^\n]*|/\*.*?\*/)
  | (?P<quoted>'(?:[^'\\]|\\.|'')*'|`(?:[^`\\]|\\.)*`|"(?:[^"\\]|\\.)*")
  | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
  | (?P<open>[(\[{])
  | (?P<close>[)\]}])
  | (?P<end>;)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_DATA_START = re.compile(rb"[ \t\r]*\n?")
_READS = frozenset(
    {b"SELECT", b"WITH", b"SHOW", b"DESCRIBE", b"DESC", b"EXPLAIN", b"EXISTS", b"CHECK", b"FROM"}
    | {b"("}
)
_CONTROL = frozenset({b"SET", b"USE", b"KILL"})


class Kind(Enum):
    """Which lane a statement takes."""

    READ = "read"
    WRITE = "write"
    INSERT = "insert"
    """An INSERT whose data follows it in a stated format."""


class Refused(Exception):
    """A statement the front does not pass on; `code` is ClickHouse's error code."""

    def __init__(self, code: int, name: str, message: str) -> None:
        super().__init__(f"Code: {code}. DB::Exception: {message} ({name})")
        self.code = code


@dataclass(frozen=True)
class Statement:
    """A statement split from its data."""

    kind: Kind
    sql: str
    format: str | None
    """Format the statement itself names: of its data for INSERT, else of its result."""
    data: bytes = b""
    returns_rows: bool = False


@dataclass(frozen=True)
class _Word:
    text: bytes
    """Upper case; `(` for a bracket, `;` for an end, empty for anything else."""
    start: int
    end: int


def _top_level(body: bytes) -> Iterator[_Word]:
    """Yield what stands outside brackets and comments."""
    depth = 0
    for match in _TOKEN.finditer(body):
        kind = match.lastgroup
        if kind == "open":
            depth += 1
            if depth == 1:
                yield _Word(b"(", match.start(), match.end())
        elif kind == "close":
            depth -= 1
        elif kind != "space" and depth <= 0:
            text = match.group().upper() if kind in {"word", "end"} else b""
            yield _Word(text, match.start(), match.end())


def parse(query: bytes, body: bytes = b"", default_format: str | None = None) -> Statement:
    """Split a request into statement and data.

    `query` is the URL's part, which ClickHouse puts before the body; `default_format`
    is the format of an INSERT's data when the statement names none.

    Raises `Refused` for several statements in one request and for INTO OUTFILE and
    FROM INFILE, which ClickHouse's HTTP interface refuses too.
    """
    text = query + b"\n" + body if query and body else query or body
    words = _top_level(text)
    first = next(words, None)
    if first is None:
        raise Refused(62, "SYNTAX_ERROR", "Empty query")
    if first.text == b"INSERT":
        return _insert(text, words) or _insert_default(query, body, default_format)
    format_name, end = _scan(text, words)
    returns_rows = first.text in _READS
    kind = Kind.READ if returns_rows or first.text in _CONTROL else Kind.WRITE
    return Statement(kind, _text(text[:end]), format_name, returns_rows=returns_rows)


def _scan(text: bytes, words: Iterator[_Word]) -> tuple[str | None, int]:
    """Return the format a statement names for its result, and where the statement ends."""
    format_name: str | None = None
    previous = b""
    for word in words:
        if word.text == b";":
            if any(later.text != b";" for later in words):
                raise Refused(62, "SYNTAX_ERROR", "Multi-statements are not allowed")
            return format_name, word.start
        _refuse_files(previous, word.text)
        if previous == b"FORMAT" and word.text:
            format_name = text[word.start : word.end].decode()
        elif format_name and word.text == b"SETTINGS":
            return format_name, len(text)
        else:
            format_name = None  # it was a name, not the clause at the end
        previous = word.text
    return format_name, len(text)


def _insert(text: bytes, words: Iterator[_Word]) -> Statement | None:
    previous = b"INSERT"
    for word in words:
        if previous == b"FORMAT" and word.text:
            name = text[word.start : word.end].decode()
            head = text[: word.start].rstrip()[: -len(b"FORMAT")]
            start = _DATA_START.match(text, word.end)
            data = text[start.end() if start else word.end :]
            return Statement(Kind.INSERT, _text(head), name, data)
        if word.text == b"VALUES":
            data = text[word.end :].rstrip(b"; \r\n\t")
            return Statement(Kind.INSERT, _text(text[: word.start]), "Values", data)
        if word.text in {b"SELECT", b"WITH"}:
            _, end = _scan(text, words)
            return Statement(Kind.WRITE, _text(text[:end]), None)
        _refuse_files(previous, word.text)
        previous = word.text
    return None


def _insert_default(query: bytes, body: bytes, default_format: str | None) -> Statement:
    if not query or not body or default_format is None:
        raise Refused(62, "SYNTAX_ERROR", "INSERT without a format or without data")
    return Statement(Kind.INSERT, _text(query), default_format, body)


def _refuse_files(previous: bytes, word: bytes) -> None:
    if (previous == b"INTO" and word == b"OUTFILE") or (previous == b"FROM" and word == b"INFILE"):
        raise Refused(344, "SUPPORT_IS_DISABLED", "Files of the engine's machine are out of reach")


def _text(sql: bytes) -> str:
    try:
        return sql.decode().strip()
    except UnicodeDecodeError:
        raise Refused(62, "SYNTAX_ERROR", "The statement is not UTF-8") from None
