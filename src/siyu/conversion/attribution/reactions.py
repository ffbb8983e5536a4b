"""What attribution does when it hears a fact."""

from collections.abc import Sequence
from typing import Final

from siyu.conversion.attribution.service import attribute, attribute_orders_of
from siyu.core.context import Context
from siyu.core.stream.events import Event
from siyu.core.stream.reactions import Reaction

_ORDERS: Final = frozenset({"order.paid", "order.matched", "order.refunded"})
_PERSONS: Final = frozenset({"identity.linked", "touch.created", "contact.added"})


def reactions() -> list[Reaction]:
    """Return the reactions of this room."""
    return [Reaction("conversion.attribution", _ORDERS | _PERSONS, hear)]


async def hear(ctx: Context, events: Sequence[Event]) -> None:
    """Judge orders that a fact concerns.

    Besides facts about orders: an identity that changed hands brings its touches along, and a
    touch or a friendship may become known only after the order it led to.
    """
    done: set[int] = set()
    for event in events:
        if event.type in _ORDERS:
            order_id: int = event.properties["order_id"]
            # The verdict comes from the present state: once per order and batch is enough.
            if order_id not in done:
                done.add(order_id)
                await attribute(ctx, order_id)
        elif event.identity_id is not None:
            since = event.occurred_at if event.type == "touch.created" else None
            await attribute_orders_of(ctx, event.identity_id, since)
