"""The quotas of acquisition links and app messages, whatever happens on whichever days."""

import asyncio
from typing import cast

import asyncpg
from hypothesis import given, settings
from hypothesis import strategies as st

from siyu.sandbox.settings import SandboxSettings
from siyu.sandbox.store.journal import Journal
from siyu.sandbox.world import acquisition, app_messages
from siyu.sandbox.world import acquisition_records as a
from siyu.sandbox.world import app_records as p
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.days import DAY
from siyu.sandbox.world.seed import make_person, sow
from siyu.sandbox.world.state import World

START = 1_803_000_000.0


def small_world() -> World:
    """A world in memory only."""
    nowhere = cast("asyncpg.Pool", None)
    world = World(SandboxSettings("", customers=0), nowhere, Journal(nowhere))
    world.agenda.machine = lambda: START
    sow(world)
    return world


purchases = st.lists(st.tuples(st.integers(1, 6), st.integers(1, 9)), max_size=4)
visits = st.lists(st.integers(0, 3), max_size=25)


@given(bought=purchases, waits=visits, units=st.integers(0, 3))
@settings(max_examples=30, deadline=None)
def test_no_more_customers_come_than_were_paid_for(
    bought: list[tuple[int, int]], waits: list[int], units: int
) -> None:
    async def live() -> None:
        world, at = small_world(), START
        world.switches.acquisition_units_per_customer = units
        for quota in list(world.acquisition.quotas):
            world.acquisition.quotas.drop(str(quota.id))
        left = [[amount, acquisition.grant(world, amount, days).expires] for amount, days in bought]
        staff = next(iter(world.staff))
        link = a.Link(link_id="ca1", name="链接", created=0, users=[staff.userid])
        acquisition.save(world, link)
        world.agenda.machine = lambda: at
        for wait in waits:
            at += wait * DAY
            valid = sorted((one for one in left if one[1] > at), key=lambda one: one[1])
            person = make_person(world, world.random, origin="test")
            try:
                acquisition.add(world, link, person, "")
                came = True
            except WorldRefused:
                came = False
            assert came == (sum(amount for amount, _ in valid) >= units)
            due = units if came else 0
            for one in valid:
                taken = min(due, one[0])
                one[0] -= taken
                due -= taken
            assert acquisition.balance(world) == sum(amount for amount, _ in valid)

    asyncio.run(live())


@given(
    waits=st.lists(st.sampled_from((0, 1, 20, 59, 61, 1800, 3601)), max_size=60),
    a_minute=st.integers(1, 4),
    an_hour=st.integers(1, 9),
)
@settings(max_examples=50, deadline=None)
def test_nobody_gets_more_messages_of_apps_than_they_may(
    waits: list[int], a_minute: int, an_hour: int
) -> None:
    async def live() -> None:
        world, at = small_world(), START
        world.switches.app_messages_per_minute = a_minute
        world.switches.app_messages_per_hour = an_hour
        world.agenda.machine = lambda: at
        staff = next(iter(world.staff))
        got: list[float] = []
        for number, wait in enumerate(waits):
            at += wait
            message = p.AppMessage(
                msgid=str(number), agentid=1, at=world.now(), msgtype="text", content={}, print=""
            )
            app_messages.deliver(world, message, [staff], {"text": "你好"})
            room = all(
                sum(t > world.now() - span for t in got) < most
                for span, most in ((60, a_minute), (3600, an_hour))
            )
            assert (staff.userid in message.shown) == room
            if room:
                got.append(world.now())

    asyncio.run(live())
