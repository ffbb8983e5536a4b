"""Connections: used again and again, and replaced unseen when they were closed meanwhile."""

import asyncio

import pytest
from sqlalchemy import text

from siyu.core.db import Database
from siyu.core.db.database import driver_connection


@pytest.mark.parametrize("noticed", [True, False])
async def test_a_connection_that_was_closed_is_replaced(db, urls, monkeypatch, noticed):
    if not noticed:  # then it is asked, as after a rest
        monkeypatch.setattr("siyu.core.db.database._PROVEN_SECONDS", -1.0)
    pool, closed = Database(urls, pool_size=1), asyncio.Event()
    try:
        async with pool.system() as session:
            before = await session.scalar(text("select pg_backend_pid()"))
            raw = await (await session.connection()).get_raw_connection()
            driver = driver_connection(raw.driver_connection)
            driver.add_termination_listener(lambda _: closed.set())
        async with pool.system() as session:
            assert await session.scalar(text("select pg_backend_pid()")) == before
        async with db.system() as session:
            gone = text("select pg_terminate_backend(:pid, 60000)")
            assert await session.scalar(gone, {"pid": before})
        if noticed:
            await closed.wait()
        async with pool.system() as session:
            assert await session.scalar(text("select pg_backend_pid()")) != before
    finally:
        await pool.close()
