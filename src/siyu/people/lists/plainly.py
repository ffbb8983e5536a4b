"""The list as PostgreSQL answers it: of few customers at once, of many while the engine is away."""

from collections.abc import Sequence
from typing import Final

from pyroaring import BitMap64
from sqlalchemy import ColumnElement, Select, false, func, select

from siyu.core.context import Context
from siyu.core.db import among
from siyu.core.paging import decode_cursor, encode_cursor
from siyu.people.customers.queries import (
    CustomerFilter,
    befriended,
    cursor_of,
    described,
    in_order,
    place_in,
)
from siyu.people.customers.sight import seen_by
from siyu.people.identity.visitors import is_person
from siyu.people.models import Customer
from siyu.people.rules.language import Id

_PORTION: Final = 10_000
"""Customers in one statement."""

Cut = tuple[list[int], str | None]
"""Who is on a page, in order, and the cursor of the next one."""

Shown = tuple[list[Customer], str | None]
"""A page of customers, and the cursor of the next one."""


async def page(
    ctx: Context, wanted: CustomerFilter, named: BitMap64 | None, cursor: str | None, limit: int
) -> Shown:
    """Return customers the actor may see, latest added first; of `named` alone where given.

    People without a friendship come in the order in which siyu came to know them, latest first.
    """
    conditions = _conditions(ctx, wanted, named)
    if wanted.by_number:
        query = select(Customer).where(*conditions, _before(cursor)).order_by(Customer.id.desc())
    else:
        query = in_order(ctx, place_in(cursor)).where(*conditions)
    found = (await ctx.session.scalars(query.limit(limit + 1))).all()
    shown = list(found[:limit])
    if len(found) <= limit:
        return shown, None
    return shown, encode_cursor(shown[-1].id) if wanted.by_number else cursor_of(shown[-1])


def cut(members: BitMap64, cursor: str | None, limit: int) -> Cut:
    """Return who of a set is shown, the latest known first, however many they are."""
    end = len(members) if cursor is None else members.rank(_number(cursor) - 1)
    ids = list(members[max(0, end - limit) : end])
    return ids[::-1], encode_cursor(ids[0]) if end > limit else None


async def these(ctx: Context, ids: Sequence[int]) -> list[Customer]:
    """Return customers in the order of `ids`, but those who were merged into others since."""
    found = await ctx.session.scalars(_all(ctx).where(among(Customer.id, list(ids))))
    by_id = {customer.id: customer for customer in found}
    return [by_id[number] for number in ids if number in by_id]


async def count(ctx: Context, wanted: CustomerFilter, named: BitMap64 | None) -> int:
    """Count the customers of a list."""
    query = _all(ctx).where(*_conditions(ctx, wanted, named))
    return await ctx.session.scalar(query.with_only_columns(func.count())) or 0


async def ids(ctx: Context, wanted: CustomerFilter, named: BitMap64 | None) -> BitMap64:
    """Return all customers of a list, read in portions; who sees some only, begins with these."""
    query = _all(ctx).where(*_conditions(ctx, wanted, named)).order_by(Customer.id)
    portions = query.with_only_columns(Customer.id).limit(_PORTION)
    found = BitMap64()
    if ctx.actor.owners is not None:
        seen = list(await seen_by(ctx, ctx.actor.owners))
        for start in range(0, len(seen), _PORTION):
            some = among(Customer.id, seen[start : start + _PORTION])
            found.update(await ctx.session.scalars(portions.where(some)))
        return found
    while more := (
        await ctx.session.scalars(portions.where(Customer.id > (found.max() if found else 0)))
    ).all():
        found.update(more)
    return found


def _all(ctx: Context) -> Select[Customer]:
    return select(Customer).where(
        Customer.tenant_id == ctx.tenant_id, Customer.merged_into_id.is_(None)
    )


def _conditions(
    ctx: Context, wanted: CustomerFilter, named: BitMap64 | None
) -> list[ColumnElement[bool]]:
    conditions = [
        Customer.tenant_id == ctx.tenant_id,
        Customer.merged_into_id.is_(None),
        *described(ctx, wanted),
    ]
    if named is not None:
        conditions.append(among(Customer.id, list(named)))
    if wanted.state == "none":
        # Nobody's customer is in no data scope but that of everybody.
        hidden = ctx.actor.owners is not None or wanted.of_friendship
        conditions += [Customer.last_add_at.is_(None), is_person(Customer.id)]
        conditions += [false()] if hidden else []
    elif wanted.imported is None or wanted.of_friendship or ctx.actor.owners is not None:
        conditions += [Customer.last_add_at.is_not(None), *befriended(ctx, wanted)]
    return conditions


def _before(cursor: str | None) -> ColumnElement[bool]:
    return Customer.id > 0 if cursor is None else Customer.id < _number(cursor)


def _number(cursor: str) -> int:
    (number,) = decode_cursor(cursor, Id)
    return int(number)
