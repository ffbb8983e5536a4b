"""The first sync of a corporation, against the least time that WeCom's quota allows for it."""

import secrets
from collections import Counter
from datetime import datetime
from typing import Any, Final

from siyu.accounts.setup_code import setup_code
from siyu.bench.day import world_beside
from siyu.bench.stand import HOST, free_port, stand
from siyu.channels.wecom.quota import CORP_WINDOWS
from siyu.demo.api import Site
from siyu.demo.connect import Administrator, connect, sign_in
from siyu.supervisor import engine

_SYNC: Final = "wecom.sync"


async def sync(customers: int) -> dict[str, Any]:
    """Connect siyu to a corporation with so many customers; return how long the sync took.

    `quota_seconds` is the least that the narrowest quota allows for the calls that were made.
    """
    port = free_port()
    base = f"http://world.{HOST}:{port}"
    addresses: dict[str, Any] = {"wecom_base": base, "wechat_base": base, "open_base": base}
    async with (
        stand(**addresses) as servers,
        world_beside(servers, port, seed=2026, customers=customers),
        engine(servers.settings),
        servers.running("web", "worker", "welcomes"),
        Site(servers.settings.public_base) as console,
        Site(base) as world,
    ):
        code = setup_code(servers.settings.data_dir)
        await sign_in(console, Administrator("admin", secrets.token_urlsafe(12), code))
        await connect(console, world, f"{HOST}:{servers.settings.port}")
        runs = (await console.get("/api/jobs"))["items"]
        run = next(item for item in runs if item["kind"] == _SYNC)
        calls = await _calls(world)
    seconds = _seconds(run["started_at"], run["finished_at"])
    least = max(_least(count) for count in calls.values())
    return {
        "customers": customers,
        "contacts": run["done"],
        "sync_seconds": round(seconds, 2),
        "contacts_per_second": round(run["done"] / seconds),
        "calls": sum(calls.values()),
        "quota_seconds": round(least, 3),
        "times_quota": round(seconds / least, 1) if least else None,
    }


async def _calls(world: Site) -> Counter[str]:
    """Count the calls of the server API by endpoint."""
    counts: Counter[str] = Counter()
    query: dict[str, Any] = {"kind": "api", "limit": 500}
    while True:
        page = await world.get("/world/api/log", **query)
        counts.update(str(item["path"]).partition("?")[0] for item in page["items"])
        if page["next_cursor"] is None:
            return counts
        query["before"] = page["next_cursor"]


def _least(calls: int) -> float:
    """Return the seconds that a corporation's quota needs for calls of one endpoint."""
    return max(calls / window.calls * window.seconds for window in CORP_WINDOWS)


def _seconds(began: str, ended: str) -> float:
    return (datetime.fromisoformat(ended) - datetime.fromisoformat(began)).total_seconds()
