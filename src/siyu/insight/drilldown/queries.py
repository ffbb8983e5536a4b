"""Loads the customers and orders behind a figure by id, within the data scope."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from siyu.accounts.models import StaffAccount
from siyu.commerce.models import SalesOrder
from siyu.core.context import Context
from siyu.insight.drilldown.schemas import CustomerBehind, OrderBehind
from siyu.people.models import Contact, Customer, Identity


async def customers(ctx: Context, ids: Sequence[int]) -> list[CustomerBehind]:
    """Return customers in the order of `ids`, without those the actor may not see."""
    if not ids:
        return []
    staff = await _followers(ctx, ids)
    rows = await ctx.session.execute(
        select(Customer.id, Customer.name, Customer.avatar_url, Customer.last_add_at).where(
            Customer.id.in_(ids)
        )
    )
    found = {
        customer: CustomerBehind(customer, name, avatar, last_add_at, staff.get(customer, []))
        for customer, name, avatar, last_add_at in rows
        if ctx.actor.owners is None or customer in staff
    }
    return [found[customer] for customer in ids if customer in found]


async def orders(ctx: Context, ids: Sequence[int]) -> list[OrderBehind]:
    """Return orders in the order of `ids`; a buyer the actor may not see stays unnamed."""
    if not ids:
        return []
    rows = (
        await ctx.session.execute(
            select(SalesOrder, Identity.customer_id)
            .outerjoin(
                Identity,
                (Identity.tenant_id == SalesOrder.tenant_id)
                & (Identity.id == SalesOrder.identity_id),
            )
            .where(SalesOrder.id.in_(ids))
        )
    ).all()
    buyers = await customers(ctx, [customer for _, customer in rows if customer is not None])
    names = {buyer.id: buyer.name for buyer in buyers}
    found = {
        order.id: OrderBehind(
            id=order.id,
            number=order.external_id,
            state=order.state,
            paid_at=order.paid_at,
            amount_fen=order.amount_fen,
            refund_fen=order.refunded_fen,
            customer_id=customer if customer in names else None,
            customer_name=names.get(customer),
        )
        for order, customer in rows
    }
    return [found[order] for order in ids if order in found]


async def _followers(ctx: Context, ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the names of the staff accounts that have or had each customer as a friend."""
    query = (
        select(Identity.customer_id, StaffAccount.name)
        .join(
            Contact,
            (Contact.tenant_id == Identity.tenant_id) & (Contact.identity_id == Identity.id),
        )
        .join(
            StaffAccount,
            (StaffAccount.tenant_id == Contact.tenant_id)
            & (StaffAccount.id == Contact.staff_account_id),
        )
        .where(Identity.customer_id.in_(ids))
        .order_by(Contact.id)
    )
    if ctx.actor.owners is not None:
        query = query.where(Contact.staff_account_id.in_(ctx.actor.owners))
    names: dict[int, list[str]] = defaultdict(list)
    for customer, name in await ctx.session.execute(query):
        if name not in names[customer]:
            names[customer].append(name)
    return names
