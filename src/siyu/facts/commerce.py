"""Facts about orders and what they are owed to. Money is integer fen."""

from typing import ClassVar, Literal

from siyu.facts.base import Fact


class OrderPaid(Fact, frozen=True, kw_only=True):
    """An order was paid. Without an identity in the event, the buyer is not known yet."""

    type: ClassVar[str] = "order.paid"
    title: ClassVar[str] = "支付订单"

    order_id: int
    amount_fen: int
    source_id: int


class OrderMatched(Fact, frozen=True, kw_only=True):
    """The buyer of an order became known (the identity of this event)."""

    type: ClassVar[str] = "order.matched"
    title: ClassVar[str] = "订单匹配到客户"

    order_id: int
    customer_id: int
    method: Literal["touch", "unionid", "phone", "external_member_id"]


class OrderRefunded(Fact, frozen=True, kw_only=True):
    """Money of an order went back; `refund_fen` is this refund, not the sum."""

    type: ClassVar[str] = "order.refunded"
    title: ClassVar[str] = "订单退款"

    order_id: int
    refund_fen: int


class OrderAttributed(Fact, frozen=True, kw_only=True):
    """An order is owed to a touch, a channel and a staff account; the latest one counts.

    `method` is `touch` when the touch's id came back with the order, else `window`: the
    person's last touch within the window. A refund attributes `amount_fen` anew.
    """

    type: ClassVar[str] = "order.attributed"
    title: ClassVar[str] = "订单归因"

    order_id: int
    method: Literal["touch", "window", "none"]
    amount_fen: int
    channel_id: int | None = None
    material_id: int | None = None
