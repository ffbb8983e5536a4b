"""How old the engine's figures are: what was said and has not reached it yet."""

from datetime import datetime

import msgspec

from siyu.core.analytics.feeder import READER
from siyu.core.context import Context
from siyu.core.stream.waiting import waiting_since


class AsOf(msgspec.Struct, frozen=True):
    """Figures hold everything recorded before `at`; `lag_seconds` is how long ago that is."""

    at: datetime
    lag_seconds: float


async def as_of(ctx: Context) -> AsOf:
    """Return up to when the tenant's facts are in the engine."""
    now = ctx.now()
    at = min(await waiting_since(ctx, READER) or now, now)
    return AsOf(at, (now - at).total_seconds())
