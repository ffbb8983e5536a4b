"""With the enterprise's own PostgreSQL: processes run apart, and outlive the server's restarts."""

import asyncio
from collections.abc import Iterator

import pytest
from audit import check, settled
from enterprise import found
from plant import OwnPostgres, Plant, own_postgres, settings_for
from traffic import Traffic

from siyu.core.db import Database
from siyu.core.settings import Settings
from siyu.runtime import database_server


@pytest.fixture
def server() -> Iterator[OwnPostgres]:
    with own_postgres() as running:
        yield running


@pytest.fixture
def settings(tmp_path, server) -> Settings:
    return settings_for(tmp_path, database_url=server.url, web_pool_size=4, worker_pool_size=4)


async def test_several_processes_run_apart_and_take_over_from_each_other(settings):
    with database_server(settings) as urls:
        enterprise = await found(settings, urls)
        db = Database(urls, pool_size=2)
        async with Plant(settings) as plant:
            await plant.start("web-1", "web-2", "worker-1", "welcomes", "background")
            traffic, stop = Traffic(enterprise, [*plant.ports.values()], seed=2), asyncio.Event()
            flowing = asyncio.create_task(traffic.run(stop))
            await traffic.more(100)
            await plant.kill("worker-1")
            await plant.kill("web-1")
            await traffic.more(100)
            stop.set()
            await flowing
            await settled(db)
        await check(db, traffic)
        await db.close()


@pytest.mark.parametrize("mode", ["fast", "immediate"])
async def test_siyu_recovers_by_itself_when_the_database_restarts(settings, server, mode):
    with database_server(settings) as urls:
        enterprise = await found(settings, urls)
        db = Database(urls, pool_size=2)
        async with Plant(settings) as plant:
            await plant.start("web", "worker")
            traffic, stop = Traffic(enterprise, [*plant.ports.values()], seed=3), asyncio.Event()
            flowing = asyncio.create_task(traffic.run(stop))
            await traffic.more(60)
            await asyncio.to_thread(server.control, "restart", "-m", mode)
            await traffic.more(60)
            stop.set()
            await flowing
            await settled(db)
            assert all(process.is_alive() for process in plant.processes.values())
        await check(db, traffic)
        await db.close()
