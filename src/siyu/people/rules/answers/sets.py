"""Answers rules for all customers of a tenant, as of a moment.

Of the base, which stays the same within a generation of the picture, answers are kept; of what
changed since, until something else does. Whoever changed counts by that part alone.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Protocol, TypeVar

from pyroaring import BitMap64

from siyu.core.analytics import Analytics
from siyu.core.db import Database
from siyu.core.errors import Unavailable
from siyu.core.stream import SHARDS
from siyu.core.together import both, together
from siyu.people.picture.state import applied_positions, writing_of
from siyu.people.rules.answers.bitmaps import read_bitmaps
from siyu.people.rules.answers.doings import Doings
from siyu.people.rules.answers.kept import Kept, Sized
from siyu.people.rules.answers.statements import (
    CHANGED,
    UNIVERSE,
    Place,
    Statement,
    statements,
)
from siyu.people.rules.answers.turns import Turns
from siyu.people.rules.language import Rule
from siyu.people.rules.plan import (
    Acts,
    Asked,
    Every,
    Members,
    Not,
    OneOf,
    Plan,
    Rows,
    asked,
    plan,
)
from siyu.people.rules.terms import Terms

T = TypeVar("T", bound=Hashable)
_TRIES: Final = 4
_PINS: Final = 100


class Picture(Protocol):
    """Knows where the picture stands."""

    async def place(self) -> Place:
        """Return where it stands now."""
        ...


class Standing:
    """The picture, as its projector left word of it."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def place(self) -> Place:
        """Return where the picture stands now."""
        async with self._db.system() as session:
            positions = await applied_positions(session)
            generation, settled = await writing_of(session)
        return Place(generation, tuple(positions[shard] for shard in range(SHARDS)), settled)


@dataclass(frozen=True)
class Answer:
    """Who a rule is about, as of a moment and a place in the stream."""

    members: BitMap64
    at: datetime
    place: Place


class Restless(Unavailable):
    """The picture was compacted again and again while it was asked."""

    def __init__(self) -> None:
        super().__init__("picture_restless", "客户画像正在整理，请稍后再试。")


Answers = Mapping[Any, BitMap64]
"""By `Asked`."""


