"""Customers and orders behind a figure, as they go over HTTP."""

from datetime import datetime

import msgspec


class CustomerBehind(msgspec.Struct):
    """A customer behind a figure, with the staff accounts that follow them."""

    id: int
    name: str
    avatar_url: str
    last_add_at: datetime | None
    staff: list[str]


class OrderBehind(msgspec.Struct):
    """An order behind a figure; `number` is the shop's own."""

    id: int
    number: str
    state: str
    paid_at: datetime
    amount_fen: int
    refund_fen: int
    customer_id: int | None
    customer_name: str | None
