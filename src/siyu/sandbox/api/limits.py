"""Rate limits per corporation and endpoint (doc 90312): windows and bans."""

from collections import defaultdict
from dataclasses import dataclass

from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world.switches import Switches

_MINUTE = 60
_HOUR = 3600


@dataclass(slots=True)
class _Window:
    started: int = 0
    count: int = 0

    def add(self, now: float, seconds: int) -> int:
        start = int(now) // seconds * seconds
        if start != self.started:
            self.started, self.count = start, 0
        self.count += 1
        return self.count


class Limits:
    """Counts calls. Kept in memory: a restart forgives, as a new minute would."""

    def __init__(self) -> None:
        self._minutes: dict[str, _Window] = defaultdict(_Window)
        self._hours: dict[str, _Window] = defaultdict(_Window)
        self._banned_until: dict[str, float] = {}
        self._in_flight: dict[str, int] = defaultdict(int)

    def enter(self, path: str, now: float, switches: Switches) -> None:
        """Count a call; raise 45009 beyond a window (banned for its length), 45033 for too many."""
        if now < self._banned_until.get(path, 0.0):
            raise ApiError(45009)
        if self._hours[path].add(now, _HOUR) > switches.per_hour:
            self._banned_until[path] = now + _HOUR
            raise ApiError(45009)
        if self._minutes[path].add(now, _MINUTE) > switches.per_minute:
            self._banned_until[path] = now + _MINUTE
            raise ApiError(45009)
        if self._in_flight[path] >= switches.concurrency:
            raise ApiError(45033)
        self._in_flight[path] += 1

    def shut(self, path: str, until: float) -> None:
        """Refuse an endpoint until a moment, as when another app used up the quota."""
        self._banned_until[path] = max(until, self._banned_until.get(path, 0.0))

    def leave(self, path: str) -> None:
        """Count out a call that has been answered."""
        self._in_flight[path] -= 1
