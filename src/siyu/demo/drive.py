"""Drives stepped time: the world moves on once it and siyu have nothing left to do."""

import asyncio
from typing import Any, Final, Protocol

from siyu.demo.api import Site, StoryFailed

_LOOK_SECONDS: Final = 0.01
_STALLED: Final = 10
"""Looks without a change after which whoever sleeps by the world's clock is let wake."""

_HOPELESS: Final = 3000
_TICK: Final = 0.001
"""What times lose on their way through datetimes, in seconds."""


class Driven(Protocol):
    """The system that follows the world's time."""

    async def look(self) -> dict[str, Any]:
        """Return `now`, `todo` by kind and `next_at`, as siyu's quiet door does."""
        ...

    async def passed(self, seconds: float) -> None:
        """Hear that the world's time moved on."""
        ...


class Siyu:
    """siyu as it runs in processes of its own, over its quiet door."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def look(self) -> dict[str, Any]:
        """Return what is to be done."""
        found: dict[str, Any] = await self._site.get("/quietz")
        return found

    async def passed(self, seconds: float) -> None:
        """Tell that time moved on."""
        await self._site.post(f"/quietz?passed={seconds}")


class Driver:
    """Moves the time of a world that is stepped."""

    def __init__(self, world: Site, siyu: Driven) -> None:
        self._world = world
        self._siyu = siyu
        self.steps = 0

    async def until(self, end: float) -> None:
        """Let everything happen up to a moment of the world; raises `StoryFailed` when stuck."""
        clock = await self._clock()
        while clock["now"] < end:
            work = await self.settle(clock)
            due = work["next_at"]
            clock = await self._step(clock["now"], end if due is None else min(end, due))
        await self.settle(clock)

    async def settle(self, clock: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return once neither has anything left to do; what siyu then waits for is returned.

        `clock` is what the world has just answered.
        """
        seen: Any = None
        unchanged = 0
        for _ in range(_HOPELESS):
            clock = clock or await self._clock()
            work = await self._siyu.look()
            if clock["quiet"] and not any(work["todo"].values()) and not _behind(work, clock):
                again = await self._clock()
                if again["quiet"] and again["happened"] == clock["happened"]:
                    return work
                clock = again
                continue
            state = (clock["quiet"], clock["happened"], work["todo"])
            unchanged = unchanged + 1 if state == seen else 0
            seen = state
            if unchanged >= _STALLED and clock["quiet"] and clock["stop"] is not None:
                # Somebody in siyu sleeps by the world's clock: only time can wake them.
                await self._step(clock["now"], clock["stop"])
                unchanged = 0
            await asyncio.sleep(_LOOK_SECONDS)
            clock = None
        raise StoryFailed(f"siyu 没有停下来：{seen}")

    async def _clock(self) -> dict[str, Any]:
        found: dict[str, Any] = await self._world.get("/world/api/clock")
        return found

    async def _step(self, now: float, until: float) -> dict[str, Any]:
        clock: dict[str, Any] = await self._world.post("/world/api/clock/step", {"until": until})
        await self._siyu.passed(clock["now"] - now)
        self.steps += 1
        return clock


def _behind(work: dict[str, Any], clock: dict[str, Any]) -> bool:
    """Whether siyu has not yet heard what time it is."""
    return bool(work["now"] < clock["now"] - _TICK)
