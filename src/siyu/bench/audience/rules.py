"""Fifty rules as planners write them, and the same by hand in the engine's SQL."""
# Statements are put together from constants and numbers of this module alone.
# ruff: noqa: S608

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from siyu.bench.crowd.size import CHANNELS, CORP_TAGS, INTERNAL_TAGS, STAGES, TENANT, Crowd
from siyu.people.rules.language import (
    AllOf,
    AnyOf,
    Attribute,
    Behaviour,
    Field,
    Friendship,
    InGroups,
    NoneOf,
    Rule,
    Span,
    Tags,
)

MOST: Final = 20
_SIZES: Final = (1, 2, 3, 5, 5, 8, 12, MOST)


class Condition(NamedTuple):
    """A condition in both languages; the SQL is one about `person`."""

    rule: Rule
    sql: str


class Asked(NamedTuple):
    """A rule, its SQL with `{current}` for the rows that count, and how many conditions it has."""

    rule: Rule
    sql: str
    conditions: int


def current(generation: int, *, changed: bool) -> str:
    """Return which rows of the picture count: the base's, but of who changed since the latest."""
    if not changed:
        return "tier = 0"
    since = f"FROM person WHERE tier = 1 AND version > {generation}"
    return (
        f"((tier = 0 AND customer_id NOT IN (SELECT customer_id {since})) OR (tier = 1 AND"
        f" (customer_id, version) IN (SELECT customer_id, max(version) {since}"
        " GROUP BY customer_id)))"
    )


def rules(crowd: Crowd, count: int, at: datetime, seed: int) -> list[Asked]:
    """Return rules of up to twenty conditions as of a moment; equal for equal seeds."""
    dice = random.Random(seed)  # noqa: S311 - a choice that can be repeated
    return [_rule(crowd, dice, _SIZES[number % len(_SIZES)], at) for number in range(count)]


