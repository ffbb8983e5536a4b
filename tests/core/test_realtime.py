"""Who listens hears everything that happens from then on, and is told when it could not keep up."""

import asyncio
from typing import ClassVar

import msgspec
import pytest

from siyu.core import realtime
from siyu.core.clock import FixedClock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.realtime import Hub, Lagged
from siyu.core.stream.sequencer import Sequencer


class Rung(msgspec.Struct, frozen=True):
    type: ClassVar[str] = "test.rung"
    version: ClassVar[int] = 1
    number: int


class Knocked(msgspec.Struct, frozen=True):
    type: ClassVar[str] = "test.knocked"
    version: ClassVar[int] = 1


async def announce(db: Database, clock: FixedClock, tenant_id: int, *numbers: int) -> None:
    async with db.tenant(tenant_id) as session:
        ctx = Context(tenant_id=tenant_id, actor=SYSTEM_ACTOR, clock=clock, session=session)
        for number in numbers:
            ctx.announce(Rung(number), identity_id=number)


async def sequence(db: Database, clock: FixedClock) -> None:
    sequencer = Sequencer(db, clock)
    await sequencer.prepare()
    while await sequencer.step():
        pass


@pytest.fixture
async def hub(db, clock):
    await sequence(db, clock)
    hub = Hub(db)
    await hub.step()
    return hub


def numbers(events) -> list[int]:
    return sorted(event.properties["number"] for event in events)


async def test_a_listener_hears_what_happens_after_it_came(db, clock, tenant_id, hub):
    await announce(db, clock, tenant_id, 1)
    await sequence(db, clock)
    await hub.step()
    async with hub.subscribe(tenant_id) as listener:
        await announce(db, clock, tenant_id, 2, 3)
        await sequence(db, clock)
        await hub.step()
        assert numbers(listener.waiting()) == [2, 3]


async def test_tenants_and_types_are_kept_apart(db, clock, tenant_id, hub):
    async with (
        hub.subscribe(tenant_id, frozenset({"test.knocked"})) as knocks,
        hub.subscribe(tenant_id + 100_000) as stranger,
        hub.subscribe(tenant_id) as everything,
    ):
        await announce(db, clock, tenant_id, 1)
        async with db.tenant(tenant_id) as session:
            Context(tenant_id=tenant_id, actor=SYSTEM_ACTOR, clock=clock, session=session).announce(
                Knocked()
            )
        await sequence(db, clock)
        await hub.step()
        assert [event.type for event in knocks.waiting()] == ["test.knocked"]
        assert stranger.waiting() == []
        assert len(everything.waiting()) == 2


async def test_batches_smaller_than_the_backlog_are_read_to_the_end(
    db, clock, tenant_id, hub, monkeypatch
):
    monkeypatch.setattr(realtime, "_BATCH", 3)
    async with hub.subscribe(tenant_id) as listener:
        await announce(db, clock, tenant_id, *range(50))
        await sequence(db, clock)
        await hub.step()
        heard = listener.waiting()
        assert numbers(heard) == list(range(50))
        assert len({event.id for event in heard}) == 50
        await hub.step()
        assert listener.waiting() == []


async def test_who_is_too_slow_is_told_once_and_goes_on(db, clock, tenant_id, hub, monkeypatch):
    monkeypatch.setattr(realtime, "_BACKLOG", 5)
    async with hub.subscribe(tenant_id) as slow:
        await announce(db, clock, tenant_id, *range(9))
        await sequence(db, clock)
        await hub.step()
        with pytest.raises(Lagged):
            await anext(slow)
        await announce(db, clock, tenant_id, 100)
        await sequence(db, clock)
        await hub.step()
        assert (await anext(slow)).properties == {"number": 100}


async def test_nothing_is_missed_between_writers_and_time_outs(db, clock, tenant_id, hub):
    stop = asyncio.Event()
    running = [
        asyncio.create_task(hub.run(stop)),
        asyncio.create_task(Sequencer(db, clock).run(stop)),
    ]
    heard: list[int] = []
    async with hub.subscribe(tenant_id) as listener:

        async def write() -> None:
            for number in range(60):
                await announce(db, clock, tenant_id, number)

        writing = asyncio.create_task(write())
        while len(heard) < 60:
            try:
                event = await asyncio.wait_for(anext(listener), 0.002)
            except TimeoutError:
                continue
            heard.append(event.properties["number"])
        await writing
        stop.set()
        hub.wake.set()
        assert [event async for event in listener] == []
    await asyncio.gather(*running)
    assert sorted(heard) == list(range(60))


async def test_a_closed_hub_ends_new_listeners_at_once(hub, tenant_id):
    hub.close()
    async with hub.subscribe(tenant_id) as listener:
        assert [event async for event in listener] == []


async def test_while_nobody_listens_nobody_asks_and_the_next_to_come_hears_only_what_is_new(
    db, clock, tenant_id, hub, monkeypatch
):
    asked = 0
    ask = hub._heads

    async def counted():
        nonlocal asked
        asked += 1
        return await ask()

    monkeypatch.setattr(hub, "_heads", counted)
    stop = asyncio.Event()
    running = asyncio.create_task(hub.run(stop))
    for number in (1, 2):
        async with hub.subscribe(tenant_id) as listener:
            await announce(db, clock, tenant_id, number)
            await sequence(db, clock)
            assert (await anext(listener)).properties == {"number": number}
        # The hub may be about to look once more; then it rests, whoever wakes it.
        async with hub._stepping:
            pass
        await announce(db, clock, tenant_id, 100)
        await sequence(db, clock)
    quiet = asked
    for _ in range(20):
        hub.wake.set()
        await asyncio.sleep(0.01)
    assert asked <= quiet + 1
    stop.set()
    await running
