"""Whose answer may change only because time passes.

Between two moments a condition on time can change for a person only when one of their values
crosses one of its borders, or when a local midnight begins a day. Whoever did not cross anything
keeps their answer, so only these are looked at again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from pyroaring import BitMap64

from siyu.core.analytics import Analytics
from siyu.people.rules.answers.bitmaps import read_bitmaps
from siyu.people.rules.answers.statements import Given
from siyu.people.rules.attributes import BASICS, SOURCES
from siyu.people.rules.conditions import Value
from siyu.people.rules.language import (
    AllOf,
    AnyOf,
    Attribute,
    Behaviour,
    Field,
    Friendship,
    InAudience,
    NoneOf,
    Rfm,
    Rule,
    Span,
)
from siyu.people.rules.plan import Table
from siyu.people.rules.terms import (
    FACT,
    SCALAR,
    Terms,
    Window,
    length,
    local_day,
    month_days,
    passing,
)

_SECOND: Final = 1_000_000
_YEAR: Final = 366


@dataclass(frozen=True)
class Crossing:
    """Rows whose customers may cross: by a condition on a table; of `event`, by their identity."""

    table: Table | str
    condition: str
    values: tuple[Value, ...]


async def due(
    analytics: Analytics,
    tenant_id: int,
    rules: Iterable[Rule],
    terms: Terms,
    since: datetime,
    until: datetime,
) -> BitMap64:
    """Return all customers for whom a rule's answer at `until` may differ from that at `since`.

    Only time is looked at, not what changed meanwhile. Some of them keep their answer after all.
    Raises what `Analytics` raises.
    """
    found = BitMap64()
    for sql, params in _statements(tenant_id, crossings(rules, terms, since, until)):
        body = await analytics.raw(sql, params)
        for bitmap, _ in read_bitmaps(body):
            found |= bitmap
    return found


def crossings(
    rules: Iterable[Rule], terms: Terms, since: datetime, until: datetime
) -> frozenset[Crossing]:
    """Return the conditions of who may cross between two moments."""
    finder = _Finder(terms, since, until, set())
    return frozenset(crossing for rule in rules for crossing in finder.node(rule))


@dataclass(frozen=True)
class _Finder:
    terms: Terms
    since: datetime
    until: datetime
    seen: set[int]

    def node(self, rule: Rule) -> Iterator[Crossing]:
        """Yield what crosses within a node."""
        match rule:
            case AllOf() | AnyOf() | NoneOf():
                for item in rule.items:
                    yield from self.node(item)
            case InAudience() if rule.audience_id not in self.seen:
                self.seen.add(rule.audience_id)
                inner = self.terms.rules.get(rule.audience_id)
                if inner is not None:
                    yield from self.node(inner)
            case _:
                yield from self._leaf(rule)

    def _leaf(self, leaf: Rule) -> Iterator[Crossing]:
        match leaf:
            case Attribute() if BASICS[leaf.name].kind == "moment" and leaf.span:
                yield from self._spans("person", SOURCES[leaf.name].column, leaf.span)
            case Field() if leaf.op == "anniversary":
                yield from self._anniversary(leaf)
            case Friendship():
                spans = {"first_add_at": leaf.first_added, "added_at": leaf.added}
                for column, span in (spans | {"lost_at": leaf.lost}).items():
                    if span:
                        yield from self._spans("person_contact", column, span)
            case Behaviour():
                for age in _ages(leaf.within):
                    text, values = _between(
                        "occurred_at", passing(self.since, self.until, age, FACT)
                    )
                    yield Crossing(
                        "event", f"type = ? AND {text}", ((leaf.type, "String"), *values)
                    )
            case Rfm() if leaf.recency is not None and self.terms.rfm is not None:
                for seconds in self.terms.rfm.recency_seconds:
                    crossed = passing(self.since, self.until, seconds * _SECOND, SCALAR)
                    yield Crossing("person", *_between("last_paid_at", crossed))
            case _:
                pass

    def _spans(self, table: Table, column: str, span: Span) -> Iterator[Crossing]:
        for age in _ages(span):
            crossed = passing(self.since, self.until, age, SCALAR)
            yield Crossing(table, *_between(column, crossed))

    def _anniversary(self, leaf: Field) -> Iterator[Crossing]:
        first, last = (local_day(at, self.terms.zone) for at in (self.since, self.until))
        if first == last:
            return
        come, gone = last + timedelta(days=leaf.days or 0), last - timedelta(days=1)
        days = _month_days(first + timedelta(days=(leaf.days or 0) + 1), come)
        days |= _month_days(first, gone)
        text = "kind = 'field' AND key = ? AND toMonth(day) * 100 + toDayOfMonth(day) IN ?"
        given = (leaf.field_id, "UInt64"), (tuple(sorted(days)), "Array(UInt16)")
        yield Crossing("person_value", text, given)


def _ages(span: Span | None) -> list[int]:
    """Return how old, in microseconds, a value is at the borders that move with time.

    The present is one of them: what lies in the future does not count until then.
    """
    if span is None:
        return [0]
    moving = (span.last, span.older)
    return [0, *(length(count, span.unit) for count in moving if count is not None)]


def _month_days(first: date, last: date) -> frozenset[int]:
    return month_days(first, min((last - first).days, _YEAR))


def _between(column: str, span: Window) -> tuple[str, tuple[Value, ...]]:
    text = (
        f"{column} >= fromUnixTimestamp64Micro(?, 'UTC')"
        f" AND {column} < fromUnixTimestamp64Micro(?, 'UTC')"
    )
    return text, ((span.start, "Int64"), (span.end, "Int64"))


def _statements(
    tenant_id: int, crossed: frozenset[Crossing]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield one statement for each table, over both tiers."""
    for table in sorted({one.table for one in crossed}):
        given = Given({"tenant": tenant_id})
        any_of = " OR ".join(
            f"({given.written(one.condition, one.values)})"
            for one in sorted(crossed, key=repr)
            if one.table == table
        )
        where = f"tenant_id = {{tenant:UInt64}} AND ({any_of})"
        if table == "event":
            who = f"SELECT identity_id FROM event WHERE {where}"  # noqa: S608 - constants
            where = f"tenant_id = {{tenant:UInt64}} AND kind = 'identity' AND key GLOBAL IN ({who})"
            table = "person_value"  # noqa: PLW2901 - facts lead to people
        yield f"SELECT groupBitmapState(customer_id) FROM {table} WHERE {where}", given.values  # noqa: S608
