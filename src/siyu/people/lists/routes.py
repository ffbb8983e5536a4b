"""HTTP doors of the customer list and of kept lists."""

from dataclasses import replace
from typing import Annotated, Literal

from litestar import Controller, delete, get, post, put
from litestar.params import JSONBody, QueryParameter

from siyu.accounts.sessions import Principal
from siyu.accounts.tenants import Vaults
from siyu.core.context import Context
from siyu.people.audiences.asking import AnyRequest, while_waiting
from siyu.people.customers.queries import CustomerFilter, may_see
from siyu.people.identity.phones import find_by_phone
from siyu.people.lists import views
from siyu.people.lists.filters import rule_in
from siyu.people.lists.finding import CustomerFinder, Wanted
from siyu.people.lists.ranks import Order
from siyu.people.lists.schemas import (
    CustomerCount,
    CustomerPage,
    KeptView,
    Phone,
    PhoneFound,
    ViewDraft,
)

Cursor = Annotated[str | None, QueryParameter(name="cursor", max_length=400)]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=200)]
Search = Annotated[str, QueryParameter(name="q", max_length=40)]
TagIds = Annotated[list[int] | None, QueryParameter(name="tag", max_items=50)]
StaffId = Annotated[int | None, QueryParameter(name="staff")]
ChannelId = Annotated[int | None, QueryParameter(name="channel")]
LiveCodeId = Annotated[int | None, QueryParameter(name="live_code")]
Standing = Annotated[Literal["active", "lost", "none", "all"], QueryParameter(name="state")]
"""How the friendship stands; `all`: however it does, `none`: who never had one."""
ImportId = Annotated[int | None, QueryParameter(name="imported", ge=1, le=2**63 - 1)]
"""The people of an import, also those without a friendship."""
CustomerId = Annotated[int | None, QueryParameter(name="customer", ge=0, le=2**63 - 1)]
"""One customer, such as whom a phone number led to; 0 is nobody."""
Ordered = Annotated[Order, QueryParameter(name="order")]
RuleText = Annotated[str | None, QueryParameter(name="rule", max_length=30_000)]
"""A rule of audiences as JSON."""


class CustomerListController(Controller):
    """The customer list."""

    path = "/api/customers"
    tags = ("customers",)

    @get()
    async def page(
        self,
        request: AnyRequest,
        principal: Principal,
        finder: CustomerFinder,
        q: Search = "",
        tag: TagIds = None,
        staff: StaffId = None,
        channel: ChannelId = None,
        live_code: LiveCodeId = None,
        standing: Standing = "all",
        rule: RuleText = None,
        imported: ImportId = None,
        customer: CustomerId = None,
        order: Ordered = "latest",
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> CustomerPage:
        """Return customers the reader may see and all filters fit, in an order."""
        wanted = _wanted(q, tag, staff, channel, live_code, standing, rule, imported, customer)
        wanted = replace(wanted, order=order)
        return await while_waiting(
            request, finder.page(principal, wanted, cursor=cursor, limit=limit)
        )

    @post("/by-phone", status_code=200)
    async def by_phone(self, ctx: Context, vaults: Vaults, data: JSONBody[Phone]) -> PhoneFound:
        """Return whose a phone number is; the list shows them by `customer`."""
        ctx.require("customers.read")
        found = await find_by_phone(ctx, await vaults.of(ctx.session, ctx.tenant_id), data.phone)
        if found is None or not await may_see(ctx, found.customer_id):
            return PhoneFound(None)
        return PhoneFound(found.customer_id)

    @get("/count")
    async def count(
        self,
        request: AnyRequest,
        principal: Principal,
        finder: CustomerFinder,
        q: Search = "",
        tag: TagIds = None,
        staff: StaffId = None,
        channel: ChannelId = None,
        live_code: LiveCodeId = None,
        standing: Standing = "all",
        rule: RuleText = None,
        imported: ImportId = None,
        customer: CustomerId = None,
    ) -> CustomerCount:
        """Return how many customers the list has."""
        wanted = _wanted(q, tag, staff, channel, live_code, standing, rule, imported, customer)
        return await while_waiting(request, finder.count(principal, wanted))


class CustomerViewsController(Controller):
    """Lists that are kept under a name."""

    path = "/api/customer-views"
    tags = ("customers",)

    @get()
    async def views(self, ctx: Context) -> list[KeptView]:
        """Return what the reader kept, and what others share."""
        ctx.require("customers.read")
        return await views.views(ctx)

    @post()
    async def keep(self, ctx: Context, data: JSONBody[ViewDraft]) -> KeptView:
        """Keep a list."""
        ctx.require("customers.read")
        return await views.keep(ctx, data)

    @put("/{view_id:int}")
    async def change(self, ctx: Context, view_id: int, data: JSONBody[ViewDraft]) -> KeptView:
        """Change a list that the reader kept."""
        ctx.require("customers.read")
        return await views.change(ctx, view_id, data)

    @delete("/{view_id:int}")
    async def remove(self, ctx: Context, view_id: int) -> None:
        """Remove a list that the reader kept."""
        ctx.require("customers.read")
        await views.remove(ctx, view_id)


def _wanted(
    q: str,
    tag: list[int] | None,
    staff: int | None,
    channel: int | None,
    live_code: int | None,
    standing: Literal["active", "lost", "none", "all"],
    rule: str | None,
    imported: int | None,
    customer: int | None,
) -> Wanted:
    filters = CustomerFilter(
        q=q.strip(),
        tags=tuple(tag or ()),
        staff_account_id=staff,
        channel_id=channel,
        live_code_id=live_code,
        state=standing,
        imported=imported,
        customer_id=customer,
    )
    return Wanted(filters, rule_in(rule))


controllers = [CustomerListController, CustomerViewsController]
