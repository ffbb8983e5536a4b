"""One call of an endpoint: who calls, what is asked, and how a rule reads it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world import ids
from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import departments_below
from siyu.sandbox.world.groups import has_left
from siyu.sandbox.world.state import World

Request = TypeVar("Request", bound=msgspec.Struct)
Item = TypeVar("Item")

_LONGEST_SPAN = 31 * 86_400


@dataclass(slots=True)
class File:
    """A file as the answer: content and its type, not JSON; ``span`` when it is only a part."""

    content: bytes
    content_type: str
    filename: str = ""
    span: str = ""


Answer = dict[str, Any] | File


@dataclass(slots=True)
class Call:
    """What arrived, after the token was checked. ``app`` is None where no token is needed.

    A rule sets ``free`` when its answer carries no errcode, ``settled`` when it waited for its
    own commit.
    """

    world: World
    query: dict[str, str]
    body: bytes
    content_type: str
    ip: str
    range: str = ""
    app: r.App | None = None
    free: bool = False
    settled: bool = False

    @property
    def caller(self) -> r.App:
        """The app whose token was used."""
        if self.app is None:
            raise ApiError(41001)
        return self.app

    def read(self, kind: type[Request]) -> Request:
        """Decode the body; unknown fields are ignored, wrong ones answer 47001 or 40035."""
        try:
            return msgspec.json.decode(self.body or b"{}", type=kind, strict=False)
        except msgspec.ValidationError as error:
            raise ApiError(40035, str(error)) from error
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ApiError(47001) from error

    def sees(self, staff: r.Staff) -> bool:
        """Whether the account is in the app's visible range."""
        return staff.department in departments_below(self.world, self.caller.departments)

    def staff(self, userid: str) -> r.Staff:
        """Return the account, or 41009, 60111, 60021."""
        if not userid:
            raise ApiError(41009)
        staff = self.world.staff.get(userid)
        if staff is None or has_left(staff):
            raise ApiError(60111)
        if not self.sees(staff):
            raise ApiError(60021)
        return staff

    def service_staff(self, userid: str) -> r.Staff:
        """Return an account with the right to have customers, or 84074."""
        staff = self.staff(userid)
        if not staff.can_contact or staff.status != 1:
            raise ApiError(84074)
        return staff

    def customer(self, external_userid: str) -> r.Person:
        """Return the person behind the id, or 41035, 40096."""
        if not external_userid:
            raise ApiError(41035)
        person = self.world.by_external.get(external_userid)
        if person is None:
            raise ApiError(40096)
        return person

    def relation(self, userid: str, external_userid: str) -> r.Relation:
        """Return the relation as the staff account sees it, or 84061."""
        staff = self.service_staff(userid)
        relation = self.world.relation(staff.userid, self.customer(external_userid).id)
        if relation is None or not relation.staff_has or relation.pending:
            raise ApiError(84061)
        return relation


Rule = Callable[[Call], Answer | Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A row of the table: method, path, rule, and what a call of it needs.

    ``needs`` names the permission the app must have (48002 without); ``token`` False: the call
    carries no access token of an app. ``host`` is ``wechat`` for api.weixin.qq.com, which has
    some paths that WeCom has as well.
    """

    method: str
    path: str
    rule: Rule
    needs: str = ""
    token: bool = True
    host: str = "wecom"


def page_bounds(cursor: str, limit: int, default: int, most: int) -> tuple[int, int]:
    """Return where a page starts and how long it may be.

    A limit out of range falls back to the default without an error (facts 3.5); a cursor that
    was not given out answers 40035.
    """
    position = ids.cursor_position(cursor)
    if position is None:
        raise ApiError(40035, "invalid cursor")
    return position, limit if 0 < limit <= most else default


def page(name: str, items: Sequence[Item], start: int, limit: int) -> dict[str, Any]:
    """Return one page of a list, with the cursor of the next where there is one."""
    answer: dict[str, Any] = {name: items[start : start + limit]}
    if start + limit < len(items):
        answer["next_cursor"] = ids.cursor_text(start + limit)
    return answer


def check_span(start: int, end: int) -> None:
    """Refuse times that do not follow each other or are more than a month apart (40058)."""
    if not start or not 0 <= end - start <= _LONGEST_SPAN:
        raise ApiError(40058, "start_time and end_time")


def check_length(name: str, value: str | None, most: int) -> None:
    """Refuse a text of more than ``most`` characters (40058)."""
    if value is not None and len(value) > most:
        raise ApiError(40058, f"{name} exceed max length {most}")


def check_bytes(name: str, value: str, most: int) -> None:
    """Refuse a text of more than ``most`` bytes in UTF-8 (45002)."""
    if len(value.encode()) > most:
        raise ApiError(45002, f"{name} exceed {most} bytes")
