"""Connections: used again and again, and replaced unseen when they were closed meanwhile."""

import asyncio

import pytest
from sqlalchemy import text

from siyu.core.db import Database


@pytest.mark.parametrize("idle", [0.0, 10.0])
async def test_a_connection_that_was_closed_is_replaced(db, urls, monkeypatch, idle):
    monkeypatch.setattr("siyu.core.db.database._PROVEN_SECONDS", 5.0 - idle)
    pool = Database(urls, pool_size=1)
    try:
        async with pool.system() as session:
            before = await session.scalar(text("select pg_backend_pid()"))
        async with pool.system() as session:
            assert await session.scalar(text("select pg_backend_pid()")) == before
        async with db.system() as session:
            await session.execute(text("select pg_terminate_backend(:pid)"), {"pid": before})
        await asyncio.sleep(0.2)  # until the driver hears of it
        async with pool.system() as session:
            assert await session.scalar(text("select pg_backend_pid()")) != before
    finally:
        await pool.close()
