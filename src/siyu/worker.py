"""The worker process: sequencer, reactions, jobs, analytics feed and timers in one loop."""

import asyncio

from siyu import rooms
from siyu.core.jobs import JobWorker
from siyu.core.stream.reactions import ReactionRunner
from siyu.core.stream.sequencer import Sequencer
from siyu.runtime import Runtime


class Worker:
    """Everything that happens without anybody asking. Any number of workers may run."""

    def __init__(self, runtime: Runtime) -> None:
        self._sequencer = Sequencer(runtime.db, runtime.clock)
        self._reactions = ReactionRunner(runtime.db, runtime.clock, rooms.reactions(runtime))
        self._reactions.wake = self._sequencer.moved
        welcomes = rooms.welcome_sender(runtime)
        self._jobs = JobWorker(
            runtime.db.urls.system, rooms.handlers(runtime), yield_to=welcomes.busy
        )
        self._loops: list[rooms.Loop] = [
            self._sequencer.run,
            self._reactions.run,
            self._jobs.run,
            *rooms.loops(runtime, welcomes),
        ]

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set; a loop that ends by itself ends the process with its error."""
        async with asyncio.TaskGroup() as group:
            for loop in self._loops:
                group.create_task(self._guarded(loop, stop))

    @staticmethod
    async def _guarded(loop: rooms.Loop, stop: asyncio.Event) -> None:
        await loop(stop)
        if not stop.is_set():
            raise RuntimeError(f"{loop!r} ended before it was told to")
