"""Kill -9 at any moment: what was acknowledged is in effect, exactly once."""

import asyncio
import random

from audit import check, settled
from enterprise import found
from plant import Plant, settings_for
from traffic import Traffic

from siyu.core.db import Database
from siyu.runtime import database_server

KILLS = 10


async def test_nothing_acknowledged_is_lost_or_doubled_when_web_and_worker_are_killed(tmp_path):
    settings = settings_for(tmp_path)
    with database_server(settings) as urls:
        enterprise = await found(settings, urls)
        db = Database(urls, pool_size=2)
        async with Plant(settings) as plant:
            await plant.start("web", "worker")
            traffic, stop = Traffic(enterprise, [*plant.ports.values()], seed=1), asyncio.Event()
            flowing = asyncio.create_task(traffic.run(stop))
            dice = random.Random(1)
            for _ in range(KILLS):
                await traffic.more(dice.randint(1, 40))
                name = dice.choice(["web", "worker"])
                await plant.kill(name)
                await plant.start(name)
            await traffic.more(20)
            stop.set()
            await flowing
            assert traffic.unanswered  # else no kill hit anybody
            await settled(db)
        await check(db, traffic)
        await db.close()
