"""siyu's own processes follow the stepped time of the world, and say when they are done."""

import secrets
from typing import Any

from sqlalchemy import text

from siyu.accounts.setup_code import setup_code
from siyu.bench.day import open_shop, world_beside
from siyu.bench.stand import HOST, free_port, stand
from siyu.demo.api import Site
from siyu.demo.connect import Administrator, connect, sign_in
from siyu.demo.drive import Driver, Siyu

WELCOMES = text("select state, count(*) from welcome_attempt group by state")
RECORDED = text("select min(recorded_at), max(recorded_at) from event where type = 'contact.added'")


async def test_an_hour_passes_in_web_and_worker_processes():
    port = free_port()
    base = f"http://world.{HOST}:{port}"
    addresses: dict[str, Any] = {"wecom_base": base, "wechat_base": base, "open_base": base}
    async with (
        stand(**addresses, clock_url=f"{base}/world/api/clock") as servers,
        world_beside(servers, port, seed=3),
        servers.running("web", "worker", "welcomes"),
        Site(servers.settings.public_base) as console,
        Site(base) as world,
    ):
        code = setup_code(servers.settings.data_dir)
        await sign_in(console, Administrator("admin", secrets.token_urlsafe(12), code))
        await connect(console, world, f"{HOST}:{servers.settings.port}")
        await open_shop(console)
        await world.put("/world/api/clock", {"mode": "stepped"})
        life = await world.post("/world/api/life", {"people": 2, "days": 0.05, "seed": 3})
        await Driver(world, Siyu(console)).until(life["ends"])
        async with servers.db.system() as session:
            welcomes = dict(map(tuple, (await session.execute(WELCOMES)).all()))
            first, last = (await session.execute(RECORDED)).one()
        assert set(welcomes) == {"sent"}
        assert welcomes["sent"] >= 2  # who was sent a link may come, too
        assert first.timestamp() < life["ends"]
        assert last.timestamp() > life["began"]  # by the world's time, hours ahead of the machine's
