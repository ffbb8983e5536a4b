"""Connections: used again and again, and replaced unseen when they were closed meanwhile."""

import asyncio
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import text

from siyu.core.db import Database, DatabaseUrls, setup
from siyu.core.db.database import driver_connection
from tests.conftest import MASTER_KEY


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


async def test_processes_that_start_at_once_make_roles_one_after_the_other(postgres):
    names = [f"first_start_{uuid4().hex}" for _ in range(8)]
    urls = [DatabaseUrls.embedded(postgres.socket_dir, name) for name in names]
    await asyncio.gather(*(setup.create_database(one, MASTER_KEY) for one in urls))
    admin = await asyncpg.connect(DatabaseUrls.embedded(postgres.socket_dir, "postgres").admin)
    try:
        made = await admin.fetch("select datname from pg_database where datname = any($1)", names)
        assert {row["datname"] for row in made} == set(names)
        for name in names:
            await admin.execute(f'drop database "{name}"')
    finally:
        await admin.close()
