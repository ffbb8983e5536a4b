"""What an endpoint of WeCom is: one row of the table that drives the client."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Generic, Literal, NamedTuple, TypeVar

import msgspec
from msgspec import Struct

_DOCUMENTS: Final = "https://developer.work.weixin.qq.com/document/path/"


class Request(Struct, kw_only=True, frozen=True, omit_defaults=True):
    """What is sent. Fields left at their default are left out; limits stand beside the fields."""


class Upload(Request, kw_only=True, frozen=True):
    """A file sent as the multipart field ``media``; other fields go into the query."""

    filename: str
    content: bytes

    def __repr__(self) -> str:
        return f"{type(self).__name__}(filename={self.filename!r}, {len(self.content)} bytes)"


class FileRequest(Request, kw_only=True, frozen=True):
    """A request for a file, or for its bytes `first` to `last`, both included, counted from 0."""

    first: int | None = None
    last: int | None = None


class Nothing(Request, kw_only=True, frozen=True):
    """A request without fields."""


class Plain(Request, kw_only=True, frozen=True):
    """Plain fields, checked by `siyu.channels.wecom.plain.checked`; they are sent as they are."""

    fields: dict[str, Any]


class Reply(Struct, kw_only=True, frozen=True):
    """What comes back when errcode is 0. `raw` is the whole answer, unknown fields included."""

    raw: dict[str, Any] = msgspec.field(default_factory=dict)


class Download(Reply, kw_only=True, frozen=True):
    """A file as the answer."""

    content: bytes
    content_type: str = ""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.content_type!r}, {len(self.content)} bytes)"


class Part(Struct, kw_only=True, frozen=True):
    """A struct inside a reply."""


class PagedRequest(Request, kw_only=True, frozen=True):
    """A request for the page at `cursor`; without one, the first."""

    cursor: str | None = None


class PagedReply(Reply, kw_only=True, frozen=True):
    """A page; `next_cursor` is empty on the last."""

    next_cursor: str = ""


class Window(NamedTuple):
    """At most `calls` within any `seconds`."""

    calls: int
    seconds: int


class TokenKind(StrEnum):
    """Whose token a call carries; the value is its name in the query.

    The gateway fetches those of kind `ACCESS`. Those of providers' suites and of devices come
    from calls that need none, and are handed to each call that needs them.
    """

    NONE = ""
    ACCESS = "access_token"
    SUITE = "suite_access_token"
    PROVIDER = "provider_access_token"
    MODEL = "model_access_token"
    DEVICE = "device_access_token"


Q = TypeVar("Q", bound=Request)
R = TypeVar("R", bound=Reply)


@dataclass(frozen=True, slots=True, eq=False)
class Endpoint(Generic[Q, R]):
    """A row of the table.

    `doc` is the number of the official page. `idempotent` says that a call whose outcome is
    unknown may be repeated without a second effect. `urgent` calls pass before others. `seconds`
    bounds one attempt. `in_flight` bounds the calls at once per corporation: beyond some hundreds
    WeCom answers 45033. `windows` are limits of this endpoint beyond the common ones; `counted`
    is false where WeCom exempts it from those. `query` names fields of a POST that do not go into
    the body. `listed` is true where the row comes from the catalogue and not from a class.
    """

    method: Literal["GET", "POST"]
    path: str
    doc: str
    request: type[Q]
    response: type[R]
    idempotent: bool = True
    urgent: bool = False
    seconds: float = 10.0
    in_flight: int = 15
    windows: tuple[Window, ...] = ()
    counted: bool = True
    token: TokenKind = TokenKind.ACCESS
    query: frozenset[str] = frozenset()
    listed: bool = False

    @property
    def documentation(self) -> str:
        """The address of the official page, empty where none is known."""
        return f"{_DOCUMENTS}{self.doc}" if self.doc else ""
