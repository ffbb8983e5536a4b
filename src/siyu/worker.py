"""What goes on without anybody asking: welcomes, and everything else in the background.

Any number of workers may run, each with both or one of the two. Welcomes deserve a process of
their own: they have 20 seconds, and there a slow job cannot take the processor from under them.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from siyu import rooms
from siyu.core.jobs import JobWorker
from siyu.core.stream.reactions import ReactionRunner
from siyu.core.stream.sequencer import Sequencer
from siyu.messaging.right_of_way import RightOfWay
from siyu.runtime import Runtime

Part = Literal["welcomes", "background"]


async def work(runtime: Runtime, stop: asyncio.Event, only: Part | None = None) -> None:
    """Work until `stop` is set; a loop that ends by itself ends the process with its error."""
    loops: list[rooms.Loop] = []
    if only != "background":
        loops.append(rooms.welcome_sender(runtime).run)
    if only != "welcomes":
        way = RightOfWay(runtime.db, runtime.clock)
        loops += _background(replace(runtime, db=runtime.db.giving_way(way.clear)))
    await _together(loops, stop)


def _background(runtime: Runtime) -> list[rooms.Loop]:
    """Return sequencer, reactions, jobs, analytics feed and timers."""
    sequencer = Sequencer(runtime.db, runtime.clock)
    reactions = ReactionRunner(runtime.db, runtime.clock, rooms.reactions(runtime))
    reactions.wake = sequencer.moved
    jobs = JobWorker(runtime.db.urls.system, rooms.handlers(runtime))
    return [sequencer.run, reactions.run, jobs.run, *rooms.loops(runtime)]


async def _together(loops: Sequence[rooms.Loop], stop: asyncio.Event) -> None:
    async with asyncio.TaskGroup() as group:
        for loop in loops:
            group.create_task(_guarded(loop, stop))


async def _guarded(loop: rooms.Loop, stop: asyncio.Event) -> None:
    await loop(stop)
    if not stop.is_set():
        raise RuntimeError(f"{loop!r} ended before it was told to")
