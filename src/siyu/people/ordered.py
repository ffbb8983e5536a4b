"""Things that an enterprise names and puts in an order of its own: stages, custom fields.

The tables have `name`, `sort` and `gone`: what was removed stays, for what was said with it.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import select

from siyu.core.context import Context
from siyu.core.db import TenantBase, take_turn
from siyu.core.errors import Conflict

T = TypeVar("T", bound=TenantBase)


async def alone(ctx: Context, table: type[T]) -> None:
    """Let nobody else name, add or order the things until this transaction ends."""
    await take_turn(ctx.session, f"{table.__tablename__}:{ctx.tenant_id}")


async def in_order(ctx: Context, table: type[T], *, gone: bool = False) -> Sequence[T]:
    """Return the things in their order; with `gone` also those that were removed."""
    columns: Any = table
    query = select(table).where(table.tenant_id == ctx.tenant_id)
    if not gone:
        query = query.where(~columns.gone)
    return (await ctx.session.scalars(query.order_by(columns.sort, table.id))).all()


def next_place(items: Sequence[Any]) -> int:
    """Return the place behind all others."""
    return max((item.sort for item in items), default=0) + 1


async def put_in_order(
    ctx: Context, table: type[T], ids: Sequence[int], otherwise: Conflict
) -> None:
    """Put the living things into this order; raises `otherwise` unless these are all of them."""
    await alone(ctx, table)
    known: dict[int, Any] = {item.id: item for item in await in_order(ctx, table)}
    if sorted(ids) != sorted(known):
        raise otherwise
    for place, number in enumerate(ids):
        known[number].sort = place
    await ctx.session.flush()


def refuse_taken(others: Sequence[Any], name: str, otherwise: Conflict) -> None:
    """Raise `otherwise` when one of the living others has the name."""
    if any(other.name == name.strip() and not other.gone for other in others):
        raise otherwise
