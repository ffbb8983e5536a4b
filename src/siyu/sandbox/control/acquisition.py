"""Control of the acquisition assistant: people open links, the admin buys and deletes."""

from typing import Any

import msgspec
from litestar import Controller, delete, get, post
from litestar.params import FromPath, JSONBody

from siyu.sandbox.control.guard import from_this_machine
from siyu.sandbox.control.parts import TheWorld
from siyu.sandbox.control.people import person_of
from siyu.sandbox.control.problems import NotInWorld
from siyu.sandbox.world import acquisition
from siyu.sandbox.world import acquisition_records as a
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.state import World


class OpenLink(msgspec.Struct):
    """Body of ``POST people/{id}/acquire``; without ``add`` the person only looks."""

    url: str
    add: bool = True


class Purchase(msgspec.Struct):
    """Body of ``POST acquisition/quota``: so many customers within so many days."""

    amount: int
    days: int = 365


def _link(world: World, link_id: str) -> a.Link:
    link = world.acquisition.links.get(link_id)
    if link is None:
        raise NotInWorld("没有这个获客链接")
    return link


class AcquisitionController(Controller):
    """Links, who came by them, and what was paid for."""

    path = "/world/api"
    guards = (from_this_machine,)

    @get("/acquisition/links")
    async def links(self, world: TheWorld) -> dict[str, list[dict[str, Any]]]:
        """List the links with their addresses, the latest first."""
        shown = [
            msgspec.to_builtins(link) | {"url": acquisition.url_of(world, link)}
            for link in world.acquisition.links
        ]
        return {"items": shown[::-1]}

    @delete("/acquisition/links/{link_id:str}")
    async def delete(self, world: TheWorld, link_id: FromPath[str]) -> None:
        """Delete a link in the console."""
        acquisition.delete(world, _link(world, link_id))
        await world.journal.settled()

    @get("/acquisition/links/{link_id:str}/arrivals")
    async def arrivals(self, world: TheWorld, link_id: FromPath[str]) -> dict[str, list[a.Arrival]]:
        """List who came by a link, the latest first."""
        found = world.acquisition.of_link[_link(world, link_id).link_id]
        return {"items": found[::-1]}

    @get("/acquisition/quota")
    async def quota(self, world: TheWorld) -> dict[str, Any]:
        """Show what was paid for and what is left of it."""
        return {"balance": acquisition.balance(world), "items": acquisition.valid_quotas(world)}

    @post("/acquisition/quota")
    async def buy(self, world: TheWorld, data: JSONBody[Purchase]) -> a.Quota:
        """Pay for customers."""
        if data.amount < 1 or data.days < 1:
            raise WorldRefused("数量和天数至少为 1")
        quota = acquisition.buy(world, data.amount, data.days)
        await world.journal.settled()
        return quota

    @post("/people/{person:int}/acquire")
    async def acquire(
        self, world: TheWorld, person: FromPath[int], data: JSONBody[OpenLink]
    ) -> dict[str, str]:
        """Open a link, and add whom it shows."""
        found = person_of(world, person)
        link, state = acquisition.opened(world, found, data.url)
        try:
            added = acquisition.add(world, link, found, state) if data.add else None
        finally:  # the look counts, whatever came of it
            await world.journal.settled()
        return {
            "outcome": added.outcome if added else "looked",
            "userid": added.relation.userid if added else "",
            "state": state,
        }
