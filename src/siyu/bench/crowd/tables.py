"""What PostgreSQL is given of a piece, in the binary form of its COPY.

https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format": each row is the number of
its fields (16 bits) and each field its length (32 bits, -1 for null) and its bytes, all in network
order. The engine writes that quicker than text, and PostgreSQL reads it without parsing.
"""
# Statements are put together from constants and numbers of this module alone.
# ruff: noqa: S608

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from siyu.bench.crowd.size import TENANT, Crowd

HEADER: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER: Final = b"\xff\xff"
_NULL: Final = r"'\xff\xff\xff\xff'"
_POSTGRES_EPOCH: Final = 946_684_800
"""2000-01-01 in seconds since 1970."""


class Source(NamedTuple):
    """Where the rows of a table come from: expressions of the engine by column."""

    rows: str
    columns: Mapping[str, str]


class Column(NamedTuple):
    """A column of PostgreSQL."""

    name: str
    type: str
    nullable: bool


def sources(crowd: Crowd) -> dict[str, Source]:
    """Return what each table is given."""
    own = {"tenant_id": str(TENANT)}
    last = "(shard, position) in (select shard, max(position) from fact group by shard)"
    return {
        "customer": Source(
            "(select n, created_at, name, gender, kind, corp_name from who) as who"
            " any left join (select n, last_add_at from summary) as summary using n",
            own
            | {
                "id": "n", "name": "name", "avatar_url": "''", "gender": "gender", "kind": "kind",
                "corp_name": "corp_name", "created_at": "created_at", "last_add_at": "last_add_at",
            },
        ),
        "identity": Source(
            "linked where kind != 'phone'",
            own
            | {
                "id": "identity_id", "kind": "kind", "scope": "''", "value": "value",
                "customer_id": "n", "evidence": "evidence", "created_at": "at",
            },
        ),
        "contact": Source(
            "friend",
            own
            | {
                "id": "contact_id", "identity_id": "identity_id",
                "staff_account_id": "staff_account_id", "state": "state",
                "first_add_at": "first_add_at", "added_at": "added_at", "lost_at": "lost_at",
                "lost_by": "lost_by", "watched_since": "first_add_at", "channel_id": "channel_id",
                "live_code_id": "live_code_id", "add_way": "add_way", "remark": "remark",
                "description": "''", "details_at": "first_add_at",
            },
        ),
        "contact_turn": Source(
            "friend array join arrayFilter(i -> i = 0 or i = 1 and (over or again)"
            " or i = 2 and again, [0, 1, 2]) as turn",
            own
            | {
                "id": "contact_id * 3 + turn", "contact_id": "contact_id",
                "at": "multiIf(turn = 0, first_add_at, turn = 1, assumeNotNull(ended_at),"
                " added_at)",
                "kind": "turn = 1 ? 'lost' : 'added'",
                "by": "turn = 1 ? assumeNotNull(ended_by) : ''", "observed": "0",
                "channel_id": "if(turn = 1, null, channel_id)",
                "live_code_id": "if(turn = 1, null, live_code_id)",
            },
        ),
        "contact_tag": Source(
            "friend array join tag_ids as tag_id",
            own
            | {
                "contact_id": "contact_id", "tag_id": "tag_id", "source": "'wecom'",
                "marked_at": "first_add_at",
            },
        ),
        "identity_tag": Source(
            "inner_tag",
            own
            | {
                "identity_id": "identity_id", "tag_id": "tag_id", "source": "source",
                "reason": "''", "marked_at": "marked_at",
            },
        ),
        "stage_change": Source(
            "stage",
            own
            | {
                "id": "id", "identity_id": "identity_id", "stage_id": "stage_id",
                "at": "moved_at", "reason": "''",
            },
        ),
        "field_value": Source(
            "held",
            own
            | {
                "identity_id": "identity_id", "field_id": "field_id", "number": "number",
                "text": "text", "day": "day",
                "choices": "concat('[', arrayStringConcat(arrayMap(x -> toString(x), choices),"
                " ', '), ']')",
                "set_at": "set_at",
            },
        ),
        "consent": Source(
            "said",
            own
            | {
                "id": "n", "identity_id": "identity_id", "kind": "'marketing'", "state": "state",
                "at": "said_at", "source": "'customer'", "note": "''",
            },
        ),
        "sensitivity_mark": Source(
            "sensitive",
            own
            | {
                "id": "n", "identity_id": "identity_id", "state": "state",
                "words": "'[\"别再发了\"]'", "source": "'archive'", "found_at": "found_at",
                "reason": "''",
            },
        ),
        "group_member": Source(
            "member",
            own
            | {
                "id": "n", "group_id": "group_id", "identity_id": "identity_id",
                "joined_at": "joined_at", "join_scene": "3", "invitor_userid": "''",
                "join_state": "''", "nickname": "''", "left_at": "left_at",
                "quit": "if(left_at is null, null, 'left')",
            },
        ),
        "sales_order": Source(
            "bought",
            own
            | {
                "id": "order_id", "source_id": "1",
                "external_id": "concat('S', leftPad(toString(order_id), 11, '0'))",
                "state": "state", "paid_at": "paid_at", "amount_fen": "amount_fen",
                "refunded_fen": "refunded_fen", "currency": "'CNY'", "identity_id": "identity_id",
                "match_method": "'unionid'", "matched_at": "paid_at", "received_at": "paid_at",
            },
        ),
        "event": Source(
            f"fact where n % {crowd.heard_every} = 0 or {last}",
            own
            | {
                "shard": "shard", "position": "position", "id": "id", "type": "type",
                "version": "version", "occurred_at": "at",
                "recorded_at": f"toDateTime64({crowd.epoch}, 6, 'UTC')", "identity_id": "who",
                "staff_account_id": "nullIf(staff, 0)", "properties": "properties",
            },
        ),
    }  # fmt: skip


