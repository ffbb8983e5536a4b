"""How the world moves: its clock, its population, its faults. ``/world/api/clock|life|faults``."""

import math
from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from litestar import Controller, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from siyu.sandbox.control.guard import from_this_machine
from siyu.sandbox.control.parts import TheWorld
from siyu.sandbox.control.problems import NotInWorld
from siyu.sandbox.people.population import Population, view
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.faults import Dice
from siyu.sandbox.world.life_records import Faults, Rates
from siyu.sandbox.world.state import World

_MOST_PEOPLE = 20_000
_FASTEST = 3600.0
_POLL_SECONDS = 20.0
_LETTER_RATES = ("dropped", "doubled", "swapped", "delayed")

TheDice = NamedDependency[Dice]
ThePopulation = NamedDependency[Population]
TheQuiet = NamedDependency[Callable[[], bool]]


class ClockChange(msgspec.Struct):
    """Body of ``PUT clock``: ``running`` at a speed, or ``stepped``."""

    mode: str
    speed: float = 1.0


class Step(msgspec.Struct):
    """Body of ``POST clock/step``: go on to the next planned moment, but not past ``until``."""

    until: float


class Stop(msgspec.Struct):
    """Body of ``POST clock/stop``: let stepped time stop at ``at``."""

    at: float


class NewLife(msgspec.Struct):
    """Body of ``POST life``. ``ways``: config ids to scan; empty: all there are.

    ``speed`` or ``stepped`` set the clock; without either it goes on as it does.
    """

    people: int
    days: float = 1.0
    seed: int | None = None
    ways: list[str] = []
    speed: float | None = None
    stepped: bool = False


def _clock(world: World, quiet: Callable[[], bool]) -> dict[str, Any]:
    agenda = world.agenda
    return {
        "now": world.now(),
        "mode": agenda.time.mode,
        "speed": agenda.time.speed,
        "at": agenda.time.at,
        "since": agenda.time.since,
        "turn": agenda.turn,
        "next": agenda.next_at,
        "stop": agenda.next_stop,
        "quiet": agenda.at_work == 0 and quiet(),
        "happened": world.log.next_id,
    }


async def _set_clock(world: World, mode: str, speed: float) -> None:
    if mode not in {"running", "stepped"} or not 0 < speed <= _FASTEST:
        raise WorldRefused(f"时间只能是 running 或 stepped,速度在 0 到 {_FASTEST:g} 之间")
    await world.agenda.set(mode=mode, speed=speed)
    await world.journal.settled()


class LifeController(Controller):
    """The clock, the population, the faults."""

    path = "/world/api"
    guards = (from_this_machine,)

    @get("/clock")
    async def clock(
        self,
        world: TheWorld,
        quiet: TheQuiet,
        turn: FromQuery[int | None] = None,
        follower: FromQuery[str] = "",
        seconds: Annotated[float, QueryParameter(ge=0, le=_POLL_SECONDS)] = _POLL_SECONDS,
    ) -> dict[str, Any]:
        """Tell the time; with ``turn`` only once it took another turn, or after ``seconds``.

        A ``follower`` is waited for whenever time is stepped.
        """
        if turn is not None:
            await world.agenda.follow(follower, turn, seconds)
        return _clock(world, quiet)

    @put("/clock")
    async def change_clock(
        self, world: TheWorld, quiet: TheQuiet, data: JSONBody[ClockChange]
    ) -> dict[str, Any]:
        """Let time run, at some speed, or stand still until it is stepped."""
        await _set_clock(world, data.mode, data.speed)
        return _clock(world, quiet)

    @post("/clock/step", status_code=200)
    async def step(self, world: TheWorld, quiet: TheQuiet, data: JSONBody[Step]) -> dict[str, Any]:
        """Move on to the next moment after which something was said to or by the outside.

        Moments between are passed on the way: when people only chat among themselves, or their
        pages tell that they are still being read.
        """
        agenda = world.agenda
        if not agenda.stepped:
            raise WorldRefused("时间正在走动,先把它设为 stepped")
        before = world.log.touches
        while await agenda.step(data.until, quiet) and world.log.touches == before:
            pass
        return _clock(world, quiet)

    @post("/clock/stop", status_code=204)
    async def stop(self, world: TheWorld, data: JSONBody[Stop]) -> None:
        """Let stepped time stop at a moment, for someone who sleeps by the world's clock."""
        if world.agenda.stepped and data.at > world.now():
            world.agenda.stop_at(data.at)

    @post("/life")
    async def begin(
        self, world: TheWorld, population: ThePopulation, data: JSONBody[NewLife]
    ) -> dict[str, Any]:
        """Let people live on their own for some days; follow them at ``GET life``."""
        if not 1 <= data.people <= _MOST_PEOPLE or not 0 < data.days <= 366:  # noqa: PLR2004
            raise WorldRefused(f"人数须在 1 到 {_MOST_PEOPLE} 之间,天数在 0 到 366 之间")
        if data.stepped or data.speed is not None:
            await _set_clock(world, "stepped" if data.stepped else "running", data.speed or 1.0)
        life = population.begin(data.people, data.days, data.seed, data.ways)
        await world.journal.settled()
        return view(life)

    @get("/life")
    async def lives(self, world: TheWorld) -> dict[str, list[dict[str, Any]]]:
        """List the populations, the latest first."""
        found = sorted(world.life.lives, key=lambda life: -life.began)
        return {"items": [view(life) for life in found]}

    @post("/life/{number:str}/stop", status_code=200)
    async def end(
        self, world: TheWorld, population: ThePopulation, number: FromPath[str]
    ) -> dict[str, Any]:
        """Let nobody of a population do anything more."""
        found = world.life.lives.get(number)
        if found is None:
            raise NotInWorld("没有这群人")
        population.stop(found)
        await world.journal.settled()
        return view(found)

    @get("/faults")
    async def faults(self, dice: TheDice) -> Faults | None:
        """Show the plan of faults in force."""
        return dice.plan

    @put("/faults")
    async def plan(self, world: TheWorld, dice: TheDice, data: JSONBody[Faults]) -> Faults:
        """Let things go wrong by a plan."""
        _check(data)
        dice.begin(data)
        await world.journal.settled()
        return data

    @delete("/faults", status_code=204)
    async def mend(self, world: TheWorld, dice: TheDice) -> None:
        """Let nothing go wrong any more."""
        dice.begin(None)
        await world.journal.settled()


def _check(plan: Faults) -> None:
    rates = [plan.all, *plan.endpoints.values()]
    for each in rates:
        _check_chances([getattr(each, name) for name in Rates.__struct_fields__[:7]])
    _check_chances([getattr(plan, name) for name in _LETTER_RATES])


def _check_chances(chances: list[float]) -> None:
    if any(not 0 <= chance <= 1 for chance in chances) or not math.fsum(chances) <= 1:
        raise WorldRefused("故障概率须在 0 到 1 之间,同一调用的合计不超过 1")
