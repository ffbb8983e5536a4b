"""What other rooms know of a customer; they stand above this one, so the roof composes it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple, Protocol, runtime_checkable

from siyu.core.context import Context


class Purchases(NamedTuple):
    """What a customer bought: paid orders, their amount less refunds, when the last was paid."""

    orders: int
    gmv_fen: int
    last_paid_at: datetime | None = None


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

    async def materials(self, ctx: Context, material_ids: Collection[int]) -> Mapping[int, str]:
        """Return the titles of materials."""
        ...
