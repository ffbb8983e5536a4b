"""A rule as sets: what has to be asked of the engine, and how the answers are combined.

Conditions are written once for both tiers of the picture.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from siyu.people.rules.attributes import AVERAGE, BASICS, SOURCES, Source
from siyu.people.rules.conditions import (
    COMPARED,
    Condition,
    Value,
    choice,
    days,
    property_fits,
    text_fits,
    within,
)
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
    Tags,
)
from siyu.people.rules.terms import (
    FACT,
    SCALAR,
    Terms,
    Window,
    local_day,
    micros,
    month_days,
    window,
)

Table = Literal["person", "person_contact", "person_value"]
_TEXT: Final = Source("lower(text)", lambda _: None)


@dataclass(frozen=True)
class Rows:
    """Customers with a row of a table for which the condition is true; in `times` rows at least."""

    table: Table
    condition: str
    values: tuple[Value, ...] = ()
    times: int = 1


@dataclass(frozen=True)
class Facts:
    """Facts of a type in a stretch of time, for which the condition is true."""

    type: str
    window: Window
    condition: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Acts:
    """Customers with at least `least` and at most `most` such facts."""

    facts: Facts
    least: int
    most: int | None = None


@dataclass(frozen=True)
class Members:
    """Customers on a list."""

    audience_id: int


@dataclass(frozen=True)
class Every:
    """Who is in all of them; everybody when there are none."""

    items: tuple["Plan", ...]


@dataclass(frozen=True)
class OneOf:
    """Who is in one of them; nobody when there are none."""

    items: tuple["Plan", ...]


@dataclass(frozen=True)
class Not:
    """Everybody else."""

    item: "Plan"


Asked = Rows | Acts
Plan = Asked | Members | Every | OneOf | Not
NOTED: Final = frozenset({"tag.marked", "tag.unmarked"})
"""Facts that say what is noted on a friendship, or (without a staff account) on the person."""
EVERYBODY: Final = Every(())
NOBODY: Final = OneOf(())


class Circular(Exception):
    """An audience is made of itself."""

    def __init__(self, audience_id: int) -> None:
        super().__init__(audience_id)
        self.audience_id = audience_id


def plan(rule: Rule, terms: Terms, at: datetime) -> Plan:
    """Return what a rule asks as of a moment. Raises `Circular`."""
    return _Planner(terms, at, ()).plan(rule)


@dataclass(frozen=True)
class _Planner:
    terms: Terms
    at: datetime
    inside: tuple[int, ...]

    def plan(self, rule: Rule) -> Plan:
        """Return the plan of a node."""
        match rule:
            case AllOf():
                return Every(tuple(map(self.plan, rule.items)))
            case AnyOf():
                return OneOf(tuple(map(self.plan, rule.items)))
            case NoneOf():
                return Not(OneOf(tuple(map(self.plan, rule.items))))
            case _:
                return _LEAVES[type(rule)](self, rule)

    def attribute(self, leaf: Attribute) -> Plan:
        """Return the plan of an attribute."""
        source = SOURCES[leaf.name]
        if leaf.op in {"empty", "present"}:
            return _exists(leaf.op, source)
        if leaf.name == AVERAGE:
            text = f"orders > 0 AND toInt128(gmv_fen) {COMPARED[leaf.op]} toInt128(?) * orders"
            return Rows("person", text, ((leaf.number, "Int64"),))
        match BASICS[leaf.name].kind:
            case "moment":
                fits = within(source.column, window(leaf.span, self.at, SCALAR))
            case "text":
                fits = text_fits(leaf.op, leaf.text or "", source)
            case "choice":
                fits = choice(leaf, source)
            case _:
                fits = f"{source.column} {COMPARED[leaf.op]} ?", ((leaf.number, "Int64"),)
        return Rows("person", *fits)

    def field(self, leaf: Field) -> Plan:
        """Return the plan of a custom field."""
        held = _value("field", "key = ?", (leaf.field_id, "UInt64"))
        if leaf.op in {"empty", "present"}:
            return Not(held) if leaf.op == "empty" else held
        if leaf.op in {"in", "not_in"}:
            among = _also(held, "item IN ?", ((leaf.choices, "Array(UInt64)"),))
            return among if leaf.op == "in" else Every((held, Not(among)))
        return _also(held, *self._value(leaf))

    def _value(self, leaf: Field) -> Condition:
        if leaf.op == "within":
            return days(leaf.since, leaf.until)
        if leaf.op == "anniversary":
            comes = sorted(month_days(local_day(self.at, self.terms.zone), leaf.days or 0))
            text = "toMonth(day) * 100 + toDayOfMonth(day) IN ?"
            return text, ((tuple(comes), "Array(UInt16)"),)
        if leaf.text is not None:
            return text_fits(leaf.op, leaf.text, _TEXT)
        return f"number {COMPARED[leaf.op]} ?", ((leaf.number, "Float64"),)

    def tags(self, leaf: Tags) -> Plan:
        """Return the plan of tags."""
        kinds = ("tag", "past_tag") if leaf.past else ("tag",)
        carriers = self.terms.carriers

        def one_of(tag_ids: tuple[int, ...]) -> Plan:
            given = (kinds, "Array(String)"), (tag_ids, "Array(UInt64)")
            held = Rows("person_value", "kind IN ? AND key IN ?", given)
            if carriers is None:
                return held
            return _also(held, "item IN ?", ((tuple(sorted(carriers)), "Array(UInt64)"),))

        match leaf.mode:
            case "any":
                return one_of(leaf.tag_ids)
            case "none":
                return Not(one_of(leaf.tag_ids))
            case "all":
                return Every(tuple(one_of((tag_id,)) for tag_id in leaf.tag_ids))
            case "wecom":
                groups = by_group(leaf.tag_ids, self.terms.tag_groups)
                return Every(tuple(map(one_of, groups)))

    def friendship(self, leaf: Friendship) -> Plan:
        """Return the plan of friendships."""
        staff = seen_staff(leaf, self.terms)
        if staff is not None and not staff:
            return NOBODY
        among = (
            ("staff_account_id", staff, "Array(UInt64)"),
            ("channel_id", leaf.channel_ids, "Array(UInt64)"),
            ("live_code_id", leaf.live_code_ids, "Array(UInt64)"),
            ("add_way", leaf.add_ways, "Array(Int32)"),
            ("state", leaf.states, "Array(String)"),
            ("lost_by", leaf.lost_by, "Array(String)"),
        )
        parts: list[Condition] = [
            (f"{column} IN ?", ((ids, kind),)) for column, ids, kind in among if ids is not None
        ]
        spans = ("first_add_at", leaf.first_added), ("added_at", leaf.added), ("lost_at", leaf.lost)
        parts += [within(column, window(span, self.at, SCALAR)) for column, span in spans if span]
        text = " AND ".join(text for text, _ in parts) or "1"
        values = tuple(value for _, values in parts for value in values)
        return Rows("person_contact", text, values, leaf.times)

    def behaviour(self, leaf: Behaviour) -> Plan:
        """Return the plan of a behaviour."""
        parts = [property_fits(leaf.type, where) for where in leaf.where]
        if leaf.type in NOTED and (carriers := self.terms.carriers) is not None:
            parts.append(("staff_account_id IN ?", ((tuple(sorted(carriers)), "Array(UInt64)"),)))
        text = " AND ".join(text for text, _ in parts) or "1"
        values = tuple(value for _, values in parts for value in values)
        facts = Facts(leaf.type, window(leaf.within, self.at, FACT), text, values)

        def so_often(least: int, most: int | None = None) -> Plan:
            if least == 0 and most is not None:
                return Not(so_often(most + 1))
            return Acts(facts, least, most) if least else EVERYBODY

        times = leaf.times
        least, most = {
            "ge": (times, None),
            "gt": (times + 1, None),
            "le": (0, times),
            "lt": (0, times - 1),
        }.get(leaf.op, (times, times))
        found = NOBODY if most == -1 else so_often(least, most)
        return Not(found) if leaf.op == "ne" else found

    def rfm(self, leaf: Rfm) -> Plan:
        """Return the plan of scores."""
        borders = self.terms.rfm
        if borders is None:
            return NOBODY
        now = micros(self.at)
        parts = ["orders > 0"]
        values: list[Value] = []
        if leaf.recency is not None:
            aged = " - ".join(["5", *["(last_paid_at < fromUnixTimestamp64Micro(?, 'UTC'))"] * 4])
            parts.append(f"{aged} IN ?")
            values += [(now - age * 1_000_000 + 1, "Int64") for age in borders.recency_seconds]
            values.append((leaf.recency, "Array(Int64)"))
        for column, scores, limits in (
            ("orders", leaf.frequency, borders.frequency),
            ("gmv_fen", leaf.money, borders.money_fen),
        ):
            if scores is not None:
                parts.append(" + ".join(["1", *[f"({column} >= ?)"] * 4]) + " IN ?")
                values += [(limit, "Int64") for limit in limits]
                values.append((scores, "Array(Int64)"))
        return Rows("person", " AND ".join(parts), tuple(values))

    def audience(self, leaf: InAudience) -> Plan:
        """Return the plan of another audience."""
        audience_id = leaf.audience_id
        if audience_id in self.inside:
            raise Circular(audience_id)
        rule = self.terms.rules.get(audience_id)
        if rule is not None:
            return _Planner(self.terms.for_all(), self.at, (*self.inside, audience_id)).plan(rule)
        return Members(audience_id) if audience_id in self.terms.lists else NOBODY


_LEAVES: Final[Mapping[type, Callable[[_Planner, Any], Plan]]] = {
    Attribute: _Planner.attribute,
    Field: _Planner.field,
    Tags: _Planner.tags,
    Friendship: _Planner.friendship,
    Behaviour: _Planner.behaviour,
    Rfm: _Planner.rfm,
    InGroups: lambda _, leaf: _groups(leaf),
    InAudience: _Planner.audience,
}


def seen_staff(leaf: Friendship, terms: Terms) -> tuple[int, ...] | None:
    """Return whose friendships a condition is about, of those that count; nothing: everybody's."""
    if terms.seen is None:
        return leaf.staff_account_ids
    asked = terms.seen if leaf.staff_account_ids is None else leaf.staff_account_ids
    return tuple(sorted(terms.seen.intersection(asked)))


