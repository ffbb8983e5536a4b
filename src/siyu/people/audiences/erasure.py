"""Customers who are no more: erased, or found to be others."""

from collections.abc import Collection, Mapping

from pyroaring import BitMap64
from sqlalchemy import ColumnElement, select
from sqlalchemy.dialects.postgresql import insert

from siyu.core.context import Context
from siyu.core.db import among
from siyu.people.audiences import membership
from siyu.people.audiences.chunks import packed, split, unpacked
from siyu.people.audiences.membership import Change
from siyu.people.audiences.models import (
    Audience,
    AudienceChunk,
    AudienceForgotten,
    AudienceUseChunk,
)
from siyu.people.models import Customer


async def forget(ctx: Context, customer_ids: Collection[int]) -> int:
    """Take people out of all audiences, lists and uses, for good; return of how many rows.

    To be called with all numbers that a person had. The stream is not told: that they were erased
    says it. Nothing is built with them again, however late the engine hears of it.
    """
    if not customer_ids:
        return 0
    await membership.turn(ctx)
    gone = BitMap64(customer_ids)
    noted = [{"tenant_id": ctx.tenant_id, "customer_id": one, "at": ctx.now()} for one in gone]
    await ctx.session.execute(insert(AudienceForgotten).on_conflict_do_nothing(), noted)
    audiences, there = await _memberships(ctx, gone, Audience.tenant_id == ctx.tenant_id)
    nobody = BitMap64()
    await membership.apply(
        ctx, [Change(one, nobody, there[one.id], told=False) for one in audiences]
    )
    return len(audiences) + await _forget_uses(ctx, gone)


async def follow_mergers(ctx: Context, gone: Collection[int]) -> list[int]:
    """Let those on lists who turned out to be others stand there as these; return the lists.

    The same with members of the last build of an audience that is not dynamic. After a merger was
    undone the one who remained stays on the list.
    """
    into = await _merged(ctx, gone)
    if not into:
        return []
    audiences, there = await _memberships(ctx, BitMap64(into), ~Audience.dynamic)
    changes = []
    for audience in audiences:
        left = there[audience.id]
        others = BitMap64(into[one] for one in left)
        entered = others - await membership.members(ctx, audience.id)
        changes.append(Change(audience, entered, left, told=False))
    await membership.apply(ctx, changes)
    return [change.audience.id for change in changes]


async def _memberships(
    ctx: Context, ids: BitMap64, wanted: ColumnElement[bool]
) -> tuple[list[Audience], dict[int, BitMap64]]:
    """Return the audiences that are `wanted` and have some of `ids`, locked, and which."""
    candidates = await ctx.session.scalars(
        select(Audience.id).where(Audience.tenant_id == ctx.tenant_id, wanted)
    )
    audiences = await membership.locked(ctx, candidates.all())
    rows = await ctx.session.execute(
        select(AudienceChunk.audience_id, AudienceChunk.members).where(
            AudienceChunk.tenant_id == ctx.tenant_id,
            among(AudienceChunk.chunk, split(ids).keys()),
            among(AudienceChunk.audience_id, [audience.id for audience in audiences]),
        )
    )
    found: dict[int, BitMap64] = {}
    for audience_id, members in rows:
        if inside := unpacked(members) & ids:
            found[audience_id] = found.get(audience_id, BitMap64()) | inside
    return [audience for audience in audiences if audience.id in found], found


async def _merged(ctx: Context, gone: Collection[int]) -> Mapping[int, int]:
    """Return who turned out to be whom, in the end."""
    into: dict[int, int] = {}
    asked = set(gone)
    while asked:
        rows = await ctx.session.execute(
            select(Customer.id, Customer.merged_into_id).where(
                Customer.tenant_id == ctx.tenant_id,
                among(Customer.id, asked),
                Customer.merged_into_id.is_not(None),
            )
        )
        step = {row.id: row.merged_into_id for row in rows if row.id not in into}
        into |= step
        asked = set(step.values())

    def last(one: int) -> int:
        while one in into:
            one = into[one]
        return one

    return {one: last(one) for one in gone if one in into}


async def _forget_uses(ctx: Context, gone: BitMap64) -> int:
    rows = await ctx.session.scalars(
        select(AudienceUseChunk)
        .where(
            AudienceUseChunk.tenant_id == ctx.tenant_id,
            among(AudienceUseChunk.chunk, split(gone).keys()),
        )
        .order_by(AudienceUseChunk.use_id, AudienceUseChunk.chunk)
        .with_for_update()
    )
    count = 0
    for row in rows.all():
        members = unpacked(row.members)
        if members.isdisjoint(gone):
            continue
        count += 1
        left = members - gone
        if not left:
            await ctx.session.delete(row)
            continue
        row.members, row.size = packed(left), len(left)
        row.bits = [packed(unpacked(bits) - gone) for bits in row.bits]
    return count