def copied(source: Source, columns: Sequence[Column]) -> str:
    """Return the query whose result, in the format RawBLOB, is the table's rows for COPY."""
    fields = [_field(source.columns[column.name], column) for column in columns]
    count = len(columns).to_bytes(2, "big")
    head = "'" + "".join(f"\\x{byte:02x}" for byte in count) + "'"
    return f"select concat({', '.join([head, *fields])}) from {source.rows}"


def _field(expression: str, column: Column) -> str:
    write = _WRITERS[column.type]
    if not column.nullable:
        return write(expression)
    return f"if(isNull({expression}), {_NULL}, concat({write(f'assumeNotNull({expression})')}))"


def _fixed(bits: int) -> Callable[[str], str]:
    length = f"\\0\\0\\0\\x{bits // 8:02x}"
    return lambda value: f"'{length}', reinterpretAsFixedString(byteSwap(toInt{bits}({value})))"


def _text(value: str) -> str:
    length = f"reinterpretAsFixedString(byteSwap(toUInt32(length({value}))))"
    return f"{length}, {value}"


def _json(value: str) -> str:
    length = f"reinterpretAsFixedString(byteSwap(toUInt32(length({value}) + 1)))"
    return f"{length}, '\\x01', {value}"


_WRITERS: Final[Mapping[str, Callable[[str], str]]] = {
    "int2": _fixed(16),
    "int8": _fixed(64),
    "bool": lambda value: f"'\\0\\0\\0\\x01', char({value})",
    "float8": lambda value: (
        f"'\\0\\0\\0\\x08', reverse(reinterpretAsFixedString(toFloat64({value})))"
    ),
    "timestamptz": lambda value: _fixed(64)(
        f"toUnixTimestamp64Micro({value}) - {_POSTGRES_EPOCH}000000"
    ),
    "date": lambda value: _fixed(32)(f"toInt32({value}) - {_POSTGRES_EPOCH // 86400}"),
    "text": _text,
    "varchar": _text,
    "jsonb": _json,
    "uuid": lambda value: f"'\\0\\0\\0\\x10', UUIDToNum({value})",
}
"""By type, what follows: the field's length and its bytes, as arguments of `concat`."""
