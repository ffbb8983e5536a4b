"""What was said and has not reached a reader of the stream yet."""

from datetime import datetime

from sqlalchemy import and_, func, select, union_all

from siyu.core.context import Context
from siyu.core.stream.models import Cursor, OutboxEvent, ShardHead, StreamEvent


async def waiting_since(ctx: Context, reader: str) -> datetime | None:
    """Return when the oldest fact of the tenant was recorded that the reader has not read."""
    behind = await ctx.session.execute(
        select(ShardHead.shard, func.coalesce(Cursor.position, 0).label("position"))
        .outerjoin(Cursor, and_(Cursor.shard == ShardHead.shard, Cursor.reader == reader))
        .where(ShardHead.head > func.coalesce(Cursor.position, 0))
    )
    # The positions are given as values: as a subquery PostgreSQL would read the whole shard, for
    # behind row-level security it looks up by index only what it knows before it starts.
    waiting = [
        select(StreamEvent.recorded_at)
        .where(
            StreamEvent.tenant_id == ctx.tenant_id,
            StreamEvent.shard == row.shard,
            StreamEvent.position > row.position,
        )
        .order_by(StreamEvent.position)
        .limit(1)
        .subquery()
        for row in behind
    ]
    oldest = union_all(
        select(func.min(OutboxEvent.recorded_at).label("recorded_at")).where(
            OutboxEvent.tenant_id == ctx.tenant_id
        ),
        *(select(part.c.recorded_at) for part in waiting),
    ).subquery()
    found: datetime | None = await ctx.session.scalar(select(func.min(oldest.c.recorded_at)))
    return found
