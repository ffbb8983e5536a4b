"""The formula of the stream: what was announced when all this happened, about five facts a person.

`properties` are written as PostgreSQL prints them, so that both sides hold the same text.
"""
# Statements are put together from constants and numbers of this module alone.
# ruff: noqa: S608

from collections.abc import Mapping
from typing import Final, NamedTuple

from siyu.bench.crowd.people import MACROS
from siyu.bench.crowd.size import SLOTS, TENANT, Crowd
from siyu.core.analytics.schema import PROPERTY_COLUMNS
from siyu.core.stream import SHARDS
from siyu.facts import catalogue

_MATERIALS: Final = 40
_SLOTS: Final = 128
"""More than the facts of a person."""
_KNOWN: Final = catalogue()


class _Property(NamedTuple):
    """A property of a fact: as JSON, and what its column in the engine holds."""

    json: str
    column: str


def _number(expression: str) -> _Property:
    return _Property(f"toString({expression})", expression)


def _maybe(expression: str) -> _Property:
    return _Property(f"ifNull(toString({expression}), 'null')", f"ifNull({expression}, 0)")


def _word(expression: str) -> _Property:
    return _Property(f"concat('\"', {expression}, '\"')", expression)


def _truth(expression: str) -> _Property:
    return _Property(f"if({expression}, 'true', 'false')", expression)


def _json(properties: Mapping[str, _Property]) -> str:
    """Return the expression of a JSON object, its members in the order PostgreSQL keeps them."""
    parts: list[str] = []
    for name in sorted(properties, key=lambda name: (len(name), name)):
        lead = ("{" if not parts else ", ") + f'"{name}": '
        parts.append(f"'{lead}', {properties[name].json}")
    return f"concat({', '.join(parts)}, '}}')"


def _absent(type_: str) -> str:
    return "''" if "String" in type_ else "0"


def _fact(
    type_: str,
    at: str,
    source: str,
    properties: Mapping[str, _Property],
    *,
    slot: str,
    staff: str = "0",
) -> str:
    """Return the select of one kind of fact; `slot` orders the facts of a person."""
    columns = [
        f"cast({properties[name].column if name in properties else _absent(column)}, '{column}')"
        f" as p_{name}"
        for name, column in PROPERTY_COLUMNS.items()
    ]
    return (
        f"select n, toUInt16({slot}) as slot, '{type_}' as type,"
        f" toUInt16({_KNOWN[type_].version}) as version, {at} as at, identity_id as who,"
        f" toUInt64({staff}) as staff, {_json(properties)} as properties, {', '.join(columns)}"
        f" from {source}"
    )


_ID: Final = _number("n")
_ALONE: Final = _Property("concat('[', toString(identity_id), ']')", "")
"""A list of one id; it has no column."""
_ORIGIN: Final = {
    "channel_id": _maybe("channel_id"),
    "live_code_id": _maybe("live_code_id"),
}
_READING: Final = f"""(
    {MACROS}
    select n, identity_id, i, amid(at, v(110, i)) as read_at,
        1 + cut(pow(v(111, i), 2), {_MATERIALS}) as material_id, n * 8 + i as visit_id,
        v(112, i) < 0.1 as forwarded, 3 + cut(pow(v(113, i), 3), 400) as seconds,
        1 + cut(v(114, i), 100) as depth
    from who array join range(u(115) < 0.2 ? 1 + cut(pow(u(116), 3), 6) : 0) as i
)"""
_READ: Final = {
    "material_id": _number("material_id"),
    "tracked_link_id": _number("material_id"),
    "visit_id": _number("visit_id"),
}
_FRIENDSHIP: Final = {"contact_id": _number("contact_id"), "customer_id": _ID}

_FACTS: Final = (
    _fact(
        "customer.created", "at", "linked where i = 1",
        {"customer_id": _ID, "identity_ids": _ALONE, "evidence": _word("evidence")},
        slot="0",
    ),
    _fact(
        "identity.linked", "at", "linked where i > 1",
        {"customer_id": _ID, "kind": _word("kind"), "evidence": _word("evidence")},
        slot="i",
    ),
    _fact(
        "contact.added", "first_add_at", "friend",
        {
            "first": _truth(f"contact_id % {SLOTS} = 1"), "observed": _truth("0"),
            "add_way": _maybe("add_way"), **_ORIGIN, **_FRIENDSHIP,
        },
        slot="10 + contact_id % 3", staff="staff_account_id",
    ),
    _fact(
        "contact.lost", "assumeNotNull(ended_at)", "friend where ended_at is not null",
        {
            "by": _word("assumeNotNull(ended_by)"),
            "age_seconds": _number("dateDiff('second', first_add_at, assumeNotNull(ended_at))"),
            **_ORIGIN, **_FRIENDSHIP,
        },
        slot="20 + contact_id % 3", staff="staff_account_id",
    ),
    _fact(
        "contact.readded", "added_at", "friend where again",
        {"add_way": _maybe("add_way"), **_ORIGIN, **_FRIENDSHIP},
        slot="30 + contact_id % 3", staff="staff_account_id",
    ),
    _fact(
        "order.paid", "paid_at", "bought",
        {
            "order_id": _number("order_id"), "amount_fen": _number("amount_fen"),
            "source_id": _number("1"),
        },
        slot="40 + order_id % 12",
    ),
    _fact(
        "order.refunded", "paid_at + toIntervalDay(3)", "bought where refunded_fen > 0",
        {"order_id": _number("order_id"), "refund_fen": _number("refunded_fen")},
        slot="60 + order_id % 12",
    ),
    _fact(
        "material.viewed", "read_at", _READING,
        {"forwarded": _truth("forwarded"), **_READ},
        slot="80 + 2 * i",
    ),
    _fact(
        "material.read", "read_at + toIntervalSecond(seconds)", _READING,
        {"seconds": _number("seconds"), "depth": _number("depth"), **_READ},
        slot="81 + 2 * i",
    ),
)  # fmt: skip


def statements(crowd: Crowd, heads: Mapping[int, int]) -> list[str]:
    """Return the statements that make the piece's facts, numbered behind the `heads` by shard."""
    union = " union all ".join(_FACTS)
    union = union.replace("{seed}", str(crowd.seed)).replace("{epoch}", str(crowd.epoch))
    before = "[" + ", ".join(str(heads[shard]) for shard in range(SHARDS)) + "]"
    return [
        f"""
create table told engine = Memory as
select *, n * {_SLOTS} + slot as turn, CRC32(concat('{TENANT}:', toString(who))) % {SHARDS} as shard
from ({union})""",
        # Only numbers are sorted: the rows themselves, with all their columns, cost ten times that.
        f"""
create table numbered engine = Memory as
select turn, {before}[shard + 1] + number as position from (
    select shard, arraySort(groupArray(turn)) as turns from told group by shard
) array join turns as turn, arrayEnumerate(turns) as number""",
        "drop table if exists fact sync",
        f"""
create table fact engine = Memory as
select told.*, position, cityHash64({crowd.seed}, who, slot, 1) as high,
    cityHash64({crowd.seed}, who, slot, 2) as low,
    reinterpretAsUUID(concat(reinterpretAsFixedString(high), reinterpretAsFixedString(low))) as id
from told any left join numbered using turn""",
        "drop table told sync",
        "drop table numbered sync",
    ]


HEADS: Final = "select shard, max(position) from fact group by shard"
"""Query: the last position of each shard in the piece."""
