"""Dynamic audiences: kept by the picture's projector, person by person.

The projector writes persons to the engine, then tells of them here, in a transaction that takes the
tenant's turn. So what a build before it had not seen yet is put right now, and a build after it
sees what is told.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from pyroaring import BitMap64
from sqlalchemy import select

from siyu.core.analytics import Analytics
from siyu.core.context import Context
from siyu.people.audiences import membership
from siyu.people.audiences.builds import others_follow
from siyu.people.audiences.copies import Copies
from siyu.people.audiences.erasure import follow_mergers
from siyu.people.audiences.membership import Change
from siyu.people.audiences.models import Audience
from siyu.people.audiences.rules import current
from siyu.people.audiences.terms import terms_of
from siyu.people.picture import debts
from siyu.people.picture.person import Person
from siyu.people.picture.state import Moment
from siyu.people.rules.crossing import due
from siyu.people.rules.evaluate import evaluator
from siyu.people.rules.language import Rule
from siyu.people.rules.needs import needed_tags, needs
from siyu.people.rules.terms import Terms

Test = Callable[[Person], bool]
_MARGIN: Final = timedelta(minutes=5)
"""Longer than a build takes from reading the clock to its end."""
_SKEW: Final = timedelta(seconds=10)
"""More than the clocks of two machines differ."""


class _Live(NamedTuple):
    """Dynamic audiences that were built as such, by number, and what their rules mean."""

    audiences: Mapping[int, Audience]
    rules: Mapping[int, Rule]
    terms: Terms

    def types(self, audience_id: int) -> frozenset[str]:
        """Return the facts that a rule counts."""
        return needs(self.rules[audience_id], self.terms).acts


class DynamicAudiences:
    """Listens to the picture: `Listener` and `Crossings` of its projector."""

    def __init__(self, analytics: Analytics) -> None:
        self._analytics = analytics
        self._copies = Copies()
        self._told: dict[int, frozenset[str]] = {}
        """Of which facts persons of a tenant come with their acts."""

    async def types(self, ctx: Context) -> frozenset[str]:
        """Return the facts that rules of dynamic audiences count."""
        live = await self._live(ctx)
        found = frozenset[str]().union(*map(live.types, live.rules))
        self._told[ctx.tenant_id] = found
        return found

    async def changed(
        self, ctx: Context, persons: Mapping[int, Person], gone: frozenset[int], moment: Moment
    ) -> None:
        """Let persons into the audiences they fit now, and out of those they do not."""
        await membership.turn(ctx)
        for list_id in await follow_mergers(ctx, gone):
            await others_follow(ctx, list_id)
        live = await self._live(ctx)
        told = self._told.get(ctx.tenant_id, frozenset())
        ready = {one for one in live.rules if live.types(one) <= told}
        if len(ready) < len(live.rules):
            # A rule came after these persons were read: they lack what it counts.
            await debts.owe(ctx.session, ctx.tenant_id, persons.keys() | gone, moment.at)
        tests = {one: evaluator(live.rules[one], live.terms, moment.at) for one in ready}
        revisions = {one: live.audiences[one].revision for one in ready}
        copies = await self._copies.of(ctx, revisions)
        about = BitMap64([*persons, *gone])
        carriers = _by_tag(persons)
        found = {
            one: _difference(test, copies[one], _likely(live.rules[one], persons, carriers), about)
            for one, test in tests.items()
        }
        changes = [
            Change(audience, *found[audience.id], told=True)
            for audience in await membership.locked(
                ctx, [one for one, (entered, left) in found.items() if entered or left]
            )
        ]
        for change in changes:
            change.audience.as_of = moment.at
        await membership.apply(ctx, changes)
        for audience, entered, left, _ in changes:
            # In place: should this transaction fail, the copy's revision is that of no audience.
            members = copies[audience.id]
            members |= entered
            members -= left
            self._copies.keep(ctx, audience.id, audience.revision, members)

    async def due(self, ctx: Context, since: datetime, until: datetime) -> list[int]:
        """Return the customers for whom time alone may have changed a rule's answer.

        Of an audience built meanwhile nobody has looked at what crossed since its build. Its
        members are read now, so that who changes next need not wait for that.
        """
        live = await self._live(ctx)
        await self._copies.warm(ctx, {one.id: one.revision for one in live.audiences.values()})
        starts: dict[datetime, list[Rule]] = {}
        for audience_id, rule in live.rules.items():
            if needs(rule, live.terms).timed:
                built = live.audiences[audience_id].built_at or since
                fresh = built - _SKEW if built > since - _MARGIN else since
                starts.setdefault(min(since, fresh), []).append(rule)
        found = BitMap64()
        for start, rules in starts.items():
            found |= await due(self._analytics, ctx.tenant_id, rules, live.terms, start, until)
        return list(found)

    async def _live(self, ctx: Context) -> _Live:
        rows = await ctx.session.scalars(
            select(Audience)
            .where(
                Audience.tenant_id == ctx.tenant_id,
                Audience.dynamic,
                Audience.told_since.is_not(None),
                Audience.archived_at.is_(None),
            )
            .execution_options(populate_existing=True)
        )
        audiences = {one.id: one for one in rows}
        known = await current(ctx) if audiences else {}
        rules = {one: known[one] for one in audiences}
        return _Live(
            audiences, rules, await terms_of(ctx, rules.values(), self._copies, known=known)
        )


def _by_tag(persons: Mapping[int, Person]) -> Mapping[int, Mapping[int, Person]]:
    found: dict[int, dict[int, Person]] = {}
    for number, person in persons.items():
        for tag_id in person.tags:
            found.setdefault(tag_id, {})[number] = person
    return found


def _likely(
    rule: Rule, persons: Mapping[int, Person], by_tag: Mapping[int, Mapping[int, Person]]
) -> Mapping[int, Person]:
    """Return who need be looked at: where a tag is needed, nobody without it."""
    tags = needed_tags(rule)
    if tags is None:
        return persons
    return dict(one for tag_id in tags for one in by_tag.get(tag_id, {}).items())


def _difference(
    test: Test, members: BitMap64, persons: Mapping[int, Person], about: BitMap64
) -> tuple[BitMap64, BitMap64]:
    """Return who of those it is about enters and who leaves; only `persons` may fit."""
    fits = BitMap64(one for one, person in persons.items() if test(person))
    there = about & members
    return fits - there, there - fits
