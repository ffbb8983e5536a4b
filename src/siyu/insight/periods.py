"""Ranges of days in the tenant's zone, what they are compared with, and their steps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil
from typing import Final, Literal
from zoneinfo import ZoneInfo

from siyu.core.errors import Invalid

LONGEST_DAYS: Final = 400
_BY_HOUR_DAYS: Final = 2
_WEEK: Final = 7

Step = Literal["hour", "day"]


@dataclass(frozen=True)
class Period:
    """Whole days of a tenant's zone, both inclusive; what lies ahead of `now` is cut off."""

    first: date
    last: date
    zone: ZoneInfo
    now: datetime

    @property
    def start(self) -> datetime:
        """The moment the first day begins."""
        return self._midnight(self.first)

    @property
    def end(self) -> datetime:
        """The moment after the last that counts: the end of the last day, but never ahead."""
        return max(self.start, min(self._midnight(self.last + timedelta(days=1)), self.now))

    @property
    def step(self) -> Step:
        """How finely the period is drawn."""
        return "hour" if (self.last - self.first).days < _BY_HOUR_DAYS else "day"

    def before(self) -> "Period":
        """Return the same weekdays, whole weeks earlier, up to the same time of day.

        One week earlier; for periods longer than a week as many weeks as it takes not to
        overlap.
        """
        days = (self.last - self.first).days + 1
        shift = timedelta(days=_WEEK * ceil(days / _WEEK))
        local = self.now.astimezone(self.zone)
        earlier = datetime.combine(local.date() - shift, local.time(), self.zone)
        return Period(self.first - shift, self.last - shift, self.zone, earlier)

    def steps(self) -> Iterator[datetime]:
        """Yield the moments at which the steps of the period begin, up to its end."""
        if self.step == "day":
            day = self.first
            while self._midnight(day) < self.end:
                yield self._midnight(day)
                day += timedelta(days=1)
            return
        moment = self.start
        while moment < self.end:
            yield moment
            moment += timedelta(hours=1)

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone)


def period_of(first: date | None, last: date | None, zone: ZoneInfo, now: datetime) -> Period:
    """Return the period asked for; today when nothing was. Raises `Invalid`."""
    today = now.astimezone(zone).date()
    last = last or max(today, first or today)
    first = first or last
    if first > last:
        raise Invalid.field("from", "period_reversed", "开始日期不能晚于结束日期")
    if (last - first).days >= LONGEST_DAYS:
        raise Invalid.field("from", "period_too_long", f"最多选择 {LONGEST_DAYS} 天")
    return Period(first, last, zone, now)
