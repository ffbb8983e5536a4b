"""Customers who are to be looked at again, though no new fact says so."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.core.db import insert_many, table_of
from siyu.people.picture.models import PictureDebt

_SOME: Final = 5_000


async def owe(
    session: AsyncSession, tenant_id: int, customer_ids: Collection[int], due_at: datetime
) -> None:
    """Have customers looked at again, by everything that follows from what persons are."""
    if not customer_ids:
        return
    rows = [
        {"tenant_id": tenant_id, "customer_id": number, "due_at": due_at}
        for number in sorted(customer_ids)
    ]
    debts = insert_many(PictureDebt, rows)
    # Who is being looked at just now is looked at once more.
    again = {"mark": PictureDebt.mark + 1, "due_at": debts.excluded.due_at}
    await session.execute(
        debts.on_conflict_do_update(index_elements=["tenant_id", "customer_id"], set_=again)
    )


async def due(session: AsyncSession, now: datetime) -> dict[int, dict[int, int]]:
    """Return some whose time has come: by tenant, the customers and their marks."""
    rows = await session.execute(
        select(PictureDebt.tenant_id, PictureDebt.customer_id, PictureDebt.mark)
        .where(PictureDebt.due_at <= now)
        .order_by(PictureDebt.due_at)
        .limit(_SOME)
    )
    found: dict[int, dict[int, int]] = {}
    for tenant_id, customer_id, mark in rows:
        found.setdefault(tenant_id, {})[customer_id] = mark
    return found


async def pay(session: AsyncSession, tenant_id: int, marks: Mapping[int, int]) -> None:
    """Forget debts, unless that was said anew meanwhile."""
    if not marks:
        return
    rows = [{"customer_id": number, "mark": mark} for number, mark in marks.items()]
    paid = table_of(PictureDebt, rows)
    await session.execute(
        delete(PictureDebt)
        .where(
            PictureDebt.tenant_id == tenant_id,
            PictureDebt.customer_id == paid.c.customer_id,
            PictureDebt.mark == paid.c.mark,
        )
        .execution_options(synchronize_session=False)
    )
