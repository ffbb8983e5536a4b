"""Orders over HTTP, with what they are owed to."""

from datetime import datetime
from typing import Any, Literal

from litestar import Controller, get

from siyu.accounts.tenants import Vaults
from siyu.conversion.attribution import queries
from siyu.conversion.attribution.schemas import OrderDetail, OrderSummary
from siyu.core.context import Context
from siyu.core.paging import Limit, Page

State = Literal["paid", "partly_refunded", "refunded"]
Method = Literal["touch", "window", "none"]


class OrderController(Controller):
    """Orders from all shops."""

    path = "/api/orders"
    tags = ["commerce"]  # noqa: RUF012 - Litestar declares it as a plain class attribute

    @get()
    async def list_orders(
        self,
        ctx: Context,
        status: State | None = None,
        matched: bool | None = None,
        method: Method | None = None,
        channel: int | None = None,
        staff: int | None = None,
        customer: int | None = None,
        paid_from: datetime | None = None,
        paid_to: datetime | None = None,
        cursor: str | None = None,
        limit: Limit = 50,
    ) -> Page[OrderSummary]:
        """List orders, latest payment first; `paid_to` is exclusive."""
        ctx.require("orders.read")
        return await queries.list_orders(
            ctx,
            state=status,
            matched=matched,
            method=method,
            channel_id=channel,
            staff_account_id=staff,
            customer_id=customer,
            paid_from=paid_from,
            paid_to=paid_to,
            cursor=cursor,
            limit=limit,
        )

    @get("/{order_id:int}")
    async def read_order(self, ctx: Context, vaults: Vaults, order_id: int) -> OrderDetail:
        """Return an order with its lines, refunds and what it is owed to."""
        ctx.require("orders.read")
        return await queries.read_order(ctx, order_id, vaults)


controllers: list[type[Any]] = [OrderController]
