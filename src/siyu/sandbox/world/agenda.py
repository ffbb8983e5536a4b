"""The world's time and what is planned in it.

Time runs (at the machine's pace, or faster), or it is stepped: then it stands still until someone
moves it on to the next planned moment, which is when everything that the last moment brought
about is over. So a day passes in minutes, and 20 seconds remain 20 seconds.

Whatever in the world takes time is a task begun by `Agenda.spawn` that sleeps by `Agenda.sleep`.
Systems that follow this time (`Agenda.follow`) are waited for before anything happens.
"""

import asyncio
import heapq
import itertools
import math
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from siyu.sandbox.store.journal import Journal
from siyu.sandbox.store.shelf import Shelf
from siyu.sandbox.world.life_records import Time

_LOOK_SECONDS = 0.002
_LONGEST_NAP = 60.0
_FOLLOWER_SECONDS = 2.0
"""How long a step waits for a follower, in real time, before it is taken to be gone."""


@dataclass(order=True, slots=True)
class _Entry:
    due: float
    number: int
    turn: asyncio.Future[None] = field(compare=False)


class Agenda:
    """Tells the time and wakes whoever sleeps by it."""

    def __init__(self, journal: Journal) -> None:
        self.shelf = Shelf("time", Time, lambda _: "time", journal)
        self.machine: Callable[[], float] = time.time
        self._entries: list[_Entry] = []
        self._stops: list[float] = []
        self._numbers = itertools.count()
        self._changed = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._followers: dict[str, int] = {}
        self._turned = asyncio.Condition()
        self._stepping = asyncio.Lock()
        self._closed = False
        self.turn = 0
        self.at_work = 0

    @property
    def time(self) -> Time:
        """How time goes on."""
        return next(iter(self.shelf), None) or self.shelf.save(Time())

    @property
    def stepped(self) -> bool:
        """Whether time stands still until someone steps on."""
        return self.time.mode == "stepped"

    @property
    def next_at(self) -> float | None:
        """When something is planned next."""
        while self._entries and self._entries[0].turn.done():
            heapq.heappop(self._entries)
        return self._entries[0].due if self._entries else None

    def now(self) -> float:
        """Unix seconds of the world's clock."""
        held = self.time
        if held.mode == "stepped":
            return held.at
        return held.at + (self.machine() - held.since) * held.speed

    async def set(self, *, mode: str, speed: float = 1.0) -> None:
        """Let time go on in another way, from the present moment on."""
        self.shelf.save(Time(mode=mode, at=self.now(), since=self.machine(), speed=speed))
        await self._turn()

    async def push(self, seconds: float) -> None:
        """Push the clock forward; what was planned until then is due at once."""
        self.time.at += seconds
        self.shelf.save(self.time)
        await self._turn()

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Begin something that the world is at work on until it ends, or while it sleeps."""
        task = asyncio.create_task(work)
        self.at_work += 1
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    async def sleep(self, seconds: float) -> None:
        """Sleep so much world time; only in a task begun by `spawn`."""
        await self.sleep_until(self.now() + seconds)

    async def sleep_until(self, due: float) -> None:
        """Sleep until a moment of the world; only in a task begun by `spawn`."""
        entry = _Entry(due, next(self._numbers), asyncio.get_running_loop().create_future())
        self.at_work -= 1
        self._plan(entry)
        try:
            await entry.turn
        finally:
            if entry.turn.cancelled():  # nobody woke us, so nobody counted us in again
                self.at_work += 1

    def stop_at(self, due: float) -> None:
        """Let stepped time stop at a moment, for a follower who sleeps until then."""
        heapq.heappush(self._stops, due)

    @property
    def next_stop(self) -> float | None:
        """When the first follower wants to wake."""
        while self._stops and self._stops[0] <= self.now():
            heapq.heappop(self._stops)
        return self._stops[0] if self._stops else None

    async def step(self, until: float, quiet: Callable[[], bool]) -> bool:
        """Move on to the next planned moment, or to `until`; tell whether something was planned.

        Returns when the world is ``quiet`` again.
        """
        async with self._stepping:
            await self.settle(quiet)
            due, stop = self.next_at, self.next_stop
            until = until if stop is None else min(until, stop)
            planned = due is not None and due <= until
            self.time.at = max(self.time.at, due if planned and due is not None else until)
            self.shelf.save(self.time)
            await self._turn()
            await self._followed()
            if planned:
                self._wake(heapq.heappop(self._entries))
            await self.settle(quiet)
            return planned

    async def settle(self, quiet: Callable[[], bool]) -> None:
        """Return when nothing in the world is at work."""
        while not (self.at_work == 0 and quiet()):  # noqa: ASYNC110  many things end quietly
            await asyncio.sleep(_LOOK_SECONDS)

    async def follow(self, follower: str, turn: int, seconds: float) -> None:
        """Return when time took another turn than ``turn``, or after ``seconds`` of real time.

        To ask for the next turn is to have followed up to this one.
        """
        self._followers[follower] = turn
        async with self._turned:
            self._turned.notify_all()
            try:
                async with asyncio.timeout(seconds):
                    await self._turned.wait_for(lambda: self._closed or self.turn != turn)
            except TimeoutError:
                return

    async def run(self) -> None:
        """Wake sleepers while time runs, until cancelled."""
        while True:
            self._changed.clear()
            pause = _LONGEST_NAP
            due = self.next_at
            if not self.stepped and due is not None:
                while due is not None and due <= self.now():
                    self._wake(heapq.heappop(self._entries))
                    due = self.next_at
                pause = _LONGEST_NAP if due is None else (due - self.now()) / self.time.speed
            try:
                async with asyncio.timeout(min(max(pause, 0.0), _LONGEST_NAP)):
                    await self._changed.wait()
            except TimeoutError:
                continue

    async def close(self) -> None:
        """Let all followers go, so that the server can stop."""
        self._closed = True
        async with self._turned:
            self._turned.notify_all()

    async def finish(self) -> None:
        """Interrupt everything that takes time."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _plan(self, entry: _Entry) -> None:
        if math.isfinite(entry.due):  # what is never due needs no place
            heapq.heappush(self._entries, entry)
            self._changed.set()

    def _wake(self, entry: _Entry) -> None:
        self.at_work += 1
        entry.turn.set_result(None)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self.at_work -= 1
        if not task.cancelled() and (error := task.exception()) is not None:
            task.get_loop().call_exception_handler(
                {"message": "a task of the world failed", "exception": error, "task": task}
            )

    async def _turn(self) -> None:
        self.turn += 1
        self._changed.set()
        async with self._turned:
            self._turned.notify_all()

    async def _followed(self) -> None:
        """Wait for all followers; who does not come is gone, and meets us again when it asks."""
        async with self._turned:
            try:
                async with asyncio.timeout(_FOLLOWER_SECONDS):
                    await self._turned.wait_for(lambda: not self._behind())
            except TimeoutError:
                for name in self._behind():
                    del self._followers[name]

    def _behind(self) -> list[str]:
        return [name for name, turn in self._followers.items() if turn < self.turn]
