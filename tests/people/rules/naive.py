"""What rules mean, written a third time: slowly, person by person, by the words of the language."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

from siyu.people.picture.person import Act, Friend, Person
from siyu.people.rules import language as l
from siyu.people.rules.terms import Terms

_HOUR = timedelta(hours=1)


def members(rule: l.Rule, people: list[Person], terms: Terms, at: datetime) -> set[int]:
    """Return who is in a rule's audience."""
    return {p.customer_id for p in people if p.state != "none" and holds(rule, p, terms, at)}


def holds(rule: l.Rule, p: Person, terms: Terms, at: datetime) -> bool:
    """Tell whether a node holds."""
    match rule:
        case l.AllOf():
            return all(holds(item, p, terms, at) for item in rule.items)
        case l.AnyOf():
            return any(holds(item, p, terms, at) for item in rule.items)
        case l.NoneOf():
            return not any(holds(item, p, terms, at) for item in rule.items)
        case l.InAudience() if rule.audience_id in terms.rules:
            return holds(terms.rules[rule.audience_id], p, replace(terms, seen=None), at)
        case _:
            return _LEAVES[type(rule)](rule, p, terms, at)


def _behaviour(rule: l.Behaviour, p: Person, terms: Terms, at: datetime) -> bool:
    done = [a for a in p.acts if a.type == rule.type and _in(rule.within, _cut(a), at)]
    if terms.seen is not None and rule.type.startswith("tag."):
        done = [a for a in done if a.staff_account_id in {None, *terms.seen}]
    done = [a for a in done if all(_where(where, a) for where in rule.where)]
    return _compare(rule.op, len(done), rule.times)


def _groups(rule: l.InGroups, p: Person) -> bool:
    if rule.group_ids is None:
        return len(p.group_ids) > 0
    fits = [group in p.group_ids for group in rule.group_ids]
    return all(fits) if rule.mode == "all" else any(fits)


