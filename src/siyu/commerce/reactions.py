"""What commerce does when it hears a fact."""

from collections.abc import Sequence

from siyu.commerce.matching import TouchRecipient, match_waiting
from siyu.core.context import Context
from siyu.core.stream.events import Event
from siyu.core.stream.reactions import Reaction


def reactions(recipient: TouchRecipient) -> list[Reaction]:
    """Return the reactions of this room."""

    async def match(ctx: Context, events: Sequence[Event]) -> None:
        await match_waiting(ctx, events, recipient)

    types = frozenset({"customer.created", "identity.linked", "order.paid"})
    return [Reaction("commerce.match", types, match)]
