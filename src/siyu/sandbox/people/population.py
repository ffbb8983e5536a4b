"""A population that lives on its own: who comes when, and what each does next.

All chance comes from the life's seed and the number of the turn, and each resident's next act is
kept with its time, so a world that was killed goes on where it was. How people are is written in
`siyu.sandbox.people.temper`, what they do in `siyu.sandbox.people.acts`.
"""

import asyncio
import math
import secrets
from collections.abc import Sequence
from random import Random
from typing import Any

from siyu.sandbox.people import temper
from siyu.sandbox.people.acts import Acts
from siyu.sandbox.people.browser import Browser
from siyu.sandbox.people.shop import ShopSystem
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.life_records import Life, Resident
from siyu.sandbox.world.state import World

_DAY = 86_400.0
_HOUR = 3600.0
_PEAK = max(temper.RHYTHM)


class Population:
    """Lets people live."""

    def __init__(self, world: World, browser: Browser, shop: ShopSystem) -> None:
        self._world = world
        self._acts = Acts(world, browser, shop)
        self._tasks: dict[str, set[asyncio.Task[None]]] = {}

    def begin(self, people: int, days: float, seed: int | None, ways: list[str]) -> Life:
        """Let so many people come within the days; raises `WorldRefused` without a code to scan."""
        world = self._world
        found = [w for w in world.ways if not ways or w.config_id in ways]
        if not found:
            raise WorldRefused("还没有可以扫的活码,请先在控制台创建一个")
        codes = [w.config_id for w in sorted(found, key=lambda w: (w.created, w.config_id))]
        seed = secrets.randbelow(10**9) if seed is None else seed
        now = world.now()
        life = world.life.lives.save(
            Life(
                id=secrets.token_hex(8), people=people, days=days, seed=seed, ways=codes,
                began=now, ends=now + days * _DAY,
            )
        )  # fmt: skip
        rng = Random(seed)  # noqa: S311  a population, not a lock
        for number, due in enumerate(_arrivals(rng, people, life)):
            place = _channel(rng, len(codes))
            self._settle(life, number, codes[place], place, due)
        return life

    def resume(self) -> None:
        """Let those go on who lived when the world stopped."""
        for resident in self._world.life.residents:
            life = self._world.life.lives.get(resident.life)
            if life is not None and life.status == "running" and resident.due is not None:
                self._let_live(life, resident)

    def stop(self, life: Life) -> None:
        """Let nobody of a life do anything more."""
        if life.status == "running":
            life.status = "stopped"
            self._world.life.lives.save(life)
            for task in self._tasks.pop(life.id, set()):
                task.cancel()

    def _settle(self, life: Life, number: int, way: str, place: int, due: float) -> None:
        channel = temper.CHANNELS[place % len(temper.CHANNELS)].name
        resident = Resident(
            life=life.id, number=number, way=way, channel=channel, act="arrive", due=due
        )
        self._let_live(life, self._world.life.residents.save(resident))

    def _let_live(self, life: Life, resident: Resident) -> None:
        tasks = self._tasks.setdefault(life.id, set())
        task = self._world.agenda.spawn(self._live(life, resident))
        tasks.add(task)
        task.add_done_callback(lambda done: self._ended(life, done))

    def _ended(self, life: Life, task: asyncio.Task[None]) -> None:
        tasks = self._tasks.get(life.id, set())
        tasks.discard(task)
        if not tasks and not task.cancelled() and life.status == "running":
            life.status = "done"
            self._world.life.lives.save(life)
            self._world.feed.publish("life", view(life))

    async def _live(self, life: Life, resident: Resident) -> None:
        world = self._world
        while resident.due is not None:
            await world.agenda.sleep_until(resident.due)
            rng = Random(f"{life.seed}:{resident.number}:{resident.turn}")  # noqa: S311
            act = resident.act
            done = await self._acts.do(life, resident, rng)
            life.acts[done] = life.acts.get(done, 0) + 1
            if done == "forward" and rng.random() < temper.FRIEND_COMES:
                self._befriend(life, resident, rng)
            resident.turn += 1
            self._decide(life, resident, act, rng)
            world.life.residents.save(resident)
            world.life.lives.save(life)
            world.feed.publish("life", view(life))

    def _decide(self, life: Life, resident: Resident, act: str, rng: Random) -> None:
        """Draw what comes next, and when."""
        channel = next(c for c in temper.CHANNELS if c.name == resident.channel)
        weights = {
            name: weight * channel.acts.get(name, 1.0) for name, weight in temper.NEXT[act].items()
        }
        resident.act = rng.choices(list(weights), weights=list(weights.values()))[0]
        if resident.act == "end":
            resident.due = None
            return
        shortest, longest = temper.PAUSES[resident.act]
        pause = math.exp(rng.uniform(math.log(shortest), math.log(longest)))
        due = _awake(rng, self._world.now() + pause)
        resident.due = due if due < life.ends else None

    def _befriend(self, life: Life, resident: Resident, rng: Random) -> None:
        """Let the friend who was sent a link come too, by the same code."""
        number = sum(1 for x in self._world.life.residents if x.life == life.id)
        due = _awake(rng, self._world.now() + rng.uniform(60, 2 * _HOUR))
        if due < life.ends:
            self._settle(life, number, resident.way, life.ways.index(resident.way), due)


def view(life: Life) -> dict[str, Any]:
    """Show a population without its people."""
    return {
        "id": life.id,
        "status": life.status,
        "people": life.people,
        "days": life.days,
        "seed": life.seed,
        "began": life.began,
        "ends": life.ends,
        "acts": life.acts,
    }


def _channel(rng: Random, codes: int) -> int:
    """Return the place of the code someone scans; codes are dealt to the channels in turn."""
    shares = [temper.CHANNELS[place % len(temper.CHANNELS)].share for place in range(codes)]
    return rng.choices(range(codes), weights=shares)[0]


def _arrivals(rng: Random, people: int, life: Life) -> Sequence[float]:
    """Return when people come, by the rhythm of the day."""
    span = (life.ends - life.began) * temper.ARRIVALS_UNTIL
    times: list[float] = []
    while len(times) < people:
        at = life.began + rng.random() * span
        if rng.random() * _PEAK < _wakefulness(at):
            times.append(at)
    return sorted(times)


def _awake(rng: Random, at: float) -> float:
    """Put a moment off until someone is likely to be awake."""
    while rng.random() * _PEAK > _wakefulness(at) * 2:
        at += rng.uniform(0.25, 1.0) * _HOUR
    return at


def _wakefulness(at: float) -> float:
    return temper.RHYTHM[int((at + temper.UTC_OFFSET) % _DAY / _HOUR)]
