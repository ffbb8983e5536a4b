"""Open pages hear what happens at once, within their scope, and miss nothing over a break."""

import asyncio
import json
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta

import pytest
import uvicorn
from pond import application, open_pond, stock

from siyu.core.realtime import Hub
from siyu.core.stream.sequencer import Sequencer
from siyu.insight.live import feed as live_feed
from siyu.insight.live import routes as live_routes
from tests.nearby import local_client


class Server(uvicorn.Server):
    """A server that leaves the test's signals alone."""

    @contextmanager
    def capture_signals(self):
        yield


@pytest.fixture
async def pond(db, clock, master, tenant_id):
    pond = await open_pond(db, clock, master, tenant_id)
    await stock(pond)
    return pond


@pytest.fixture
async def world(pond, analytics):
    """The doors on a real port, with the stream moving behind them."""
    stop, closing, hub = asyncio.Event(), asyncio.Event(), Hub(pond.db)
    config = uvicorn.Config(
        application(pond, analytics, hub, closing), port=0, log_config=None, lifespan="off"
    )
    server = Server(config)
    running = [
        asyncio.create_task(hub.run(stop)),
        asyncio.create_task(Sequencer(pond.db, pond.clock).run(stop)),
        asyncio.create_task(server.serve()),
    ]
    while not server.started:  # noqa: ASYNC110 - the library sets a plain flag
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield World(pond, port, closing, hub)
    closing.set()
    server.should_exit = True
    stop.set()
    await asyncio.gather(*running)


class World:
    def __init__(self, pond, port, closing, hub) -> None:
        self.pond, self.port, self.closing, self.hub = pond, port, closing, hub

    async def recent(self, name, **params) -> list[dict]:
        """Ask for what stands on a page of somebody's that has just opened."""
        headers = {"host": self.pond.host, "cookie": f"siyu={self.pond.tokens[name]}"}
        url = f"http://127.0.0.1:{self.port}/api/events/recent"
        async with local_client(timeout=30) as client:
            answer = await client.get(url, headers=headers, params=params)
        return answer.raise_for_status().json()

    @asynccontextmanager
    async def page(self, name, *, after=None, **params):
        """Open a page of somebody's; yields its reader."""
        headers = {"host": self.pond.host, "cookie": f"siyu={self.pond.tokens[name]}"}
        if after is not None:
            headers["last-event-id"] = after
        url = f"http://127.0.0.1:{self.port}/api/events"
        async with (
            local_client(timeout=600) as client,
            client.stream("GET", url, headers=headers, params=params) as answer,
        ):
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith("text/event-stream")
            reader = Reader(answer.aiter_lines())
            await reader.comment()
            yield reader


class Reader:
    """Reads messages of an open page."""

    def __init__(self, lines) -> None:
        self._lines = lines
        self.last_id = None

    async def comment(self) -> str:
        async for line in self._lines:
            if line.startswith(":"):
                return line
        raise AssertionError("the page ended")

    async def message(self) -> dict:
        data = None
        async for line in self._lines:
            if line.startswith("id:"):
                self.last_id = line.removeprefix("id:").strip()
            elif line.startswith("data:"):
                data = line.removeprefix("data:").strip()
            elif not line and data is not None:
                return json.loads(data)
        raise AssertionError("the page ended")

    async def rest(self) -> list[str]:
        return [line async for line in self._lines if line.startswith("data:")]


async def test_a_reading_is_told_with_names_and_a_strangers_is_not(world):
    pond = world.pond
    await pond.befriend("阿梅", "小林")
    async with world.page("小林", type="material.viewed") as page:
        await pond.read(None, "小林")
        await pond.read("阿梅", "小林")
        heard = await page.message()
    assert heard["type"] == "material.viewed"
    assert heard["title"] == "浏览素材"
    assert heard["customer_id"] == await pond.customer("阿梅")
    assert heard["material_title"] == "辅食怎么加"
    assert heard["staff_name"] == "小林"


