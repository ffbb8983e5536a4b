"""The loop that keeps the picture: one process follows the stream, and keeps what it wrote tidy."""

import asyncio
from typing import Final

import structlog

from siyu.core.analytics.feeder import PASSING
from siyu.core.db import LOST, Database
from siyu.core.leadership import leading
from siyu.core.pace import Pace
from siyu.core.tracing import place
from siyu.people.picture.projector import Projector
from siyu.people.picture.state import Overtaken, set_state

_log = structlog.get_logger(__name__)

_LEADER: Final = 0x5159_0004
"""Key of the advisory lock that lets one process write the picture."""
_REST_SECONDS: Final = (0.1, 0.5)
_FOLLOW_SECONDS: Final = 2.0
_FIRST_BACK_OFF: Final = 0.5
_LONGEST_BACK_OFF: Final = 30.0


class Following:
    """Keeps the picture. Any number may run: one at a time leads."""

    def __init__(self, db: Database, projector: Projector, fed: asyncio.Event) -> None:
        self._db = db
        self._projector = projector
        self._fed = fed
        """Set when the feeder, in this process, sent facts."""

    async def run(self, stop: asyncio.Event) -> None:
        """Follow until `stop` is set; survives losing the database and the engine."""
        pause = 0.0
        while not stop.is_set():
            try:
                async with leading(self._db, _LEADER) as leads:
                    if leads():
                        await self._projector.lead()
                    pace = Pace(*_REST_SECONDS)
                    while leads() and not stop.is_set():
                        worked = bool(await self._projector.step())
                        pause = 0.0
                        if not worked:
                            self._fed.clear()
                            await pace.rest(self._fed, worked=False)
            except (*PASSING, *LOST, Overtaken) as error:
                pause = min(_LONGEST_BACK_OFF, 2 * pause or _FIRST_BACK_OFF)
                _log.warning("picture.interrupted", error=place(error), again_in=pause)
                await self._note_silence()
            await _wait(stop, pause or _FOLLOW_SECONDS)

    async def _note_silence(self) -> None:
        """Note that the picture cannot be written now, where even that can be."""
        try:
            async with self._db.system() as session:
                await set_state(session, self._projector.leader, answering=False)
        except (*LOST, Overtaken) as error:
            _log.warning("picture.silent", error=place(error))


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    await Pace(seconds, seconds).rest(stop, worked=False)
