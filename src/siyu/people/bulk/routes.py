"""HTTP doors of acts on many customers."""

from litestar import Controller, post
from litestar.params import JSONBody

from siyu.accounts.sessions import Principal
from siyu.core.context import Context
from siyu.people.audiences.asking import AnyRequest, while_waiting
from siyu.people.bulk import acts, selections
from siyu.people.bulk.schemas import ActDraft, ActStarted, SelectionDraft, SelectionView
from siyu.people.lists.finding import CustomerFinder


class SelectionsController(Controller):
    """Who was chosen in the customer list."""

    path = "/api/customer-selections"
    tags = ("customers",)

    @post()
    async def freeze(
        self,
        request: AnyRequest,
        principal: Principal,
        finder: CustomerFinder,
        data: JSONBody[SelectionDraft],
    ) -> SelectionView:
        """Keep who is chosen now; what is done with them within the hour reaches nobody else."""
        return await while_waiting(request, selections.freeze(finder, principal, data))


class ActsController(Controller):
    """What is done with everybody who was chosen."""

    path = "/api/customer-acts"
    tags = ("customers",)

    @post(status_code=202)
    async def begin(self, ctx: Context, data: JSONBody[ActDraft]) -> ActStarted:
        """Begin an act with a selection, once; above 1,000 people the number is confirmed."""
        return await acts.begin(ctx, data)


controllers = [SelectionsController, ActsController]
