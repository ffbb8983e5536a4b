"""Records of how the world moves: its time, the faults it makes, and who lives in it."""

from typing import Any

import msgspec

from siyu.sandbox.store.journal import Journal
from siyu.sandbox.store.shelf import Shelf


class Time(msgspec.Struct, kw_only=True):
    """How the world's time goes on.

    ``mode`` ``running``: world time is ``at`` plus ``speed`` times what passed on the machine's
    clock since ``since``; so a speed of 1 with ``at`` equal to ``since`` is the machine's own
    time. ``mode`` ``stepped``: it stands at ``at`` until someone steps on.
    """

    mode: str = "running"
    at: float = 0.0
    since: float = 0.0
    speed: float = 1.0


class Rates(msgspec.Struct, kw_only=True):
    """Chances, between 0 and 1, that a call of an endpoint meets a fault.

    ``quota``: 45009, and the endpoint stays shut for ``shut_seconds``. ``crowd``: 45033.
    ``busy``: -1. ``slow``: the answer takes ``slow_seconds`` of real time. ``cut_before`` and
    ``cut_after``: the connection breaks before, or after, the call took effect. ``token``: the
    token dies before its time (40014).
    """

    quota: float = 0.0
    crowd: float = 0.0
    busy: float = 0.0
    slow: float = 0.0
    cut_before: float = 0.0
    cut_after: float = 0.0
    token: float = 0.0
    slow_seconds: float = 0.3
    shut_seconds: float = 60.0


class Faults(msgspec.Struct, kw_only=True):
    """What goes wrong, drawn from ``seed``: the same for the same calls, in whatever order.

    ``all`` holds for every endpoint but those that ``endpoints`` names by path. ``dropped``,
    ``doubled``, ``swapped`` (with the next one) and ``delayed`` (by up to ``delay_seconds``) are
    chances of a callback. ``secrets_per_day`` and ``revocations_per_day``: how often an app's
    secret is changed, or its permission for customers taken for ``revoked_seconds``, on average.
    """

    seed: int = 1
    all: Rates = msgspec.field(default_factory=Rates)
    endpoints: dict[str, Rates] = {}
    dropped: float = 0.0
    doubled: float = 0.0
    swapped: float = 0.0
    delayed: float = 0.0
    delay_seconds: float = 600.0
    secrets_per_day: float = 0.0
    revocations_per_day: float = 0.0
    revoked_seconds: float = 600.0
    next_secret: float | None = None
    next_revocation: float | None = None
    restore_at: float | None = None
    secrets_drawn: int = 0
    revocations_drawn: int = 0


class Life(msgspec.Struct, kw_only=True):
    """A population that lives on its own. ``status``: running, done, stopped."""

    id: str
    people: int
    days: float
    seed: int
    ways: list[str]
    began: float
    ends: float
    status: str = "running"
    acts: dict[str, int] = {}


class Resident(msgspec.Struct, kw_only=True):
    """One person of a population: what it does next, and when.

    ``number`` counts the residents of a life from 0, ``turn`` what this one has done, so that
    the dice of each turn fall the same after a kill. ``due`` is None once nothing comes.
    """

    life: str
    number: int
    way: str
    channel: str
    act: str
    due: float | None
    person: int = 0
    turn: int = 0
    bought: int = 0
    annoyed: int = 0


class LifeBook:
    """What is kept of how the world moves."""

    def __init__(self, journal: Journal) -> None:
        self.faults = Shelf("faults", Faults, lambda _: "faults", journal)
        self.lives = Shelf("lives", Life, lambda x: x.id, journal)
        self.residents = Shelf("residents", Resident, lambda x: f"{x.life}:{x.number}", journal)
        self.shelves: tuple[Shelf[Any], ...] = (self.faults, self.lives, self.residents)
