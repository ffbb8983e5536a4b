"""HTTP doors of customers."""

from typing import Annotated

from litestar import Controller, get
from litestar.params import QueryParameter

from siyu.accounts.tenants import Vaults
from siyu.core.context import Context
from siyu.core.paging import Page
from siyu.people.customers import profile, trail
from siyu.people.customers.origins import Origins
from siyu.people.customers.panels import CustomerPanels
from siyu.people.customers.schemas import CustomerView, TimelineEntry
from siyu.people.groups import routes as groups
from siyu.people.tags import routes as tags

Cursor = Annotated[str | None, QueryParameter(name="cursor", max_length=400)]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=200)]
Kinds = Annotated[str, QueryParameter(name="kind", max_length=200)]


class CustomersController(Controller):
    """Customers, one by one."""

    path = "/api/customers"
    tags = ("customers",)

    @get("/{customer_id:int}")
    async def show(
        self,
        ctx: Context,
        origins: Origins,
        panels: CustomerPanels,
        vaults: Vaults,
        customer_id: int,
    ) -> CustomerView:
        """Return everything about one customer."""
        ctx.require("customers.read")
        return await profile.show(ctx, origins, panels, vaults, customer_id)

    @get("/{customer_id:int}/timeline")
    async def timeline(
        self,
        ctx: Context,
        origins: Origins,
        panels: CustomerPanels,
        customer_id: int,
        kind: Kinds = "",
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[TimelineEntry]:
        """Return a customer's trail, latest first; `kind` names types or subjects, by comma."""
        ctx.require("customers.read")
        kinds = [part for part in kind.split(",") if part]
        return await trail.timeline(
            ctx, origins, panels, customer_id, kinds=kinds, cursor=cursor, limit=limit
        )


controllers = [CustomersController, *tags.controllers, *groups.controllers]
