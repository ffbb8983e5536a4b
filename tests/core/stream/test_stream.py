"""The stream loses nothing, doubles nothing, and keeps a person's facts in order."""

import asyncio
import random
from collections import Counter, defaultdict
from datetime import timedelta
from typing import ClassVar

import msgspec
import pytest
from sqlalchemy import func, select, text

from siyu.core.clock import FixedClock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.stream import Event, shard_of
from siyu.core.stream.models import Cursor, OutboxEvent, ParkedEvent, ShardHead, StreamEvent
from siyu.core.stream.reactions import Reaction, ReactionRunner
from siyu.core.stream.sequencer import Sequencer


class Rung(msgspec.Struct, frozen=True):
    type: ClassVar[str] = "test.rung"
    version: ClassVar[int] = 1
    number: int


def context(db_session, tenant_id: int, clock: FixedClock) -> Context:
    return Context(tenant_id=tenant_id, actor=SYSTEM_ACTOR, clock=clock, session=db_session)


async def drain(db: Database, clock: FixedClock) -> None:
    sequencer = Sequencer(db, clock)
    await sequencer.prepare()
    while await sequencer.step():
        pass


async def test_concurrent_commits_lose_and_double_nothing(db, clock, tenant_id):
    stop = asyncio.Event()
    sequencers = [Sequencer(db, clock) for _ in range(2)]
    running = [asyncio.create_task(sequencer.run(stop)) for sequencer in sequencers]
    written: list[int] = []

    async def writer(seed: int) -> None:
        dice = random.Random(seed)
        for step in range(40):
            number = seed * 1000 + step
            try:
                async with db.tenant(tenant_id) as session:
                    context(session, tenant_id, clock).announce(Rung(number), identity_id=seed)
                    await session.flush()
                    await asyncio.sleep(dice.random() * 0.01)
                    if dice.random() < 0.2:
                        raise RuntimeError("rolled back")
            except RuntimeError:
                continue
            written.append(number)

    await asyncio.gather(*(writer(seed) for seed in range(1, 9)))
    await asyncio.sleep(0.1)
    stop.set()
    await asyncio.gather(*running)
    await drain(db, clock)

    async with db.tenant(tenant_id) as session:
        rows = (
            await session.execute(
                select(
                    StreamEvent.identity_id, StreamEvent.properties["number"].as_integer()
                ).order_by(StreamEvent.shard, StreamEvent.position)
            )
        ).all()
    assert sorted(number for _, number in rows) == sorted(written)
    by_person = defaultdict(list)
    for person, number in rows:
        by_person[person].append(number)
    assert all(numbers == sorted(numbers) for numbers in by_person.values())


async def test_positions_are_gapless(db, clock, tenant_id):
    for number in range(20):
        async with db.tenant(tenant_id) as session:
            context(session, tenant_id, clock).announce(Rung(number), identity_id=number)
    await drain(db, clock)
    async with db.system() as session:
        heads = (await session.execute(select(ShardHead.shard, ShardHead.head))).all()
        for shard, head in heads:
            total = await session.scalar(
                select(func.count()).select_from(StreamEvent).where(StreamEvent.shard == shard)
            )
            assert total == head
        assert await session.scalar(select(func.count()).select_from(OutboxEvent)) == 0


async def test_another_tenant_sees_no_facts(db, clock, tenant_id):
    async with db.tenant(tenant_id) as session:
        context(session, tenant_id, clock).announce(Rung(1))
    await drain(db, clock)
    async with db.tenant(tenant_id + 100_000) as session:
        assert await session.scalar(select(func.count()).select_from(StreamEvent)) == 0
    async with db.tenant(None) as session:
        assert await session.scalar(select(func.count()).select_from(StreamEvent)) == 0
    async with db.tenant(tenant_id) as session:
        assert await session.scalar(select(func.count()).select_from(StreamEvent)) == 1


async def test_month_partitions_are_protected(db, clock):
    await Sequencer(db, clock).prepare()
    async with db.system() as session:
        rows = (
            await session.execute(
                text(
                    "select relname, relrowsecurity and relforcerowsecurity from pg_class"
                    " where relname like 'event\\_20%' and relkind = 'r'"
                )
            )
        ).all()
    assert {"event_2026_11", "event_2026_12"} <= {name for name, _ in rows}
    assert all(safe for _, safe in rows)


def reaction(name: str, tenant_id: int, heard: list[int], fail_on: int | None = None) -> Reaction:
    async def handler(ctx: Context, events) -> None:
        for event in events:
            if event.tenant_id != tenant_id:
                continue
            if event.properties["number"] == fail_on:
                raise ValueError("cannot digest this")
            await ctx.session.execute(text("select 1"))
            heard.append(event.properties["number"])

    return Reaction(name, frozenset({"test.rung"}), handler)


