"""What an endpoint of WeCom is: one row of the table that drives the client."""

from dataclasses import dataclass
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


class Nothing(Request, kw_only=True, frozen=True):
    """A request without fields."""


class Reply(Struct, kw_only=True, frozen=True):
    """What comes back when errcode is 0. `raw` is the whole answer, unknown fields included."""

    raw: dict[str, Any] = msgspec.field(default_factory=dict)


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


Q = TypeVar("Q", bound=Request)
R = TypeVar("R", bound=Reply)


@dataclass(frozen=True, slots=True, eq=False)
class Endpoint(Generic[Q, R]):
    """A row of the table.

    `doc` is the number of the official page. `idempotent` says that a call whose outcome is
    unknown may be repeated without a second effect. `urgent` calls pass before others. `seconds`
    bounds one attempt. `in_flight` bounds the calls at once per corporation: beyond some hundreds
    WeCom answers 45033. `windows` are limits of this endpoint beyond the common ones; `counted`
    is false where WeCom exempts it from those. `token` is false where none is needed.
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
    token: bool = True

    @property
    def documentation(self) -> str:
        """The address of the official page, empty where none is known."""
        return f"{_DOCUMENTS}{self.doc}" if self.doc else ""
