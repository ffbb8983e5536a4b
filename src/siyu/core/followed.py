"""A clock that follows another's: the simulated world's, in tests and demonstrations.

The world may let its time run faster, or step it: then it stands still until everything that a
moment brought about is over. siyu asks for each turn of that time in a long poll, which tells
the world that the one before was noted.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from typing import Final
from uuid import uuid4

import httpx
import msgspec
import structlog

from siyu.core.clock import Clock
from siyu.core.http import http_client

_log = structlog.get_logger(__name__)

_AGAIN_SECONDS: Final = 0.2
_TOLD_AFTER: Final = 10
_POLL_SECONDS: Final = 20
_PATIENCE_SECONDS: Final = 30.0
_TICK: Final = 0.001
"""What times lose on their way through datetimes, in seconds."""


class _Told(msgspec.Struct, frozen=True):
    """How the other's time goes on: from `at`, and since the machine's moment `since`."""

    mode: str
    at: float
    since: float
    speed: float
    turn: int

    def now(self) -> float:
        passed = 0.0 if self.mode == "stepped" else (time.time() - self.since) * self.speed
        return self.at + passed


class FollowedClock:
    """Tells the other's time; never goes back. Made by `following`."""

    def __init__(self, http: httpx.AsyncClient, url: str) -> None:
        self._http = http
        self._url = url
        self._name = f"siyu-{uuid4().hex[:8]}"
        self._told: _Told | None = None
        self._latest = 0.0
        self._moved = asyncio.Condition()

    def now(self) -> datetime:
        """Return the present moment of the other's."""
        if self._told is None:
            raise RuntimeError("the followed clock has not told the time yet")
        self._latest = max(self._latest, self._told.now())
        return datetime.fromtimestamp(self._latest, UTC)

    async def sleep(self, seconds: float) -> None:
        """Sleep so much of the other's time; stepped time is asked to stop there."""
        due = self.now().timestamp() + seconds
        while (told := self._told) and (left := due - self.now().timestamp()) > _TICK:
            if told.mode == "running":
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(left / told.speed):
                        await self._turned(told.turn)
                continue
            with contextlib.suppress(httpx.HTTPError):  # asked again after the next turn
                await self._http.post(f"{self._url}/stop", json={"at": due})
            await self._turned(told.turn)

    async def _turned(self, turn: int) -> None:
        """Wait until the other's time goes on in another way than at that turn."""
        async with self._moved:
            await self._moved.wait_for(partial(self._has_turned, turn))

    def _has_turned(self, turn: int) -> bool:
        return self._told is None or self._told.turn != turn

    async def ask(self) -> None:
        """Ask for the time, or for its next turn once it is known."""
        query: dict[str, str | int] = {"follower": self._name, "seconds": _POLL_SECONDS}
        if self._told is not None:
            query["turn"] = self._told.turn
        answer = await self._http.get(self._url, params=query)
        told = msgspec.json.decode(answer.raise_for_status().content, type=_Told)
        async with self._moved:
            self._told = told
            self._moved.notify_all()

    async def run(self) -> None:
        """Follow until cancelled; a time-out or a lost connection only delays."""
        failures = 0
        while True:
            try:
                await self.ask()
                failures = 0
            except (httpx.HTTPError, msgspec.DecodeError) as error:
                failures += 1
                if failures == _TOLD_AFTER:  # when both stop, the world may be gone first
                    _log.warning("clock.not_told", error=type(error).__name__)
                await asyncio.sleep(_AGAIN_SECONDS)


@contextlib.asynccontextmanager
async def following(url: str) -> AsyncIterator[FollowedClock]:
    """Follow the clock at an address while the block runs; waits until it first tells the time."""
    async with http_client(read_seconds=_POLL_SECONDS + 10) as http:
        clock = FollowedClock(http, url.rstrip("/"))
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while True:
                with contextlib.suppress(httpx.HTTPError):
                    await clock.ask()
                    break
                await asyncio.sleep(_AGAIN_SECONDS)
        task = asyncio.create_task(clock.run())
        try:
            yield clock
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


def sleep_by(clock: Clock) -> Callable[[float], Awaitable[None]]:
    """Return how to sleep by a clock."""
    return clock.sleep if isinstance(clock, FollowedClock) else asyncio.sleep
