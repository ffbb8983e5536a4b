"""What was said and has not reached a reader of the stream yet."""

from datetime import datetime

from sqlalchemy import and_, func, select, union_all

from siyu.core.context import Context
from siyu.core.stream.events import SHARDS
from siyu.core.stream.models import Cursor, OutboxEvent, StreamEvent


async def waiting_since(ctx: Context, reader: str) -> datetime | None:
    """Return when the oldest fact of the tenant was recorded that the reader has not read."""
    waiting = [
        select(StreamEvent.recorded_at)
        .where(
            StreamEvent.tenant_id == ctx.tenant_id,
            StreamEvent.shard == shard,
            StreamEvent.position
            > func.coalesce(
                select(Cursor.position)
                .where(and_(Cursor.reader == reader, Cursor.shard == shard))
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
    found: datetime | None = await ctx.session.scalar(select(func.min(oldest.c.recorded_at)))
    return found
