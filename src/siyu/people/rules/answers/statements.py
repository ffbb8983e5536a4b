"""The statements that answer plans: over the base of the picture, and over what changed since.

Every answer is a bitmap of customers. `GLOBAL` makes a subquery run once on a cluster; on one
server it changes nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from siyu.people.picture.engine import TIERS
from siyu.people.rules.conditions import Value
from siyu.people.rules.plan import Facts, Rows

_MINE: Final = "tenant_id = {tenant:UInt64}"
_APPLIED: Final = "position <= arrayElement({applied:Array(UInt64)}, shard + 1)"
UNIVERSE: Final = Rows("person", "gone = 0 AND state != 'none'")
"""Who can be in an audience at all: customers that were ever befriended."""
PEOPLE: Final = Rows("person", "gone = 0 AND arrayExists(one -> one != 'visitor', identity_kinds)")
"""Everybody of whom more is known than a browser."""
STRANGERS: Final = Rows("person", f"{PEOPLE.condition} AND state = 'none'")
"""Who is known but was never befriended, as whom only a file named."""
CHANGED: Final = Rows("person", "1")
MOST_FACTS: Final = 10_000_000
"""So many facts are handed out one by one, for some 35 bytes each while they are counted here."""


@dataclass(frozen=True)
class Place:
    """Where the picture stands: which base it has, and the facts it knows.

    Of what changed since only versions above `generation` count. `applied` are the positions of
    the stream, by shard, up to which the picture has all facts. `settled` is the last writing where
    none is under way: as long as it is the same, nothing has changed.
    """

    generation: int
    applied: tuple[int, ...]
    settled: int | None = None


@dataclass
class Statement:
    """A statement with its parameters, and which bitmap of its one row answers what."""

    sql: str
    params: dict[str, Any]
    answers: tuple[Rows, ...]


@dataclass
class Given:
    """The parameters of a statement that is being written."""

    values: dict[str, Any] = field(default_factory=dict)

    def written(self, text: str, values: Sequence[Value]) -> str:
        """Return a condition with a named parameter for each of its values."""
        left: Iterator[Value] = iter(values)

        def name(_: re.Match[str]) -> str:
            value, kind = next(left)
            key = f"p{len(self.values)}"
            self.values[key] = list(value) if isinstance(value, tuple) else value
            return f"{{{key}:{kind}}}"

        return re.sub(r"\?", name, text)


def statements(
    asked: Sequence[Rows], tenant_id: int, place: Place, *, changed: bool
) -> list[Statement]:
    """Return what answers all of them, over the base or over what `changed` since.

    Conditions on one table are asked in one scan.
    """
    common: dict[str, Any] = {"tenant": tenant_id}
    if changed:
        common["generation"] = place.generation
    found = []
    for group in _together(asked, changed=changed):
        write = _often if group[0].times > 1 else _scan
        found.append(write(group, TIERS[changed], common))
    return found


def done(facts: Facts, tenant_id: int, place: Place) -> tuple[str, dict[str, Any]]:
    """Return the statement, with its parameters, of who did it: an identity for each fact.

    Of more facts than `MOST_FACTS` it returns one more than these; `counted` is for them.
    """
    which, params = _of(facts, tenant_id, place)
    return f"SELECT identity_id FROM event WHERE {which} LIMIT {MOST_FACTS + 1:d}", params  # noqa: S608 - constants


def counted(facts: Facts, tenant_id: int, place: Place) -> tuple[str, dict[str, Any]]:
    """Return the statement of who did it how often, in order of the identities."""
    which, params = _of(facts, tenant_id, place)
    sql = (
        f"SELECT identity_id, count() FROM event WHERE {which}"  # noqa: S608 - constants
        " GROUP BY identity_id ORDER BY identity_id"
    )
    return sql, params


def _of(facts: Facts, tenant_id: int, place: Place) -> tuple[str, dict[str, Any]]:
    given = Given({"tenant": tenant_id, "applied": list(place.applied)})
    text = "type = ? AND occurred_at < fromUnixTimestamp64Milli(?, 'UTC')"
    values: list[Value] = [(facts.type, "String"), (facts.window.end // 1000, "Int64")]
    if facts.window.start is not None:
        text += " AND occurred_at >= fromUnixTimestamp64Milli(?, 'UTC')"
        values.append((facts.window.start // 1000, "Int64"))
    fits = given.written(f"{text} AND {facts.condition}", [*values, *facts.values])
    return f"{_MINE} AND {fits} AND identity_id != 0 AND {_APPLIED}", given.values


def _together(rows: Sequence[Rows], *, changed: bool) -> list[list[Rows]]:
    """Return conditions that share a scan.

    In the base those on `person` do; the other tables are ordered so that most conditions find
    their few rows by themselves.
    """
    groups: dict[object, list[Rows]] = {}
    for item in rows:
        alone = item.times > 1 or not (changed or item.table == "person")
        groups.setdefault(item if alone else item.table, []).append(item)
    return list(groups.values())


def _scan(rows: Sequence[Rows], tier: str, common: dict[str, Any]) -> Statement:
    given = Given(dict(common))
    conditions = [given.written(item.condition, item.values) for item in rows]
    where = f"{tier} AND {_MINE}"
    if len(rows) == 1:
        sets, where = "groupBitmapState(customer_id)", f"{where} AND {conditions[0]}"
    else:
        sets = ", ".join(f"groupBitmapStateIf(customer_id, {text})" for text in conditions)
    sql = f"SELECT {sets} FROM {rows[0].table} WHERE {where}"  # noqa: S608 - constants
    return Statement(sql, given.values, tuple(rows))


def _often(rows: Sequence[Rows], tier: str, common: dict[str, Any]) -> Statement:
    (item,) = rows
    given = Given(dict(common))
    condition = given.written(item.condition, item.values)
    sql = (
        "SELECT groupBitmapState(customer_id) FROM (SELECT customer_id"  # noqa: S608 - constants
        f" FROM {item.table} WHERE {tier} AND {_MINE} AND {condition}"
        f" GROUP BY customer_id HAVING uniqExact(contact_id) >= {item.times:d})"
    )
    return Statement(sql, given.values, (item,))


def owned(tenant_id: int, above: int | None) -> tuple[str, dict[str, Any]]:
    """Return the statement of the base's identities, each with its customer, in order.

    Of them all, or of those that came into the base above a version.
    """
    which = "" if above is None else " AND version > {generation:UInt64}"
    return _owned(f"{TIERS[0]}{which}"), {"tenant": tenant_id, "generation": above}


def owned_since(tenant_id: int, place: Place) -> tuple[str, dict[str, Any]]:
    """Return the statement of the identities of who changed since, as `owned`."""
    return _owned(TIERS[1]), {"tenant": tenant_id, "generation": place.generation}


def _owned(which: str) -> str:
    return (
        f"SELECT key, customer_id FROM person_value WHERE {which}"  # noqa: S608 - constants
        f" AND {_MINE} AND kind = 'identity' ORDER BY key"
    )
