"""Answers rules for one person, in Python; means the same as `sets`.

A rule is made into a function once per moment, and that is called for each person.
"""

import operator
from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

from pyroaring import BitMap64

from siyu.people.picture.person import INTERNAL, Act, Friend, Held, Person
from siyu.people.rules.attributes import AVERAGE, BASICS, SOURCES, fold
from siyu.people.rules.behaviours import property_of
from siyu.people.rules.language import (
    AllOf,
    AnyOf,
    Attribute,
    Behaviour,
    Field,
    Friendship,
    InAudience,
    InGroups,
    NoneOf,
    Rfm,
    Rule,
    Span,
    Tags,
    Where,
)
from siyu.people.rules.plan import NOTED, Circular, by_group, seen_staff
from siyu.people.rules.terms import (
    FACT,
    SCALAR,
    RfmThresholds,
    Terms,
    local_day,
    month_days,
    window,
)

Test = Callable[[Person], bool]
_COMPARE: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}
_NOTHING: Final = Held()
_SECOND: Final = timedelta(seconds=1)


def evaluator(rule: Rule, terms: Terms, at: datetime) -> Test:
    """Return a function that tells whether a person is in a rule's audience as of a moment.

    The person must have the acts of the types that `needs` names. Raises `Circular`.
    """
    holds = test(rule, terms, at)
    return lambda person: person.state != "none" and holds(person)


def test(rule: Rule, terms: Terms, at: datetime) -> Test:
    """Return a function that tells whether a node holds for a person. Raises `Circular`."""
    return _Maker(terms, at, ()).make(rule)


