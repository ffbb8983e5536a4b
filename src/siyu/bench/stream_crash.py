"""`stream-crash`: facts lost or effective twice when their worker is killed at any moment.

Writers announce numbered facts in transactions that commit late, or not at all, while the process
that numbers them and reacts to them is killed with SIGKILL again and again.
"""

import asyncio
import multiprocessing
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.context import ForkServerProcess
from typing import Any, Final

import asyncpg
from sqlalchemy import text

from siyu.bench.labour import READER, TRACES, Numbered, labour
from siyu.bench.stand import percentile, stand
from siyu.core.clock import SystemClock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database, DatabaseUrls

_TENANT: Final = 1
_WRITERS: Final = 8
_DRAIN_SECONDS: Final = 120.0
_MOST_WAITING: Final = 20_000

_READ = text("select coalesce(sum(position), 0) from sys.cursor where reader = :reader")
_BEHIND = text(
    "select (select count(*) from outbox) + (select coalesce(sum(s.head - c.position), 0)"
    " from sys.shard s join sys.cursor c on c.shard = s.shard where c.reader = :reader)"
)
_STREAM = text(
    "select (properties->>'number')::bigint, identity_id from event where type = :type"
    " order by shard, position"
)
_EFFECTS = text("select number from bench_effect")


class _RolledBack(Exception):
    """The writer changed its mind."""


@dataclass
class _Writers:
    """Transactions that announce facts, and what became of them."""

    db: Database
    clock: SystemClock
    seed: int
    committed: list[int] = field(default_factory=list)
    waiting: int = 0
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    async def write(self, person: int, stop: asyncio.Event) -> None:
        """Announce facts of one person, one transaction after another."""
        dice = random.Random(f"{self.seed}:{person}")  # noqa: S311 - a plan that can be repeated
        while not stop.is_set():
            if self.waiting > _MOST_WAITING:
                await asyncio.sleep(0.05)
                continue
            mine = [next(self.numbers) for _ in range(dice.randint(1, 4))]
            try:
                await self._transaction(person, mine, dice)
            except _RolledBack:
                continue
            self.committed += mine

    async def _transaction(self, person: int, mine: list[int], dice: random.Random) -> None:
        async with self.db.tenant(_TENANT) as session:
            ctx = Context(_TENANT, SYSTEM_ACTOR, self.clock, session)
            for number in mine:
                ctx.announce(Numbered(number), identity_id=person)
            await session.flush()
            await asyncio.sleep(dice.random() * 0.01)
            if dice.random() < 0.15:  # noqa: PLR2004 - some of them
                raise _RolledBack


@dataclass
class _Executioner:
    """Starts the process under test and kills it, at moments that the seed decides."""

    urls: DatabaseUrls
    db: Database
    dice: random.Random
    outages: list[float] = field(default_factory=list)

    async def prepare(self) -> None:
        """Import once what every process needs: that would take longer than everything else."""
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["__main__", "siyu.bench.labour"])
        first = await self._start()
        await self._end(first)

    async def run(self, kills: int) -> None:
        """Kill `kills` times; the last process is left to finish the work."""
        died: float | None = None
        for _ in range(kills):
            before = await self._read()
            process = await self._start()
            if self.dice.random() < 0.3:  # noqa: PLR2004 - some die while they are still starting
                await asyncio.sleep(self.dice.random() * 0.1)
            else:
                await self._moved(before)
                if died is not None:
                    self.outages.append(time.perf_counter() - died)
                died = None
                await asyncio.sleep(self.dice.random() * 0.15)
            died = died or time.perf_counter()
            await self._end(process)
        self._last = await self._start()

    async def finish(self) -> None:
        """Wait until everything is read, then end the last process."""
        try:
            async with asyncio.timeout(_DRAIN_SECONDS):
                while await self.behind():  # noqa: ASYNC110 - another process moves it
                    await asyncio.sleep(0.05)
        finally:
            await self._end(self._last)

    async def behind(self) -> int:
        """Return how many facts have been committed and not heard yet."""
        async with self.db.system() as session:
            return int(await session.scalar(_BEHIND, {"reader": READER}) or 0)

    async def _start(self) -> ForkServerProcess:
        process = self._context.Process(target=labour, args=(self.urls,), daemon=True)
        # In a thread: transactions of the writers stay open meanwhile.
        await asyncio.to_thread(process.start)
        return process

    @staticmethod
    async def _end(process: ForkServerProcess) -> None:
        process.kill()
        await asyncio.to_thread(process.join)

    async def _read(self) -> int:
        async with self.db.system() as session:
            return int(await session.scalar(_READ, {"reader": READER}) or 0)

    async def _moved(self, before: int) -> None:
        async with asyncio.timeout(_DRAIN_SECONDS):
            while await self._read() <= before:  # noqa: ASYNC110 - another process moves it
                await asyncio.sleep(0.005)


async def stream_crash(*, kills: int = 1000, seed: int = 2026) -> dict[str, Any]:
    """Kill the worker of the stream `kills` times while facts are written; count the damage.

    `lost` and `doubled` count facts in the stream and effects of facts; `stray` counts facts of
    transactions that were rolled back, `disordered` facts of a person out of their order.
    """
    async with stand() as servers:
        owner = await asyncpg.connect(servers.urls.owner)
        for statement in TRACES:
            await owner.execute(statement)
        await owner.close()
        writers = _Writers(servers.db, SystemClock(), seed)
        dice = random.Random(seed)  # noqa: S311 - a plan that can be repeated
        executioner = _Executioner(servers.urls, servers.db, dice)
        await executioner.prepare()
        started = time.perf_counter()
        await _both(writers, executioner, kills)
        seconds = time.perf_counter() - started
        return {
            "benchmark": "stream-crash",
            "written": len(writers.committed),
            **await _damage(servers.db, writers.committed),
            "kills": kills,
            "seconds": round(seconds, 1),
            "facts_per_second": round(len(writers.committed) / seconds, 1),
            "recovery_seconds": round(percentile(executioner.outages, 0.5), 3),
            "recovery_seconds_p99": round(percentile(executioner.outages, 0.99), 3),
        }


async def _both(writers: _Writers, executioner: _Executioner, kills: int) -> None:
    stop = asyncio.Event()

    async def mind_the_backlog() -> None:
        while not stop.is_set():
            writers.waiting = await executioner.behind()
            await asyncio.sleep(0.2)

    async with asyncio.TaskGroup() as group:
        for person in range(1, _WRITERS + 1):
            group.create_task(writers.write(person, stop))
        group.create_task(mind_the_backlog())
        try:
            await executioner.run(kills)
        finally:
            stop.set()
    await executioner.finish()


async def _damage(db: Database, committed: list[int]) -> dict[str, int]:
    async with db.system() as session:
        stream = (await session.execute(_STREAM, {"type": Numbered.type})).all()
        effects = Counter((await session.scalars(_EFFECTS)).all())
    stored = Counter(number for number, _ in stream)
    written = set(committed)
    by_person: dict[int, int] = {}
    disordered = 0
    for number, person in stream:
        disordered += number < by_person.get(person, 0)
        by_person[person] = number
    return {
        "lost": len(written - stored.keys()) + len(written - effects.keys()),
        "doubled": sum(n - 1 for found in (stored, effects) for n in found.values()),
        "stray": len(stored.keys() - written) + len(effects.keys() - written),
        "disordered": disordered,
    }
