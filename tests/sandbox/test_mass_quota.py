"""The quotas of mass messages and Moments, whatever staff do on whichever days."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import START, small_world

from siyu.sandbox.world import contacts, mass, moments
from siyu.sandbox.world import mass_records as m
from siyu.sandbox.world import moment_records as mo
from siyu.sandbox.world.days import DAY, day_of, days_in_month, month_of, week_of
from siyu.sandbox.world.seed import make_person
from siyu.sandbox.world.state import World

days = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 1)), max_size=60)


def befriend(world: World) -> tuple[int, list[str]]:
    """Let a new person be a friend of two staff accounts; return their names."""
    person = make_person(world, world.random, origin="test")
    staff = [account.userid for account in world.staff][:2]
    for userid in staff:
        account = world.staff.get(userid)
        assert account is not None
        contacts.add(world, account, person, by_staff=True)
    return person.id, staff


def allowance(mode: str, at: float) -> tuple[float, int]:
    if mode == "day":
        return day_of(at), 1
    return (week_of(at), 7) if mode == "week" else (month_of(at), days_in_month(at))


@pytest.mark.parametrize("mode", ["day", "week", "month"])
@given(acts=days)
@settings(max_examples=20, deadline=None)
def test_nobody_receives_more_than_the_quota(mode: str, acts: list[tuple[int, int]]) -> None:
    async def live() -> None:
        world, at = small_world(), START
        world.switches.mass_quota = mode
        person, staff = befriend(world)
        world.agenda.machine = lambda: at
        received: list[float] = []
        for number, (later, who) in enumerate(acts):
            at += later * DAY / 2
            message = m.MassMessage(
                msgid=f"msg{number}", chat_type=m.SINGLE, created=world.now(),
                creator=staff[who], text="你好",
            )  # fmt: skip
            task = mass.send_personal(world, message, [f"p-{person}"])
            since, most = allowance(mode, world.now())
            expected = m.SENT if sum(t >= since for t in received) < most else m.SURPLUS
            assert task.receivers[0].status == expected
            if expected == m.SENT:
                received.append(world.now())

    asyncio.run(live())


@given(acts=days, a_day=st.integers(0, 2), a_month=st.integers(0, 5))
@settings(max_examples=20, deadline=None)
def test_nobody_sees_more_moments_of_an_account_than_they_may(
    acts: list[tuple[int, int]], a_day: int, a_month: int
) -> None:
    async def live() -> None:
        world, at = small_world(), START
        world.switches.moments_per_day, world.switches.moments_per_month = a_day, a_month
        person, staff = befriend(world)
        world.agenda.machine = lambda: at
        seen: dict[str, list[float]] = {userid: [] for userid in staff}
        for number, (later, who) in enumerate(acts):
            at += later * DAY / 2
            now = world.now()
            moment = mo.Moment(
                moment_id=f"mom{number}", created=now, ready=now, creator=staff[who], text="你好"
            )
            post = moments.publish_personal(world, moment, [])
            earlier = seen[staff[who]]
            within = (not a_day or sum(t >= day_of(now) for t in earlier) < a_day) and (
                not a_month or sum(t >= month_of(now) for t in earlier) < a_month
            )
            assert (person in post.shown) == within
            if within:
                earlier.append(now)
        assert len(moments.timeline(world, person)) == sum(map(len, seen.values()))

    asyncio.run(live())


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)))  # noqa: DTZ001  shifted below
def test_days_weeks_and_months_begin_in_china(moment: datetime) -> None:
    at = moment.replace(tzinfo=UTC).timestamp()
    here = moment + timedelta(hours=8)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)

    def seconds(local: datetime) -> float:
        return (local - timedelta(hours=8)).replace(tzinfo=UTC).timestamp()

    assert day_of(at) == seconds(midnight)
    assert week_of(at) == seconds(midnight - timedelta(days=midnight.weekday()))
    assert month_of(at) == seconds(midnight.replace(day=1))
    following = (midnight.replace(day=1) + timedelta(days=32)).replace(day=1)
    assert days_in_month(at) == (following - midnight.replace(day=1)).days
