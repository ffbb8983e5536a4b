"""The ledger: what each corporation and the address we call from may still call, for all processes.

A process claims calls in advance, for a second at most, and makes them from memory; so the ledger
is asked some times a second and not for each call. A claim counts at once and whole: a process
that dies has called less than was counted, never more.

An address has quotas of its own that all corporations share (doc 90312). While it is nearly used
up, whoever has called more than an even part leaves room for what the others are known to need.
"""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

import msgspec

from siyu.channels.wecom.endpoint import Window
from siyu.channels.wecom.windows import SlidingWindow
from siyu.core.clock import Clock

LEASE: Final = timedelta(seconds=0.5)
"""How long a claimed call may wait to be made."""

ADDRESS_WINDOWS: Final = (Window(20_000, 60), Window(600_000, 3600))
_KEPT: Final = 0.02
_MINUTE: Final = 60.0
_PRESENT: Final = timedelta(seconds=5)
_HEADROOM: Final = 16
_BANS: Final = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


class LedgerLost(Exception):
    """The ledger cannot be asked; nothing may be called that it has not counted."""


class Unused(msgspec.Struct, frozen=True):
    """So many of the calls granted at `granted_at` were not made and never will be."""

    calls: int
    granted_at: datetime


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A wish of the process `holder` for `wanted` calls of a corporation to an endpoint.

    `urgent` of them are for who is urgent: a fiftieth of each window is left to these alone.
    `address_windows` is empty where the endpoint does not count against the address. `unused` is
    given back.
    """

    corp_id: str
    path: str
    holder: str
    wanted: int
    urgent: int
    windows: tuple[Window, ...]
    address_windows: tuple[Window, ...] = ()
    unused: tuple[Unused, ...] = ()


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """What a claim got: `calls` from `granted_at` until `until`, or nothing before `ready_at`.

    Before `full_until` there is room for the urgent alone, and all of `calls` is theirs. `holders`
    is how many processes call this endpoint for this corporation. `windows` is the corporation's
    count as it stands, to foretell waits by.
    """

    calls: int
    granted_at: datetime
    until: datetime
    ready_at: datetime
    full_until: datetime
    holders: int
    windows: tuple[SlidingWindow, ...]


class QuotaLedger(Protocol):
    """Keeps the counts for every process that calls from the same address.

    Every method raises `LedgerLost` when the counts cannot be reached.
    """

    async def claim(self, claim: Claim) -> Grant:
        """Count up to `claim.wanted` calls as made, and say how many."""
        ...

    async def refused(
        self, corp_id: str, path: str, asked_at: datetime, refused_at: datetime
    ) -> datetime:
        """Remember a 45009, when it was asked for and when it came; return when to go on."""
        ...

    async def answered(self, corp_id: str, path: str) -> None:
        """Remember that WeCom answers again after a 45009."""
        ...


class Lane(msgspec.Struct):
    """The count of one corporation at one endpoint."""

    windows: list[SlidingWindow] = []
    paused_until: datetime = _LONG_AGO
    refused_at: datetime = _LONG_AGO
    strikes: int = 0
    holders: dict[str, datetime] = {}

    def fit(self, windows: tuple[Window, ...]) -> None:
        """Count by these windows; what was counted stays where a window stays."""
        known = {window.seconds: window for window in self.windows}
        self.windows = [_window(window, known.get(window.seconds)) for window in windows]

    def room(self, now: datetime, *, urgent: bool) -> int:
        """Return how many calls may be claimed now."""
        if now < self.paused_until:
            return 0
        return min((_room(window, now, urgent=urgent) for window in self.windows), default=1 << 30)

    def ready_at(self, now: datetime, *, urgent: bool) -> datetime:
        """Return when the next call may be claimed."""
        ready = (_ready_at(window, now, urgent=urgent) for window in self.windows)
        return max(max(ready, default=now), self.paused_until)

    def refuse(self, asked_at: datetime, refused_at: datetime) -> datetime:
        """Stop for longer each time; a call asked before the last stop tells nothing new."""
        if asked_at > self.refused_at:
            self.refused_at = refused_at
            self.paused_until = refused_at + ban(self.strikes)
            self.strikes += 1
        return self.paused_until

    def present(self, holder: str, now: datetime) -> int:
        """Note that a process calls, and return how many do."""
        self.holders[holder] = now
        self.holders = {name: at for name, at in self.holders.items() if now - at < _PRESENT}
        return len(self.holders)


class Address(msgspec.Struct):
    """The count of the address we call from at one endpoint, and of each corporation therein."""

    windows: list[SlidingWindow] = []
    shares: dict[str, SlidingWindow] = {}

    def fit(self, windows: tuple[Window, ...]) -> None:
        """Count by these windows."""
        known = {window.seconds: window for window in self.windows}
        self.windows = [_window(window, known.get(window.seconds)) for window in windows]

    def room(self, corp_id: str, now: datetime, *, urgent: bool) -> int:
        """Return how many calls a corporation may claim now without taking what others need.

        An even part is everyone's; beyond it each other keeps as much again as it called lately,
        and a sixteenth of an even part to begin with.
        """
        if not self.windows:
            return 1 << 30
        free = min(_room(window, now, urgent=urgent) for window in self.windows)
        self.shares = {name: share for name, share in self.shares.items() if _alive(share, now)}
        shortest = min(self.windows, key=lambda window: window.seconds)
        even = shortest.calls // len(self.shares.keys() | {corp_id})
        own = self.shares[corp_id].used if corp_id in self.shares else 0
        needed = sum(
            max(0, min(even, 2 * share.used + even // _HEADROOM) - share.used)
            for name, share in self.shares.items()
            if name != corp_id
        )
        return min(free, max(even - own, free - needed, 0))

    def take(self, corp_id: str, now: datetime, calls: int) -> None:
        """Count the calls of a corporation."""
        if self.windows:
            self.shares.setdefault(corp_id, SlidingWindow(1 << 30, _MINUTE))
        for window in self.counts_of(corp_id):
            window.take(now, calls)

    def counts_of(self, corp_id: str) -> list[SlidingWindow]:
        """Return every window that a call of a corporation is counted in."""
        own = self.shares.get(corp_id)
        return self.windows if own is None else [*self.windows, own]

    def ready_at(self, now: datetime, *, urgent: bool) -> datetime:
        """Return when the next call may be claimed."""
        return max((_ready_at(window, now, urgent=urgent) for window in self.windows), default=now)


def grant(claim: Claim, lane: Lane, address: Address, now: datetime) -> Grant:
    """Settle a claim: the whole rule, on the two counts that it touches."""
    lane.fit(claim.windows)
    address.fit(claim.address_windows)
    for unused in claim.unused:
        for window in (*lane.windows, *address.counts_of(claim.corp_id)):
            window.give_back(unused.calls, unused.granted_at)
    room = _room_for(claim, lane, address, now, urgent=False)
    kept = _room_for(claim, lane, address, now, urgent=True)
    calls = max(min(claim.wanted, room), min(claim.urgent, kept))
    if calls:
        for window in lane.windows:
            window.take(now, calls)
        address.take(claim.corp_id, now, calls)
    return Grant(
        calls=calls,
        granted_at=now,
        until=now + LEASE,
        ready_at=now if calls else _opens_at(lane, address, now, urgent=claim.urgent > 0),
        full_until=now if 0 < calls <= room else _opens_at(lane, address, now, urgent=False),
        holders=lane.present(claim.holder, now),
        windows=tuple(lane.windows),
    )


def ban(strikes: int) -> timedelta:
    """Return how long to leave an endpoint alone after so many 45009 in a row before this one."""
    return _BANS[min(strikes, len(_BANS) - 1)]


class InProcessLedger:
    """Counts in the memory of this process, for programs that are one process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lanes: defaultdict[tuple[str, str], Lane] = defaultdict(Lane)
        self._addresses: defaultdict[str, Address] = defaultdict(Address)

    async def claim(self, claim: Claim) -> Grant:
        """Count up to `claim.wanted` calls as made, and say how many."""
        lane = self._lanes[claim.corp_id, claim.path]
        return grant(claim, lane, self._addresses[claim.path], self._clock.now())

    async def refused(
        self, corp_id: str, path: str, asked_at: datetime, refused_at: datetime
    ) -> datetime:
        """Remember a 45009, when it was asked for and when it came; return when to go on."""
        return self._lanes[corp_id, path].refuse(asked_at, refused_at)

    async def answered(self, corp_id: str, path: str) -> None:
        """Remember that WeCom answers again after a 45009."""
        self._lanes[corp_id, path].strikes = 0


