"""The process that is killed: it numbers facts, and leaves a countable trace of each it heard."""

import asyncio
import multiprocessing
from collections.abc import Sequence
from typing import ClassVar, Final

import msgspec
import uvloop
from sqlalchemy import text

from siyu.core.clock import SystemClock
from siyu.core.context import Context
from siyu.core.db import Database, DatabaseUrls
from siyu.core.stream import Event
from siyu.core.stream.reactions import Reaction, ReactionRunner
from siyu.core.stream.sequencer import Sequencer

READER: Final = "bench.count"
TRACES: Final = (
    "create table bench_effect (number bigint not null)",
    "grant select, insert on bench_effect to siyu_app, siyu_system",
)
"""Make the table of traces. Nothing in it is unique: a doubled effect is a doubled row."""

_LEAVE = text("insert into bench_effect (number) select unnest(cast(:numbers as bigint[]))")


class Numbered(msgspec.Struct, frozen=True):
    """A fact that can be told from all others."""

    type: ClassVar[str] = "bench.numbered"
    version: ClassVar[int] = 1
    number: int


async def _count(ctx: Context, events: Sequence[Event]) -> None:
    numbers = [event.properties["number"] for event in events]
    await ctx.session.execute(_LEAVE, {"numbers": numbers})


async def _work(urls: DatabaseUrls) -> None:
    stop = asyncio.Event()
    parent = multiprocessing.parent_process()
    if parent is not None:  # whoever runs the benchmark may be killed as well
        asyncio.get_running_loop().add_reader(parent.sentinel, stop.set)
    clock, db = SystemClock(), Database(urls, pool_size=4)
    sequencer = Sequencer(db, clock)
    reaction = Reaction(READER, frozenset({Numbered.type}), _count)
    runner = ReactionRunner(db, clock, [reaction])
    runner.wake = sequencer.moved
    try:
        await asyncio.gather(sequencer.run(stop), runner.run(stop))
    finally:
        await db.close()


def labour(urls: DatabaseUrls) -> None:
    """Keep numbering facts and reacting to them until killed, or until the parent ends."""
    uvloop.run(_work(urls))
