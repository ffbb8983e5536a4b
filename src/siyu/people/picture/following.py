"""The loop that keeps the picture: one process follows the stream, and keeps what it wrote tidy."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Final

import structlog

from siyu.core.analytics import Analytics
from siyu.core.analytics.feeder import PASSING
from siyu.core.analytics.schema import Topology
from siyu.core.clock import Clock
from siyu.core.db import LOST, Database
from siyu.core.leadership import leading
from siyu.core.pace import Pace
from siyu.core.tracing import place
from siyu.people.picture.compaction import Compaction
from siyu.people.picture.passing import Crossings, Passing
from siyu.people.picture.projector import Projector, Roof
from siyu.people.picture.rebuild import PictureLost, Rebuild
from siyu.people.picture.state import Overtaken, set_state
from siyu.people.picture.wiping import Wiping

_log = structlog.get_logger(__name__)

_LEADER: Final = 0x5159_0004
"""Key of the advisory lock that lets one process write the picture."""
_REST_SECONDS: Final = (0.1, 0.5)
_TIDY_SECONDS: Final = 2.0
_FOLLOW_SECONDS: Final = 2.0
_FIRST_BACK_OFF: Final = 0.5
_LONGEST_BACK_OFF: Final = 30.0
INTERRUPTIONS: Final = (*PASSING, *LOST, Overtaken, PictureLost)
"""What ends a lead; the next one, here or elsewhere, goes on."""

Leads = Callable[[], bool]


class Following:
    """Keeps the picture. Any number may run: one at a time leads."""

    def __init__(
        self,
        db: Database,
        analytics: Analytics,
        clock: Clock,
        roof: Roof,
        *,
        crossings: Sequence[Crossings] = (),
        topology: Topology | None = None,
        fed: asyncio.Event | None = None,
    ) -> None:
        self._db = db
        self.projector = Projector(db, analytics, clock, roof, topology=topology)
        self.compaction = Compaction(db, analytics, clock, self.projector, topology)
        self.rebuild = Rebuild(db, analytics, clock, self.projector, topology)
        self.passing = Passing(db, clock, self.projector, crossings)
        self._wiping = Wiping(analytics, clock, topology or Topology())
        self._fed = fed or asyncio.Event()
        """Set when the feeder, in this process, sent facts."""

    async def run(self, stop: asyncio.Event) -> None:
        """Follow until `stop` is set; survives losing the database and the engine."""
        pause = 0.0
        while not stop.is_set():
            try:
                async with leading(self._db, _LEADER) as leads:
                    if leads():
                        await self.lead()
                        pause = 0.0
                        await _either(self._follow(stop, leads), self._keep(stop, leads))
            except INTERRUPTIONS as error:
                pause = min(_LONGEST_BACK_OFF, 2 * pause or _FIRST_BACK_OFF)
                _log.warning("picture.interrupted", error=place(error), again_in=pause)
                await self._note_silence()
            await _rest(stop, pause or _FOLLOW_SECONDS)

    async def lead(self) -> None:
        """Begin to lead: with what the engine holds, or with nothing where it lost that."""
        await self.projector.lead()
        try:
            await self.rebuild.check()
        except PictureLost:
            await self.rebuild.begin_again()

    async def tidy(self) -> bool:
        """Do what is due beside following; tell whether there is more of it at once.

        Raises `PictureLost` when the engine lost its tables, and as `Projector.step`.
        """
        await self.rebuild.check()
        await self.passing.step()
        row = await self.rebuild.pending()
        if row is not None:
            await self.rebuild.step(row)
        if await self.compaction.due(fresh=row is not None and row.lacking):
            await self.compaction.run()
        await self._wiping.step()
        return row is not None

    async def _follow(self, stop: asyncio.Event, leads: Leads) -> None:
        pace = Pace(*_REST_SECONDS)
        while leads() and not stop.is_set():
            worked = bool(await self.projector.step())
            if not worked:
                self._fed.clear()
                await pace.rest(self._fed, worked=False)

    async def _keep(self, stop: asyncio.Event, leads: Leads) -> None:
        while leads() and not stop.is_set():
            if not await self.tidy():
                await _rest(stop, _TIDY_SECONDS)

    async def _note_silence(self) -> None:
        """Note that the picture cannot be written now, where even that can be."""
        try:
            async with self._db.system() as session:
                await set_state(session, self.projector.leader, answering=False)
        except (*LOST, Overtaken) as error:
            _log.warning("picture.silent", error=place(error))


async def _either(*works: Coroutine[Any, Any, None]) -> None:
    """Do all until one ends, then end the others; raise what ended it."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
    for task in done:
        task.result()


async def _rest(stop: asyncio.Event, seconds: float) -> None:
    await Pace(seconds, seconds).rest(stop, worked=False)
