"""The calls of one corporation to one endpoint: who waits, and what was claimed for them."""

import asyncio
import heapq
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum
from typing import Final

from siyu.channels.wecom.endpoint import Window
from siyu.channels.wecom.ledger import LEASE, Claim, Grant, Unused
from siyu.channels.wecom.windows import SlidingWindow

LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
_MOST_CLAIMED: Final = 400


class Urgency(IntEnum):
    """Who passes first when there is no room for all."""

    URGENT = 0  # someone waits: a welcome, a sign-in
    NORMAL = 1
    BACKGROUND = 2  # synchronisation and other long work


@dataclass(order=True, slots=True)
class Waiter:
    """A call that waits for its turn; it passes by then or is told that it cannot."""

    urgency: Urgency
    number: int
    deadline: datetime = field(compare=False)
    turn: asyncio.Future[datetime] = field(compare=False)


@dataclass(slots=True, eq=False)
class CallLane:
    """The calls of one corporation to one endpoint."""

    corp_id: str
    path: str
    limit: int
    windows: tuple[Window, ...]
    address_windows: tuple[Window, ...]
    most: int
    ceiling: int
    in_flight: int = 0
    claimed: int = 0
    claimed_at: datetime | None = None
    claimed_until: datetime = LONG_AGO
    last_claim: int = 0
    made: int = 0
    called_at: datetime = LONG_AGO
    unused: list[Unused] = field(default_factory=list)
    closed_until: datetime = LONG_AGO
    full_until: datetime = LONG_AGO
    stopped_at: datetime = LONG_AGO
    slowed_at: datetime = LONG_AGO
    strikes: int = 0
    counts: tuple[SlidingWindow, ...] = ()
    waiters: list[Waiter] = field(default_factory=list)
    waiting: list[int] = field(default_factory=lambda: [0] * len(Urgency))
    claiming: bool = False
    timer: asyncio.Task[None] | None = None
    wakes_at: datetime = LONG_AGO

    def shut_until(self, urgency: Urgency) -> datetime:
        """Tell until when no call of this urgency passes; a full window keeps room for urgent."""
        if urgency is Urgency.URGENT:
            return self.closed_until
        return max(self.closed_until, self.full_until)

    def may_call(self, now: datetime) -> bool:
        """Tell whether a claimed call is left."""
        return not self.windows or (self.claimed > 0 and now < self.claimed_until)

    def opens_at(self, now: datetime, urgency: Urgency) -> datetime:
        """Foretell when a call that joins now would pass."""
        shut = self.shut_until(urgency)
        if shut <= now and self.may_call(now):
            return now
        ahead = sum(self.waiting[: urgency + 1])
        ready = max((count.ready_at(now, ahead) for count in self.counts), default=now)
        return max(ready, shut)

    def claim(self, holder: str) -> Claim:
        """Claim calls for who waits, and for who will come while they come as fast as before."""
        rising = min(2 * self.last_claim, _MOST_CLAIMED) if self.claimed == 0 else 0
        self._lay_down()
        wanted = max(len(self.waiters), rising)
        return self._claim(holder, wanted, urgent=self.waiting[Urgency.URGENT])

    def claim_ahead(self, holder: str) -> Claim:
        """Claim for who will come, while what is left of the last claim may still be called."""
        return self._claim(holder, min(2 * self.made + 1, _MOST_CLAIMED), urgent=0)

    def _claim(self, holder: str, wanted: int, *, urgent: int) -> Claim:
        unused, self.unused = tuple(self.unused), []
        return Claim(
            corp_id=self.corp_id,
            path=self.path,
            holder=holder,
            wanted=wanted,
            urgent=urgent,
            windows=self.windows,
            address_windows=self.address_windows,
            unused=unused,
        )

    def _lay_down(self) -> None:
        """Call no more of what was claimed; the next claim gives it back."""
        if self.claimed and self.claimed_at is not None:
            self.unused.append(Unused(self.claimed, self.claimed_at))
        self.claimed = 0

    def is_running_out(self, now: datetime) -> bool:
        """Whether calls keep coming, and the next would have to wait for a claim."""
        shut = self.shut_until(Urgency.NORMAL)
        if not self.windows or self.waiters or self.claiming or now < shut:
            return False
        return self.claimed == 0 or self.claimed_until - now < LEASE / 2

    def take(self, grant: Grant, *, urgent: bool) -> None:
        """Have what a claim got; an urgent one that got nothing shuts the lane for all.

        One that got what is kept for the urgent shuts it for the others.
        """
        if not grant.calls and (self.claimed or not self.waiters):
            return  # claimed ahead, and in vain: nobody has to wait for it
        self._lay_down()
        self.claimed, self.claimed_at = grant.calls, grant.granted_at
        self.claimed_until, self.made = grant.until, 0
        self.last_claim, self.counts = grant.calls, grant.windows
        raised = self.ceiling == self.most
        self.most = max(1, self.limit // grant.holders)
        self.ceiling = self.most if raised else min(self.ceiling, self.most)
        self.full_until = max(self.full_until, grant.full_until)
        if urgent and not grant.calls:
            self.closed_until = max(self.closed_until, grant.ready_at)

    def join(self, waiter: Waiter) -> None:
        """Let a call wait behind those as urgent as itself."""
        heapq.heappush(self.waiters, waiter)
        self.waiting[waiter.urgency] += 1

    def leave(self) -> Waiter:
        """Let the first one go."""
        waiter = heapq.heappop(self.waiters)
        self.waiting[waiter.urgency] -= 1
        return waiter
