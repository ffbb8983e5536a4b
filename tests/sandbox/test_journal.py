"""The log of the world: who reads it finds all that was said, whoever is writing it down."""

import asyncio
from typing import Any

from siyu.sandbox.store.journal import Journal


class SlowDatabase:
    """Takes lines when it is let."""

    def __init__(self) -> None:
        self.lines: list[Any] = []
        self.let = asyncio.Event()

    async def copy_records_to_table(self, _: str, *, records: list[Any], **__: Any) -> None:
        await self.let.wait()
        self.lines += records


async def test_who_reads_waits_for_lines_that_are_being_written() -> None:
    database = SlowDatabase()
    journal = Journal(database)  # type: ignore[arg-type]
    journal.append((1, 0.0, "fault", b"{}"))
    beside = asyncio.create_task(journal.flush_log())
    await asyncio.sleep(0)
    reading = asyncio.create_task(journal.flush_log())
    done, _ = await asyncio.wait([reading], timeout=0.1)
    assert not done
    database.let.set()
    await asyncio.gather(beside, reading)
    assert [line[0] for line in database.lines] == [1]
