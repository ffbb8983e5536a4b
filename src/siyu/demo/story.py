"""The story, step by step, each checked against what siyu and the world report."""

import time
from collections.abc import Awaitable, Callable
from typing import Any

from siyu.demo.api import Site, StoryFailed
from siyu.demo.connect import Administrator, connect, sign_in

Step = Callable[[], Awaitable[dict[str, Any]]]


async def tell(console: Site, world: Site, admin: Administrator, site_host: str) -> dict[str, Any]:
    """Run the story; return its steps, the figures it measured, and whether all went well."""
    steps: list[dict[str, Any]] = []

    async def connected() -> dict[str, Any]:
        await sign_in(console, admin)
        await connect(console, world, site_host)
        return {}

    await _step(steps, "连接企业微信并同步", connected)
    return {"ok": all(step["ok"] for step in steps), "steps": steps}


async def _step(steps: list[dict[str, Any]], name: str, run: Step) -> None:
    started = time.perf_counter()
    step: dict[str, Any] = {"name": name, "ok": True}
    try:
        step |= await run()
    except StoryFailed as error:
        step |= {"ok": False, "error": str(error)}
    step["seconds"] = round(time.perf_counter() - started, 3)
    steps.append(step)