def _rule(crowd: Crowd, dice: random.Random, size: int, at: datetime) -> Asked:
    """Return: all of a third, any of a third, none of the rest."""
    made = [dice.choice(_KINDS)(crowd, dice, at) for _ in range(size)]
    third = max(1, size // 3)
    every, some, none = made[:third], made[third : 2 * third], made[2 * third :]
    items: list[Rule] = [one.rule for one in every]
    parts = [one.sql for one in every]
    if some:
        items.append(AnyOf(tuple(one.rule for one in some)))
        parts.append(f"({' OR '.join(one.sql for one in some)})")
    if none:
        items.append(NoneOf(tuple(one.rule for one in none)))
        parts.append(f"NOT ({' OR '.join(one.sql for one in none)})")
    sql = (
        f"SELECT count() FROM person WHERE {{current}} AND tenant_id = {TENANT}"
        " AND gone = 0 AND state != 'none'"
        f" AND {' AND '.join(parts)}"
    )
    return Asked(AllOf(tuple(items)), sql, size)


def _state(_: Crowd, dice: random.Random, __: datetime) -> Condition:
    value = dice.choice(("active", "lost"))
    return Condition(Attribute("state", "in", values=(value,)), f"state = '{value}'")


def _orders(_: Crowd, dice: random.Random, __: datetime) -> Condition:
    number = dice.randint(1, 4)
    return Condition(Attribute("orders", "ge", number=number), f"orders >= {number}")


def _money(_: Crowd, dice: random.Random, __: datetime) -> Condition:
    number = dice.choice((5_000, 20_000, 50_000))
    return Condition(Attribute("gmv_fen", "ge", number=number), f"gmv_fen >= {number}")


def _stage(_: Crowd, dice: random.Random, __: datetime) -> Condition:
    number = dice.randint(1, STAGES)
    return Condition(Attribute("stage", "in", values=(str(number),)), f"stage_id = {number}")


def _added(_: Crowd, dice: random.Random, at: datetime) -> Condition:
    days = dice.choice((7, 30, 90, 365))
    start = _moment(at - timedelta(days=days))
    return Condition(
        Attribute("last_add_at", "within", span=Span(last=days)),
        f"(last_add_at > {start} AND last_add_at <= {_moment(at)})",
    )


def _name(_: Crowd, dice: random.Random, __: datetime) -> Condition:
    text = dice.choice(("雨", "静", "阿杰", "妈妈"))
    return Condition(
        Attribute("name", "contains", text=text), f"position(lower(name), '{text}') > 0"
    )


def _tags(_: Crowd, dice: random.Random, __: datetime) -> Condition:
    ids = tuple(dice.sample(range(1, CORP_TAGS + INTERNAL_TAGS + 1), dice.randint(1, 4)))
    return Condition(Tags(ids, mode="any"), _having(f"kind = 'tag' AND key IN {_in(ids)}"))


def _group(crowd: Crowd, dice: random.Random, __: datetime) -> Condition:
    ids = tuple(dice.sample(range(1, crowd.groups + 1), 5))
    return Condition(InGroups(ids), _having(f"kind = 'group' AND key IN {_in(ids)}"))


def _points(_: Crowd, dice: random.Random, __: datetime) -> Condition:
    number = dice.choice((100, 500, 2000))
    return Condition(
        Field(2, "ge", number=float(number)),
        _having(f"kind = 'field' AND key = 2 AND number >= {number}"),
    )


def _level(_: Crowd, dice: random.Random, __: datetime) -> Condition:
    number = dice.randint(1, 4)
    return Condition(
        Field(4, "in", choices=(number,)),
        _having(f"kind = 'field' AND key = 4 AND item = {number}"),
    )


def _friend(crowd: Crowd, dice: random.Random, __: datetime) -> Condition:
    ids = tuple(dice.sample(range(1, crowd.staff + 1), 3))
    return Condition(
        Friendship(staff_account_ids=ids, states=("active",)),
        _befriended(f"staff_account_id IN {_in(ids)} AND state = 'active'"),
    )


def _channel(_: Crowd, dice: random.Random, __: datetime) -> Condition:
    ids = tuple(dice.sample(range(1, CHANNELS + 1), 2))
    return Condition(Friendship(channel_ids=ids), _befriended(f"channel_id IN {_in(ids)}"))


def _read(_: Crowd, dice: random.Random, at: datetime) -> Condition:
    days, times = dice.choice((30, 90, 365)), dice.randint(1, 2)
    return Condition(
        Behaviour("material.viewed", "ge", times, Span(last=days)),
        _did("material.viewed", at, days, times),
    )


def _paid(_: Crowd, dice: random.Random, at: datetime) -> Condition:
    days = dice.choice((30, 180, 365))
    return Condition(
        Behaviour("order.paid", "ge", 1, Span(last=days)), _did("order.paid", at, days, 1)
    )


_KINDS: Final[Sequence[Callable[[Crowd, random.Random, datetime], Condition]]] = (
    _state, _orders, _money, _stage, _added, _added, _name, _tags, _tags, _tags, _group, _points,
    _level, _friend, _channel, _read, _paid,
)  # fmt: skip


def _having(condition: str) -> str:
    return (
        "customer_id IN (SELECT customer_id FROM person_value"
        f" WHERE {{current}} AND tenant_id = {TENANT} AND {condition})"
    )


def _befriended(condition: str) -> str:
    return (
        "customer_id IN (SELECT customer_id FROM person_contact"
        f" WHERE {{current}} AND tenant_id = {TENANT} AND {condition})"
    )


def _did(kind: str, at: datetime, days: int, times: int) -> str:
    start = _moment(at - timedelta(days=days), 3)
    return (
        "customer_id IN (SELECT owner.customer_id FROM event"
        " INNER JOIN (SELECT identity_id, argMax(customer_id, position) AS customer_id"
        f" FROM identity_owner WHERE tenant_id = {TENANT} GROUP BY identity_id) AS owner"
        f" USING identity_id WHERE tenant_id = {TENANT} AND type = '{kind}'"
        f" AND occurred_at > {start} AND occurred_at <= {_moment(at, 3)}"
        f" GROUP BY owner.customer_id HAVING count() >= {times})"
    )


def _moment(at: datetime, digits: int = 6) -> str:
    return f"toDateTime64('{at:%Y-%m-%d %H:%M:%S}', {digits}, 'UTC')"


def _in(ids: Sequence[int]) -> str:
    return f"({', '.join(map(str, ids))})"