async def test_reactions_hear_everything_once_and_in_order(db, clock, tenant_id):
    heard: list[int] = []
    runner = ReactionRunner(db, clock, [reaction(f"once-{tenant_id}", tenant_id, heard)])
    for number in range(30):
        async with db.tenant(tenant_id) as session:
            context(session, tenant_id, clock).announce(Rung(number), identity_id=7)
    await drain(db, clock)
    await runner.drain()
    await runner.drain()
    assert heard == list(range(30))


async def test_an_indigestible_fact_is_parked_and_does_not_hold_up_the_rest(
    db, clock, tenant_id, monkeypatch
):
    monkeypatch.setattr("siyu.core.stream.reactions._RETRY_SECONDS", 0.001)
    heard: list[int] = []
    name = f"parks-{tenant_id}"
    runner = ReactionRunner(db, clock, [reaction(name, tenant_id, heard, fail_on=2)])
    for number in range(5):
        async with db.tenant(tenant_id) as session:
            context(session, tenant_id, clock).announce(Rung(number), identity_id=7)
    await drain(db, clock)
    await runner.drain()
    assert Counter(heard)[3] == Counter(heard)[4] == 1
    async with db.system() as session:
        parked = (
            (await session.execute(select(ParkedEvent).where(ParkedEvent.reader == name)))
            .scalars()
            .all()
        )
    assert [(row.type, row.tenant_id) for row in parked] == [("test.rung", tenant_id)]
    assert "cannot digest" not in parked[0].error


async def test_two_reactions_may_not_share_a_name(db, clock):
    twin = reaction("twin", 0, [])
    with pytest.raises(ValueError, match="share a name"):
        ReactionRunner(db, clock, [twin, twin])


def test_the_shard_of_a_person_never_changes():
    from siyu.core.stream import SHARDS, shard_of

    assert [shard_of(1, number) for number in (None, 1, 2, 3)] == [
        shard_of(1, number) for number in (None, 1, 2, 3)
    ]
    assert {shard_of(1, number) for number in range(100)} == set(range(SHARDS))


def test_events_are_plain_data():
    assert Event.__struct_config__.frozen


async def test_a_month_whose_facts_came_early_stays_in_the_default_partition(db, clock, tenant_id):
    clock.advance(timedelta(days=400))
    async with db.tenant(tenant_id) as session:
        context(session, tenant_id, clock).announce(Rung(1))
    sequencer = Sequencer(db, clock)
    while await sequencer.step():
        pass
    await sequencer.prepare()
    async with db.tenant(tenant_id) as session:
        assert await session.scalar(select(func.count()).select_from(StreamEvent)) == 1


async def test_no_fact_is_parked_that_another_process_got_past(db, clock, tenant_id):
    name = f"passed-{tenant_id}"
    only = reaction(name, tenant_id, [])
    runner = ReactionRunner(db, clock, [only])
    async with db.tenant(tenant_id) as session:
        context(session, tenant_id, clock).announce(Rung(1), identity_id=7)
    await drain(db, clock)
    await runner.drain()
    shard = shard_of(tenant_id, 7)
    passed = await runner._position(only, shard) - 1
    async with db.tenant(tenant_id) as session:
        context(session, tenant_id, clock).announce(Rung(2), identity_id=7)
    await drain(db, clock)
    await runner._park(only, shard, passed, ValueError())
    async with db.system() as session:
        query = select(func.count()).select_from(ParkedEvent).where(ParkedEvent.reader == name)
        assert await session.scalar(query) == 0


async def test_readers_pass_by_what_is_not_for_them(db, clock, tenant_id, monkeypatch):
    monkeypatch.setattr("siyu.core.stream.reactions._SPAN", 2)
    heard: list[int] = []
    rings = reaction(f"rings-{tenant_id}", tenant_id, heard)
    other = Reaction(f"other-{tenant_id}", frozenset({"test.other"}), rings.handler)
    runner = ReactionRunner(db, clock, [rings, other])
    await runner.drain()
    for number in range(7):
        async with db.tenant(tenant_id) as session:
            context(session, tenant_id, clock).announce(Rung(number), identity_id=7)
    await drain(db, clock)
    await runner.drain()
    assert heard == list(range(7))
    shard = shard_of(tenant_id, 7)
    assert await runner._position(other, shard) == await runner._position(rings, shard)


async def test_who_reads_is_not_passed_by(db, clock, tenant_id):
    other = Reaction(f"held-{tenant_id}", frozenset({"test.other"}), reaction("-", 0, []).handler)
    runner = ReactionRunner(db, clock, [other])
    await runner.drain()
    async with db.tenant(tenant_id) as session:
        context(session, tenant_id, clock).announce(Rung(1), identity_id=7)
    await drain(db, clock)
    shard = shard_of(tenant_id, 7)
    before = await runner._position(other, shard)
    async with db.system() as session:
        await session.execute(select(Cursor).where(Cursor.reader == other.name).with_for_update())
        assert await runner.step()
        assert await runner._position(other, shard) == before
    await runner.drain()
    assert await runner._position(other, shard) > before
