import asyncio
import contextlib
import os
import random
import shutil
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from siyu.core.analytics import Analytics, AnalyticsUnavailable, EngineProcess
from siyu.core.analytics.feeder import READER, Feeder, Lag
from siyu.core.analytics.models import AnalyticsBatch
from siyu.core.clock import FixedClock
from siyu.core.db import Base, Database, DatabaseUrls, setup
from siyu.core.db.database import engine_url
from siyu.core.db.policies import SYS, grants, protect
from siyu.core.ids import uuid7
from siyu.core.postgres import EmbeddedPostgres
from siyu.core.stream import partitions, shard_of
from siyu.core.stream.models import Cursor, OutboxEvent, ShardHead, StreamEvent
from siyu.core.stream.sequencer import Sequencer

MEMORY = 1 << 30
MASTER_KEY = b"0123456789abcdef0123456789abcdef"
Eventually = Callable[[Callable[[], Awaitable[bool]]], Awaitable[None]]


@dataclass
class World:
    """A stream and an engine of one test's own."""

    db: Database
    clock: FixedClock
    engine: EngineProcess
    analytics: Analytics
    home: Path

    def feeder(self, batch: int = 500) -> Feeder:
        return Feeder(self.db, self.analytics, self.clock, batch=batch)

    async def announce(
        self, count: int, *, kind: str = "material.viewed", properties: str = "{}"
    ) -> None:
        """Put facts of many people into the stream."""
        at = self.clock.now()
        facts = [
            {
                "shard": shard_of(1, number % 40 + 1),
                "event_id": uuid7(),
                "tenant_id": 1,
                "type": kind,
                "version": 1,
                "occurred_at": at - timedelta(days=number % 400),
                "recorded_at": at,
                "identity_id": number % 40 + 1,
                "staff_account_id": None,
                "touch_id": None,
                "properties": msgspec.json.decode(properties),
            }
            for number in range(count)
        ]
        async with self.db.system() as session:
            await session.execute(insert(OutboxEvent), facts)
        sequencer = Sequencer(self.db, self.clock)
        await sequencer.prepare()
        while await sequencer.step():
            pass

    async def agrees(self) -> bool:
        """Tell whether the engine holds each fact of the stream exactly once."""
        async with self.db.system() as session:
            wanted = sorted(await session.scalars(select(StreamEvent.id)))
        held = await self.analytics.query("SELECT id FROM event")
        return sorted(fact for (fact,) in held) == wanted


