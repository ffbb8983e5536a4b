import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from siyu.accounts.connections.tokens import DatabaseTokenStore
from siyu.channels.wecom.tokens import Token
from siyu.core.ids import slug


@pytest.fixture
def name():
    """A key that no other test has."""
    return f"app-{slug()}"


async def test_many_processes_fetch_a_token_once(db, master, clock, name):
    fetched = 0

    async def fetch():
        nonlocal fetched
        fetched += 1
        await asyncio.sleep(0.05)
        return Token(f"token-{fetched}", clock.now() + timedelta(hours=2))

    stores = [DatabaseTokenStore(db, master.own, clock) for _ in range(5)]
    tokens = await asyncio.gather(*(store.obtain(name, fetch) for store in stores))
    assert {token.value for token in tokens} == {"token-1"}
    again = await asyncio.gather(
        *(store.obtain(name, fetch, rejected="token-1") for store in stores)
    )
    assert {token.value for token in again} == {"token-2"}
    async with db.system() as session:
        stored = await session.scalar(
            text("select value from sys.api_token where name = :name"), {"name": name}
        )
    assert b"token" not in stored


async def test_a_failed_fetch_lets_the_next_one_try(db, master, clock, name):
    store = DatabaseTokenStore(db, master.own, clock)

    async def fail():
        raise ConnectionError

    async def succeed():
        return Token("fine", clock.now() + timedelta(hours=2))

    with pytest.raises(ConnectionError):
        await store.obtain(name, fail)
    assert (await store.obtain(name, succeed)).value == "fine"


async def test_the_lease_of_a_dead_process_runs_out(db, master, clock, name):
    store = DatabaseTokenStore(db, master.own, clock)
    assert await store._lease(name)
    assert not await store._lease(name)
    clock.advance(timedelta(seconds=21))
    assert await store._lease(name)


async def test_of_many_who_wait_for_another_process_one_looks(db, master, clock, name, monkeypatch):
    other, mine = (DatabaseTokenStore(db, master.own, clock) for _ in range(2))
    assert await other._lease(name)
    looking, looked = set(), asyncio.Event()
    look = mine._stored

    async def watched(key, rejected):
        looking.add(asyncio.current_task())
        found = await look(key, rejected)
        looked.set()
        return found

    async def fetch():
        raise AssertionError("the other process has the lease")

    monkeypatch.setattr(mine, "_stored", watched)
    waiting = [asyncio.create_task(mine.obtain(name, fetch)) for _ in range(20)]
    await looked.wait()
    await other._store(name, Token("token", clock.now() + timedelta(hours=2)))
    assert {token.value for token in await asyncio.gather(*waiting)} == {"token"}
    assert len(looking) == 1
