"""Taking orders and refunds from shops: once each, in whatever order they come."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast

from sqlalchemy import Table, select, update
from sqlalchemy.dialects.postgresql import insert

from siyu.commerce.matching import TouchRecipient, announce_match, find_buyer, settle
from siyu.commerce.models import AfterSale, OrderLine, OrderReceipt, OrderSource, SalesOrder
from siyu.commerce.schemas import OrderPost, OrderTaken
from siyu.core.context import Context
from siyu.core.db import take_turn
from siyu.core.db.directory import find_slug
from siyu.core.errors import Conflict, Invalid
from siyu.core.housekeeping import Sweep
from siyu.core.vault import Vault
from siyu.facts.commerce import OrderPaid, OrderRefunded
from siyu.people.identity.phones import PHONE, normal_phone

ORDER_RECEIPTS: Final = Sweep(
    cast("Table", OrderReceipt.__table__), OrderReceipt.received_at, timedelta(days=30)
)
"""Far longer than a shop repeats a post; orders and refunds themselves are recognised for ever."""

_FUTURE: Final = timedelta(days=1)
_NOTED_EVERY: Final = timedelta(seconds=5)
_TOUCH_KIND: Final = "touch"


@dataclass(frozen=True)
class Post:
    """A verified post: what it says, and by what it is recognised when it is repeated."""

    source: OrderSource
    order: OrderPost
    body: bytes
    idempotency_key: str


async def take(ctx: Context, post: Post, vault: Vault, recipient: TouchRecipient) -> OrderTaken:
    """Take a post; a repeated one changes nothing and is answered alike.

    Raises `Conflict` when a key or an order number comes again with another content, `Invalid`
    when figures or times cannot be.
    """
    repeated = await _seen_before(ctx, post)
    # One post at a time per order, so that a refund and its order cannot miss each other.
    name = f"order:{ctx.tenant_id}:{post.source.id}:{post.order.external_id}"
    await take_turn(ctx.session, name)
    known = await _known(ctx, post)
    if repeated:
        return _answer(post.order, known, duplicate=True)
    await _note_order(ctx, post.source)
    if post.order.status == "refunded":
        return await _refund(ctx, post, known)
    if known is not None:
        return _repeat(post.order, known)
    return await _pay(ctx, post, vault, recipient)


async def _seen_before(ctx: Context, post: Post) -> bool:
    """Note the idempotency key; tell whether it was noted before, with the same content."""
    if not post.idempotency_key:
        return False
    digest = hashlib.sha256(post.body).digest()
    fresh = await ctx.session.scalar(
        insert(OrderReceipt)
        .values(
            tenant_id=ctx.tenant_id,
            source_id=post.source.id,
            idempotency_key=post.idempotency_key,
            body_hash=digest,
            external_id=post.order.external_id,
            received_at=ctx.now(),
        )
        .on_conflict_do_nothing()
        .returning(OrderReceipt.id)
    )
    if fresh is not None:
        return False
    before = await ctx.session.scalar(
        select(OrderReceipt.body_hash).where(
            OrderReceipt.tenant_id == ctx.tenant_id,
            OrderReceipt.source_id == post.source.id,
            OrderReceipt.idempotency_key == post.idempotency_key,
        )
    )
    if before != digest:
        raise Conflict("idempotency_key_reused", "该 Idempotency-Key 已用于另一份内容，请换一个")
    return True


async def _note_order(ctx: Context, source: OrderSource) -> None:
    """Note that the source is alive: seldom, and waiting for nobody.

    One row for all posts of a source would let each wait for the one before it to commit.
    """
    ripe = ctx.now() - _NOTED_EVERY
    if source.last_order_at is not None and source.last_order_at > ripe:
        return
    free = (
        select(OrderSource.id)
        .where(OrderSource.tenant_id == ctx.tenant_id, OrderSource.id == source.id)
        .with_for_update(skip_locked=True, key_share=True)
    )
    await ctx.session.execute(
        update(OrderSource)
        .where(OrderSource.tenant_id == ctx.tenant_id, OrderSource.id.in_(free))
        .values(last_order_at=ctx.now())
        .execution_options(synchronize_session=False)
    )


async def _known(ctx: Context, post: Post) -> SalesOrder | None:
    return await ctx.session.scalar(
        select(SalesOrder)
        .where(
            SalesOrder.tenant_id == ctx.tenant_id,
            SalesOrder.source_id == post.source.id,
            SalesOrder.external_id == post.order.external_id,
        )
        .with_for_update()
    )


def _repeat(said: OrderPost, known: SalesOrder) -> OrderTaken:
    if (said.amount_fen, said.currency) != (known.amount_fen, known.currency):
        raise Conflict(
            "order_differs",
            "该订单号已存在且金额不同；订单不能改写，请用退款调整金额",
            extra={"amount_fen": known.amount_fen},
        )
    return _answer(said, known, duplicate=True)


async def _pay(ctx: Context, post: Post, vault: Vault, recipient: TouchRecipient) -> OrderTaken:
    said = post.order
    if said.amount_fen is None:
        raise Invalid.field("amount_fen", "amount_missing", "缺少订单金额 amount_fen（单位：分）")
    if said.paid_at is None:
        raise Invalid.field("paid_at", "paid_at_missing", "缺少支付时间 paid_at")
    _refuse_future(ctx, "paid_at", said.paid_at)
    phone = normal_phone(said.buyer.phone) if said.buyer.phone else None
    order = SalesOrder(
        tenant_id=ctx.tenant_id,
        source_id=post.source.id,
        external_id=said.external_id,
        state="paid",
        paid_at=said.paid_at,
        amount_fen=said.amount_fen,
        refunded_fen=0,
        currency=said.currency,
        touch_id=await _touch(ctx, said.touch),
        unionid=said.buyer.unionid or None,
        phone=phone and vault.encrypt(PHONE, phone),
        phone_blind=phone and vault.blind(PHONE, phone),
        external_member_id=said.buyer.external_member_id or None,
        received_at=ctx.now(),
    )
    ctx.session.add(order)
    await ctx.session.flush()
    _add_lines(ctx, order, said)
    match = await find_buyer(ctx, order, recipient)
    if match is not None:
        await settle(ctx, order, match)
    ctx.announce(
        OrderPaid(order_id=order.id, amount_fen=order.amount_fen, source_id=order.source_id),
        identity_id=order.identity_id,
        touch_id=order.touch_id,
        occurred_at=order.paid_at,
    )
    await announce_match(ctx, order)
    await _apply_waiting_refunds(ctx, order)
    await ctx.session.flush()
    return _answer(said, order, duplicate=False)


async def _touch(ctx: Context, slug: str | None) -> int | None:
    """Return the touch of that public name; a foreign or made-up one counts as none."""
    target = await find_slug(ctx.session, slug) if slug else None
    if target is None or (target.tenant_id, target.kind) != (ctx.tenant_id, _TOUCH_KIND):
        return None
    return target.target_id


def _add_lines(ctx: Context, order: SalesOrder, said: OrderPost) -> None:
    ctx.session.add_all(
        OrderLine(
            tenant_id=ctx.tenant_id,
            order_id=order.id,
            position=position,
            sku=item.sku,
            name=item.name,
            quantity=item.quantity,
            amount_fen=item.amount_fen,
        )
        for position, item in enumerate(said.items, start=1)
    )


async def _refund(ctx: Context, post: Post, order: SalesOrder | None) -> OrderTaken:
    said = post.order
    at = said.refunded_at or ctx.now()
    _refuse_future(ctx, "refunded_at", at)
    fresh = await ctx.session.scalar(
        insert(AfterSale)
        .values(
            tenant_id=ctx.tenant_id,
            source_id=post.source.id,
            external_id=said.external_id,
            refund_key=_refund_key(post),
            order_id=None if order is None else order.id,
            refund_fen=said.refund_fen,
            refunded_at=at,
            received_at=ctx.now(),
        )
        .on_conflict_do_nothing()
        .returning(AfterSale)
    )
    if fresh is None:
        return _answer(said, order, duplicate=True)
    if order is not None:
        left = order.amount_fen - order.refunded_fen
        if fresh.refund_fen is not None and fresh.refund_fen > left:
            raise Invalid.field("refund_fen", "refund_too_large", f"退款超过可退金额（{left} 分）")
        _apply(ctx, order, fresh)
        await ctx.session.flush()
    return _answer(said, order, duplicate=False)


def _refund_key(post: Post) -> str:
    said = post.order
    if said.refund_id is not None:
        return f"id:{said.refund_id}"
    if post.idempotency_key:
        return f"key:{post.idempotency_key}"
    # Never by when it arrived: a repeat without any name would be a second refund.
    at = "" if said.refunded_at is None else said.refunded_at.timestamp()
    return f"at:{at}:{said.refund_fen}"


async def _apply_waiting_refunds(ctx: Context, order: SalesOrder) -> None:
    rows = await ctx.session.scalars(
        select(AfterSale)
        .where(
            AfterSale.tenant_id == ctx.tenant_id,
            AfterSale.source_id == order.source_id,
            AfterSale.external_id == order.external_id,
            AfterSale.order_id.is_(None),
        )
        .order_by(AfterSale.id)
    )
    for refund in rows.all():
        refund.order_id = order.id
        _apply(ctx, order, refund)


def _apply(ctx: Context, order: SalesOrder, refund: AfterSale) -> None:
    """Take a refund off an order; one that came too early cannot exceed what is left."""
    left = order.amount_fen - order.refunded_fen
    fen = left if refund.refund_fen is None else min(refund.refund_fen, left)
    refund.refund_fen = fen
    order.refunded_fen += fen
    order.state = "refunded" if order.refunded_fen == order.amount_fen else "partly_refunded"
    ctx.announce(
        OrderRefunded(order_id=order.id, refund_fen=fen),
        identity_id=order.identity_id,
        touch_id=order.touch_id,
        occurred_at=refund.refunded_at,
    )


def _refuse_future(ctx: Context, field: str, at: datetime) -> None:
    if at > ctx.now() + _FUTURE:
        raise Invalid.field(field, "time_in_future", f"{field} 晚于当前时间，请检查时区")


def _answer(said: OrderPost, order: SalesOrder | None, *, duplicate: bool) -> OrderTaken:
    if order is None:
        return OrderTaken(
            external_id=said.external_id,
            order_id=None,
            state="waiting",
            matched=False,
            match_method=None,
            refunded_fen=0,
            duplicate=duplicate,
        )
    return OrderTaken(
        external_id=order.external_id,
        order_id=order.id,
        state=order.state,
        matched=order.identity_id is not None,
        match_method=order.match_method,
        refunded_fen=order.refunded_fen,
        duplicate=duplicate,
    )
