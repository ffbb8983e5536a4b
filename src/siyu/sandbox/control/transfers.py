"""Control of hand-overs: a staff account leaves, a customer refuses, what is under way."""

from litestar import Controller, get, post
from litestar.params import FromPath

from siyu.sandbox.control.guard import from_this_machine
from siyu.sandbox.control.parts import TheWorld
from siyu.sandbox.control.people import person_of, staff_of
from siyu.sandbox.control.views import StaffView, staff_view
from siyu.sandbox.world import transfer_records as t
from siyu.sandbox.world import transfers


class TransfersController(Controller):
    """Hand-overs of customers."""

    path = "/world/api"
    guards = (from_this_machine,)

    @get("/transfers")
    async def all(self, world: TheWorld) -> dict[str, list[t.Transfer]]:
        """List all hand-overs, the latest first."""
        transfers.settle_due(world)
        await world.journal.settled()
        return {"items": sorted(world.transfers, key=lambda x: -x.id)}

    @post("/people/{person:int}/refuse-transfer")
    async def refuse(self, world: TheWorld, person: FromPath[int]) -> t.Transfer:
        """Refuse the staff account that should take over."""
        refused = transfers.refuse(world, person_of(world, person))
        await world.journal.settled()
        return refused

    @post("/staff/{userid:str}/resign")
    async def resign(self, world: TheWorld, userid: FromPath[str]) -> StaffView:
        """Leave the corporation; the customers wait to be assigned."""
        staff = staff_of(world, userid)
        transfers.resign(world, staff)
        await world.journal.settled()
        return staff_view(world, staff)
