"""Reading orders together with what they are owed to, within the actor's data scope."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from siyu.accounts.models import StaffAccount
from siyu.accounts.tenants import Vaults
from siyu.commerce.models import AfterSale, OrderLine, OrderSource, SalesOrder
from siyu.content.models import Material
from siyu.conversion.attribution.models import Attribution
from siyu.conversion.attribution.rule import WINDOW
from siyu.conversion.attribution.schemas import (
    OrderDetail,
    OrderLineView,
    OrderSummary,
    Owed,
    RefundView,
)
from siyu.core.context import Context
from siyu.core.errors import NotFound
from siyu.core.paging import Page, decode_cursor, encode_cursor
from siyu.messaging.models import Touch
from siyu.people.identity.phones import PHONE
from siyu.people.models import Contact, Customer, Identity

_Sibling: Final = aliased(Identity)
_Line = tuple[SalesOrder, str, int, str, Attribution, str, str, str]
"""The columns of `_orders`; all but the first two may be absent."""
_SHOWN_DIGITS: Final = 4
_HIDDEN_DIGITS: Final = 4


async def list_orders(
    ctx: Context,
    *,
    state: str | None = None,
    matched: bool | None = None,
    method: str | None = None,
    channel_id: int | None = None,
    staff_account_id: int | None = None,
    customer_id: int | None = None,
    paid_from: datetime | None = None,
    paid_to: datetime | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[OrderSummary]:
    """Return orders, latest payment first; `paid_to` is exclusive."""
    query = _orders(ctx)
    if state is not None:
        query = query.where(SalesOrder.state == state)
    if matched is not None:
        known = SalesOrder.identity_id.is_not(None)
        query = query.where(known if matched else ~known)
    if method is not None:
        query = query.where(Attribution.method == method)
    if channel_id is not None:
        query = query.where(Attribution.channel_id == channel_id)
    if staff_account_id is not None:
        query = query.where(Attribution.staff_account_id == staff_account_id)
    if customer_id is not None:
        query = query.where(Identity.customer_id == customer_id)
    if paid_from is not None:
        query = query.where(SalesOrder.paid_at >= paid_from)
    if paid_to is not None:
        query = query.where(SalesOrder.paid_at < paid_to)
    if cursor is not None:
        paid_at, last = decode_cursor(cursor, datetime, int)
        query = query.where(
            or_(
                SalesOrder.paid_at < paid_at,
                and_(SalesOrder.paid_at == paid_at, SalesOrder.id < last),
            )
        )
    query = query.order_by(SalesOrder.paid_at.desc(), SalesOrder.id.desc()).limit(limit + 1)
    rows = (await ctx.session.execute(query)).all()
    items = [_summary(row) for row in rows[:limit]]
    more = len(rows) > limit
    return Page(items, encode_cursor(items[-1].paid_at, items[-1].id) if more else None)


async def read_order(ctx: Context, order_id: int, vaults: Vaults) -> OrderDetail:
    """Return an order; raises `NotFound` also when it is outside the actor's scope."""
    row = (await ctx.session.execute(_orders(ctx).where(SalesOrder.id == order_id))).one_or_none()
    if row is None:
        raise NotFound("order_unknown", "订单不存在，或不在你的数据范围内")
    order: SalesOrder = row[0]
    lines = await ctx.session.scalars(
        select(OrderLine)
        .where(OrderLine.tenant_id == ctx.tenant_id, OrderLine.order_id == order.id)
        .order_by(OrderLine.position)
    )
    refunds = await ctx.session.scalars(
        select(AfterSale)
        .where(AfterSale.tenant_id == ctx.tenant_id, AfterSale.order_id == order.id)
        .order_by(AfterSale.refunded_at, AfterSale.id)
    )
    summary = _summary(row)
    return OrderDetail(
        **{name: getattr(summary, name) for name in summary.__struct_fields__},
        items=[
            OrderLineView(
                sku=line.sku, name=line.name, quantity=line.quantity, amount_fen=line.amount_fen
            )
            for line in lines
        ],
        refunds=[
            RefundView(refund_fen=refund.refund_fen or 0, refunded_at=refund.refunded_at)
            for refund in refunds
        ],
        received_at=order.received_at,
        matched_at=order.matched_at,
        phone=await _masked_phone(ctx, order, vaults),
        window_days=WINDOW.days,
    )


