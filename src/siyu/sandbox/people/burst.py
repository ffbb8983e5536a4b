"""A burst: very many people who scan codes within seconds, and how soon each is welcomed."""

import asyncio
import secrets
from collections import defaultdict, deque
from random import Random
from typing import Any

from siyu.sandbox.world import contacts
from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import WELCOME_SECONDS, WorldRefused
from siyu.sandbox.world.seed import make_person
from siyu.sandbox.world.state import World

_TICK_SECONDS = 0.02
_WATCH_SECONDS = 0.25
_GRACE_SECONDS = 2.0


class Bursts:
    """Runs bursts in the background."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._tasks: set[asyncio.Task[None]] = set()
        self._codes: dict[str, list[r.WelcomeCode]] = defaultdict(list)

    def begin(self, ways: list[str], people: int, seconds: float) -> r.Burst:
        """Start a burst on ``ways``; raises `WorldRefused` when one of them is unknown."""
        if not ways or any(config_id not in self._world.ways for config_id in ways):
            raise WorldRefused("要扫的二维码不存在")
        burst = self._world.bursts.save(
            r.Burst(
                id=secrets.token_hex(8), people=people, seconds=seconds, ways=ways,
                started=self._world.now(),
            )
        )  # fmt: skip
        self._start(burst)
        return burst

    def resume(self) -> None:
        """Close the books of bursts that a stop interrupted; latecomers are not sent again."""
        for code in self._world.welcome_codes:
            if code.burst:
                self._codes[code.burst].append(code)
        for burst in self._world.bursts:
            if burst.status == "running":
                burst.people = burst.added
                self._start(burst)

    async def finish(self) -> None:
        """Interrupt."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, burst: r.Burst) -> None:
        task = asyncio.create_task(self._run(burst))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, burst: r.Burst) -> None:
        world = self._world
        loop = asyncio.get_running_loop()
        began = loop.time()
        rng = Random(burst.id)  # noqa: S311
        while burst.added < burst.people:
            due = int(burst.people * min((loop.time() - began) / burst.seconds, 1.0))
            while burst.added < due:
                way = world.ways.get(burst.ways[burst.added % len(burst.ways)])
                if way is not None:
                    person = make_person(world, rng, origin="burst")
                    added = contacts.scan(world, way, person, burst=burst.id)
                    if added.welcome is not None:
                        self._codes[burst.id].append(added.welcome)
                burst.added += 1
            world.bursts.save(burst)
            await asyncio.sleep(_TICK_SECONDS)
        last = world.now() + WELCOME_SECONDS + _GRACE_SECONDS
        waiting = deque(self._codes[burst.id])
        while world.now() < last and _any_open(waiting, world.now()):  # noqa: ASYNC110
            await asyncio.sleep(_WATCH_SECONDS)
        burst.status, burst.finished = "done", world.now()
        world.bursts.save(burst)
        world.feed.publish("burst", self.report(burst))

    def report(self, burst: r.Burst) -> dict[str, Any]:
        """Return figures of a burst; times in milliseconds since the person was added."""
        codes = self._codes[burst.id]
        answered = [(c.acknowledged - c.created) * 1000 for c in codes if c.acknowledged]
        welcomed = [(c.sent - c.created) * 1000 for c in codes if c.sent]
        now = self._world.now()
        return {
            "id": burst.id,
            "status": burst.status,
            "people": burst.people,
            "seconds": burst.seconds,
            "added": burst.added,
            "codes": len(codes),
            "acknowledged": len(answered),
            "welcomed": len(welcomed),
            "expired": sum(1 for c in codes if c.status == "open" and c.expires <= now),
            "acknowledged_ms": _spread(answered),
            "welcome_ms": _spread(welcomed),
            "last_welcome_at": max((c.sent for c in codes if c.sent), default=None),
            "started": burst.started,
            "finished": burst.finished,
        }


def _any_open(waiting: deque[r.WelcomeCode], now: float) -> bool:
    while waiting and (waiting[0].status == "used" or waiting[0].expires <= now):
        waiting.popleft()
    return bool(waiting)


def _spread(values: list[float]) -> dict[str, float]:
    if not values:
        return {}
    ordered = sorted(values)

    def at(share: float) -> float:
        return round(ordered[min(int(len(ordered) * share), len(ordered) - 1)], 2)

    return {"p50": at(0.5), "p95": at(0.95), "p99": at(0.99), "max": round(ordered[-1], 2)}
