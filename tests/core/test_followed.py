"""A clock that follows the simulated world's."""

import asyncio

import pytest

from siyu.core.clock import FixedClock
from siyu.core.followed import following, sleep_by
from tests.scene import open_world, until


@pytest.fixture
async def world(postgres):
    async with open_world(postgres, customers=1) as (client, _):
        yield client


def clock_url(world) -> str:
    return str(world.base_url).rstrip("/") + "/world/api/clock"


async def stop_of(world) -> float | None:
    stop: float | None = (await world.get("/world/api/clock")).json()["stop"]
    return stop


async def step(world, until: float) -> dict:
    answer = await world.post("/world/api/clock/step", json={"until": until})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_stepped_time_is_followed_exactly_before_anything_happens(world):
    now = (await world.put("/world/api/clock", json={"mode": "stepped"})).json()["now"]
    async with following(clock_url(world)) as clock:
        assert clock.now().timestamp() == pytest.approx(now, abs=1e-3)
        for seconds in (1, 20, 86_400):
            moved = await step(world, now + seconds)
            # The step answers only once every follower has noted it.
            assert clock.now().timestamp() == pytest.approx(moved["now"], abs=1e-3)


async def test_running_time_goes_on_by_itself_and_never_back(world):
    async with following(clock_url(world)) as clock:
        await world.put("/world/api/clock", json={"mode": "running", "speed": 3600})
        times = []
        for _ in range(20):
            times.append(clock.now())
            await asyncio.sleep(0.01)
        assert times == sorted(times)


async def test_who_sleeps_by_the_followed_clock_is_woken_by_it(world):
    now = (await world.put("/world/api/clock", json={"mode": "stepped"})).json()["now"]
    async with following(clock_url(world)) as clock:
        sleeping = asyncio.ensure_future(sleep_by(clock)(20))
        await until(lambda: stop_of(world))
        assert not sleeping.done()
        moved = await step(world, now + 3600)
        assert moved["now"] == pytest.approx(now + 20, abs=1e-3)
        await sleeping


def test_other_clocks_let_sleep_be_real(clock: FixedClock):
    assert sleep_by(clock) is asyncio.sleep
