"""The guided set-up, done as the two administrators would: siyu's and WeCom's."""

import asyncio
from dataclasses import dataclass
from typing import Any, Final

from siyu.demo.api import Site, StoryFailed, until

TENANT_NAME: Final = "小鲸鱼母婴"
_SYNC_SECONDS: Final = 300.0
_PATIENCE: Final = 8


@dataclass(frozen=True)
class Administrator:
    """How the demonstration's administrator signs in."""

    username: str
    password: str
    setup_code: str


async def sign_in(console: Site, admin: Administrator) -> None:
    """Sign in, making the first administrator where there is none."""
    setup = await console.get("/api/setup")
    if setup["needs_administrator"]:
        await console.post(
            "/api/setup",
            {
                "name": "鲸妈妈",
                "username": admin.username,
                "password": admin.password,
                "setup_code": admin.setup_code,
                "tenant_name": TENANT_NAME,
            },
        )
    else:
        await console.post("/api/session", {"username": admin.username, "password": admin.password})


async def connect(console: Site, world: Site, site_host: str) -> dict[str, Any]:
    """Take each step of the set-up that is not done yet; return siyu's view of it.

    `site_host` is host and port under which the world reaches siyu.
    """
    state = await world.get("/world/api/state")
    app = state["apps"][0]
    view = await console.get("/api/connection/wecom")
    done = {step["key"] for step in view["steps"] if step["state"] == "done"}
    if "credentials" not in done:
        await console.put(
            "/api/connection/wecom/credentials",
            {
                "corp_id": state["corp"]["corpid"],
                "agent_id": app["agentid"],
                "secret": app["secret"],
            },
        )
    if "callback" not in done or app["callback"]["url"] != view["callback_url"]:
        keys = await console.post("/api/connection/wecom/callback-keys")
        await _save_callback(world, app["agentid"], keys)
    if "domain" not in done or app["trusted_domain"] != site_host:
        await _trust_domain(console, world, app, site_host)
    official = state["official"]
    if "official_account" not in done or official["domain"] != site_host:
        await console.put(
            "/api/connection/official-account",
            {"app_id": official["appid"], "secret": official["secret"]},
        )
        await world.put(
            "/world/api/admin/official/domain", {"domain": site_host, "without_file": True}
        )
    if not {"directory", "customers"} <= done:
        await _sync(console)
    await _connect_shop(console, world, state["shop"])
    return await _finished(console)


async def _save_callback(world: Site, agent_id: int, keys: dict[str, Any]) -> None:
    """Press save in WeCom's console, again where siyu missed the second it has to answer."""
    for attempt in range(_PATIENCE):
        try:
            await world.put(f"/world/api/admin/app/{agent_id}/callback", keys)
        except StoryFailed:
            if attempt == _PATIENCE - 1:
                raise
            await asyncio.sleep(1)
        else:
            return


async def _trust_domain(console: Site, world: Site, app: dict[str, Any], host: str) -> None:
    file = app["verify_file"]
    await console.put(
        "/api/connection/wecom/domain",
        {"domain": host, "file_name": file["name"], "file_content": file["content"]},
    )
    await world.put(f"/world/api/admin/app/{app['agentid']}/trusted-domain", {"domain": host})


async def _sync(console: Site) -> None:
    run_id = (await console.post("/api/connection/wecom/sync"))["run_id"]

    async def over() -> Any:
        runs = (await console.get("/api/jobs"))["items"]
        run = next(item for item in runs if item["id"] == run_id)
        if run["state"] in {"failed", "cancelled"}:
            raise StoryFailed(f"同步没有完成：{run['note']}")
        return run["state"] == "done"

    await until("通讯录与客户同步", over, seconds=_SYNC_SECONDS)


async def _connect_shop(console: Site, world: Site, shop: dict[str, Any]) -> None:
    """Give the shop's own system a key for siyu's order API."""
    orders_url = f"{console.base}/open/v1/orders"
    if shop["configured"] and shop["orders_url"] == orders_url:
        return
    source = await console.post("/api/order-sources", {"name": shop["name"]})
    await world.put(
        "/world/api/shop",
        {"orders_url": orders_url, "key": source["key"], "secret": source["secret"]},
    )


async def _finished(console: Site) -> dict[str, Any]:
    view: dict[str, Any] = await console.get("/api/connection/wecom")
    missing = [step["title"] for step in view["steps"] if step["state"] != "done"]
    if missing:
        raise StoryFailed(f"还有步骤没有完成：{'、'.join(missing)}")
    return view
