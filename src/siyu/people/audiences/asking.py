"""Rules as they are being typed: how many they fit, whom, and why somebody or not."""

import asyncio
import time
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from litestar import Request

from siyu.accounts.dependencies import acting
from siyu.accounts.sessions import Principal
from siyu.core.clock import Clock
from siyu.core.context import Context
from siyu.core.db import Database
from siyu.core.errors import Unavailable
from siyu.people.audiences.copies import Copies
from siyu.people.audiences.persons import people
from siyu.people.audiences.schemas import Preview, RuleAsked, Why, WhyAsked
from siyu.people.audiences.terms import Names, asked_by_actor, refuse_wrong, whole
from siyu.people.audiences.why import why
from siyu.people.picture.loading import Sources
from siyu.people.rules.answers.sets import Sets

_SAMPLE: Final = 20
_STEP: Final = 60
"""Seconds."""
T = TypeVar("T")
AnyRequest = Request[Any, Any, Any]


class Gone(Unavailable):
    """Whoever asked does not wait for the answer any more."""

    def __init__(self) -> None:
        super().__init__("asker_gone", "查询已取消")


@dataclass(frozen=True)
class Asker:
    """Asks in the name of somebody signed in; no transaction is open while the engine counts."""

    db: Database
    clock: Clock
    sets: Sets
    copies: Copies
    names: Names

    async def preview(self, principal: Principal, wanted: RuleAsked) -> Preview:
        """Count who a rule fits and show some; raises `Invalid` with every mistake in it."""
        began = time.perf_counter()
        async with acting(self.db, self.clock, principal) as ctx:
            ctx.require("audiences.read")
            await refuse_wrong(ctx, self.names, wanted.rule, wanted.audience_id)
            rule, terms = await asked_by_actor(ctx, wanted.rule, self.copies)
            stand = await whole(ctx)
        at = stepped(stand.at)
        lag = stand.lag_seconds + (stand.at - at).total_seconds()
        answer = await self.sets.ask(principal.tenant_id, rule, terms, at)
        ms = (time.perf_counter() - began) * 1000
        members = answer.members
        latest = list(members[-_SAMPLE:])[::-1]
        async with acting(self.db, self.clock, principal) as ctx:
            sample = await people(ctx, latest)
        return Preview(len(members), sample, at, round(lag, 1), round(ms, 1))

    async def why(self, ctx: Context, sources: Sources, wanted: WhyAsked) -> Why:
        """Tell how a rule or an audience stands with a person; errors as `why.why`."""
        return await why(ctx, self.names, sources, self.copies, wanted)


def stepped(at: datetime) -> datetime:
    """Return a moment in steps, so that the next letter typed finds what the last one asked."""
    return at - timedelta(seconds=at.second % _STEP, microseconds=at.microsecond)


async def while_waiting(request: AnyRequest, work: Coroutine[Any, Any, T]) -> T:
    """Return what `work` does; it is stopped when who asked hangs up. Raises `Gone` then."""
    task = asyncio.create_task(work)
    leaving = asyncio.create_task(_left(request))
    try:
        await asyncio.wait({task, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise Gone
        return await task
    finally:
        for one in (task, leaving):
            one.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.wait({one})


async def _left(request: AnyRequest) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
