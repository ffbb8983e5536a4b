"""Counts people straight from the picture's rows, where a figure is wanted and no rule."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from siyu.core.analytics import Analytics
from siyu.core.context import Context
from siyu.people.picture.engine import NEW, TIERS
from siyu.people.picture.state import applied

_WHOLE: Final = 100
_TRIES: Final = 3

LIVING: Final = (
    f"tenant_id = {{tenant:UInt64}} AND (({TIERS[1]}) OR (tier = 0"  # noqa: S608 - constants
    " AND customer_id GLOBAL NOT IN"
    f" (SELECT customer_id FROM person WHERE {NEW} AND tenant_id = {{tenant:UInt64}})))"
)
"""Which rows of any of the picture's tables tell of a tenant's people as they are."""


class Counted(NamedTuple):
    """Rows the engine answered, and as of when they are true."""

    rows: Sequence[Any]
    at: datetime


async def counted(
    ctx: Context, analytics: Analytics, sql: str, params: Mapping[str, Any] | None = None
) -> Counted | None:
    """Return what a statement over `LIVING` rows says; nothing while the picture is not whole.

    Raises what `Analytics` raises.
    """
    for _ in range(_TRIES):
        before = await applied(ctx)
        if before.filled < _WHOLE:
            return None
        place = {"tenant": ctx.tenant_id, "generation": before.generation}
        rows = await analytics.query(sql, place | dict(params or {}))
        if (await applied(ctx)).generation == before.generation:
            return Counted(rows, before.at)
    return None  # rows moved between the tiers each time