async def test_nobody_hears_what_is_not_theirs(world):
    pond = world.pond
    async with world.page("小周") as colleague, world.page("老板") as owner:
        await pond.befriend("阿梅", "小林")
        await pond.buy("阿梅", 900, owed_to="小林")
        await pond.befriend("阿兰", "小周")
        heard = [await colleague.message() for _ in range(2)]
        assert {fact["type"] for fact in heard} == {"contact.added", "welcome.sent"}
        assert {fact["staff_name"] for fact in heard} == {"小周"}
        everything = [(await owner.message())["type"] for _ in range(6)]
    bought = ["order.paid", "order.attributed"]
    assert sorted(everything) == sorted([*bought, *(2 * ["contact.added", "welcome.sent"])])


async def test_a_page_that_opens_finds_what_happened_last(world, monkeypatch):
    pond = world.pond
    async with world.page("老板", type="material.viewed") as owner:
        await pond.befriend("阿梅", "小林")
        await pond.read(None, "小林")
        await pond.read("阿梅", "小林")
        await pond.befriend("阿兰", "小周")
        heard = await owner.message()
    wanted = {"type": ["material.viewed", "contact.added"]}
    for _ in range(600):
        whole = await world.recent("老板", **wanted)
        if len(whole) == 3:
            break
        await asyncio.sleep(0.05)
    assert heard in whole, "and a stranger's reading is not told"
    assert [fact["occurred_at"] for fact in whole] == sorted(
        (fact["occurred_at"] for fact in whole), reverse=True
    )
    assert len(await world.recent("老板", limit=2, **wanted)) == 2
    assert {fact["staff_name"] for fact in await world.recent("小周", **wanted)} == {"小周"}
    monkeypatch.setattr(live_feed, "_RECENT", timedelta(0))
    assert await world.recent("老板", **wanted) == []


async def test_a_break_loses_nothing_and_repeats_nothing(world):
    pond = world.pond
    await pond.befriend("阿梅", "小林")
    async with world.page("小林", type="material.viewed") as page:
        await pond.read("阿梅", "小林")
        first = await page.message()
    await pond.read("阿梅", "小林")
    await pond.read("阿梅", "小林")
    async with world.page("小林", after=page.last_id, type="material.viewed") as again:
        await pond.read("阿梅", "小林")
        heard = [await again.message() for _ in range(3)]
    assert len({fact["id"] for fact in [first, *heard]}) == 4


async def test_after_too_long_a_break_the_page_is_told_to_load_anew(world, monkeypatch):
    monkeypatch.setattr(live_feed, "_MOST_MISSED", 1)
    pond = world.pond
    await pond.befriend("阿梅", "小林")
    async with world.page("小林", type="material.viewed") as page:
        await pond.read("阿梅", "小林")
        await page.message()
        for _ in range(3):
            await pond.read("阿梅", "小林")
        for _ in range(3):
            await page.message()
    place = live_feed.place_of({})
    async with world.page("小林", after=place, type="material.viewed") as late:
        assert await late.message() == {"type": "resync"}
        await pond.read("阿梅", "小林")
        assert (await late.message())["type"] == "material.viewed"
    async with world.page("小林", after="nonsense", type="material.viewed") as odd:
        await pond.read("阿梅", "小林")
        assert (await odd.message())["type"] == "material.viewed"


async def test_a_quiet_page_is_kept_alive_and_ends_after_a_while(world, monkeypatch):
    monkeypatch.setattr(live_routes, "HEARTBEAT_SECONDS", 0.05)
    monkeypatch.setattr(live_routes, "LONGEST_SECONDS", 0.2)
    async with world.page("小林") as page:
        assert await page.comment() == ": ·"
        assert await page.rest() == []


async def test_a_closing_server_ends_all_pages(world):
    async with world.page("小林") as page:
        world.closing.set()
        assert await page.rest() == []


async def test_a_page_that_goes_is_forgotten(world):
    async with world.page("小林"):
        assert len(world.hub._subscriptions) == 1
    while world.hub._subscriptions:  # noqa: ASYNC110 - nobody tells when a page goes
        await asyncio.sleep(0.01)
