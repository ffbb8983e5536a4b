"""What was sold through channels and codes; the stage Conversion knows, wired at the roof."""

from collections.abc import Collection, Mapping
from typing import NamedTuple, Protocol, runtime_checkable

from siyu.core.context import Context


class Sales(NamedTuple):
    """Orders attributed, and their amount less refunds."""

    orders: int
    gmv_fen: int


@runtime_checkable
class SalesFigures(Protocol):
    """Counts attributed orders."""

    async def by_channel(self, ctx: Context, channel_ids: Collection[int]) -> Mapping[int, Sales]:
        """Return the sales of channels; one without orders may be absent."""
        ...

    async def by_live_code(
        self, ctx: Context, live_code_ids: Collection[int]
    ) -> Mapping[int, Sales]:
        """Return the sales of live codes; one without orders may be absent."""
        ...
