"""The world at a glance, stories, bursts, the shop, the log and the live feed: ``/world/api``."""

from typing import Annotated, Any

import msgspec
from litestar import Controller, get, post, put
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Stream

from siyu.sandbox.control.guard import from_this_machine
from siyu.sandbox.control.parts import TheBursts, TheOffice, TheStoryteller, TheWorld
from siyu.sandbox.control.problems import NotInWorld
from siyu.sandbox.control.views import shop_view, world_view
from siyu.sandbox.hosts import split
from siyu.sandbox.people.story import progress
from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.state import World

_LOG_LIMIT = 500
_MOST_STORY_PEOPLE = 2_000
_MOST_BURST_PEOPLE = 50_000


class NewStory(msgspec.Struct):
    """Body of ``POST story``. ``ways``: config ids to scan; empty: all there are."""

    people: int = 30
    seconds: float = 60.0
    seed: int | None = None
    ways: list[str] = []


class NewBurst(msgspec.Struct):
    """Body of ``POST burst``. ``codes``: config ids, scanned in turn."""

    codes: list[str]
    people: int = 8_000
    seconds: float = 10.0


class ShopSettings(msgspec.Struct):
    """Body of ``PUT shop``: where orders are reported, and the key they are signed with."""

    orders_url: str
    key: str
    secret: str


class CourseController(Controller):
    """What concerns the world as a whole."""

    path = "/world/api"
    guards = (from_this_machine,)

    @get("/state")
    async def state(self, world: TheWorld, office: TheOffice) -> dict[str, Any]:
        """Show the whole world at a glance."""
        return world_view(world, office.waiting)

    @put("/shop")
    async def shop(self, world: TheWorld, data: JSONBody[ShopSettings]) -> dict[str, Any]:
        """Connect the shop's own system to siyu's order API."""
        try:
            split(data.orders_url)
        except ValueError as error:
            raise WorldRefused("订单接口须是完整的 http(s) 地址") from error
        shop = world.shop
        shop.orders_url, shop.key, shop.secret = data.orders_url, data.key, data.secret
        world.shops.save(shop)
        await world.journal.settled()
        return shop_view(world)

    @get("/orders")
    async def orders(self, world: TheWorld) -> dict[str, list[r.Order]]:
        """List the shop's orders, the latest first."""
        return {"items": sorted(world.orders, key=lambda o: -o.at)}

    @post("/story")
    async def begin_story(
        self,
        world: TheWorld,
        storyteller: TheStoryteller,
        data: JSONBody[NewStory],
    ) -> dict[str, Any]:
        """Send people through the story; follow it at ``GET story/{id}`` or in the feed."""
        if not 1 <= data.people <= _MOST_STORY_PEOPLE or data.seconds <= 0:
            raise WorldRefused(f"人数须在 1 到 {_MOST_STORY_PEOPLE} 之间,时长须大于 0")
        story = storyteller.begin(data.people, data.seconds, data.seed, data.ways)
        await world.journal.settled()
        return progress(story)

    @get("/story")
    async def stories(self, world: TheWorld) -> dict[str, list[dict[str, Any]]]:
        """List all stories, the latest first."""
        found = sorted(world.stories, key=lambda s: -s.started)
        return {"items": [progress(story) for story in found]}

    @get("/story/{story:str}")
    async def story(self, world: TheWorld, story: FromPath[str]) -> dict[str, Any]:
        """Show how far a story is, with every step."""
        found = self._story(world, story)
        return {**progress(found), "cast": found.cast, "course": found.steps}

    @post("/story/{story:str}/stop")
    async def stop_story(self, world: TheWorld, story: FromPath[str]) -> dict[str, Any]:
        """Let nothing more happen in a story."""
        found = self._story(world, story)
        if found.status == "running":
            found.status = "stopped"
            world.stories.save(found)
            await world.journal.settled()
        return progress(found)

    @staticmethod
    def _story(world: World, key: str) -> r.Story:
        story = world.stories.get(key)
        if story is None:
            raise NotInWorld("没有这个故事")
        return story

    @post("/burst")
    async def begin_burst(self, bursts: TheBursts, data: JSONBody[NewBurst]) -> dict[str, Any]:
        """Let very many new people scan codes within seconds."""
        if not 1 <= data.people <= _MOST_BURST_PEOPLE or data.seconds <= 0:
            raise WorldRefused(f"人数须在 1 到 {_MOST_BURST_PEOPLE} 之间,时长须大于 0")
        return bursts.report(bursts.begin(data.codes, data.people, data.seconds))

    @get("/burst/{burst:str}")
    async def burst(
        self, world: TheWorld, bursts: TheBursts, burst: FromPath[str]
    ) -> dict[str, Any]:
        """Show the figures of a burst."""
        found = world.bursts.get(burst)
        if found is None:
            raise NotInWorld("没有这次涌入")
        return bursts.report(found)

    @get("/log")
    async def log(
        self,
        world: TheWorld,
        before: FromQuery[int | None] = None,
        kind: FromQuery[str] = "",
        limit: Annotated[int, QueryParameter(ge=1, le=_LOG_LIMIT)] = 100,
    ) -> dict[str, Any]:
        """List calls and callbacks, the latest first; ``before`` is the cursor of the last page."""
        await world.journal.flush_log()
        rows = await world.pool.fetch(
            "select id, doc from world_log where id < $1 and ($2 = '' or kind = $2) "
            "order by id desc limit $3",
            before if before is not None else 2**62,
            kind,
            limit,
        )
        items = [msgspec.Raw(row["doc"].encode()) for row in rows]
        more = rows[-1]["id"] if len(rows) == limit else None
        return {"items": items, "next_cursor": more}

    @get("/events", media_type="text/event-stream")
    async def events(self, world: TheWorld) -> Stream:
        """Stream everything that happens: log, message, relation, person, way, order, story."""
        return Stream(
            world.feed.stream(),
            media_type="text/event-stream",
            headers={"cache-control": "no-store", "x-accel-buffering": "no"},
        )