@dataclass(frozen=True)
class _Maker:
    terms: Terms
    at: datetime
    inside: tuple[int, ...]

    def make(self, rule: Rule) -> Test:
        """Return the test of a node."""
        match rule:
            case AllOf():
                return _all([self.make(item) for item in rule.items])
            case AnyOf():
                return _any([self.make(item) for item in rule.items])
            case NoneOf():
                one = _any([self.make(item) for item in rule.items])
                return lambda person: not one(person)
            case _:
                return _LEAVES[type(rule)](self, rule)

    def attribute(self, leaf: Attribute) -> Test:
        """Return the test of an attribute."""
        source = SOURCES[leaf.name]
        get = source.get
        if leaf.op in {"empty", "present"}:
            wanted = leaf.op == "empty"
            return lambda person: (get(person) is None) is wanted
        if leaf.name == AVERAGE:
            return _average(_COMPARE[leaf.op], leaf.number or 0)
        fits = self._fits(leaf)
        if source.many or BASICS[leaf.name].kind not in {"text", "choice"}:
            return lambda person: (one := get(person)) is not None and fits(one)
        return lambda person: (one := get(person)) is not None and fits((one,))

    def _fits(self, leaf: Attribute) -> Callable[[Any], bool]:
        match BASICS[leaf.name].kind:
            case "moment":
                return self._within(leaf.span)
            case "text":
                return _text(leaf.op, leaf.text or "")
            case "choice":
                return _among(leaf.op, frozenset(leaf.values or ()))
            case _:
                compare, number = _COMPARE[leaf.op], leaf.number
                return lambda value: compare(value, number)

    def _within(self, span: Span | None) -> Callable[[datetime | None], bool]:
        start, end = window(span, self.at, SCALAR).moments()
        return lambda moment: moment is not None and start <= moment < end

    def field(self, leaf: Field) -> Test:
        """Return the test of a custom field."""
        field_id, fits = leaf.field_id, self._value(leaf)
        if leaf.op == "empty":
            return lambda person: person.fields.get(field_id, _NOTHING) == _NOTHING
        return lambda person: fits(person.fields.get(field_id, _NOTHING))

    def _value(self, leaf: Field) -> Callable[[Held], bool]:
        if leaf.op in {"empty", "present"}:
            return lambda held: held != _NOTHING
        if leaf.op in {"in", "not_in"}:
            among = _among(leaf.op, frozenset(leaf.choices or ()))
            return lambda held: among(held.choices)
        if leaf.op == "within":
            first, last = leaf.since or date.min, leaf.until or date.max
            return lambda held: held.day is not None and first <= held.day <= last
        if leaf.op == "anniversary":
            comes = month_days(local_day(self.at, self.terms.zone), leaf.days or 0)
            return lambda held: (day := held.day) is not None and day.month * 100 + day.day in comes
        if leaf.text is not None:
            fits = _text(leaf.op, leaf.text)
            return lambda held: fits((fold(held.text),) if held.text is not None else ())
        compare, number = _COMPARE[leaf.op], leaf.number
        return lambda held: held.number is not None and compare(held.number, number)

    def tags(self, leaf: Tags) -> Test:
        """Return the test of tags."""
        wanted = frozenset(leaf.tag_ids)
        groups = [frozenset(one) for one in by_group(leaf.tag_ids, self.terms.tag_groups)]
        tags = carried(leaf, self.terms)
        match leaf.mode:
            case "any":
                return lambda person: not wanted.isdisjoint(tags(person))
            case "none":
                return lambda person: wanted.isdisjoint(tags(person))
            case "all":
                return lambda person: wanted <= tags(person)
            case "wecom":
                return _all([partial(_carries, tags, one) for one in groups])

    def friendship(self, leaf: Friendship) -> Test:
        """Return the test of friendships."""
        among = [
            (name, frozenset(values))
            for name, values in (
                ("staff_account_id", seen_staff(leaf, self.terms)),
                ("channel_id", leaf.channel_ids),
                ("live_code_id", leaf.live_code_ids),
                ("add_way", leaf.add_ways),
                ("state", leaf.states),
                ("lost_by", leaf.lost_by),
            )
            if values is not None
        ]
        spans = [
            (name, self._within(span))
            for name, span in (
                ("first_add_at", leaf.first_added),
                ("added_at", leaf.added),
                ("lost_at", leaf.lost),
            )
            if span
        ]

        def fits(friend: Friend) -> bool:
            for name, values in among:
                if getattr(friend, name) not in values:
                    return False
            return all(within(getattr(friend, name)) for name, within in spans)

        if leaf.times == 1:
            return lambda person: any(map(fits, person.friends))
        return lambda person: sum(map(fits, person.friends)) >= leaf.times

    def behaviour(self, leaf: Behaviour) -> Test:
        """Return the test of a behaviour."""
        fits, compare, times = doing(leaf, self.terms, self.at), _COMPARE[leaf.op], leaf.times
        if leaf.op == "ge" and times == 1:
            return lambda person: any(map(fits, person.acts))
        return lambda person: compare(sum(map(fits, person.acts)), times)

    def rfm(self, leaf: Rfm) -> Test:
        """Return the test of scores."""
        borders = self.terms.rfm
        if borders is None:
            return lambda _: False
        wanted = [
            frozenset(scores) if scores is not None else None
            for scores in (leaf.recency, leaf.frequency, leaf.money)
        ]
        return lambda person: (
            (found := scores(person, borders, self.at)) is not None
            and all(
                among is None or score in among for among, score in zip(wanted, found, strict=True)
            )
        )

    def audience(self, leaf: InAudience) -> Test:
        """Return the test of another audience."""
        audience_id = leaf.audience_id
        if audience_id in self.inside:
            raise Circular(audience_id)
        rule = self.terms.rules.get(audience_id)
        if rule is not None:
            inside = (*self.inside, audience_id)
            return replace(self, terms=self.terms.for_all(), inside=inside).make(rule)
        listed = self.terms.lists.get(audience_id, BitMap64())
        return lambda person: person.customer_id in listed


_LEAVES: Final[Mapping[type, Callable[[_Maker, Any], Test]]] = {
    Attribute: _Maker.attribute,
    Field: _Maker.field,
    Tags: _Maker.tags,
    Friendship: _Maker.friendship,
    Behaviour: _Maker.behaviour,
    Rfm: _Maker.rfm,
    InGroups: lambda _, leaf: _groups(leaf),
    InAudience: _Maker.audience,
}


