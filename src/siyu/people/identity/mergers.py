"""Two customers become one, and are cut apart again: the only place where identities move.

A merger moves the younger customer's identities to the older one and keeps, in each, whose they
were. So undoing it gives each side exactly its own, whatever was merged before or after.
Both customers must be locked (`siyu.people.identity.holding`).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, or_, select

from siyu.core.context import Context
from siyu.core.db import insert_many
from siyu.people.identity.holding import branch
from siyu.people.identity.identities import Why, homes_of, record_links
from siyu.people.identity.models import MergeRefusal
from siyu.people.identity.profiles import announce_profiles, remember, show
from siyu.people.models import Contact, Customer, Identity


async def merge(ctx: Context, one: int, other: int, why: Why) -> int:
    """Let two customers be one; return the older, which stays."""
    older, younger = min(one, other), max(one, other)
    survivor, absorbed = await _customers(ctx, older, younger)
    await remember(ctx, [survivor, absorbed])
    moving = await _identities(ctx, younger)
    for identity in moving:
        identity.own_customer_id = identity.own
    await _move(ctx, moving, older, why)
    absorbed.merged_into_id = older
    await _settle(ctx, [survivor])
    return older


async def cut(ctx: Context, root: int, absorbed_id: int, why: Why) -> None:
    """Take a customer that was merged out of the one it became, with all that came through it."""
    mine = await branch(ctx, absorbed_id)
    moving = [each for each in await _identities(ctx, root) if each.own in mine]
    await _move(ctx, moving, absorbed_id, why)
    survivor, freed = await _customers(ctx, root, absorbed_id)
    freed.merged_into_id = None
    await _settle(ctx, [survivor, freed])


async def take(ctx: Context, identity: Identity, to: Identity, why: Why) -> None:
    """Give one identity to the person of another, who has the better claim."""
    before = identity.customer_id
    identity.own_customer_id = to.own
    identity.confidence = why.confidence
    if before == to.customer_id:
        await ctx.session.flush()
        await record_links(ctx, [identity], why, {identity.id: before})
        return
    await _move(ctx, [identity], to.customer_id, why)
    await _settle(ctx, await _customers(ctx, before, to.customer_id))


async def refuse(
    ctx: Context, one: int, other: int, employee_id: int | None, reason: str = ""
) -> None:
    """Remember that two customers, with all that was merged into either, are two persons."""
    pairs = [
        {
            "tenant_id": ctx.tenant_id,
            "one_id": min(pair),
            "other_id": max(pair),
            "at": ctx.now(),
            "employee_id": employee_id,
            "reason": reason,
        }
        for left in await branch(ctx, one)
        for right in await branch(ctx, other)
        for pair in [(left, right)]
    ]
    await ctx.session.execute(insert_many(MergeRefusal, pairs).on_conflict_do_nothing())


async def refused(ctx: Context, one: int, other: int) -> bool:
    """Tell whether an employee said that two customers are two persons."""
    between = await _between(ctx, one, other)
    found = await ctx.session.scalar(select(MergeRefusal.one_id).where(between).limit(1))
    return found is not None


async def forget_refusals(ctx: Context, one: int, other: int) -> None:
    """Let two customers be joined again: an employee says now that they are one person."""
    between = await _between(ctx, one, other)
    await ctx.session.execute(
        delete(MergeRefusal).where(between).execution_options(synchronize_session=False)
    )


async def _between(ctx: Context, one: int, other: int) -> ColumnElement[bool]:
    left, right = await branch(ctx, one), await branch(ctx, other)
    return and_(
        MergeRefusal.tenant_id == ctx.tenant_id,
        or_(
            and_(MergeRefusal.one_id.in_(left), MergeRefusal.other_id.in_(right)),
            and_(MergeRefusal.one_id.in_(right), MergeRefusal.other_id.in_(left)),
        ),
    )


async def _identities(ctx: Context, customer_id: int) -> Sequence[Identity]:
    rows = await ctx.session.scalars(
        select(Identity)
        .where(Identity.tenant_id == ctx.tenant_id, Identity.customer_id == customer_id)
        .order_by(Identity.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return rows.all()


async def _customers(ctx: Context, *customer_ids: int) -> list[Customer]:
    return [
        await ctx.session.get_one(Customer, (ctx.tenant_id, number), populate_existing=True)
        for number in customer_ids
    ]


async def _move(ctx: Context, moving: Sequence[Identity], to: int, why: Why) -> None:
    before: Mapping[int, int] = {identity.id: identity.customer_id for identity in moving}
    for identity in moving:
        identity.customer_id = to
    await ctx.session.flush()
    await record_links(ctx, moving, why, before)


async def _settle(ctx: Context, customers: Sequence[Customer]) -> None:
    """Let customers be what their identities make of them."""
    await show(ctx, customers)
    latest = await _last_adds(ctx, [customer.id for customer in customers])
    for customer in customers:
        customer.last_add_at = latest.get(customer.id)
    await ctx.session.flush()
    await announce_profiles(ctx, await homes_of(ctx, [customer.id for customer in customers]))


async def _last_adds(ctx: Context, customer_ids: Iterable[int]) -> Mapping[int, datetime]:
    rows = await ctx.session.execute(
        select(
            Identity.customer_id,
            func.max(func.coalesce(Contact.added_at, Contact.lost_at, Contact.watched_since)).label(
                "latest"
            ),
        )
        .join(
            Contact,
            (Contact.tenant_id == Identity.tenant_id) & (Contact.identity_id == Identity.id),
        )
        .where(Identity.tenant_id == ctx.tenant_id, Identity.customer_id.in_(list(customer_ids)))
        .group_by(Identity.customer_id)
    )
    return {row.customer_id: row.latest for row in rows}
