"""The governor: keeps calls within WeCom's quotas, and tells callers when there is room.

WeCom allows a corporation 10,000 calls a minute and 150,000 an hour per endpoint, and bans for a
minute up to a month who goes beyond. What may be called is claimed from a `QuotaLedger` that all
processes share; the governor of each process decides who of its callers goes first. Other
applications of the corporation use the same quota, so the governor may meet 45009 though it
counted right: then it stops that endpoint at once, for longer each time, and feels its way back
with single calls.
"""

import asyncio
import itertools
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import structlog

from siyu.channels.wecom.endpoint import Endpoint, Window
from siyu.channels.wecom.errors import QuotaExhausted, QuotaUnknown
from siyu.channels.wecom.lanes import CallLane, Urgency, Waiter
from siyu.channels.wecom.ledger import (
    ADDRESS_WINDOWS,
    LEASE,
    Claim,
    InProcessLedger,
    LedgerLost,
    QuotaLedger,
    ban,
)
from siyu.channels.wecom.verdicts import CONCURRENCY_CODE, QUOTA_CODE
from siyu.core.clock import Clock
from siyu.core.tracing import place

_log = structlog.get_logger(__name__)

CORP_WINDOWS: Final = (Window(10_000, 60), Window(150_000, 3600))
_BREATH: Final = timedelta(seconds=1)
Sleep = Callable[[float], Awaitable[None]]


@dataclass(slots=True)
class Slot:
    """Leave to make one call; the caller says how it went."""

    _governor: "Governor"
    _lane: CallLane
    _admitted_at: datetime

    def report(self, errcode: int) -> None:
        """Tell the errcode of the answer, so that the governor can learn from it."""
        self._governor._learn(self._lane, self._admitted_at, errcode)  # noqa: SLF001


