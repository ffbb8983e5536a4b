"""One reading for all who ask, its failure too; carried on by what changed alone."""

import asyncio
from dataclasses import dataclass

import pytest

from siyu.people.rules.answers.carried import Carried


@dataclass(frozen=True)
class Words:
    said: tuple[str, ...]
    size: int = 10

    def amended(self, by: "Words") -> "Words":
        return Words(self.said + by.said)


class Source:
    def __init__(self) -> None:
        self.asked: list[int | None] = []
        self.open = asyncio.Event()
        self.broken = False

    async def read(self, above: int | None) -> Words:
        self.asked.append(above)
        await self.open.wait()
        if self.broken:
            raise ConnectionError
        return Words((f"above {above}",))


async def test_a_generation_is_carried_to_the_next():
    source, carried = Source(), Carried[str, Words](100)
    source.open.set()
    first = await carried.get("a", 3, source.read)
    assert await carried.get("a", 3, source.read) is first
    assert (await carried.get("a", 7, source.read)).said == ("above None", "above 3")
    assert source.asked == [None, 3]


async def test_who_asks_meanwhile_shares_the_reading_and_its_failure():
    source, carried = Source(), Carried[str, Words](100)
    source.broken = True
    waiting = [asyncio.create_task(carried.get("a", 1, source.read)) for _ in range(5)]
    await asyncio.sleep(0)
    waiting.pop().cancel()
    source.open.set()
    for one in waiting:
        with pytest.raises(ConnectionError):
            await one
    assert source.asked == [None]
    source.broken = False
    assert (await carried.get("a", 1, source.read)).said == ("above None",)


async def test_two_generations_at_once_each_get_theirs():
    source, carried = Source(), Carried[str, Words](100)
    old = asyncio.create_task(carried.get("a", 1, source.read))
    await asyncio.sleep(0)
    new = asyncio.create_task(carried.get("a", 2, source.read))
    await asyncio.sleep(0)
    source.open.set()
    assert (await old).said == ("above None",)
    assert (await new).said == ("above None", "above 1")


async def test_the_longest_unused_goes_but_not_what_is_being_read():
    source, carried = Source(), Carried[str, Words](15)
    slow = asyncio.create_task(carried.get("slow", 1, source.read))
    await asyncio.sleep(0)
    quick = Source()
    quick.open.set()
    for key in ("b", "c", "d"):
        await carried.get(key, 1, quick.read)
    again = asyncio.create_task(carried.get("slow", 1, source.read))
    await asyncio.sleep(0)
    source.open.set()
    assert await slow is await again
    assert source.asked == [None]
    assert len(quick.asked) == 3
    await carried.get("b", 1, quick.read)
    assert len(quick.asked) == 4