async def make_stream(urls: DatabaseUrls) -> None:
    """Make the stream's tables alone: each test has a database of its own."""
    models = (OutboxEvent, StreamEvent, ShardHead, Cursor, AnalyticsBatch)
    engine = create_async_engine(engine_url(urls.owner), poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.execute(text(f"create schema {SYS}"))
        chosen = [Base.metadata.tables[model.__table__.fullname] for model in models]
        await connection.run_sync(Base.metadata.create_all, tables=chosen)
        guards = (*protect("outbox"), *protect("event"), *grants(("public", SYS)))
        for statement in (*partitions.STATEMENTS, *guards):
            await connection.execute(text(statement))
    await engine.dispose()


@pytest.fixture
async def world(
    postgres: EmbeddedPostgres, tmp_path: Path, clock: FixedClock
) -> AsyncIterator[World]:
    urls = DatabaseUrls.embedded(postgres.socket_dir, f"feeder_{uuid4().hex}")
    await setup.create_database(urls, MASTER_KEY)
    await make_stream(urls)
    db = Database(urls)
    home = tmp_path / "analytics"
    engine = EngineProcess(home, memory_bytes=MEMORY)
    await engine.start()
    analytics = Analytics.from_home(home)
    yield World(db, clock, engine, analytics, home)
    await analytics.close()
    await engine.stop()
    await db.close()


async def test_facts_arrive_with_their_properties(world: World) -> None:
    properties = '{"material_id": 3, "visit_id": 4, "forwarded": true, "name": "x"}'
    await world.announce(1200, properties=properties)
    feeder = world.feeder()
    assert await feeder.lag() == Lag(0, 0.0)
    while await feeder.step():
        pass
    assert await world.agrees()
    rows = await world.analytics.query(
        "SELECT DISTINCT tenant_id, type, material_id, visit_id, forwarded, touch_id,"
        " JSONExtractString(properties, 'name') FROM event"
    )
    assert list(rows) == [(1, "material.viewed", 3, 4, True, 0, "x")]
    async with world.db.system() as session:
        times = sorted(await session.scalars(select(StreamEvent.occurred_at)))
    held = await world.analytics.query("SELECT occurred_at FROM event ORDER BY 1")
    assert [at for (at,) in held] == times


async def test_owners_follow_the_links(world: World) -> None:
    await world.announce(40, kind="identity.linked", properties='{"customer_id": 7}')
    await world.announce(40, kind="identity.linked", properties='{"customer_id": 8}')
    await world.feeder().drain()
    owners = await world.analytics.query(
        "SELECT identity_id, argMax(customer_id, position) FROM identity_owner GROUP BY 1"
    )
    assert sorted(owners) == [(identity, 8) for identity in range(1, 41)]


async def test_lag_is_told_in_facts_and_seconds(world: World) -> None:
    feeder = world.feeder()
    await feeder.step()
    await world.announce(100)
    world.clock.advance(timedelta(seconds=90))
    assert await feeder.lag() == Lag(100, 90.0)
    await feeder.drain()
    assert await feeder.lag() == Lag(0, 0.0)


async def test_a_batch_whose_end_was_not_heard_is_sent_again_and_counts_once(
    world: World,
) -> None:
    await world.announce(1000)
    await world.feeder().drain()
    await world.announce(300)
    feeder = world.feeder()
    async with world.db.system() as session:
        cursors = await session.execute(select(Cursor.shard, Cursor.position))
        before = {row.shard: row.position for row in cursors}
    await feeder.step()
    # as if the process had died after sending and before moving on
    async with world.db.system() as session:
        for shard, position in before.items():
            moved = await session.scalar(select(Cursor.position).where(Cursor.shard == shard))
            await session.execute(
                update(Cursor).where(Cursor.shard == shard).values(position=position)
            )
            await session.execute(
                insert(AnalyticsBatch).values(shard=shard, first=position + 1, last=moved)
            )
    await world.feeder(batch=100_000).drain()
    assert await world.agrees()


async def test_a_batch_noted_but_not_kept_is_sent_anew(world: World) -> None:
    await world.announce(400)
    await world.feeder().drain()
    # as if the engine had been killed between noting the tokens and keeping the rows
    await world.analytics.command("ALTER TABLE event DROP PARTITION ID '202611'")
    await world.feeder().drain()
    assert await world.agrees()


async def test_an_emptied_engine_is_filled_again(world: World) -> None:
    await world.announce(700)
    await world.feeder().drain()
    await world.engine.stop()
    shutil.rmtree(world.home)
    await world.engine.start()
    await world.announce(10)
    await world.feeder().drain()
    assert await world.agrees()


async def test_an_older_copy_of_the_stream_loses_the_engines_lost_future(world: World) -> None:
    await world.announce(600, kind="identity.linked", properties='{"customer_id": 7}')
    await world.feeder().drain()
    async with world.db.system() as session:
        for shard, head in (await session.execute(select(ShardHead.shard, ShardHead.head))).all():
            back = head // 2
            await session.execute(
                StreamEvent.__table__.delete().where(
                    StreamEvent.shard == shard, StreamEvent.position > back
                )
            )
            await session.execute(
                update(ShardHead).where(ShardHead.shard == shard).values(head=back)
            )
            await session.execute(
                update(Cursor)
                .where(Cursor.shard == shard, Cursor.reader == READER)
                .values(position=back)
            )
    await world.announce(600, kind="identity.linked", properties='{"customer_id": 9}')
    await world.feeder().drain()
    assert await world.agrees()
    owners = await world.analytics.query(
        "SELECT DISTINCT argMax(customer_id, position) FROM identity_owner GROUP BY identity_id"
    )
    assert list(owners) == [(9,)]


async def test_another_stream_replaces_the_engines_past(world: World) -> None:
    await world.announce(600)
    await world.feeder().drain()
    async with world.db.system() as session:
        await session.execute(StreamEvent.__table__.delete())
        await session.execute(update(ShardHead).values(head=0))
        await session.execute(update(Cursor).values(position=0))
    await world.announce(900)
    await world.feeder().drain()
    assert await world.agrees()


@pytest.mark.parametrize("heard", [True, False], ids=["at_once", "after_more_was_told"])
async def test_the_lost_future_of_an_older_copy_leaves_no_owners(
    world: World, *, heard: bool
) -> None:
    await world.announce(40)
    for customer_id, identity_ids in ((7, [41, 42]), (8, [43])):
        begun = msgspec.json.encode({"customer_id": customer_id, "identity_ids": identity_ids})
        await world.announce(1, kind="customer.created", properties=begun.decode())
        if customer_id == 7:
            await world.feeder().drain()
            async with world.db.system() as session:
                heads = (await session.execute(select(ShardHead.shard, ShardHead.head))).all()
    await world.feeder().drain()
    # An older copy of the database knows nothing of the last fact, and gives its ids again.
    async with world.db.system() as session:
        for shard, head in heads:
            await session.execute(
                StreamEvent.__table__.delete().where(
                    StreamEvent.shard == shard, StreamEvent.position > head
                )
            )
            for table, number in ((ShardHead, ShardHead.head), (Cursor, Cursor.position)):
                await session.execute(
                    update(table).where(table.shard == shard).values({number: head})
                )
    if heard:
        await world.feeder().drain()
    again = '{"customer_id": 9, "identity_ids": [43]}'
    await world.announce(1, kind="customer.created", properties=again)
    await world.feeder().drain()
    assert await world.agrees()
    owners = await world.analytics.query(
        "SELECT identity_id, customer_id FROM identity_owner FINAL"
    )
    assert sorted(owners) == [(41, 7), (42, 7), (43, 9)]


async def test_two_feeders_do_no_harm(world: World) -> None:
    await world.announce(3000)
    first, second = world.feeder(batch=200), world.feeder(batch=200)
    await asyncio.gather(first.drain(), second.drain())
    assert await world.agrees()


async def test_an_absent_engine_stops_nothing_but_the_feed(
    world: World, eventually: Eventually
) -> None:
    await world.engine.stop()
    await world.announce(50)
    with pytest.raises(AnalyticsUnavailable):
        await world.feeder().step()
    stop = asyncio.Event()
    feeder = world.feeder()
    running = asyncio.create_task(feeder.run(stop))
    await world.engine.start()

    async def caught_up() -> bool:
        async with world.db.system() as session:
            sent = await session.scalar(
                select(func.sum(Cursor.position)).where(Cursor.reader == READER)
            )
        return sent == 50

    await eventually(caught_up)
    stop.set()
    await running
    assert await world.agrees()


async def test_nothing_is_lost_or_doubled_when_engine_and_feeder_are_killed(
    world: World, eventually: Eventually
) -> None:
    stop = asyncio.Event()
    dice = random.Random(7)

    async def kill_feeders() -> None:
        while not stop.is_set():
            feeding = asyncio.create_task(world.feeder(batch=100).run(stop))
            await asyncio.wait([feeding], timeout=dice.uniform(0.3, 2.0))
            feeding.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await feeding

    async def kill_engines() -> None:
        for _ in range(4):
            await asyncio.sleep(dice.uniform(0.2, 1.0))
            if world.engine.pid is not None:
                os.kill(world.engine.pid, signal.SIGKILL)
            await eventually(world.analytics.ping)

    feeding = asyncio.create_task(kill_feeders())
    killing = asyncio.create_task(kill_engines())
    for _ in range(20):
        await world.announce(300)
        await asyncio.sleep(0.1)
    await killing
    stop.set()
    await feeding
    await world.feeder().drain()
    assert await world.agrees()
