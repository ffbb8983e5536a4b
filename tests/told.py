"""What was told on the event stream, wherever it is by now."""

from collections import Counter

from sqlalchemy import func, select, union_all

from siyu.core.context import Context
from siyu.core.stream.models import OutboxEvent, StreamEvent


async def told_facts(ctx: Context, prefix: str, **properties: object) -> Counter[str]:
    """Count a tenant's facts by type: of the types that begin so, with these properties.

    The sequencer moves facts from the outbox to the stream while this reads, so both are read by
    one statement: by two, a fact may be counted twice.
    """
    sides = [
        select(table.type).where(
            table.tenant_id == ctx.tenant_id,
            table.type.startswith(prefix),
            table.properties.contains(properties),
        )
        for table in (OutboxEvent, StreamEvent)
    ]
    both = union_all(*sides).subquery()
    rows = await ctx.session.execute(select(both.c.type, func.count()).group_by(both.c.type))
    return Counter({row[0]: row[1] for row in rows})