def by_group(tag_ids: tuple[int, ...], groups: Mapping[int, int]) -> list[tuple[int, ...]]:
    """Return tags by their groups; a tag of no known group is one of its own."""
    found: dict[int, list[int]] = {}
    for tag_id in tag_ids:
        found.setdefault(groups.get(tag_id, -tag_id), []).append(tag_id)
    return [tuple(members) for members in found.values()]


def _groups(leaf: InGroups) -> Plan:
    if leaf.group_ids is None:
        return _value("group", "1")
    if leaf.mode == "any":
        return _value("group", "key IN ?", (leaf.group_ids, "Array(UInt64)"))
    return Every(tuple(_value("group", "key = ?", (one, "UInt64")) for one in leaf.group_ids))


def _value(kind: str, text: str, *values: Value) -> Rows:
    return Rows("person_value", f"kind = ? AND {text}", ((kind, "String"), *values))


def _also(rows: Rows, text: str, values: tuple[Value, ...]) -> Rows:
    return Rows(rows.table, f"{rows.condition} AND {text}", (*rows.values, *values))


def _exists(op: str, source: Source) -> Plan:
    if not source.absent:
        return EVERYBODY if op == "present" else NOBODY
    return Rows("person", source.absent if op == "empty" else f"NOT ({source.absent})")


def asked(plan_: Plan) -> frozenset[Asked]:
    """Return everything a plan asks of the engine."""
    found: set[Asked] = set()
    _walk(plan_, found.add)
    return frozenset(found)


def _walk(plan_: Plan, visit: Callable[[Asked], None]) -> None:
    match plan_:
        case Rows() | Acts():
            visit(plan_)
        case Every() | OneOf():
            for item in plan_.items:
                _walk(item, visit)
        case Not():
            _walk(plan_.item, visit)
        case Members():
            pass
