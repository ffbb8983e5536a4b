"""Taking turns: transactions that would be wrong beside each other come one after the other."""

from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_LOCK: Final = text("select pg_advisory_xact_lock(hashtextextended(:name, 0))")


async def take_turn(session: AsyncSession, name: str) -> None:
    """Wait until no other transaction has the turn of that name; keep it to the end of this one.

    What is read afterwards shows what those before wrote. Names hold the tenant they are about.
    """
    await session.execute(_LOCK, {"name": name})