def carried(leaf: Tags, terms: Terms) -> Callable[[Person], AbstractSet[int]]:
    """Return a function that tells which tags of a person count for a condition."""
    carriers, past = terms.carriers, leaf.past
    if carriers is None:
        if past:
            return lambda person: person.tags.keys() | person.past_tags.keys()
        return lambda person: person.tags.keys()

    def seen(person: Person) -> AbstractSet[int]:
        held = (person.tags, person.past_tags) if past else (person.tags,)
        return {
            tag_id for tags in held for tag_id, at in tags.items() if not carriers.isdisjoint(at)
        }

    return seen


def doing(leaf: Behaviour, terms: Terms, at: datetime) -> Callable[[Act], bool]:
    """Return a function that tells whether an act is one that a behaviour counts."""
    start, end = window(leaf.within, at, FACT).moments()
    conditions = [_where(leaf.type, where) for where in leaf.where]
    if leaf.type in NOTED and (carriers := terms.carriers) is not None:
        conditions.append(lambda act: (act.staff_account_id or INTERNAL) in carriers)

    def fits(act: Act) -> bool:
        return (
            act.type == leaf.type
            and start <= act.occurred_at < end
            and all(condition(act) for condition in conditions)
        )

    return fits


def scores(person: Person, borders: RfmThresholds, at: datetime) -> tuple[int, int, int] | None:
    """Return a person's recency, frequency and money; nothing when they never bought."""
    bought = person.bought
    if bought is None:
        return None
    age = (at - bought.last_paid_at) // _SECOND
    return (
        5 - bisect_right(borders.recency_seconds, age),
        1 + bisect_right(borders.frequency, bought.orders),
        1 + bisect_right(borders.money_fen, bought.gmv_fen),
    )


def _carries(tags: Callable[[Person], AbstractSet[int]], some: frozenset[int], one: Person) -> bool:
    return not some.isdisjoint(tags(one))


def _all(tests: list[Test]) -> Test:
    def every(person: Person) -> bool:
        for holds in tests:  # noqa: SIM110 - a generator costs more than the tests
            if not holds(person):
                return False
        return True

    return tests[0] if len(tests) == 1 else every


def _any(tests: list[Test]) -> Test:
    def one(person: Person) -> bool:
        for holds in tests:  # noqa: SIM110 - as above
            if holds(person):
                return True
        return False

    return tests[0] if len(tests) == 1 else one


def _groups(leaf: InGroups) -> Test:
    if leaf.group_ids is None:
        return lambda person: bool(person.group_ids)
    wanted = frozenset(leaf.group_ids)
    if leaf.mode == "any":
        return lambda person: not wanted.isdisjoint(person.group_ids)
    return lambda person: wanted <= person.group_ids


def _average(compare: Callable[[Any, Any], bool], number: int) -> Test:
    def holds(person: Person) -> bool:
        bought = person.bought
        return bought is not None and compare(bought.gmv_fen, number * bought.orders)

    return holds


def _text(op: str, text: str) -> Callable[[Collection[bytes]], bool]:
    wanted = fold(text)
    match op:
        case "eq":
            return lambda values: wanted in values
        case "ne":
            return lambda values: bool(values) and wanted not in values
        case "starts":
            return lambda values: any(value.startswith(wanted) for value in values)
        case _:
            return lambda values: any(wanted in value for value in values)


def _among(op: str, wanted: frozenset[Any]) -> Callable[[Collection[Any]], bool]:
    if op == "in":
        return lambda values: not wanted.isdisjoint(values)
    return lambda values: bool(values) and wanted.isdisjoint(values)


def _where(type_: str, where: Where) -> Callable[[Act], bool]:
    found = property_of(type_, where.name)
    if found is None:
        return lambda _: False
    name, _, member = where.name.partition(".")

    def value(act: Act) -> Any:
        whole = act.properties.get(name)
        return whole.get(member) if member and whole is not None else whole

    if where.op == "in":
        wanted = frozenset(where.values or ())
        # True is 1 to Python, but no number to whoever reported it.
        return lambda act: (one := value(act)) in wanted and not isinstance(one, bool)
    compare, number = _COMPARE[where.op], where.number
    flags = found.kind == "flag"

    def figure(act: Act) -> bool:
        one = value(act)
        fits = isinstance(one, bool) if flags else isinstance(one, int | float)
        return fits and (flags or not isinstance(one, bool)) and compare(one, number)

    return figure
