"""The rule of attribution, apart from where its facts come from.

An order is owed to the touch whose id came back with it; else to the last touch its buyer
had within the window before the payment; else to nobody. It depends on what is known only,
never on the order in which it became known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

WINDOW: Final = timedelta(days=30)

Method = Literal["touch", "window", "none"]


@dataclass(frozen=True)
class TouchSeen:
    """A touch, as far as attribution needs it."""

    id: int
    created_at: datetime
    channel_id: int | None = None
    material_id: int | None = None
    staff_account_id: int | None = None


@dataclass(frozen=True)
class OrderSeen:
    """An order, as far as attribution needs it."""

    paid_at: datetime
    amount_fen: int
    refunded_fen: int = 0


@dataclass(frozen=True)
class Verdict:
    """What an order is owed to, and how much of it is left."""

    method: Method
    amount_fen: int
    touch_id: int | None = None
    channel_id: int | None = None
    material_id: int | None = None
    staff_account_id: int | None = None


def judge(
    order: OrderSeen,
    came_back: TouchSeen | None,
    of_the_person: Iterable[TouchSeen],
    *,
    first_channel_id: int | None = None,
    window: timedelta = WINDOW,
) -> Verdict:
    """Return what an order is owed to.

    `came_back` is the touch whose id the shop sent along; `first_channel_id` is the channel
    that first brought the person, to which a touch without a channel of its own is owed.
    """
    left = order.amount_fen - order.refunded_fen
    if came_back is not None:
        return _owed("touch", left, came_back, first_channel_id)
    inside = [
        touch
        for touch in of_the_person
        if order.paid_at - window <= touch.created_at <= order.paid_at
    ]
    if not inside:
        return Verdict("none", left)
    last = max(inside, key=lambda touch: (touch.created_at, touch.id))
    return _owed("window", left, last, first_channel_id)


def _owed(method: Method, left: int, touch: TouchSeen, first_channel_id: int | None) -> Verdict:
    channel_id = touch.channel_id if touch.channel_id is not None else first_channel_id
    return Verdict(method, left, touch.id, channel_id, touch.material_id, touch.staff_account_id)
