"""How old the engine's figures are: what was said and has not reached it yet."""

from datetime import datetime

import msgspec
from sqlalchemy import and_, func, select, union_all

from siyu.core.analytics.feeder import READER
from siyu.core.context import Context
from siyu.core.stream import SHARDS
from siyu.core.stream.models import Cursor, OutboxEvent, StreamEvent


class AsOf(msgspec.Struct, frozen=True):
    """Figures hold everything recorded before `at`; `lag_seconds` is how long ago that is."""

    at: datetime
    lag_seconds: float


async def as_of(ctx: Context) -> AsOf:
    """Return up to when the tenant's facts are in the engine."""
    waiting = [
        select(StreamEvent.recorded_at)
        .where(
            StreamEvent.tenant_id == ctx.tenant_id,
            StreamEvent.shard == shard,
            StreamEvent.position
            > func.coalesce(
                select(Cursor.position)
                .where(and_(Cursor.reader == READER, Cursor.shard == shard))
                .scalar_subquery(),
                0,
            ),
        )
        .order_by(StreamEvent.position)
        .limit(1)
        .subquery()
        for shard in range(SHARDS)
    ]
    outbox = select(func.min(OutboxEvent.recorded_at)).where(OutboxEvent.tenant_id == ctx.tenant_id)
    oldest = union_all(*(select(part.c.recorded_at) for part in waiting), outbox).subquery()
    at: datetime | None = await ctx.session.scalar(select(func.min(oldest.c.recorded_at)))
    now = ctx.now()
    at = min(at or now, now)
    return AsOf(at, (now - at).total_seconds())
