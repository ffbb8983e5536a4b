"""Answers are kept within their size; who wants the same waits for one asking."""

import asyncio

import pytest
from pyroaring import BitMap64

from siyu.people.rules.answers.kept import Kept


class Asking:
    """Fetches when it is told to, and counts."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []
        self.may = asyncio.Event()
        self.stopped = 0

    async def __call__(self, items):
        self.asked.append(tuple(items))
        try:
            await self.may.wait()
        except asyncio.CancelledError:
            self.stopped += 1
            raise
        return {item: (BitMap64([len(item)]), 100) for item in items}


async def _soon(
    kept: Kept[BitMap64], asking: Asking, *items: str
) -> asyncio.Task[dict[str, BitMap64]]:
    task = asyncio.create_task(kept.get("here", items, asking))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return task


async def test_what_is_kept_is_not_asked_again() -> None:
    kept, asking = Kept[BitMap64](10_000), Asking()
    asking.may.set()
    await kept.get("here", ["a", "bb"], asking)
    found = await kept.get("here", ["a", "ccc"], asking)
    assert found == {"a": BitMap64([1]), "ccc": BitMap64([3])}
    await kept.get("there", ["a"], asking)
    assert asking.asked == [("a", "bb"), ("ccc",), ("a",)]


async def test_the_longest_unused_goes_first() -> None:
    kept, asking = Kept[BitMap64](1_250), Asking()  # two of them, each with its overhead
    asking.may.set()
    for item in ("a", "b", "a", "c", "a", "b"):
        await kept.get("here", [item], asking)
    assert asking.asked == [("a",), ("b",), ("c",), ("b",)]


async def test_two_wait_for_one_asking() -> None:
    kept, asking = Kept[BitMap64](10_000), Asking()
    first, second = await _soon(kept, asking, "a"), await _soon(kept, asking, "a", "bb")
    asking.may.set()
    assert await first == {"a": BitMap64([1])}
    assert await second == {"a": BitMap64([1]), "bb": BitMap64([2])}
    assert asking.asked == [("a",), ("bb",)]


async def test_asking_ends_when_nobody_waits() -> None:
    kept, asking = Kept[BitMap64](10_000), Asking()
    first, second = await _soon(kept, asking, "a"), await _soon(kept, asking, "a")
    first.cancel()
    await asyncio.sleep(0)
    assert asking.stopped == 0
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    third = await _soon(kept, asking, "a")
    assert (asking.stopped, len(asking.asked)) == (1, 2)
    asking.may.set()
    assert await third == {"a": BitMap64([1])}


async def test_all_who_wait_hear_of_trouble() -> None:
    kept = Kept[BitMap64](10_000)

    async def fails(_):
        await asyncio.sleep(0)
        raise LookupError

    tasks = [asyncio.create_task(kept.get("here", ["a"], fails)) for _ in range(2)]
    assert all(
        isinstance(one, LookupError) for one in await asyncio.gather(*tasks, return_exceptions=True)
    )
    asking = Asking()
    asking.may.set()
    assert await kept.get("here", ["a"], asking) == {"a": BitMap64([1])}
