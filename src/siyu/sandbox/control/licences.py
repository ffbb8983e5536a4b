"""Control of licences: what the provider bought, and for whom."""

from typing import Any

import msgspec
from litestar import Controller, delete, get, post
from litestar.params import FromPath, JSONBody

from siyu.sandbox.control.guard import from_this_machine
from siyu.sandbox.control.parts import TheWorld
from siyu.sandbox.control.people import staff_of
from siyu.sandbox.control.problems import NotInWorld
from siyu.sandbox.world import ids, licences
from siyu.sandbox.world.contacts import WorldRefused


class Grant(msgspec.Struct):
    """Body of ``POST admin/licences``: 1 base or 2 interconnect, for so many days."""

    userid: str
    kind: int = licences.INTERCONNECT
    days: int = 365


class LicencesController(Controller):
    """The provider with its secret, and the licences of the corporation."""

    path = "/world/api/admin/licences"
    guards = (from_this_machine,)

    @get()
    async def all(self, world: TheWorld) -> dict[str, Any]:
        """List provider and licences."""
        book = world.licensed
        return {
            "providers": [{"corpid": p.corpid, "secret": p.secret} for p in book.providers],
            "items": list(book.licences),
        }

    @post()
    async def grant(self, world: TheWorld, data: JSONBody[Grant]) -> licences.Licence:
        """Give an account a licence."""
        if data.kind not in {licences.BASE, licences.INTERCONNECT} or data.days < 1:
            raise WorldRefused("许可只有基础账号(1)和互通账号(2),至少一天")
        now = int(world.now())
        granted = world.licensed.licences.save(
            licences.Licence(
                code=ids.random_text(24), userid=staff_of(world, data.userid).userid,
                kind=data.kind, active=now, expires=now + data.days * licences.DAY,
            )
        )  # fmt: skip
        await world.journal.settled()
        return granted

    @delete("/{code:str}")
    async def take(self, world: TheWorld, code: FromPath[str]) -> None:
        """Take a licence away."""
        if code not in world.licensed.licences:
            raise NotInWorld("没有这个许可")
        world.licensed.licences.drop(code)
        await world.journal.settled()
