"""What the chapters of the story share: who plays, and ways to look at both sides."""

import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, Self

import msgspec

from siyu.demo.api import Site, StoryFailed, until
from siyu.demo.connect import Administrator
from siyu.demo.words import ARTICLE

_CHANNEL: Final = "包裹卡"


def check(seen: bool, what: str) -> None:
    """Raise `StoryFailed` unless what must be seen is seen."""
    if not seen:
        raise StoryFailed(what)


@dataclass
class Cast:
    """Who plays, and what the chapters leave to those that follow."""

    console: Site
    world: Site
    admin: Administrator
    site_host: str
    welcome_seconds: float | None = None
    notice_seconds: float | None = None
    dashboard_seconds: float | None = None
    attribution: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    channel: dict[str, Any] = field(default_factory=dict)
    code: dict[str, Any] = field(default_factory=dict)
    person: dict[str, Any] = field(default_factory=dict)
    customer: dict[str, Any] = field(default_factory=dict)
    shared: dict[str, Any] = field(default_factory=dict)
    userid: str = ""
    phone: Site = field(init=False)
    """The browser of the staff member, once signed in."""

    async def __aenter__(self) -> Self:
        self.stack = AsyncExitStack()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stack.aclose()

    async def let_scan(self, person: int) -> dict[str, Any]:
        """Let a person scan the code."""
        added: dict[str, Any] = await self.world.post(
            f"/world/api/people/{person}/scan", {"config_id": self.code["config_id"]}
        )
        return added

    async def customer_of(self, person: dict[str, Any]) -> dict[str, Any]:
        """Return the customer a person has become, once siyu knows."""

        async def known() -> Any:
            rows = (await self.console.get("/api/customers", q=person["name"], limit=50))["items"]
            fresh = [row for row in rows if row["channel"]]
            return next((row for row in fresh if row["channel"]["id"] == self.channel["id"]), None)

        found: dict[str, Any] = (await until(f"客户 {person['name']} 出现", known))[0]
        return found

    async def buy(self, person: int, *, touch: str) -> dict[str, Any]:
        """Let a person buy in the shop."""
        order: dict[str, Any] = await self.world.post(
            f"/world/api/people/{person}/buy", {"touch": touch}
        )
        return order

    async def order_of(self, external_id: str) -> dict[str, Any]:
        """Return an order as siyu shows it."""
        rows = (await self.console.get("/api/orders", limit=50))["items"]
        return next((row for row in rows if row["external_id"] == external_id), {})

    async def owed(self, external_id: str, method: str) -> dict[str, Any]:
        """Return an order once it is attributed by a method."""

        async def attributed() -> Any:
            row = await self.order_of(external_id)
            owed = row.get("owed")
            return row if owed and owed["method"] == method else None

        found: dict[str, Any] = (await until(f"订单按「{method}」归因", attributed))[0]
        return found

    async def in_trail(
        self, customer: int, kind: str, *, by: str | None = None, or_type: str = ""
    ) -> None:
        """Wait until a fact stands in a customer's trail."""

        async def seen() -> Any:
            trail = await self.console.get(f"/api/customers/{customer}/timeline")
            return any(
                row["type"] in {kind, or_type} and by in {None, row["properties"].get("by")}
                for row in trail["items"]
            )

        await until(f"轨迹里出现 {kind} {by or ''}", seen)

    async def hear(self, kind: str) -> tuple[float, dict[str, Any]]:
        """Return when, and what, the staff's phone is told."""
        async with self.phone.lines(f"/api/events?mine=true&type={kind}") as stream:
            async for line in stream.aiter_lines():
                if line.startswith("data:") and kind in line:
                    return time.perf_counter(), msgspec.json.decode(line[5:])
        raise StoryFailed("实时通知的连接断开了")

    async def card_channel(self) -> dict[str, Any]:
        """Return the card's channel, made where it is missing."""
        rows = (await self.console.get("/api/channels", limit=100))["items"]
        found = next((row for row in rows if row["name"] == _CHANNEL), None)
        if found is None:
            found = await self.console.post(
                "/api/channels", {"name": _CHANNEL, "kind": "parcel_card"}
            )
        return dict(found)

    async def article(self, title: str, summary: str) -> dict[str, Any]:
        """Write and publish an article."""
        shop = (await self.world.get("/world/api/state"))["shop"]
        product = shop["products"][0]
        body = f'{ARTICLE}<p><a href="{product["url"]}">查看{product["name"]}</a></p>'
        made = await self.console.post(
            "/api/materials",
            {"title": title, "summary": summary, "body": body},
        )
        published: dict[str, Any] = await self.console.post(f"/api/materials/{made['id']}/publish")
        return published

    async def figures(self) -> dict[str, Any]:
        """Return the dashboard's figures of today by key."""
        dashboard = await self.console.get("/api/dashboard")
        return {figure["key"]: figure for figure in dashboard["figures"]}

    async def count(self, path: str, *, console: bool) -> int:
        """Count a list to its end."""
        site, total, cursor = (self.console if console else self.world), 0, ""
        while True:
            page = await site.get(path, limit=100, **({"cursor": cursor} if cursor else {}))
            total += len(page["items"])
            cursor = page.get("next_cursor") or ""
            if not cursor:
                return total

    async def count_followed(self) -> int:
        """Count the people whom staff have in their contacts."""
        total, cursor = 0, ""
        while True:
            query = {"cursor": cursor} if cursor else {}
            page = await self.world.get("/world/api/people", limit=100, **query)
            total += sum(
                any(contact["staff_has"] for contact in person["contacts"])
                for person in page["items"]
            )
            cursor = page.get("next_cursor") or ""
            if not cursor:
                return total
