"""Where customers came from, as far as the State of their addition tells."""

from typing import NamedTuple, Protocol

from siyu.core.context import Context


class Origin(NamedTuple):
    """Where a customer came from."""

    channel_id: int | None = None
    live_code_id: int | None = None


class Origins(Protocol):
    """Knows what the State of an addition stands for; wired at the roof."""

    async def of(self, ctx: Context, state: str) -> Origin | None:
        """Return the origin, or nothing for a State that is not siyu's."""
        ...
