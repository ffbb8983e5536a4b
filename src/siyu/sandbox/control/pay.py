"""Control of WeChat Pay: the merchant's keys, its orders, and who pays them."""

from litestar import Controller, get, post
from litestar.params import FromPath, JSONBody

from siyu.sandbox.control.guard import from_this_machine
from siyu.sandbox.control.parts import TheNotices, TheWorld
from siyu.sandbox.control.people import person_of
from siyu.sandbox.pay import rules
from siyu.sandbox.pay.keys import merchant_of
from siyu.sandbox.world import pay_records as p


class PayController(Controller):
    """The merchant platform, and the pay sheet of persons without a browser."""

    path = "/world/api"
    guards = (from_this_machine,)

    @get("/pay/merchant")
    async def merchant(self, world: TheWorld) -> p.Merchant:
        """Show the merchant with all keys; they are made at the first look."""
        merchant = merchant_of(world)
        await world.journal.settled()
        return merchant

    @get("/pay/orders")
    async def orders(self, world: TheWorld) -> dict[str, list[p.PayOrder]]:
        """List orders, the latest first."""
        return {"items": sorted(world.pay.orders, key=lambda o: -o.created)}

    @get("/pay/refunds")
    async def refunds(self, world: TheWorld) -> dict[str, list[p.PayRefund]]:
        """List refunds, the latest first."""
        return {"items": sorted(world.pay.refunds, key=lambda x: -x.created)}

    @post("/people/{person:int}/pay")
    async def pay(
        self,
        world: TheWorld,
        notices: TheNotices,
        person: FromPath[int],
        data: JSONBody[rules.Sheet],
    ) -> p.PayOrder:
        """Pay what a page put on the pay sheet."""
        order = rules.check_sheet(world, person_of(world, person), data)
        notices.post(rules.pay(world, order))
        await world.journal.settled()
        return order
