"""The governor: keeps calls within WeCom's quotas, and tells callers when there is room.

WeCom allows a corporation 10,000 calls a minute and 150,000 an hour per endpoint, and bans for a
minute up to a month who goes beyond. Other applications of the corporation use the same quota, so
the governor may meet 45009 though it counted right: then it stops that endpoint at once, for
longer each time, and feels its way back with single calls. This governor serves one process;
`share` is the part of the quota this process may use.
"""

import asyncio
import heapq
import itertools
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Any, Final

from siyu.channels.wecom.endpoint import Endpoint
from siyu.channels.wecom.errors import QuotaExhausted
from siyu.channels.wecom.verdicts import CONCURRENCY_CODE, QUOTA_CODE
from siyu.channels.wecom.windows import SlidingWindow
from siyu.core.clock import Clock

PER_MINUTE: Final = 10_000
PER_HOUR: Final = 150_000
# how long to leave an endpoint alone after the first, second, … 45009 in a row
_BANS: Final = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
_BREATH: Final = timedelta(seconds=1)
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
Sleep = Callable[[float], Awaitable[None]]


class Urgency(IntEnum):
    """Who passes first when there is no room for all."""

    URGENT = 0  # someone waits: a welcome, a sign-in
    NORMAL = 1
    BACKGROUND = 2  # synchronisation and other long work


@dataclass(order=True, slots=True)
class _Waiter:
    urgency: Urgency
    number: int
    deadline: datetime = field(compare=False)
    turn: asyncio.Future[datetime] = field(compare=False)


@dataclass(slots=True, eq=False)
class _Lane:
    """The calls of one corporation to one endpoint."""

    path: str
    limit: int
    windows: list[SlidingWindow]
    ceiling: int
    in_flight: int = 0
    paused_until: datetime = _LONG_AGO
    banned_at: datetime = _LONG_AGO
    slowed_at: datetime = _LONG_AGO
    strikes: int = 0
    waiters: list[_Waiter] = field(default_factory=list)
    waiting: list[int] = field(default_factory=lambda: [0] * len(Urgency))
    timer: asyncio.Task[None] | None = None

    def ready_at(self, now: datetime, ahead: int = 0) -> datetime:
        ready = max((window.ready_at(now, ahead) for window in self.windows), default=now)
        return max(ready, self.paused_until)

    def ahead_of(self, urgency: Urgency) -> int:
        return sum(self.waiting[: urgency + 1])

    def join(self, waiter: _Waiter) -> None:
        heapq.heappush(self.waiters, waiter)
        self.waiting[waiter.urgency] += 1

    def leave(self) -> None:
        self.waiting[heapq.heappop(self.waiters).urgency] -= 1


@dataclass(slots=True)
class Slot:
    """Leave to make one call; the caller says how it went."""

    _governor: "Governor"
    _lane: _Lane
    _admitted_at: datetime

    def report(self, errcode: int) -> None:
        """Tell the errcode of the answer, so that the governor can learn from it."""
        self._governor._learn(self._lane, self._admitted_at, errcode)  # noqa: SLF001


class Governor:
    """Admits calls in order of urgency, within the quotas of each corporation and endpoint.

    `connections` bounds all calls at once; a quarter of them is kept for urgent ones, so that a
    synchronisation never holds up a welcome.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        share: float = 1.0,
        connections: int = 160,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        if not 0 < share <= 1:
            raise ValueError("a share is above 0 and at most 1")
        self._clock = clock
        self._share = share
        self._connections = connections
        self._unreserved = max(1, connections * 3 // 4)
        self._sleep = sleep
        self._lanes: dict[tuple[str, str], _Lane] = {}
        self._in_flight = 0
        self._crowded: set[_Lane] = set()
        self._numbers = itertools.count()

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

        Raises `QuotaExhausted` as soon as it is clear that there is no room within `patience`.
        """
        lane = self._lane(corp_id, endpoint)
        now = self._clock.now()
        turn: asyncio.Future[datetime] = asyncio.get_running_loop().create_future()
        waiter = _Waiter(urgency, next(self._numbers), now + patience, turn)
        if (ready := lane.ready_at(now, lane.ahead_of(urgency))) > waiter.deadline:
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
            if lane.timer is not None:
                lane.timer.cancel()
                with suppress(asyncio.CancelledError):
                    await lane.timer

    def _lane(self, corp_id: str, endpoint: Endpoint[Any, Any]) -> _Lane:
        key = (corp_id, endpoint.path)
        if (lane := self._lanes.get(key)) is None:
            common = ((PER_MINUTE, 60), (PER_HOUR, 3600)) if endpoint.counted else ()
            windows = [
                SlidingWindow(max(1, math.floor(calls * self._share)), seconds)
                for calls, seconds in (*common, *endpoint.windows)
            ]
            lane = _Lane(endpoint.path, endpoint.in_flight, windows, endpoint.in_flight)
            self._lanes[key] = lane
        return lane

    def _pump(self, lane: _Lane) -> None:
        """Admit waiters until something lacks room; whatever lacked it will pump again."""
        self._crowded.discard(lane)
        while lane.waiters:
            waiter = lane.waiters[0]
            now = self._clock.now()
            ready = lane.ready_at(now)
            if waiter.turn.done():
                lane.leave()
            elif max(ready, now) > waiter.deadline:
                lane.leave()
                waiter.turn.set_exception(QuotaExhausted(ready, lane.path))
            elif lane.in_flight >= lane.ceiling:
                return
            elif ready > now:
                self._wake(lane, ready - now)
                return
            elif self._in_flight >= self._room(waiter.urgency):
                self._crowded.add(lane)
                return
            else:
                lane.leave()
                lane.in_flight += 1
                self._in_flight += 1
                for window in lane.windows:
                    window.take(now)
                waiter.turn.set_result(now)

    def _room(self, urgency: Urgency) -> int:
        return self._connections if urgency is Urgency.URGENT else self._unreserved

    def _release(self, lane: _Lane) -> None:
        lane.in_flight -= 1
        self._in_flight -= 1
        self._pump(lane)
        for crowded in sorted(self._crowded, key=_first_in_line):
            self._pump(crowded)

    def _wake(self, lane: _Lane, after: timedelta) -> None:
        if lane.timer is None or lane.timer.done():
            lane.timer = asyncio.create_task(self._pump_later(lane, after))

    async def _pump_later(self, lane: _Lane, after: timedelta) -> None:
        await self._sleep(after.total_seconds())
        lane.timer = None
        self._pump(lane)

    def _learn(self, lane: _Lane, admitted_at: datetime, errcode: int) -> None:
        now = self._clock.now()
        # calls admitted before a stop tell nothing new when they end after it
        if errcode == QUOTA_CODE and admitted_at > lane.banned_at:
            lane.banned_at = now
            lane.paused_until = now + _BANS[min(lane.strikes, len(_BANS) - 1)]
            lane.strikes += 1
            lane.ceiling = 1
        elif errcode == CONCURRENCY_CODE and admitted_at > lane.slowed_at:
            lane.slowed_at = now
            lane.paused_until = max(lane.paused_until, now + _BREATH)
            lane.ceiling = max(1, lane.in_flight // 2)
        elif errcode == 0 and admitted_at > max(lane.banned_at, lane.slowed_at):
            lane.strikes = 0
            lane.ceiling = min(lane.limit, lane.ceiling + 1)


def _first_in_line(lane: _Lane) -> _Waiter:
    return lane.waiters[0]