def _orders(ctx: Context) -> Select[*_Line]:
    """Select the orders the actor may see, with everything a line of the list shows."""
    query = (
        select(
            SalesOrder,
            OrderSource.name,
            Customer.id,
            Customer.name,
            Attribution,
            StaffAccount.name,
            Material.title,
            Touch.kind,
        )
        .join(OrderSource, _key(OrderSource, SalesOrder, "source_id"))
        .outerjoin(Identity, _key(Identity, SalesOrder, "identity_id"))
        .outerjoin(Customer, _key(Customer, Identity, "customer_id"))
        .outerjoin(
            Attribution,
            and_(
                Attribution.tenant_id == SalesOrder.tenant_id,
                Attribution.order_id == SalesOrder.id,
            ),
        )
        .outerjoin(StaffAccount, _key(StaffAccount, Attribution, "staff_account_id"))
        .outerjoin(Material, _key(Material, Attribution, "material_id"))
        .outerjoin(Touch, _key(Touch, Attribution, "touch_id"))
        .where(SalesOrder.tenant_id == ctx.tenant_id)
    )
    return query if ctx.actor.owners is None else query.where(_in_scope(ctx.actor.owners))


def _in_scope(owners: frozenset[int]) -> ColumnElement[bool]:
    """Tell whether the buyer is a friend of one of these staff accounts, or owed to it."""
    befriended = exists(
        select(Contact.id)
        .join(_Sibling, _key(_Sibling, Contact, "identity_id"))
        .where(
            Contact.tenant_id == SalesOrder.tenant_id,
            Contact.staff_account_id.in_(owners),
            _Sibling.customer_id == Identity.customer_id,
        )
    )
    return or_(befriended, Attribution.staff_account_id.in_(owners))


def _key(table: Any, other: Any, column: str) -> ColumnElement[bool]:
    """Return the join of `other` with the row its `column` points to."""
    return and_(table.tenant_id == other.tenant_id, table.id == getattr(other, column))


def _summary(row: Row[*_Line]) -> OrderSummary:
    order, source, customer_id, customer_name, owed, staff, title, kind = row
    return OrderSummary(
        id=order.id,
        external_id=order.external_id,
        source_id=order.source_id,
        source_name=source,
        state=order.state,
        paid_at=order.paid_at,
        amount_fen=order.amount_fen,
        refunded_fen=order.refunded_fen,
        currency=order.currency,
        customer_id=customer_id,
        customer_name=customer_name,
        match_method=order.match_method,
        owed=_owed(owed, staff_name=staff, material_title=title, touch_kind=kind),
    )


def _owed(
    known: Attribution | None,
    *,
    staff_name: str | None,
    material_title: str | None,
    touch_kind: str | None,
) -> Owed | None:
    if known is None:
        return None
    return Owed(
        method=known.method,
        amount_fen=known.amount_fen,
        touch_id=known.touch_id,
        touch_kind=touch_kind,
        channel_id=known.channel_id,
        material_id=known.material_id,
        material_title=material_title,
        staff_account_id=known.staff_account_id,
        staff_name=staff_name,
        attributed_at=known.attributed_at,
    )


async def _masked_phone(ctx: Context, order: SalesOrder, vaults: Vaults) -> str | None:
    if order.phone is None:
        return None
    vault = await vaults.of(ctx.session, ctx.tenant_id)
    phone = vault.decrypt(PHONE, order.phone).removeprefix("+86")
    shown = phone[: -_SHOWN_DIGITS - _HIDDEN_DIGITS]
    return f"{shown}{'*' * _HIDDEN_DIGITS}{phone[-_SHOWN_DIGITS:]}"
