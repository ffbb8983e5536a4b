"""What was said and has not reached a reader of the stream yet."""

from datetime import datetime

from sqlalchemy import and_, func, select, union_all

from siyu.core.context import Context
from siyu.core.stream.models import Cursor, OutboxEvent, ShardHead, StreamEvent


async def waiting_since(ctx: Context, reader: str) -> datetime | None:
    """Return when the oldest fact of the tenant was recorded that the reader has not read."""
    # The outbox first: what moves from it into the stream meanwhile is found there.
    outbox = await ctx.session.scalar(
        select(func.min(OutboxEvent.recorded_at)).where(OutboxEvent.tenant_id == ctx.tenant_id)
    )
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
    found = [] if outbox is None else [outbox]
    if waiting:
        oldest = union_all(*(select(part.c.recorded_at) for part in waiting))
        found += await ctx.session.scalars(oldest)
    return min(found, default=None)
