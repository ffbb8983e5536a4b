"""What comes round survives a lost database, ends when told, and falls due once a day."""

import asyncio
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from obstore.exceptions import PermissionDeniedError

from siyu.core.rounds import every, fell_due


@pytest.mark.parametrize("trouble", [ConnectionError("gone"), PermissionDeniedError("no list")])
async def test_a_look_that_loses_the_database_or_the_files_is_followed_by_another(trouble):
    stop, looks = asyncio.Event(), 0

    async def look() -> None:
        nonlocal looks
        looks += 1
        if looks == 1:
            raise trouble
        stop.set()

    await asyncio.wait_for(every(0.001, look, stop, name="test"), 20)
    assert looks == 2


async def test_nothing_is_looked_at_once_it_is_to_stop():
    stop = asyncio.Event()
    stop.set()

    async def look() -> None:
        raise AssertionError

    await every(0.001, look, stop, name="test")


async def test_a_mistake_is_not_taken_for_a_lost_database():
    async def look() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await every(0.001, look, asyncio.Event(), name="test")


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),  # noqa: DTZ001 - given its zone below
    st.integers(0, 23),
)
def test_a_daily_run_falls_due_within_the_day_before(at: datetime, hour: int):
    local = at.replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    due = fell_due(local, hour)
    assert (due.hour, due.minute, due.second) == (hour, 0, 0)
    assert timedelta(0) <= local - due < timedelta(days=1)
