"""What the words of a tenant's rules stand for, and moments as both sides of rules count them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct
from pyroaring import BitMap64

from siyu.people.picture.person import INTERNAL
from siyu.people.rules.language import Rule, Span

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_UNITS: Final = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
_LEAP_YEAR: Final = 366
_LEAP_DAY: Final = 229


class RfmThresholds(Struct, frozen=True):
    """Four borders each, ascending; whoever never bought has no scores.

    Recency starts at 5 and loses one for each border that the last payment is at least as long
    ago as; frequency (orders) and money (`gmv_fen`) start at 1 and gain one for each reached.
    """

    recency_seconds: tuple[int, int, int, int]
    frequency: tuple[int, int, int, int]
    money_fen: tuple[int, int, int, int]


@dataclass(frozen=True)
class Terms:
    """What a rule means at a tenant.

    `tag_groups`: the group of each tag; `rules`: audiences that are rules; `lists`: the members
    of audiences that are lists. Only those that the rules at hand mention need be there; an
    audience that is in neither has no members.

    `seen`: whoever asks sees only the friendships of these staff accounts, and what is noted on
    them (without it: all). The others count for nothing, neither in conditions on friendships nor
    in those on tags. An audience that a rule names stays what it is to the enterprise.
    """

    zone: ZoneInfo
    tag_groups: Mapping[int, int] = field(default_factory=dict)
    rfm: RfmThresholds | None = None
    rules: Mapping[int, Rule] = field(default_factory=dict)
    lists: Mapping[int, BitMap64] = field(default_factory=dict)
    seen: frozenset[int] | None = None

    @property
    def carriers(self) -> frozenset[int] | None:
        """Return where a tag must be to count, as `Person.tags` says it; nothing: anywhere."""
        return None if self.seen is None else self.seen | {INTERNAL}

    def for_all(self) -> "Terms":
        """Return what a rule means to somebody who sees everything."""
        return self if self.seen is None else replace(self, seen=None)


class Window(NamedTuple):
    """A stretch of time in microseconds of the epoch: `start` included, `end` not."""

    start: int | None
    end: int

    def moments(self) -> tuple[datetime, datetime]:
        """Return its borders as moments."""
        return (_EARLIEST if self.start is None else _moment(self.start)), _moment(self.end)


_EARLIEST: Final = datetime.min.replace(tzinfo=UTC)
_LATEST: Final = datetime.max.replace(tzinfo=UTC)
SCALAR: Final = 1
"""Resolution of a person's moments, in microseconds."""
FACT: Final = 1000
"""Resolution of the moments of facts, in microseconds: the engine keeps milliseconds."""


def micros(at: datetime) -> int:
    """Return a moment in microseconds of the epoch."""
    return (at - EPOCH) // _MICROSECOND


def window(span: Span | None, at: datetime, tick: int) -> Window:
    """Return the window that a span is as of `at`, for values cut down to `tick` microseconds."""
    now = micros(at)
    if span is None:
        return Window(None, _above(now, tick))
    starts, ends = [], [_above(now, tick)]
    if span.last is not None:
        starts.append(_above(now - length(span.last, span.unit), tick))
    if span.older is not None:
        ends.append(_above(now - length(span.older, span.unit), tick))
    if span.since is not None:
        starts.append(_at_least(micros(span.since), tick))
    if span.until is not None:
        ends.append(_at_least(micros(span.until), tick))
    return Window(max(starts, default=None), min(ends))


def passing(before: datetime, after: datetime, age: int, tick: int) -> Window:
    """Return the window of values that became older than `age` microseconds between two moments.

    They were at most that old at `before` and are at least that old at `after`.
    """
    return Window(_above(micros(before) - age, tick), _above(micros(after) - age, tick))


def length(count: int, unit: str) -> int:
    """Return so many hours, or days of 24 hours, in microseconds."""
    return count * _UNITS[unit] // _MICROSECOND


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """Return the day it is in a zone."""
    return at.astimezone(zone).date()


def month_days(first: date, days: int) -> frozenset[int]:
    """Return the anniversaries (month × 100 + day) of `first` and so many days after it.

    The 29th of February comes round on the 28th in years without one.
    """
    if days >= _LEAP_YEAR:
        first, days = date(2024, 1, 1), _LEAP_YEAR - 1
    found = {day.month * 100 + day.day for day in _days(first, days)}
    short = any((day + timedelta(1)).month != day.month for day in _days(first, days)
                if (day.month, day.day) == (2, 28))  # fmt: skip
    return frozenset(found | {_LEAP_DAY} if short else found)


def _days(first: date, more: int) -> list[date]:
    return [first + timedelta(days=count) for count in range(more + 1)]


def _above(moment: int, tick: int) -> int:
    """Return the first tick above a moment."""
    return (moment // tick + 1) * tick


def _at_least(moment: int, tick: int) -> int:
    """Return the first tick that is not below a moment."""
    return -(-moment // tick) * tick


def _moment(micros_: int) -> datetime:
    try:
        return EPOCH + micros_ * _MICROSECOND
    except OverflowError:
        return _EARLIEST if micros_ < 0 else _LATEST
