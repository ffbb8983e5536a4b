"""Attributing orders: anew whenever something they depend on becomes known.

A verdict is computed from the present state, not from the event that caused it to be
computed: so events may come repeated, late and in any order.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select

from siyu.commerce.models import SalesOrder
from siyu.conversion.attribution.models import Attribution
from siyu.conversion.attribution.rule import WINDOW, OrderSeen, TouchSeen, Verdict, judge
from siyu.core.context import Context
from siyu.facts.commerce import OrderAttributed
from siyu.messaging.models import Touch
from siyu.people.identity.identities import customer_of, identities_of
from siyu.people.models import Contact

_PARTS: Final = (
    "method", "amount_fen", "touch_id", "channel_id", "material_id", "staff_account_id"
)  # fmt: skip


async def recipient_of(ctx: Context, touch_id: int) -> int | None:
    """Return the identity a touch was sent to, if it is known."""
    return await ctx.session.scalar(
        select(Touch.identity_id).where(Touch.tenant_id == ctx.tenant_id, Touch.id == touch_id)
    )


async def attribute(ctx: Context, order_id: int) -> Verdict | None:
    """Judge an order, and tell when the verdict is another than before."""
    # The lock makes concurrent judgements of one order wait, and see each other's outcome.
    order = await ctx.session.get(
        SalesOrder, (ctx.tenant_id, order_id), with_for_update=True, populate_existing=True
    )
    if order is None:
        return None
    verdict = await _judge(ctx, order)
    known = await ctx.session.scalar(
        select(Attribution).where(
            Attribution.tenant_id == ctx.tenant_id, Attribution.order_id == order_id
        )
    )
    if known is not None and all(getattr(known, part) == getattr(verdict, part) for part in _PARTS):
        return verdict
    if known is None:
        known = Attribution(tenant_id=ctx.tenant_id, order_id=order_id)
        ctx.session.add(known)
    for part in _PARTS:
        setattr(known, part, getattr(verdict, part))
    known.attributed_at = ctx.now()
    ctx.announce(
        OrderAttributed(
            order_id=order_id,
            method=verdict.method,
            amount_fen=verdict.amount_fen,
            channel_id=verdict.channel_id,
            material_id=verdict.material_id,
        ),
        identity_id=order.identity_id,
        staff_account_id=verdict.staff_account_id,
        touch_id=verdict.touch_id,
        occurred_at=order.paid_at,
    )
    await ctx.session.flush()
    return verdict


async def attribute_orders_of(ctx: Context, identity_id: int, since: datetime | None) -> None:
    """Judge anew the orders of a person that were paid since, and are not owed exactly."""
    customer_id = await customer_of(ctx, identity_id)
    if customer_id is None:
        return
    identities = [one.id for one in await identities_of(ctx, customer_id)]
    query = (
        select(SalesOrder.id)
        .where(
            SalesOrder.tenant_id == ctx.tenant_id,
            SalesOrder.identity_id.in_(identities),
            SalesOrder.touch_id.is_(None),
        )
        .order_by(SalesOrder.id)
    )
    if since is not None:
        query = query.where(SalesOrder.paid_at >= since)
    for order_id in (await ctx.session.scalars(query)).all():
        await attribute(ctx, order_id)


async def _judge(ctx: Context, order: SalesOrder) -> Verdict:
    came_back = None
    if order.touch_id is not None:
        came_back = await ctx.session.get(Touch, (ctx.tenant_id, order.touch_id))
    identities: Sequence[int] = []
    if order.identity_id is not None:
        customer_id = await customer_of(ctx, order.identity_id)
        if customer_id is not None:
            identities = [one.id for one in await identities_of(ctx, customer_id)]
    touches = [] if came_back is not None else await _touches(ctx, identities, order.paid_at)
    return judge(
        OrderSeen(order.paid_at, order.amount_fen, order.refunded_fen),
        None if came_back is None else _seen(came_back),
        [_seen(touch) for touch in touches],
        first_channel_id=await _first_channel(ctx, identities),
    )


async def _touches(ctx: Context, identities: Sequence[int], paid_at: datetime) -> Sequence[Touch]:
    """Return the person's last touch within the window that left siyu; of equal moments, all."""
    if not identities:
        return []
    inside = (
        Touch.tenant_id == ctx.tenant_id,
        Touch.identity_id.in_(identities),
        Touch.left_at.is_not(None),
        Touch.created_at <= paid_at,
        Touch.created_at >= paid_at - WINDOW,
    )
    last = select(Touch.created_at).where(*inside).order_by(Touch.created_at.desc()).limit(1)
    rows = await ctx.session.scalars(
        select(Touch).where(*inside, Touch.created_at == last.scalar_subquery())
    )
    return rows.all()


async def _first_channel(ctx: Context, identities: Iterable[int]) -> int | None:
    """Return the channel of the person's first friendship whose channel is known."""
    return await ctx.session.scalar(
        select(Contact.channel_id)
        .where(
            Contact.tenant_id == ctx.tenant_id,
            Contact.identity_id.in_(list(identities)),
            Contact.channel_id.is_not(None),
        )
        .order_by(Contact.first_add_at.nulls_last(), Contact.id)
        .limit(1)
    )


def _seen(touch: Touch) -> TouchSeen:
    return TouchSeen(
        touch.id, touch.created_at, touch.channel_id, touch.material_id, touch.staff_account_id
    )
