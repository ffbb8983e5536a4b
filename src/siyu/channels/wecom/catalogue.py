"""The catalogue: WeCom's whole table of endpoints in one compact file, typed when asked for.

Endpoints that siyu claims have classes of their own in `siyu.channels.wecom.endpoints`, with the
limits WeCom documents. The rest stands in ``catalogue.tsv``, a line each: method, path below
``/cgi-bin/``, documents, whose token, fields of the request, fields of the reply. A line becomes
two structs at its first use, so that hundreds of unused classes cost nothing.

Fields are written ``name``, a ``?`` where optional, and the type: nothing for a text, ``:int``,
``:bool``, ``:num``, ``:map`` (any object), ``:any``, ``:file``; ``[…]`` is a list of the type
within, ``{…}`` an object of fields. ``@`` marks a field of a POST that goes into the query.
Replies are read leniently: a field WeCom leaves out has its empty value, and `raw` has it all.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, TypeVar, cast, get_origin

from msgspec import Struct, defstruct, field

from siyu.channels.wecom.endpoint import (
    Download,
    Endpoint,
    PagedReply,
    PagedRequest,
    Part,
    Reply,
    Request,
    TokenKind,
    Upload,
)

PREFIX: Final = "/cgi-bin/"
_A_FILE: Final = ":file"
_EMPTY: Final[Mapping[Any, Any]] = {str: "", int: 0, bool: False, float: 0.0, Any: None}
_FILE: Final = Path(__file__).with_suffix(".tsv")
_SYMBOLS: Final = re.compile(r"\w+|[?:@\[\]{}]")
_WORDS: Final[Mapping[str, Any]] = {
    "int": int,
    "bool": bool,
    "num": float,
    "map": dict[str, Any],
    "any": Any,
    "file": bytes,
}
_TOKENS: Final = {
    "access": TokenKind.ACCESS,
    "suite": TokenKind.SUITE,
    "provider": TokenKind.PROVIDER,
    "model": TokenKind.MODEL,
    "device": TokenKind.DEVICE,
    "none": TokenKind.NONE,
}
# what only reads may be repeated after silence, except where it spends a code that works once
_READS: Final = re.compile(
    r"(?:batch_?)?(?:get|list|query|search|check|simplelist|statistic|sync_msg)"
)
_ONE_USE: Final = frozenset({"code", "auth_code", "js_code", "user_ticket"})


class Row(NamedTuple):
    """A line of the catalogue, as written."""

    method: Literal["GET", "POST"]
    path: str
    docs: tuple[str, ...]
    token: TokenKind
    request: str
    reply: str


class Field(NamedTuple):
    """A field as described."""

    name: str
    kind: Any
    optional: bool
    in_query: bool


@cache
def rows() -> Mapping[tuple[str, str], Row]:
    """Return every line by method and path."""
    return {(row.method, row.path): row for row in _read(_FILE.read_text("utf-8"))}


@cache
def listed(method: str, path: str) -> Endpoint[Any, Any] | None:
    """Return the row of the catalogue as an endpoint, None where there is none."""
    row = rows().get((method, path))
    return None if row is None else _compile(row)


def _read(text: str) -> Iterator[Row]:
    for line in text.splitlines():
        method, path, docs, token, request, reply = line.split("\t")
        yield Row(
            cast('Literal["GET", "POST"]', method),
            PREFIX + path,
            tuple(docs.split(",")) if docs else (),
            _TOKENS[token],
            request,
            reply,
        )


def _compile(row: Row) -> Endpoint[Any, Any]:
    title = "".join(word.capitalize() for word in re.findall(r"[a-z0-9]+", row.path[len(PREFIX) :]))
    asked = _Sent(row.request).fields(f"{title}Request")
    names = {one.name for one in asked}
    is_file = row.reply == _A_FILE
    return Endpoint(
        row.method,
        row.path,
        row.docs[0] if row.docs else "",
        _request(f"{title}Request", asked),
        Download if is_file else _reply(f"{title}Reply", row.reply),
        idempotent=bool(_READS.match(row.path.rsplit("/", 1)[1])) and not names & _ONE_USE,
        seconds=60.0 if is_file or "media" in names else 10.0,
        token=row.token,
        query=frozenset(one.name for one in asked if one.in_query),
        listed=True,
    )


def _request(title: str, fields: list[Field]) -> type[Request]:
    own = [one for one in fields if one.name not in {"media", "cursor"}]
    if any(one.kind is bytes for one in fields):
        return _Sent.struct(title, own, Upload)
    paged = any(one.name == "cursor" and one.kind is str for one in fields)
    return _Sent.struct(title, own if paged else fields, PagedRequest if paged else Request)


def _reply(title: str, description: str) -> type[Reply]:
    fields = _Received(description).fields(title)
    own = [one for one in fields if one.name != "next_cursor"]
    paged = any(one.name == "next_cursor" and one.kind is str for one in fields)
    return _Received.struct(title, own if paged else fields, PagedReply if paged else Reply)


B = TypeVar("B", bound=Struct)


class _Description:
    """Reads a description of fields, symbol by symbol; past the end they are empty."""

    part: type[Struct]
    listing: Any

    def __init__(self, text: str) -> None:
        self._symbols = iter(_SYMBOLS.findall(text))
        self._next = next(self._symbols, "")

    @classmethod
    def struct(cls, title: str, fields: list[Field], base: type[B]) -> type[B]:
        """Return the struct with those fields."""
        made = defstruct(
            title,
            [cls.definition(one) for one in fields],
            bases=(base,),
            module=__name__,
            kw_only=True,
            frozen=True,
            omit_defaults=issubclass(base, Request),
        )
        return cast("type[B]", made)

    @staticmethod
    def definition(one: Field) -> Any:
        """Return the field as `defstruct` takes it."""
        raise NotImplementedError

    def fields(self, title: str, end: str = "") -> list[Field]:
        """Read fields up to `end`."""
        found = []
        while self._next != end:
            in_query = self._took("@")
            name = self._take()
            optional = self._took("?")
            kind = self._kind(title + name.title().replace("_", ""))
            found.append(Field(name, kind, optional, in_query))
        self._take()
        return found

    def _kind(self, title: str) -> Any:
        if self._took(":"):
            return _WORDS[self._take()]
        if self._took("["):
            inner = self._kind(title)
            self._take()
            return self.listing(inner)
        if self._took("{"):
            return self.struct(title, self.fields(title, "}"), self.part)
        return str

    def _take(self) -> str:
        taken, self._next = self._next, next(self._symbols, "")
        return taken

    def _took(self, wanted: str) -> bool:
        if self._next != wanted:
            return False
        self._take()
        return True


class _Sent(_Description):
    """Fields of requests: needed unless marked."""

    part = Request

    @staticmethod
    def listing(inner: Any) -> Any:
        return list[inner]

    @staticmethod
    def definition(one: Field) -> Any:
        return (one.name, one.kind | None, None) if one.optional else (one.name, one.kind)


class _Received(_Description):
    """Fields of replies: each with its empty value."""

    part = Part

    @staticmethod
    def listing(inner: Any) -> Any:
        return tuple[inner, ...]

    @staticmethod
    def definition(one: Field) -> Any:
        if one.kind in _EMPTY:
            return (one.name, one.kind, _EMPTY[one.kind])
        if one.kind == dict[str, Any]:
            return (one.name, one.kind, field(default_factory=dict))
        if get_origin(one.kind) is tuple:
            return (one.name, one.kind, ())
        return (one.name, one.kind | None, None)
