"""Sliding windows: at most so many calls within any so many seconds."""

from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

_BUCKETS: Final = 120


class SlidingWindow(msgspec.Struct):
    """Counts calls in small buckets and never lets more than `calls` into any `seconds`.

    WeCom does not say where its windows begin; what keeps to every window keeps to its own. A
    bucket leaves the count only when all of it has left the window, which costs less than one
    percent of the limit. `lag` is how many seconds after it was counted a call may still be made.
    Times are Unix seconds, so that a window can be kept outside the process.
    """

    calls: int
    seconds: float
    lag: float = 0.0
    buckets: list[tuple[float, int]] = []

    def __post_init__(self) -> None:
        """Refuse a window through which nothing could ever pass."""
        if self.calls < 1:
            raise ValueError("a window admits at least one call")

    @property
    def used(self) -> int:
        """Calls counted in the window, as of the last look at the clock."""
        return sum(count for _, count in self.buckets)

    def take(self, now: datetime, calls: int = 1) -> None:
        """Count calls."""
        at = self._forget(now)
        if self.buckets and at - self.buckets[-1][0] < self._width:
            begun, count = self.buckets[-1]
            self.buckets[-1] = (begun, count + calls)
        else:
            self.buckets.append((at, calls))

    def give_back(self, calls: int, taken_at: datetime) -> None:
        """Count calls as never made that were counted at `taken_at`."""
        at = taken_at.timestamp()
        for index in range(len(self.buckets) - 1, -1, -1):
            begun, count = self.buckets[index]
            if begun <= at:
                self.buckets[index] = (begun, max(0, count - calls))
                return

    def room(self, now: datetime) -> int:
        """Return how many calls would fit now."""
        self._forget(now)
        return max(0, self.calls - self.used)

    def ready_at(self, now: datetime, ahead: int = 0) -> datetime:
        """Return when a call has room if `ahead` others go before it; not before `now`."""
        self._forget(now)
        rounds, ahead = divmod(ahead, self.calls)
        surplus = self.used + ahead + 1 - self.calls
        ready = now
        for begun, count in self.buckets:
            if surplus <= 0:
                break
            surplus -= count
            ready = datetime.fromtimestamp(begun + self._stay, UTC)
        return max(ready, now) + rounds * timedelta(seconds=self.seconds)

    @property
    def _width(self) -> float:
        return self.seconds / _BUCKETS

    @property
    def _stay(self) -> float:
        # a microsecond more, because datetimes are no finer and must not round into the window
        return self._width + self.seconds + self.lag + 1e-6

    def _forget(self, now: datetime) -> float:
        at = now.timestamp()
        gone = 0
        while gone < len(self.buckets) and self.buckets[gone][0] + self._stay <= at:
            gone += 1
        if gone:
            del self.buckets[:gone]
        return at
