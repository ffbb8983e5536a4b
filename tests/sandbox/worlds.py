"""How tests run a world and speak to it, over HTTP only."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

import asyncpg
import httpx
from outside import AES_KEY, ORDER_SECRET, TOKEN, Outside

from siyu.sandbox.server import serve
from siyu.sandbox.settings import SandboxSettings
from siyu.sandbox.store.journal import Journal
from siyu.sandbox.world.seed import sow
from siyu.sandbox.world.state import World
from tests.nearby import local_client

AGENT = 1_000_002
OTHER_AGENT = 1_000_003
START = datetime(2027, 2, 20, 4, 0, tzinfo=UTC).timestamp()  # noon in China


@dataclass
class WorldClient:
    """Speaks to a running world: as an app, as an admin, as the people in it."""

    http: httpx.AsyncClient
    settings: SandboxSettings
    state: dict[str, Any]
    token: str = ""

    @property
    def corpid(self) -> str:
        return str(self.state["corp"]["corpid"])

    def secret(self, agent: int = AGENT) -> str:
        return next(str(a["secret"]) for a in self.state["apps"] if a["agentid"] == agent)

    async def login(self, agent: int = AGENT) -> str:
        answer = await self.call_free("gettoken", corpid=self.corpid, corpsecret=self.secret(agent))
        self.token = answer["access_token"]
        return self.token

    async def call_free(self, path: str, **query: Any) -> dict[str, Any]:
        response = await self.http.get(f"/cgi-bin/{path}", params=query)
        assert response.status_code == 200
        return dict(response.json())

    async def fetch(self, path: str, **query: Any) -> dict[str, Any]:
        return await self.call_free(path, access_token=self.token, **query)

    async def call(self, path: str, **body: Any) -> dict[str, Any]:
        response = await self.http.post(
            f"/cgi-bin/{path}", params={"access_token": self.token}, json=body
        )
        assert response.status_code == 200
        return dict(response.json())

    async def ok(self, path: str, **body: Any) -> dict[str, Any]:
        answer = await self.call(path, **body)
        assert answer["errcode"] == 0, answer
        return answer

    async def control(self, method: str, path: str, body: Any = None) -> Any:
        response = await self.http.request(method, f"/world/api/{path}", json=body)
        assert response.status_code < 300, response.text
        return response.json() if response.content else None

    async def refused(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        response = await self.http.request(method, f"/world/api/{path}", json=body)
        assert 400 <= response.status_code < 500
        assert response.headers["content-type"] == "application/problem+json"
        return dict(response.json())

    async def switch(self, **switches: Any) -> None:
        await self.control("PUT", "admin/switches", switches)

    async def advance(self, seconds: float) -> None:
        await self.control("POST", "admin/clock", {"seconds": seconds})

    async def noon(self) -> None:
        """Go on to noon of the next day in China, so that no midnight passes by in the test."""
        now = (await self.control("GET", "state"))["now"]
        await self.advance(86_400 + 4 * 3600 - now % 86_400)

    async def way(self, *users: str, **more: Any) -> str:
        body = {"type": 2 if len(users) > 1 else 1, "scene": 2, "user": users, **more}
        return str((await self.ok("externalcontact/add_contact_way", **body))["config_id"])

    async def person(self) -> dict[str, Any]:
        return dict(await self.control("POST", "people", {}))

    async def scan(self, person: int, config_id: str) -> dict[str, Any]:
        return dict(await self.control("POST", f"people/{person}/scan", {"config_id": config_id}))


def small_world() -> World:
    """A world in memory only, at `START`."""
    nowhere = cast("asyncpg.Pool", None)
    world = World(SandboxSettings("", customers=0), nowhere, Journal(nowhere))
    world.agenda.machine = lambda: START
    sow(world)
    return world


@contextlib.asynccontextmanager
async def running(settings: SandboxSettings) -> AsyncIterator[WorldClient]:
    stop = asyncio.Event()
    serving = asyncio.create_task(serve(settings, stop))
    async with local_client(base_url=f"http://127.0.0.1:{settings.port}", timeout=120) as http:
        while True:
            assert not serving.done(), serving.exception()
            try:
                state = (await http.get("/world/api/state")).json()
                break
            except httpx.ConnectError:
                await asyncio.sleep(0.02)
        client = WorldClient(http, settings, state)
        await client.login()
        try:
            yield client
        finally:
            stop.set()
            await serving


async def connect(world: WorldClient, outside: Outside) -> None:
    """Do what an admin does: trusted domain, callback, the shop's order address."""
    # A busy machine is not what is tested here.
    await world.switch(verify_seconds=60.0, callback_seconds=60.0)
    outside.corpid = world.corpid
    app = next(a for a in world.state["apps"] if a["agentid"] == AGENT)
    official = world.state["official"]
    for item in (app, official):
        outside.files[item["verify_file"]["name"]] = item["verify_file"]["content"]
    await world.control("PUT", f"admin/app/{AGENT}/trusted-domain", {"domain": outside.domain})
    await world.control("PUT", "admin/official/domain", {"domain": outside.domain})
    await world.control(
        "PUT",
        f"admin/app/{AGENT}/callback",
        {"url": f"{outside.url}/callback", "token": TOKEN, "aes_key": AES_KEY},
    )
    await world.control(
        "PUT",
        "shop",
        {"orders_url": f"{outside.url}/orders", "key": "shop", "secret": ORDER_SECRET},
    )


async def until(condition: Callable[[], Any]) -> Any:
    """Wait until the condition holds; the suite's time-out ends what never comes."""
    while not (value := condition()):  # noqa: ASYNC110  conditions are read from outside
        await asyncio.sleep(0.01)
    return value


async def until_async(condition: Callable[[], Awaitable[Any]]) -> Any:
    while not (value := await condition()):  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    return value