class Sets:
    """Answers rules; one for a process, so that its answers are kept for all who ask.

    `kept_bytes` is what the kept answers may take in memory; as much may whose the facts are, and
    who did what.
    """

    def __init__(self, analytics: Analytics, picture: Picture, *, kept_bytes: int) -> None:
        self._picture = picture
        self._turns = Turns(analytics)
        self._kept: Kept[BitMap64] = Kept(kept_bytes)
        self._doings = Doings(self._turns, kept_bytes=kept_bytes)
        self._pins: OrderedDict[tuple[int, int, datetime], tuple[int, ...]] = OrderedDict()

    async def ask(
        self, tenant_id: int, rule: Rule, terms: Terms, at: datetime, among: Rows = UNIVERSE
    ) -> Answer:
        """Return the members of one rule; errors as in `ask_many`."""
        (answer,) = await self.ask_many(tenant_id, [rule], terms, at, among)
        return answer

    async def ask_many(
        self,
        tenant_id: int,
        rules: Sequence[Rule],
        terms: Terms,
        at: datetime,
        among: Rows = UNIVERSE,
    ) -> list[Answer]:
        """Return the members of rules, all as of the same place.

        `among` says who can be one at all; of others than `UNIVERSE` no audience is made.
        Who asks again as of the same `at` gets the facts of the first asking and waits little.

        Raises `Circular`, `Restless`, and what `Analytics` raises.
        """
        plans = [plan(rule, terms, at) for rule in rules]
        wanted = frozenset({among}).union(*map(asked, plans))
        for _ in range(_TRIES):
            place = self._pinned(tenant_id, await self._picture.place(), at)
            base, (changed, since) = await both(
                self._base(tenant_id, place, wanted), self._since(tenant_id, place, wanted)
            )
            # A compaction moves people from one part to the other, which would hide or keep them.
            if (await self._picture.place()).generation == place.generation:
                return [
                    Answer(
                        await asyncio.to_thread(_members, one, terms, base, changed, since, among),
                        at,
                        place,
                    )
                    for one in plans
                ]
        raise Restless

    async def prepare(self, tenant_id: int) -> None:
        """Read whose facts are now, that nobody waits for it; raises what `Analytics` raises."""
        await self._doings.owners(tenant_id, await self._picture.place())

    async def _base(self, tenant_id: int, place: Place, wanted: frozenset[Asked]) -> Answers:
        async def stand(missing: Sequence[Rows]) -> dict[Rows, Sized[BitMap64]]:
            return await self._fetch(statements(missing, tenant_id, place, changed=False))

        async def did(missing: Sequence[Acts]) -> dict[Acts, Sized[BitMap64]]:
            return await self._doings.base(tenant_id, place, missing)

        rows, acts = _parted(wanted)
        standing, doing = await both(
            self._kept.get((tenant_id, place.generation), rows, stand),
            # Most facts change nothing of the picture, so they are not among what changed.
            self._kept.get((tenant_id, place.generation, place.applied), acts, did),
        )
        return {**standing, **doing}

    def _pinned(self, tenant_id: int, place: Place, at: datetime) -> Place:
        """Return the same facts for all who ask as of one moment, so that answers can be kept."""
        key = (tenant_id, place.generation, at)
        self._pins.setdefault(key, place.applied)
        self._pins.move_to_end(key)
        while len(self._pins) > _PINS:
            self._pins.popitem(last=False)
        return replace(place, applied=self._pins[key])

    async def _since(
        self, tenant_id: int, place: Place, wanted: frozenset[Asked]
    ) -> tuple[BitMap64, Answers]:
        async def stand(missing: Sequence[Rows]) -> dict[Rows, Sized[BitMap64]]:
            return await self._fetch(statements(missing, tenant_id, place, changed=True))

        async def did(missing: Sequence[Acts]) -> dict[Acts, Sized[BitMap64]]:
            return await self._doings.since(tenant_id, place, missing)

        rows, acts = _parted(wanted)
        people = [CHANGED, *(item for item in rows if item.table == "person")]
        first = await self._kept_since(tenant_id, place, people, stand)
        changed = first[CHANGED]
        if not changed:
            return changed, dict.fromkeys(wanted, changed)
        others = [item for item in rows if item not in first]
        second, third = await both(
            self._kept_since(tenant_id, place, others, stand),
            self._kept_since(tenant_id, place, acts, did),
        )
        return changed, {**first, **second, **third}

    async def _kept_since(
        self,
        tenant_id: int,
        place: Place,
        wanted: Sequence[T],
        fetch: Callable[[Sequence[T]], Awaitable[Mapping[T, Sized[BitMap64]]]],
    ) -> dict[T, BitMap64]:
        if place.settled is not None:
            return await self._kept.get((tenant_id, place), wanted, fetch)
        answers = await fetch(wanted) if wanted else {}
        return {item: bitmap for item, (bitmap, _) in answers.items()}

    async def _fetch(self, todo: Sequence[Statement]) -> dict[Rows, Sized[BitMap64]]:
        found: dict[Rows, Sized[BitMap64]] = {}
        for answers in await together(*map(self._one, todo)):
            found |= answers
        return found

    async def _one(self, statement: Statement) -> dict[Rows, Sized[BitMap64]]:
        def read(body: bytes) -> dict[Rows, Sized[BitMap64]]:
            return dict(zip(statement.answers, read_bitmaps(body), strict=True))

        return await self._turns.ask(statement.sql, statement.params, read)


def _parted(wanted: frozenset[Asked]) -> tuple[list[Rows], list[Acts]]:
    rows = [item for item in wanted if isinstance(item, Rows)]
    return rows, [item for item in wanted if isinstance(item, Acts)]


def _members(
    wanted: Plan,
    terms: Terms,
    base: Answers,
    changed: BitMap64,
    since: Answers,
    among: Rows,
) -> BitMap64:
    """Return who is in a plan: of the base who did not change, and of those who did."""
    these = Every((wanted, among))
    before, after = (_solved(these, answers, terms, among) for answers in (base, since))
    return (before - changed) | (after & changed)


def _solved(wanted: Plan, answers: Answers, terms: Terms, among: Rows) -> BitMap64:
    match wanted:
        case Members():
            return terms.lists[wanted.audience_id]
        case OneOf():
            found = [_solved(item, answers, terms, among) for item in wanted.items]
            return BitMap64().union(*found)
        case Not():
            return answers[among] - _solved(wanted.item, answers, terms, among)
        case Every():
            others = [item.item for item in wanted.items if isinstance(item, Not)]
            these = [item for item in wanted.items if not isinstance(item, Not)] or [among]
            found = sorted((_solved(item, answers, terms, among) for item in these), key=len)
            members = found[0].intersection(*found[1:])
            return members.difference(*(_solved(item, answers, terms, among) for item in others))
        case _:
            return answers[wanted]
