"""Automatic tags hear the stream."""

from collections.abc import Sequence

from siyu.core.context import Context
from siyu.core.stream import Event
from siyu.core.stream.reactions import Reaction
from siyu.people.picture.loading import Sources
from siyu.people.tags import triggers
from siyu.people.tags.rules import active_rules, carry_out, set_off


def reactions(sources: Sources) -> list[Reaction]:
    """Return what this room does when it hears a fact."""

    async def tag(ctx: Context, events: Sequence[Event]) -> None:
        if rules := await active_rules(ctx):
            await carry_out(ctx, await set_off(ctx, sources, rules, events))

    return [Reaction("tags.rules", triggers.hearable(), tag)]
