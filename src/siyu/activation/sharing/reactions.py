"""What sharing does when it hears a fact."""

from collections.abc import Sequence

from siyu.activation.sharing.service import shares_left
from siyu.core.context import Context
from siyu.core.stream.events import Event
from siyu.core.stream.reactions import Reaction


def reactions() -> list[Reaction]:
    """Return the reactions of this room."""
    return [Reaction("activation.sharing", frozenset({"material.viewed", "order.paid"}), hear)]


async def hear(ctx: Context, events: Sequence[Event]) -> None:
    """Take what came back through a share as proof that it had been sent."""
    touches = {event.touch_id for event in events if event.touch_id is not None}
    if touches:
        await shares_left(ctx, touches)
