"""Keeping customers as they are while something is written about them.

Which customer an identity belongs to may change at any moment: somebody else merges, or undoes
it. Whoever writes to a customer holds it first; until the transaction ends, mergers wait, and
then find what was written. Survivors are locked in the order of their ids, and only survivors.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from siyu.core.context import Context
from siyu.core.db import among
from siyu.people.models import Customer, Identity


class Strength(NamedTuple):
    """How a row is locked, as PostgreSQL tells it."""

    read: bool = False
    key_share: bool = False


_KEEP: Final = Strength(read=True, key_share=True)
_WRITE: Final = Strength(key_share=True)
_MOVE: Final = Strength()


async def hold(
    ctx: Context, customer_ids: Iterable[int], *, writing: bool = False
) -> dict[int, int]:
    """Return into whom customers have been merged by now, and let nobody merge them further.

    With `writing` others that write about them wait as well.
    """
    return await _hold(ctx, customer_ids, _WRITE if writing else _KEEP)


async def lock_survivors(ctx: Context, customer_ids: Iterable[int]) -> dict[int, int]:
    """Return into whom customers have been merged, locked to merge them or to cut them apart."""
    return await _hold(ctx, customer_ids, _MOVE)


async def hold_owners(ctx: Context, identities: Sequence[Identity]) -> set[int]:
    """Lock the customers of identities against other writers; return them.

    The identities know afterwards to whom they belong, and nobody changes it any more.
    """
    return await _lock_owners(ctx, identities, _WRITE)


async def lock_owners(ctx: Context, identities: Sequence[Identity]) -> set[int]:
    """Lock the customers of identities to merge them, or to cut them apart; return them."""
    return await _lock_owners(ctx, identities, _MOVE)


async def survivors(ctx: Context, customer_ids: Iterable[int]) -> dict[int, int]:
    """Return into whom customers have been merged at this moment; most are themselves."""
    now = {number: number for number in customer_ids}
    while now:
        rows = await ctx.session.execute(
            select(Customer.id, Customer.merged_into_id).where(
                Customer.tenant_id == ctx.tenant_id,
                among(Customer.id, set(now.values())),
                Customer.merged_into_id.is_not(None),
            )
        )
        moved = {row.id: row.merged_into_id for row in rows}
        if not moved:
            break
        now = {number: moved.get(at, at) for number, at in now.items()}
    return now


async def branch(ctx: Context, customer_id: int) -> set[int]:
    """Return a customer and all that were merged into it, by whatever ways."""
    found = (
        select(Customer.tenant_id, Customer.id)
        .where(Customer.tenant_id == ctx.tenant_id, Customer.id == customer_id)
        .cte(recursive=True)
    )
    absorbed = aliased(Customer)
    found = found.union(
        select(absorbed.tenant_id, absorbed.id).join(
            found,
            (absorbed.tenant_id == found.c.tenant_id) & (absorbed.merged_into_id == found.c.id),
        )
    )
    return set((await ctx.session.scalars(select(found.c.id))).all())


async def _hold(ctx: Context, customer_ids: Iterable[int], strength: Strength) -> dict[int, int]:
    wanted = set(customer_ids)
    locked: dict[int, int] = {}
    # Look again once they are locked: somebody may have merged them, or cut them apart.
    while (now := await survivors(ctx, wanted)) != locked:
        merged = await _lock(ctx, set(now.values()), strength)
        if not merged and wanted == set(now.values()):
            return now  # none of them was merged, and the lock says that it is so still
        locked = now
    return locked


async def _lock_owners(
    ctx: Context, identities: Sequence[Identity], strength: Strength
) -> set[int]:
    if not identities:
        return set()
    locked: set[int] = set()
    while (owners := await _owners(ctx, identities)) != locked:
        await _lock(ctx, owners, strength)
        locked = owners
    return locked


async def _owners(ctx: Context, identities: Sequence[Identity]) -> set[int]:
    rows = await ctx.session.scalars(
        select(Identity)
        .where(
            Identity.tenant_id == ctx.tenant_id,
            among(Identity.id, {identity.id for identity in identities}),
        )
        .execution_options(populate_existing=True)
    )
    return {identity.customer_id for identity in rows}


async def _lock(ctx: Context, customer_ids: set[int], strength: Strength) -> bool:
    """Lock customers; tell whether some of them were merged when they could be locked."""
    rows = await ctx.session.scalars(
        select(Customer.merged_into_id)
        .where(Customer.tenant_id == ctx.tenant_id, among(Customer.id, customer_ids))
        .order_by(Customer.id)
        .with_for_update(read=strength.read, key_share=strength.key_share)
    )
    return any(rows)
