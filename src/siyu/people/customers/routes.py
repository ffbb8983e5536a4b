"""HTTP doors of customers."""

from typing import Annotated, Literal

from litestar import Controller, get
from litestar.params import QueryParameter

from siyu.accounts.tenants import Vaults
from siyu.core.context import Context
from siyu.core.paging import Page
from siyu.people.customers import profile, queries, trail
from siyu.people.customers.origins import Origins
from siyu.people.customers.panels import CustomerPanels
from siyu.people.customers.queries import CustomerFilter
from siyu.people.customers.schemas import CustomerRow, CustomerView, TimelineEntry
from siyu.people.groups import routes as groups
from siyu.people.tags import routes as tags

Cursor = Annotated[str | None, QueryParameter(name="cursor", max_length=400)]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=200)]
Search = Annotated[str, QueryParameter(name="q", max_length=40)]
TagIds = Annotated[list[int] | None, QueryParameter(name="tag")]
StaffId = Annotated[int | None, QueryParameter(name="staff")]
ChannelId = Annotated[int | None, QueryParameter(name="channel")]
LiveCodeId = Annotated[int | None, QueryParameter(name="live_code")]
Standing = Annotated[Literal["active", "lost", "all"], QueryParameter(name="state")]
Kinds = Annotated[str, QueryParameter(name="kind", max_length=200)]


class CustomersController(Controller):
    """Customers, one by one and as a list."""

    path = "/api/customers"
    tags = ("customers",)

    @get()
    async def page(
        self,
        ctx: Context,
        origins: Origins,
        panels: CustomerPanels,
        q: Search = "",
        tag: TagIds = None,
        staff: StaffId = None,
        channel: ChannelId = None,
        live_code: LiveCodeId = None,
        standing: Standing = "all",
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[CustomerRow]:
        """Return customers the reader may see, latest added first."""
        ctx.require("customers.read")
        wanted = CustomerFilter(
            q=q.strip(),
            tags=tuple(tag or ()),
            staff_account_id=staff,
            channel_id=channel,
            live_code_id=live_code,
            state=standing,
        )
        return await queries.page(ctx, origins, panels, wanted, cursor=cursor, limit=limit)

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
