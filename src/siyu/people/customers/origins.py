"""Where customers came from, as far as the State of their addition tells."""

from collections.abc import Collection, Mapping
from typing import Literal, NamedTuple, Protocol, runtime_checkable

from siyu.core.context import Context


class Origin(NamedTuple):
    """Where a customer came from."""

    channel_id: int | None = None
    live_code_id: int | None = None


class OriginNames(NamedTuple):
    """How origins are called."""

    channels: Mapping[int, str]
    live_codes: Mapping[int, str]


@runtime_checkable
class Origins(Protocol):
    """Knows what the State of an addition stands for; wired at the roof."""

    async def of(self, ctx: Context, state: str) -> Origin | None:
        """Return the origin, or nothing for a State that is not siyu's."""
        ...

    async def names(
        self, ctx: Context, channel_ids: Collection[int], live_code_ids: Collection[int]
    ) -> OriginNames:
        """Return the names of channels and live codes."""
        ...

    async def choices(
        self,
        ctx: Context,
        kind: Literal["channel", "live_code"],
        words: str,
        ids: Collection[int],
        most: int,
    ) -> Mapping[int, str]:
        """Return the latest of a kind by words in their names; with `ids`, these instead."""
        ...
