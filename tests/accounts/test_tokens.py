import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from siyu.accounts.connections.tokens import DatabaseTokenStore
from siyu.channels.wecom.tokens import Token


async def test_many_processes_fetch_a_token_once(db, vaults, clock, tenant_id):
    fetched = 0

    async def fetch():
        nonlocal fetched
        fetched += 1
        await asyncio.sleep(0.05)
        return Token(f"token-{fetched}", clock.now() + timedelta(hours=2))

    stores = [DatabaseTokenStore(db, vaults, clock, tenant_id) for _ in range(5)]
    tokens = await asyncio.gather(*(store.obtain("app", fetch) for store in stores))
    assert {token.value for token in tokens} == {"token-1"}
    again = await asyncio.gather(
        *(store.obtain("app", fetch, rejected="token-1") for store in stores)
    )
    assert {token.value for token in again} == {"token-2"}
    async with db.tenant(tenant_id) as session:
        stored = await session.scalar(text("select value from api_token"))
    assert b"token" not in stored


async def test_a_failed_fetch_lets_the_next_one_try(db, vaults, clock, tenant_id):
    store = DatabaseTokenStore(db, vaults, clock, tenant_id)

    async def fail():
        raise ConnectionError

    async def succeed():
        return Token("fine", clock.now() + timedelta(hours=2))

    with pytest.raises(ConnectionError):
        await store.obtain("app", fail)
    assert (await store.obtain("app", succeed)).value == "fine"


async def test_the_lease_of_a_dead_process_runs_out(db, vaults, clock, tenant_id):
    store = DatabaseTokenStore(db, vaults, clock, tenant_id)
    assert await store._lease("app")
    assert not await store._lease("app")
    clock.advance(timedelta(seconds=21))
    assert await store._lease("app")
