"""Orders with what they are owed to, as they go over HTTP."""

from datetime import datetime

import msgspec


class Owed(msgspec.Struct, kw_only=True):
    """What an order is owed to. `method`: `touch` exact, `window` by person, `none` nobody."""

    method: str
    amount_fen: int
    touch_id: int | None
    touch_kind: str | None
    channel_id: int | None
    material_id: int | None
    material_title: str | None
    staff_account_id: int | None
    staff_name: str | None
    attributed_at: datetime


class OrderSummary(msgspec.Struct, kw_only=True):
    """An order in a list; without a customer the buyer is not known yet."""

    id: int
    external_id: str
    source_id: int
    source_name: str
    state: str
    paid_at: datetime
    amount_fen: int
    refunded_fen: int
    currency: str
    customer_id: int | None
    customer_name: str | None
    match_method: str | None
    owed: Owed | None


class OrderLineView(msgspec.Struct, kw_only=True):
    """What was bought."""

    sku: str
    name: str
    quantity: int
    amount_fen: int


class RefundView(msgspec.Struct, kw_only=True):
    """Money that went back."""

    refund_fen: int
    refunded_at: datetime


class OrderDetail(OrderSummary, kw_only=True):
    """An order with everything about it; the phone is masked."""

    items: list[OrderLineView]
    refunds: list[RefundView]
    received_at: datetime
    matched_at: datetime | None
    phone: str | None
    window_days: int
