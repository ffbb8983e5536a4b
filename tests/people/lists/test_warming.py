"""What takes long to read is there before the first asks."""

import asyncio

from siyu.core.analytics import AnalyticsUnavailable
from siyu.people.lists import warming
from siyu.people.lists.ranks import Ranks
from siyu.people.lists.warming import Warming
from siyu.people.rules.answers.sets import Sets, Standing
from tests.people.audiences.conftest import crowd, world  # noqa: F401 - fixtures
from tests.people.audiences.crowd import Crowd


def made(crowd: Crowd) -> Warming:  # noqa: F811
    engine, standing = crowd.world.analytics, Standing(crowd.world.db)
    return Warming(
        engine,
        Sets(engine, standing, kept_bytes=1 << 20),
        Ranks(engine, standing, kept_bytes=1 << 20),
    )


async def test_large_enterprises_are_read_before_anybody_asks(crowd, monkeypatch):  # noqa: F811
    await crowd.happen(10)
    await crowd.following.compaction.run()
    asked: list[str] = []
    raw = crowd.world.analytics.raw

    async def heard(sql: str, *rest: object) -> bytes:
        asked.append(sql)
        return await raw(sql, *rest)

    monkeypatch.setattr(crowd.world.analytics, "raw", heard)
    await made(crowd).run(asyncio.Event())
    assert asked == []
    monkeypatch.setattr(warming, "_MANY", 3)
    await made(crowd).run(asyncio.Event())
    assert len(asked) == 2


async def test_it_waits_for_the_engine_and_ends_when_told(crowd, monkeypatch):  # noqa: F811
    tried = asyncio.Event()

    async def query(*_: object) -> None:
        tried.set()
        raise AnalyticsUnavailable("gone")

    monkeypatch.setattr(crowd.world.analytics, "query", query)
    stop = asyncio.Event()
    running = asyncio.create_task(made(crowd).run(stop))
    await tried.wait()
    stop.set()
    await asyncio.wait_for(running, 30)
