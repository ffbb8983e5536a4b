"""Days, weeks and months as WeCom counts them: in China's time."""

import calendar
from datetime import datetime, timedelta, timezone

DAY = 86_400
_CHINA = 8 * 3600
_ZONE = timezone(timedelta(seconds=_CHINA))


def day_of(at: float) -> int:
    """Return the beginning of the day a moment lies in, in Unix seconds."""
    return (int(at) + _CHINA) // DAY * DAY - _CHINA


def week_of(at: float) -> int:
    """Return the beginning of the week, on a Monday, a moment lies in."""
    return day_of(at) - _local(at).weekday() * DAY


def month_of(at: float) -> int:
    """Return the beginning of the calendar month a moment lies in."""
    return day_of(at) - (_local(at).day - 1) * DAY


def days_in_month(at: float) -> int:
    """Return how many days the calendar month of a moment has."""
    day = _local(at)
    return calendar.monthrange(day.year, day.month)[1]


def _local(at: float) -> datetime:
    return datetime.fromtimestamp(at, _ZONE)
