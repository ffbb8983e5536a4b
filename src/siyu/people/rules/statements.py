"""The statements that answer plans: over the base of the picture, and over what changed since.

Every answer is a bitmap of customers. `GLOBAL` makes a subquery run once on a cluster; on one
server it changes nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from siyu.people.rules.conditions import Value
from siyu.people.rules.plan import Acts, Asked, Rows

_NEW: Final = "tier = 1 AND version > {generation:UInt64}"
_LATEST: Final = (
    "(customer_id, version) GLOBAL IN (SELECT customer_id, max(version) FROM person"  # noqa: S608
    f" WHERE {_NEW} AND tenant_id = {{tenant:UInt64}} GROUP BY customer_id)"
)
TIERS: Final = ("tier = 0", f"{_NEW} AND {_LATEST}")
"""Which rows of the picture are the base's, and which tell of who changed since (`Place`)."""
_MINE: Final = "tenant_id = {tenant:UInt64}"
_APPLIED: Final = "position <= arrayElement({applied:Array(UInt64)}, shard + 1)"
_OWNED: Final = f"{_MINE} AND kind = 'identity'"
UNIVERSE: Final = Rows("person", "gone = 0 AND state != 'none'")
"""Who can be in an audience at all: customers that were ever befriended."""
PEOPLE: Final = Rows("person", "gone = 0 AND arrayExists(one -> one != 'visitor', identity_kinds)")
"""Everybody of whom more is known than a browser."""
STRANGERS: Final = Rows("person", f"{PEOPLE.condition} AND state = 'none'")
"""Who is known but was never befriended, as whom only a file named."""
CHANGED: Final = Rows("person", "1")


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
    answers: tuple[Asked, ...]


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
    asked: Sequence[Asked], tenant_id: int, place: Place, *, changed: bool
) -> list[Statement]:
    """Return what answers all of them, over the base or over what `changed` since.

    Conditions on one table are asked in one scan. What somebody did is asked of the base by `done`.
    """
    common: dict[str, Any] = {"tenant": tenant_id}
    if changed:
        common["generation"] = place.generation
    tier = TIERS[changed]
    found = []
    for group in _together([item for item in asked if isinstance(item, Rows)], changed=changed):
        write = _often if group[0].times > 1 else _scan
        found.append(write(group, tier, common))
    acts = [item for item in asked if isinstance(item, Acts)]
    if acts:
        found.append(_counted(acts, common | {"applied": list(place.applied)}))
    return found


def done(act: Acts, tenant_id: int, place: Place) -> tuple[str, dict[str, Any]]:
    """Return the statement, with its parameters, of who did it how often: pairs by identity."""
    given = Given({"tenant": tenant_id, "applied": list(place.applied)})
    sql = (
        "SELECT identity_id, count() FROM event"  # noqa: S608 - constants
        f" WHERE {_MINE} AND {_fits(act, given)} AND identity_id != 0 AND {_APPLIED}"
        " GROUP BY identity_id ORDER BY identity_id"
    )
    return sql, given.values


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
    sql = (
        f"SELECT key, customer_id FROM person_value WHERE {TIERS[0]}"  # noqa: S608 - constants
        f" AND {_OWNED}{which} ORDER BY key"
    )
    return sql, {"tenant": tenant_id, "generation": above}


def _counted(acts: Sequence[Acts], common: dict[str, Any]) -> Statement:
    """Facts of who changed are counted by identity, and these figures summed by customer."""
    tier = TIERS[1]
    given = Given(dict(common))
    each = [_fits(act, given) for act in acts]
    mine = f"SELECT key FROM person_value WHERE {tier} AND {_OWNED}"  # noqa: S608 - constants
    about = f"identity_id GLOBAL IN ({mine})"
    counts = ", ".join(f"countIf({text}) AS n{index}" for index, text in enumerate(each))
    facts = (
        f"SELECT identity_id, {counts} FROM event WHERE {_MINE}"  # noqa: S608 - constants
        f" AND {_any_of(acts, given)} AND {about} AND {_APPLIED} GROUP BY identity_id"
    )
    figures = range(len(acts))
    # A row of the picture can be there twice until the engine has tidied up.
    owned = (
        f"SELECT customer_id, {', '.join(f'any(n{i}) AS m{i}' for i in figures)}"  # noqa: S608
        f" FROM person_value GLOBAL INNER JOIN ({facts}) AS done ON key = done.identity_id"
        f" WHERE {tier} AND {_OWNED} GROUP BY customer_id, key"
    )
    people = (
        f"SELECT customer_id, {', '.join(f'sum(m{i}) AS s{i}' for i in figures)}"  # noqa: S608
        f" FROM ({owned}) GROUP BY customer_id"
    )
    sets = ", ".join(
        f"groupBitmapStateIf(customer_id, {_so_often(act, f's{index}')})"
        for index, act in enumerate(acts)
    )
    return Statement(f"SELECT {sets} FROM ({people})", given.values, tuple(acts))  # noqa: S608


def _fits(act: Acts, given: Given) -> str:
    text = "type = ? AND occurred_at < fromUnixTimestamp64Milli(?, 'UTC')"
    values: list[Value] = [(act.type, "String"), (act.window.end // 1000, "Int64")]
    if act.window.start is not None:
        text += " AND occurred_at >= fromUnixTimestamp64Milli(?, 'UTC')"
        values.append((act.window.start // 1000, "Int64"))
    return given.written(f"{text} AND {act.condition}", [*values, *act.values])


def _any_of(acts: Sequence[Acts], given: Given) -> str:
    """Return a condition that the engine's index of facts understands, and all of them fulfil."""
    if len(acts) == 1:
        return _fits(acts[0], given)
    types = tuple({act.type for act in acts})
    starts = [act.window.start for act in acts]
    text = "type IN ?"
    values: list[Value] = [(types, "Array(String)")]
    if None not in starts:
        text += " AND occurred_at >= fromUnixTimestamp64Milli(?, 'UTC')"
        values.append((min(start for start in starts if start is not None) // 1000, "Int64"))
    return given.written(text, values)


def _so_often(act: Acts, count: str) -> str:
    least = f"{count} >= {act.least:d}"
    return least if act.most is None else f"{least} AND {count} <= {act.most:d}"
