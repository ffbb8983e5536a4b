"""The burst: thousands of people scan a code within seconds, and each is to be welcomed."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

from sqlalchemy import text

from siyu.accounts.setup_code import setup_code
from siyu.bench.stand import HOST, Stand, answering, free_port, stand
from siyu.demo.api import Site, StoryFailed, until
from siyu.demo.connect import Administrator, connect, sign_in
from siyu.supervisor import Child, child_environment, engine

_LIFE_SECONDS: Final = 20.0
_GRACE_SECONDS: Final = 60.0
_GIVEN_UP: Final = text(
    "select reason, count(*) from welcome_attempt where state = 'given_up' group by reason"
)


async def burst(
    people: int, seconds: float, faults: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Send `people` within `seconds` and return how soon they were welcomed.

    With `faults` (a plan as the world takes it) WeCom goes wrong by it meanwhile.
    """
    sandbox_port = free_port()
    base = f"http://world.{HOST}:{sandbox_port}"
    async with (
        stand(wecom_base=base, wechat_base=base, open_base=base) as servers,
        _everything(servers, sandbox_port),
        Site(servers.settings.public_base) as console,
        Site(base) as world,
    ):
        code = await _code(servers, console, world)
        if faults is not None:
            await world.put("/world/api/faults", faults)
        began = await world.post(
            "/world/api/burst", {"codes": [code], "people": people, "seconds": seconds}
        )

        async def over() -> Any:
            report = await world.get(f"/world/api/burst/{began['id']}")
            return report if report["status"] == "done" else None

        report, _ = await until("burst", over, seconds=seconds + _LIFE_SECONDS + _GRACE_SECONDS)
        async with servers.db.system() as session:
            rows = (await session.execute(_GIVEN_UP)).all()
    return _figures(report, dict(map(tuple, rows)))


def _figures(report: dict[str, Any], given_up: dict[str, int]) -> dict[str, Any]:
    def seconds(name: str) -> float | None:
        value = report["welcome_ms"].get(name)
        return None if value is None else round(value / 1000, 3)

    return {
        "burst_people": report["people"],
        "burst_seconds": report["seconds"],
        "burst_ack_p99_ms": report["acknowledged_ms"].get("p99"),
        "welcome_p50_s": seconds("p50"),
        "welcome_p99_s": seconds("p99"),
        "welcome_max_s": seconds("max"),
        "welcomes_sent": report["welcomed"],
        "welcomes_late": report["codes"] - report["welcomed"],
        "given_up": given_up,
    }


@asynccontextmanager
async def _everything(servers: Stand, sandbox_port: int) -> AsyncIterator[None]:
    """Run siyu and the world beside it, each part in its process."""
    world = Child(
        "sandbox", ["sandbox", "--port", str(sandbox_port)], child_environment(servers.settings)
    )
    stop = asyncio.Event()
    async with engine(servers.settings):
        running = asyncio.create_task(world.run(stop))
        try:
            await answering(f"http://world.{HOST}:{sandbox_port}/world/api/state")
            async with servers.running("web", "worker", "welcomes"):
                yield
        finally:
            stop.set()
            await running


async def _code(servers: Stand, console: Site, world: Site) -> str:
    """Connect siyu to the world and make a live code; return its config id."""
    code = setup_code(servers.settings.data_dir)
    await sign_in(console, Administrator("admin", secrets.token_urlsafe(12), code))
    await connect(console, world, f"{HOST}:{servers.settings.port}")
    channel = await console.post("/api/channels", {"name": "包裹卡", "kind": "parcel_card"})
    accounts = await console.get("/api/staff-accounts")
    before = {way["config_id"] for way in (await world.get("/world/api/state"))["ways"]}
    made = await console.post(
        "/api/live-codes",
        {
            "name": "包裹卡",
            "channel_id": channel["id"],
            "staff_account_ids": [row["id"] for row in accounts if row["can_contact"]],
            "welcome": {
                "text": "你好呀，凭这张卡可领新人礼～",
                "attachments": [
                    {"kind": "link", "title": "新人礼", "url": "https://shop.example.com/gift"}
                ],
            },
        },
    )

    async def active() -> bool:
        row = await console.get(f"/api/live-codes/{made['id']}")
        if row["state"] == "failed":
            raise StoryFailed(row["problem"])
        return bool(row["state"] == "active")

    await until("live code", active, seconds=_GRACE_SECONDS)
    ways = (await world.get("/world/api/state"))["ways"]
    return next(str(way["config_id"]) for way in ways if way["config_id"] not in before)
