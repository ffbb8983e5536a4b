"""Which customers an actor may see, asked for many at once."""

from collections.abc import Collection
from typing import Final

from pyroaring import BitMap64
from sqlalchemy import select

from siyu.core.context import Context
from siyu.core.errors import NotFound
from siyu.people.identity.holding import survivors
from siyu.people.models import Contact, Identity

_STAFF_AT_ONCE: Final = 10
"""Staff accounts whose friends are read in one statement; WeCom bounds how many one has."""
_ROWS: Final = 10_000


async def seen(ctx: Context, customer_ids: Collection[int]) -> set[int]:
    """Return which customers the actor may see; who nobody knows is not among them."""
    query = (
        select(Identity.customer_id)
        .where(Identity.tenant_id == ctx.tenant_id, Identity.customer_id.in_(customer_ids))
        .distinct()
    )
    if ctx.actor.owners is not None:
        query = query.join(
            Contact,
            (Contact.tenant_id == Identity.tenant_id) & (Contact.identity_id == Identity.id),
        ).where(Contact.staff_account_id.in_(ctx.actor.owners))
    return set((await ctx.session.scalars(query)).all())


async def seen_by(ctx: Context, owners: Collection[int]) -> BitMap64:
    """Return everybody whom a data scope shows, however many; never all of them as rows at once."""
    found = BitMap64()
    staff = sorted(owners)
    for start in range(0, len(staff), _STAFF_AT_ONCE):
        rows = await ctx.session.stream_scalars(
            select(Identity.customer_id)
            .join(
                Contact,
                (Contact.tenant_id == Identity.tenant_id) & (Contact.identity_id == Identity.id),
            )
            .where(
                Contact.tenant_id == ctx.tenant_id,
                Contact.staff_account_id.in_(staff[start : start + _STAFF_AT_ONCE]),
            )
        )
        async for some in rows.partitions(_ROWS):
            found.update(some)
    return found


async def require_sight(ctx: Context, customer_ids: Collection[int]) -> set[int]:
    """Return the customers that these are by now; raises `NotFound` unless all may be seen."""
    now = set((await survivors(ctx, customer_ids)).values())
    while now - await seen(ctx, now):
        # Somebody may have been merged, or cut apart, between the two questions.
        later = set((await survivors(ctx, customer_ids)).values())
        if later == now:
            raise NotFound("customer_unknown", "客户不存在，或不在你的数据范围内")
        now = later
    return now
