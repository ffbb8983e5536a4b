"""What other rooms know of a customer; they stand above this one, so the roof composes it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, runtime_checkable
from uuid import UUID

from siyu.core.context import Context
from siyu.core.stream.events import Event


class Purchases(NamedTuple):
    """What a customer bought: paid orders, and their amount less refunds."""

    orders: int
    gmv_fen: int


@runtime_checkable
class CustomerPanels(Protocol):
    """Contributes to the pages about customers."""

    async def purchases(
        self, ctx: Context, customer_ids: Collection[int]
    ) -> Mapping[int, Purchases]:
        """Return what customers bought; one without orders is absent."""
        ...

    async def panels(self, ctx: Context, customer_id: int) -> Mapping[str, Any]:
        """Return the panels of a customer's page, by name, as JSON values."""
        ...

    async def details(self, ctx: Context, events: Sequence[Event]) -> Mapping[UUID, str]:
        """Return a sentence on facts of upper rooms, such as an article's title, by fact."""
        ...
