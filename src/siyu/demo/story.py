"""The story, step by step, each checked against what siyu and the world report."""

import time
from collections.abc import Awaitable, Callable
from typing import Any

from siyu.demo.api import Site, StoryFailed
from siyu.demo.chapters import Stage
from siyu.demo.connect import Administrator

Chapter = Callable[[], Awaitable[dict[str, Any]]]


async def tell(console: Site, world: Site, admin: Administrator, site_host: str) -> dict[str, Any]:
    """Run the story; return its steps, the figures it measured, and whether all went well.

    A step that fails ends the story: what follows stands on it.
    """
    async with Stage(console, world, admin, site_host) as stage:
        chapters: list[tuple[str, Chapter]] = [
            ("连接企业微信并同步", stage.connect),
            ("创建包裹卡活码", stage.make_code),
            ("扫码加好友，收到欢迎语", stage.scan),
            ("员工登录，分享文章", stage.share),
            ("客户阅读，员工即时得知", stage.read),
            ("下单归因到触达，退款收回", stage.order),
            ("删除与重新添加分得清", stage.lose),
            ("看板跟上并说清来源", stage.look),
        ]
        steps: list[dict[str, Any]] = []
        for name, chapter in chapters:
            step = await _tried(name, chapter)
            steps.append(step)
            if not step["ok"]:
                break
        return {
            "ok": len(steps) == len(chapters) and all(step["ok"] for step in steps),
            "steps": steps,
            "welcome_seconds": stage.welcome_seconds,
            "notice_seconds": stage.notice_seconds,
            "dashboard_seconds": stage.dashboard_seconds,
            "attribution": stage.attribution,
        }


async def _tried(name: str, chapter: Chapter) -> dict[str, Any]:
    started = time.perf_counter()
    step: dict[str, Any] = {"name": name, "ok": True}
    try:
        step |= await chapter()
    except StoryFailed as error:
        step |= {"ok": False, "error": str(error)}
    step["seconds"] = round(time.perf_counter() - started, 3)
    return step
