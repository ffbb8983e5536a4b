"""Sliding windows: at most so many calls within any so many seconds."""

from collections import deque
from datetime import datetime, timedelta
from typing import Final

_BUCKETS: Final = 120


class SlidingWindow:
    """Counts calls in small buckets and never lets more than `calls` into any `seconds`.

    WeCom does not say where its windows begin; what keeps to every window keeps to its own. A
    bucket leaves the count only when all of it has left the window, which costs less than one
    percent of the limit.
    """

    def __init__(self, calls: int, seconds: float) -> None:
        if calls < 1:
            raise ValueError("a window admits at least one call")
        self.calls = calls
        self._span = timedelta(seconds=seconds)
        self._width = self._span / _BUCKETS
        self._buckets: deque[tuple[datetime, int]] = deque()
        self._count = 0

    def take(self, now: datetime) -> None:
        """Count one call."""
        self._forget(now)
        if self._buckets and now - self._buckets[-1][0] < self._width:
            begun, count = self._buckets[-1]
            self._buckets[-1] = (begun, count + 1)
        else:
            self._buckets.append((now, 1))
        self._count += 1

    def ready_at(self, now: datetime, ahead: int = 0) -> datetime:
        """Return when a call has room if `ahead` others go before it; not before `now`."""
        self._forget(now)
        rounds, ahead = divmod(ahead, self.calls)
        surplus = self._count + ahead + 1 - self.calls
        ready = now
        for begun, count in self._buckets:
            if surplus <= 0:
                break
            surplus -= count
            ready = begun + self._width + self._span
        return max(ready, now) + rounds * self._span

    def _forget(self, now: datetime) -> None:
        while self._buckets and self._buckets[0][0] + self._width + self._span <= now:
            self._count -= self._buckets.popleft()[1]