def _cut(act: Act) -> datetime:
    return act.occurred_at.replace(microsecond=act.occurred_at.microsecond // 1000 * 1000)


def _in(span: l.Span | None, x: datetime | None, at: datetime) -> bool:
    if x is None or x > at:
        return False
    if span is None:
        return True
    unit = _HOUR if span.unit == "hour" else 24 * _HOUR
    if span.last is not None and not at - span.last * unit < x:
        return False
    if span.older is not None and not x <= at - span.older * unit:
        return False
    if span.since is not None and not span.since <= x:
        return False
    return span.until is None or x < span.until


def _compare(op: str, a, b) -> bool:
    return {
        "eq": a == b, "ne": a != b, "lt": a < b, "le": a <= b, "gt": a > b, "ge": a >= b,
    }[op]  # fmt: skip


def _folded(text: str) -> str:
    return "".join(c.lower() if c.isascii() else c for c in text)


def _values(rule_op: str, given: list, wanted) -> bool:
    if rule_op == "in":
        return any(one in wanted for one in given)
    return len(given) > 0 and not any(one in wanted for one in given)


def _texts(op: str, given: list[str], wanted: str) -> bool:
    given, wanted = [_folded(one) for one in given], _folded(wanted)
    match op:
        case "eq":
            return any(one == wanted for one in given)
        case "ne":
            return len(given) > 0 and all(one != wanted for one in given)
        case "contains":
            return any(wanted in one for one in given)
        case _:
            return any(one[: len(wanted)] == wanted for one in given)


def _given(name: str, p: Person) -> list:
    """Return the values of an attribute: none, one or several."""
    bought = p.bought
    found = {
        "name": p.name or None, "corp_name": p.corp_name or None,
        "gender": {1: "male", 2: "female"}.get(p.gender),
        "kind": {1: "wechat", 2: "wecom"}.get(p.kind),
        "state": p.state, "stage": None if p.stage_id is None else f"{p.stage_id}",
        "stage_at": p.stage_at, "created_at": p.created_at,
        "first_add_at": p.first_add_at, "last_add_at": p.last_add_at,
        "friends": len([f for f in p.friends if f.state in ("active", "half")]),
        "marketing": p.marketing, "sensitive": 1 if p.sensitive else 0,
        "orders": bought.orders if bought else 0, "gmv_fen": bought.gmv_fen if bought else 0,
        "average_fen": bought.gmv_fen / bought.orders if bought else None,
        "first_paid_at": bought.first_paid_at if bought else None,
        "last_paid_at": bought.last_paid_at if bought else None,
    }  # fmt: skip
    if name == "remark":
        return [f.remark.replace("\n", " ") for f in p.friends if f.remark]
    if name == "identity":
        return sorted(p.identity_kinds)
    return [] if found[name] is None else [found[name]]


def _attribute(rule: l.Attribute, p: Person, at: datetime) -> bool:
    given = _given(rule.name, p)
    if rule.op == "empty":
        return not given
    if rule.op == "present":
        return bool(given)
    if rule.op == "within":
        return any(_in(rule.span, one, at) for one in given)
    if rule.op in ("in", "not_in"):
        return _values(rule.op, given, rule.values)
    if rule.text is not None:
        return _texts(rule.op, given, rule.text)
    return any(_compare(rule.op, one, rule.number) for one in given)


def _field(rule: l.Field, p: Person, terms: Terms, at: datetime) -> bool:
    value = p.fields.get(rule.field_id)
    if value is None or rule.op in ("empty", "present"):
        return (value is None) == (rule.op == "empty")
    if rule.op in ("in", "not_in"):
        return _values(rule.op, sorted(value.choices), rule.choices)
    if rule.op == "within":
        later = rule.since is None or value.day >= rule.since
        return later and (rule.until is None or value.day <= rule.until)
    if rule.op == "anniversary":
        today = at.astimezone(terms.zone).date()
        return any(_comes(value.day, today + timedelta(days=n)) for n in range(rule.days + 1))
    if rule.text is not None:
        return _texts(rule.op, [value.text], rule.text)
    return _compare(rule.op, value.number, rule.number)


def _comes(born: date, day: date) -> bool:
    try:
        return born.replace(year=day.year) == day
    except ValueError:
        return (day.month, day.day) == (2, 28)


def _tags(rule: l.Tags, p: Person, terms: Terms) -> bool:
    held = [*p.tags.items(), *(p.past_tags.items() if rule.past else ())]
    has = {tag for tag, at in held if terms.seen is None or at & {0, *terms.seen}}
    if rule.mode == "wecom":
        groups = {terms.tag_groups.get(tag, -tag) for tag in rule.tag_ids}
        return all(
            any(tag in has for tag in rule.tag_ids if terms.tag_groups.get(tag, -tag) == group)
            for group in groups
        )
    fits = [tag in has for tag in rule.tag_ids]
    return {"any": any(fits), "all": all(fits), "none": not any(fits)}[rule.mode]


def _friends(p: Person, terms: Terms) -> list[Friend]:
    return [f for f in p.friends if terms.seen is None or f.staff_account_id in terms.seen]


def _friend(rule: l.Friendship, f, at: datetime) -> bool:
    return (
        (rule.staff_account_ids is None or f.staff_account_id in rule.staff_account_ids)
        and (rule.channel_ids is None or f.channel_id in rule.channel_ids)
        and (rule.live_code_ids is None or f.live_code_id in rule.live_code_ids)
        and (rule.add_ways is None or f.add_way in rule.add_ways)
        and (rule.states is None or f.state in rule.states)
        and (rule.lost_by is None or f.lost_by in rule.lost_by)
        and (rule.first_added is None or _in(rule.first_added, f.first_add_at, at))
        and (rule.added is None or _in(rule.added, f.added_at, at))
        and (rule.lost is None or _in(rule.lost, f.lost_at, at))
    )


def _where(where: l.Where, act: Act) -> bool:
    value = act.properties
    for part in where.name.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    if value is None:
        return False
    if where.op == "in":
        return any(json.dumps(value) == json.dumps(one) for one in where.values) or (
            type(value) in (int, float)
            and float(value) in [v for v in where.values if type(v) is int]
        )
    if where.name in ("forwarded", "first"):
        return value is (where.number == 1)
    return type(value) in (int, float) and _compare(where.op, value, where.number)


def _rfm(rule: l.Rfm, p: Person, terms: Terms, at: datetime) -> bool:
    if p.bought is None:
        return False
    age, b = at - p.bought.last_paid_at, terms.rfm
    recency = 5
    for seconds in b.recency_seconds:
        recency -= age >= timedelta(seconds=seconds)
    frequency = 1 + len([n for n in b.frequency if p.bought.orders >= n])
    money = 1 + len([n for n in b.money_fen if p.bought.gmv_fen >= n])
    return (
        (rule.recency is None or recency in rule.recency)
        and (rule.frequency is None or frequency in rule.frequency)
        and (rule.money is None or money in rule.money)
    )


_LEAVES = {
    l.Attribute: lambda rule, p, _, at: _attribute(rule, p, at),
    l.Field: _field,
    l.Tags: lambda rule, p, terms, _: _tags(rule, p, terms),
    l.Friendship: lambda rule, p, terms, at: (
        sum(_friend(rule, f, at) for f in _friends(p, terms)) >= rule.times
    ),
    l.Behaviour: _behaviour,
    l.Rfm: _rfm,
    l.InGroups: lambda rule, p, *_: _groups(rule, p),
    l.InAudience: lambda rule, p, terms, _: p.customer_id in terms.lists[rule.audience_id],
}
