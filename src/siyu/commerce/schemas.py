"""Orders as shops post them, and sources as the console manages them."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

MOST_LINES = 200
MOST_FEN = 100_000_000_00

ExternalId = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Fen = Annotated[int, msgspec.Meta(ge=0, le=MOST_FEN)]
PositiveFen = Annotated[int, msgspec.Meta(ge=1, le=MOST_FEN)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Text = Annotated[str, msgspec.Meta(max_length=128)]


class OrderItem(msgspec.Struct, kw_only=True):
    """One line of an order; `amount_fen` is the line's sum after discounts."""

    sku: Text = ""
    name: Text = ""
    quantity: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 1
    amount_fen: Fen = 0


class Buyer(msgspec.Struct, kw_only=True):
    """What the shop knows of the buyer; each may be missing."""

    unionid: Text | None = None
    phone: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    external_member_id: Text | None = None


class OrderPost(msgspec.Struct, kw_only=True):
    """What a shop posts: a paid order, or a refund of one.

    `touch` is the parameter `t` of the link through which the buyer came. A refund names the
    order, `refund_fen` (without it: all that is left) and `refunded_at`; several refunds of
    one order are told apart by `refund_id`, else by the idempotency key.
    """

    external_id: ExternalId
    status: Literal["paid", "refunded"]
    paid_at: Moment | None = None
    amount_fen: Fen | None = None
    currency: Literal["CNY"] = "CNY"
    items: Annotated[list[OrderItem], msgspec.Meta(max_length=MOST_LINES)] = []
    buyer: Buyer = msgspec.field(default_factory=Buyer)
    touch: Annotated[str, msgspec.Meta(max_length=64)] | None = None
    refund_fen: PositiveFen | None = None
    refunded_at: Moment | None = None
    refund_id: ExternalId | None = None


class OrderTaken(msgspec.Struct, kw_only=True, omit_defaults=False):
    """The answer to a post. `state` is `waiting` for a refund whose order has not arrived.

    `duplicate` tells that nothing was changed, because this had been posted before.
    """

    external_id: str
    order_id: int | None
    state: str
    matched: bool
    match_method: str | None
    refunded_fen: int
    duplicate: bool


class SourceDraft(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A shop system to be connected."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]


class SourceView(msgspec.Struct, kw_only=True):
    """A connected shop system; its secret is never shown again."""

    id: int
    name: str
    key: str
    enabled: bool
    orders_url: str
    created_at: datetime
    rotated_at: datetime | None
    last_order_at: datetime | None


class SourceWithSecret(SourceView, kw_only=True):
    """A shop system with its new secret, shown this once."""

    secret: str
