"""Tables of orders. Money is integer fen."""

from datetime import datetime
from typing import Final

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import TenantBase
from siyu.core.db.base import tenant_key

ORDER_STATES: Final = ("paid", "partly_refunded", "refunded")
MATCH_METHODS: Final = ("touch", "unionid", "phone", "external_member_id")

_WAITING: Final = text("identity_id is null")


class OrderSource(TenantBase):
    """A shop system that may post orders. `key` names it, the encrypted `secret` signs."""

    __tablename__ = "order_source"
    __table_args__ = (UniqueConstraint("key"),)

    name: Mapped[str]
    key: Mapped[str]
    secret: Mapped[bytes]
    enabled: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    rotated_at: Mapped[datetime | None]
    last_order_at: Mapped[datetime | None]


class SalesOrder(TenantBase):
    """A paid order. Without an `identity_id` its buyer is not known yet and it waits.

    The phone is encrypted; `phone_blind` is the keyed hash by which its person is found.
    """

    __tablename__ = "sales_order"
    __table_args__ = (
        CheckConstraint(f"state in {ORDER_STATES}", name="state"),
        CheckConstraint(
            f"match_method is null or match_method in {MATCH_METHODS}", name="match_method"
        ),
        CheckConstraint("amount_fen >= 0", name="amount"),
        CheckConstraint("refunded_fen between 0 and amount_fen", name="refunded"),
        UniqueConstraint("tenant_id", "source_id", "external_id"),
        Index("ix_sales_order_recent", "tenant_id", text("paid_at desc"), text("id desc")),
        Index("ix_sales_order_buyer", "tenant_id", "identity_id"),
        Index("ix_sales_order_unionid", "tenant_id", "unionid", postgresql_where=_WAITING),
        Index("ix_sales_order_phone", "tenant_id", "phone_blind", postgresql_where=_WAITING),
        Index(
            "ix_sales_order_member", "tenant_id", "external_member_id", postgresql_where=_WAITING
        ),
        tenant_key("source_id", "order_source"),
        tenant_key("identity_id", "identity"),
        tenant_key("touch_id", "touch"),
    )

    source_id: Mapped[int]
    external_id: Mapped[str]
    state: Mapped[str] = mapped_column(default="paid")
    paid_at: Mapped[datetime]
    amount_fen: Mapped[int]
    refunded_fen: Mapped[int] = mapped_column(default=0)
    currency: Mapped[str]
    identity_id: Mapped[int | None]
    match_method: Mapped[str | None]
    matched_at: Mapped[datetime | None]
    touch_id: Mapped[int | None]
    """The touch that came back with the order."""
    unionid: Mapped[str | None]
    phone: Mapped[bytes | None]
    phone_blind: Mapped[bytes | None]
    external_member_id: Mapped[str | None]
    received_at: Mapped[datetime]


class OrderLine(TenantBase):
    """What was bought; `amount_fen` is the line's sum."""

    __tablename__ = "order_line"
    __table_args__ = (
        UniqueConstraint("tenant_id", "order_id", "position"),
        tenant_key("order_id", "sales_order"),
    )

    order_id: Mapped[int]
    position: Mapped[int]
    sku: Mapped[str]
    name: Mapped[str]
    quantity: Mapped[int]
    amount_fen: Mapped[int]


class AfterSale(TenantBase):
    """A refund. One whose order has not arrived yet has no `order_id` and waits for it.

    `refund_key` tells one refund of an order from another; without `refund_fen` it is all
    that is left.
    """

    __tablename__ = "after_sale"
    __table_args__ = (
        CheckConstraint("refund_fen is null or refund_fen >= 0", name="refund"),
        UniqueConstraint("tenant_id", "source_id", "external_id", "refund_key"),
        Index("ix_after_sale_order", "tenant_id", "order_id"),
        tenant_key("source_id", "order_source"),
        tenant_key("order_id", "sales_order"),
    )

    source_id: Mapped[int]
    external_id: Mapped[str]
    refund_key: Mapped[str]
    order_id: Mapped[int | None]
    refund_fen: Mapped[int | None]
    refunded_at: Mapped[datetime]
    received_at: Mapped[datetime]


class OrderReceipt(TenantBase):
    """A post that was answered, under the idempotency key its sender gave it."""

    __tablename__ = "order_receipt"
    __table_args__ = (
        UniqueConstraint("tenant_id", "source_id", "idempotency_key"),
        Index("ix_order_receipt_received", "received_at"),
        tenant_key("source_id", "order_source"),
    )

    source_id: Mapped[int]
    idempotency_key: Mapped[str]
    body_hash: Mapped[bytes]
    external_id: Mapped[str]
    received_at: Mapped[datetime]