class Governor:
    """Admits calls in order of urgency, within the quotas of each corporation and endpoint.

    `connections` bounds all calls of this process at once; a quarter of them is kept for urgent
    ones, so that a synchronisation never holds up a welcome, and the rest goes first to whoever
    of the corporations has the fewest.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        ledger: QuotaLedger | None = None,
        connections: int = 160,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._clock = clock
        self._ledger = ledger or InProcessLedger(clock)
        self._name = uuid4().hex[:12]
        self._connections = connections
        self._unreserved = max(1, connections * 3 // 4)
        self._sleep = sleep
        self._lanes: dict[tuple[str, str], CallLane] = {}
        self._in_flight = 0
        self._in_flight_of: Counter[str] = Counter()
        self._crowded: set[CallLane] = set()
        self._numbers = itertools.count()
        self._tasks: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def slot(
        self,
        corp_id: str,
        endpoint: Endpoint[Any, Any],
        *,
        urgency: Urgency = Urgency.NORMAL,
        patience: timedelta = timedelta(seconds=10),
    ) -> AsyncIterator[Slot]:
        """Wait for room and hold it during one call.

        Raises `QuotaExhausted` as soon as it is clear that there is no room within `patience`,
        `QuotaUnknown` while the ledger cannot be asked.
        """
        lane = self._lane(corp_id, endpoint)
        now = self._clock.now()
        turn: asyncio.Future[datetime] = asyncio.get_running_loop().create_future()
        waiter = Waiter(urgency, next(self._numbers), now + patience, turn)
        if (ready := lane.opens_at(now, urgency)) > waiter.deadline:
            raise QuotaExhausted(ready, endpoint.path)
        lane.join(waiter)
        self._pump(lane)
        try:
            admitted_at = await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self._release(lane)  # admitted, but nobody is left to call
            raise
        try:
            yield Slot(self, lane, admitted_at)
        finally:
            self._release(lane)

    async def aclose(self) -> None:
        """Stop the timers; waiting callers are cancelled."""
        for lane in self._lanes.values():
            for waiter in lane.waiters:
                waiter.turn.cancel()
        for task in tuple(self._tasks):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def _lane(self, corp_id: str, endpoint: Endpoint[Any, Any]) -> CallLane:
        key = (corp_id, endpoint.path)
        if (lane := self._lanes.get(key)) is None:
            lane = self._lanes[key] = CallLane(
                corp_id,
                endpoint.path,
                endpoint.in_flight,
                windows_of(endpoint),
                ADDRESS_WINDOWS if endpoint.counted else (),
                endpoint.in_flight,
                endpoint.in_flight,
            )
        return lane

    def _pump(self, lane: CallLane) -> None:
        """Admit waiters until something lacks room; whatever lacked it will pump again."""
        self._crowded.discard(lane)
        while lane.waiters:
            waiter = lane.waiters[0]
            now = self._clock.now()
            if waiter.turn.done():
                lane.leave()
            elif max(shut := lane.shut_until(waiter.urgency), now) > waiter.deadline:
                lane.leave().turn.set_exception(QuotaExhausted(shut, lane.path))
            elif lane.in_flight >= lane.ceiling:
                return
            elif shut > now:
                self._wake(lane, shut, now)
                return
            elif not lane.may_call(now):
                self._claim(lane)
                return
            elif self._in_flight >= self._room(waiter.urgency):
                self._crowded.add(lane)
                return
            else:
                self._admit(lane, now)

    def _admit(self, lane: CallLane, now: datetime) -> None:
        waiter = lane.leave()
        steady = now - lane.called_at < LEASE
        lane.called_at = now
        lane.claimed -= 1
        lane.made += 1
        lane.in_flight += 1
        self._in_flight += 1
        self._in_flight_of[lane.corp_id] += 1
        waiter.turn.set_result(now)
        if steady and lane.is_running_out(now):
            self._ask(lane, lane.claim_ahead(self._name))

    def _room(self, urgency: Urgency) -> int:
        return self._connections if urgency is Urgency.URGENT else self._unreserved

    def _release(self, lane: CallLane) -> None:
        lane.in_flight -= 1
        self._in_flight -= 1
        self._in_flight_of[lane.corp_id] -= 1
        self._pump(lane)
        for crowded in sorted(self._crowded, key=self._turn_of):
            self._pump(crowded)

    def _turn_of(self, lane: CallLane) -> tuple[Urgency, int, int]:
        first = lane.waiters[0]
        return first.urgency, self._in_flight_of[lane.corp_id], first.number

    def _claim(self, lane: CallLane) -> None:
        if not lane.claiming:
            self._ask(lane, lane.claim(self._name))

    def _ask(self, lane: CallLane, claim: Claim) -> None:
        lane.claiming = True
        self._start(self._settle(lane, claim))

    async def _settle(self, lane: CallLane, claim: Claim) -> None:
        try:
            lane.take(await self._ledger.claim(claim), urgent=claim.urgent > 0)
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody may wait for ever
            if not isinstance(error, LedgerLost):
                _log.error("quota.not_counted", error=place(error))
            while lane.waiters:
                waiter = lane.leave()
                if not waiter.turn.done():
                    unknown = QuotaUnknown(lane.path)
                    unknown.__cause__ = error
                    waiter.turn.set_exception(unknown)
        finally:
            lane.claiming = False
        self._pump(lane)

    def _wake(self, lane: CallLane, at: datetime, now: datetime) -> None:
        if lane.timer is not None and not lane.timer.done():
            if lane.wakes_at <= at:
                return
            lane.timer.cancel()
        lane.wakes_at = at
        lane.timer = self._start(self._pump_later(lane, at - now))

    async def _pump_later(self, lane: CallLane, after: timedelta) -> None:
        await self._sleep(after.total_seconds())
        lane.timer = None
        self._pump(lane)

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _learn(self, lane: CallLane, admitted_at: datetime, errcode: int) -> None:
        now = self._clock.now()
        # calls admitted before a stop tell nothing new when they end after it
        if errcode == QUOTA_CODE and admitted_at > lane.stopped_at:
            lane.stopped_at = now
            lane.closed_until = now + ban(lane.strikes)
            lane.strikes += 1
            lane.claimed_until, lane.ceiling = now, 1
            self._start(self._tell_refused(lane, admitted_at, now))
        elif errcode == CONCURRENCY_CODE and admitted_at > lane.slowed_at:
            lane.slowed_at = now
            lane.closed_until = max(lane.closed_until, now + _BREATH)
            lane.ceiling = max(1, lane.in_flight // 2)
        elif errcode == 0 and admitted_at > max(lane.stopped_at, lane.slowed_at):
            lane.ceiling = min(lane.most, lane.ceiling + 1)
            if lane.strikes:
                lane.strikes = 0
                self._start(self._tell_answered(lane))

    async def _tell_refused(self, lane: CallLane, asked_at: datetime, now: datetime) -> None:
        # a lost ledger is met again by the next claim; this process keeps its own pause
        with suppress(LedgerLost):
            until = await self._ledger.refused(lane.corp_id, lane.path, asked_at, now)
            lane.closed_until = max(lane.closed_until, until)

    async def _tell_answered(self, lane: CallLane) -> None:
        with suppress(LedgerLost):
            await self._ledger.answered(lane.corp_id, lane.path)


def windows_of(endpoint: Endpoint[Any, Any]) -> tuple[Window, ...]:
    """Return the windows a corporation has at an endpoint: for each length the narrowest."""
    common = CORP_WINDOWS if endpoint.counted else ()
    narrowest: dict[int, Window] = {}
    for window in (*common, *endpoint.windows):
        known = narrowest.setdefault(window.seconds, window)
        narrowest[window.seconds] = min(known, window)
    return tuple(narrowest.values())
