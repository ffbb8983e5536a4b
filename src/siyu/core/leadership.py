"""One process at a time: whoever holds an advisory lock of the database leads."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import asyncpg

from siyu.core.db import Database


@asynccontextmanager
async def leading(db: Database, key: int) -> AsyncIterator[Callable[[], bool]]:
    """Try to lead while the block runs; yields a function that tells whether this process does.

    It may say so a moment too long: what a former leader must not do needs a guard of its own.
    """
    connection = await asyncpg.connect(db.urls.system)
    try:
        got = await connection.fetchval("select pg_try_advisory_lock($1)", key)
        yield lambda: bool(got) and not connection.is_closed()
    finally:
        with suppress(asyncpg.PostgresError, OSError):
            await connection.close(timeout=1)
