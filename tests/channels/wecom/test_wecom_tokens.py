"""The token store of one process: one fetch for all, and never a rejected or dying token."""

import asyncio
from datetime import timedelta

import pytest

from siyu.channels.wecom.credentials import AppCredentials
from siyu.channels.wecom.tokens import InProcessTokenStore, Token
from siyu.core.clock import FixedClock


class Source:
    def __init__(self, clock: FixedClock) -> None:
        self.clock = clock
        self.fetched = 0
        self.fail = False

    async def fetch(self) -> Token:
        self.fetched += 1
        number = self.fetched
        await asyncio.sleep(0)
        if self.fail:
            raise ValueError("refused")
        return Token(f"t{number}", self.clock.now() + timedelta(hours=2))


async def test_one_fetch_serves_all_who_wait(clock: FixedClock) -> None:
    store, source = InProcessTokenStore(clock), Source(clock)
    got = await asyncio.gather(*(store.obtain("k", source.fetch) for _ in range(10)))
    assert {token.value for token in got} == {"t1"}
    assert (await store.obtain("other", source.fetch)).value == "t2"


async def test_a_rejected_token_is_replaced_once_for_all_who_met_it(clock: FixedClock) -> None:
    store, source = InProcessTokenStore(clock), Source(clock)
    old = await store.obtain("k", source.fetch)
    got = await asyncio.gather(
        *(store.obtain("k", source.fetch, rejected=old.value) for _ in range(10))
    )
    assert {token.value for token in got} == {"t2"}
    assert (await store.obtain("k", source.fetch)).value == "t2"


async def test_a_failed_fetch_is_its_callers_alone(clock: FixedClock) -> None:
    store, source = InProcessTokenStore(clock), Source(clock)
    source.fail = True
    with pytest.raises(ValueError, match="refused"):
        await store.obtain("k", source.fetch)
    source.fail = False
    assert (await store.obtain("k", source.fetch)).value == "t2"


@pytest.mark.parametrize(("life", "used"), [(7200, 6900), (600, 300), (290, 145), (2, 1)])
def test_tokens_are_replaced_before_they_end_but_not_all_the_time(
    clock: FixedClock, life: int, used: int
) -> None:
    token = Token.issued("t", clock.now(), life)
    assert token.usable(clock.now() + timedelta(seconds=used - 0.5))
    assert not token.usable(clock.now() + timedelta(seconds=used))


def test_another_secret_is_another_token_and_neither_is_shown() -> None:
    first, second = (AppCredentials("ww1", 1, secret) for secret in ("hush-one", "hush-two"))
    assert first.key != second.key
    assert "hush" not in first.key
    assert "hush" not in repr(first)
