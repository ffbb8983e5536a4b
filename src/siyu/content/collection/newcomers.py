"""Which browsers that are new are remembered: so many an hour, that a flood fills nothing.

Whoever opens pages without keeping cookies gets a new number each time, and can send it back.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

import structlog
from sqlalchemy import select

from siyu.content.collection.models import VisitorHour
from siyu.core.context import Context
from siyu.core.db import insert_many
from siyu.people.identity.visitors import known

_log = structlog.get_logger(__name__)

_ALL_PAGES: Final = 0


async def admit(ctx: Context, pages: Mapping[str, int], most: int) -> set[str]:
    """Return which browsers may be remembered, given each with the material it reads.

    Those that are known already may; of new ones `most` in an hour, half of them on one page.
    """
    admitted = await known(ctx, pages)
    new = sorted(pages.keys() - admitted)
    if not new:
        return admitted
    hour = ctx.now().replace(minute=0, second=0, microsecond=0)
    counts = await _locked(ctx, hour, {_ALL_PAGES, *(pages[number] for number in new)})
    everywhere = counts[_ALL_PAGES]
    was_full = everywhere.made >= most
    for number in new:
        here = counts[pages[number]]
        if everywhere.made < most and here.made < -(-most // 2):
            everywhere.made += 1
            here.made += 1
            admitted.add(number)
    if everywhere.made >= most and not was_full:
        _log.warning("visitors.full", tenant=ctx.tenant_id, most=most)
    await ctx.session.flush()
    return admitted


async def _locked(
    ctx: Context, hour: datetime, material_ids: Collection[int]
) -> dict[int, VisitorHour]:
    """Return the counts of an hour, which nobody else changes until the transaction ends."""
    # Locked in the order of ids, the count of all pages first: nobody waits in a ring.
    wanted = sorted(material_ids)
    rows = [
        {"tenant_id": ctx.tenant_id, "hour": hour, "material_id": number, "made": 0}
        for number in wanted
    ]
    await ctx.session.execute(insert_many(VisitorHour, rows).on_conflict_do_nothing())
    counts = await ctx.session.scalars(
        select(VisitorHour)
        .where(
            VisitorHour.tenant_id == ctx.tenant_id,
            VisitorHour.hour == hour,
            VisitorHour.material_id.in_(wanted),
        )
        .order_by(VisitorHour.material_id)
        .with_for_update()
    )
    return {count.material_id: count for count in counts}