def _window(window: Window, known: SlidingWindow | None) -> SlidingWindow:
    return SlidingWindow(
        window.calls,
        window.seconds,
        LEASE.total_seconds(),
        known.buckets if known is not None else [],
    )


def _kept(window: SlidingWindow, *, urgent: bool) -> int:
    return 0 if urgent else int(window.calls * _KEPT)


def _room(window: SlidingWindow, now: datetime, *, urgent: bool) -> int:
    return max(0, window.room(now) - _kept(window, urgent=urgent))


def _ready_at(window: SlidingWindow, now: datetime, *, urgent: bool) -> datetime:
    return window.ready_at(now, _kept(window, urgent=urgent))


def _room_for(claim: Claim, lane: Lane, address: Address, now: datetime, *, urgent: bool) -> int:
    own = lane.room(now, urgent=urgent)
    return min(own, address.room(claim.corp_id, now, urgent=urgent))


def _opens_at(lane: Lane, address: Address, now: datetime, *, urgent: bool) -> datetime:
    """Return when to claim again: soon after leaving room for others, else when a window opens."""
    opens = max(lane.ready_at(now, urgent=urgent), address.ready_at(now, urgent=urgent))
    return max(opens, now + LEASE)


def _alive(share: SlidingWindow, now: datetime) -> bool:
    share.room(now)  # forgets what is over
    return bool(share.buckets)
