"""Turns facts of the stream into columns of the engine."""

import math
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import compress
from operator import xor
from typing import Any, Final
from uuid import UUID

import msgspec

from siyu.core.analytics.schema import IDENTITY_OWNER, PROPERTY_COLUMNS

EVENT_COLUMNS: Final = (
    "shard",
    "position",
    "id",
    "tenant_id",
    "type",
    "version",
    "occurred_at",
    "recorded_at",
    "identity_id",
    "staff_account_id",
    "touch_id",
)
"""Columns that event and stream share, in the order they are read."""
_OPTIONAL: Final = ("identity_id", "staff_account_id", "touch_id")
_LINKED: Final = "identity.linked"
CHECKSUM: Final = "groupBitXor(reinterpretAsUInt64(substring(UUIDToNum(id), 9, 8)))"
"""Expression over `event`: the random halves of its ids, combined whatever their order."""


def _whole(low: int, high: int) -> Callable[[Any], int]:
    def convert(value: Any) -> int:
        return value if isinstance(value, int) and low <= value < high else 0

    return convert


def _real(value: Any) -> float:
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else 0.0


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


_CONVERT: Final[dict[str, Callable[[Any], Any]]] = {
    "UInt64": _whole(0, 1 << 64),
    "Int64": _whole(-(1 << 63), 1 << 63),
    "Float64": _real,
    "Bool": lambda value: value is True,
    "LowCardinality(String)": _text,
}
_decode = msgspec.json.Decoder(dict[str, Any]).decode


def event_columns(rows: Sequence[Sequence[Any]]) -> dict[str, Sequence[Any]]:
    """Return the columns of `event` from rows of `EVENT_COLUMNS` and the properties' JSON.

    A property of an unexpected kind counts as absent: one odd fact must not stop the feed,
    and its JSON is kept as it is.
    """
    *plain, texts = zip(*rows, strict=True)
    columns: dict[str, Sequence[Any]] = dict(zip(EVENT_COLUMNS, plain, strict=True))
    for name in _OPTIONAL:
        columns[name] = [value or 0 for value in columns[name]]
    decoded = [_decode(text) for text in texts]
    for name, kind in PROPERTY_COLUMNS.items():
        convert = _CONVERT[kind]
        columns[name] = [convert(properties.get(name)) for properties in decoded]
    columns["properties"] = texts
    return columns


def checksum(ids: Iterable[UUID]) -> int:
    """Return what `CHECKSUM` computes in the engine: whether two sets of facts are the same."""
    return reduce(xor, (int.from_bytes(id_.bytes[8:], "little") for id_ in ids), 0)


def owner_rows(columns: dict[str, Sequence[Any]]) -> list[tuple[int, ...]]:
    """Return the rows of `identity_owner` that the facts of a batch make."""
    owners = zip(*(columns[name] for name in IDENTITY_OWNER.columns), strict=True)
    linked = (
        kind == _LINKED and bool(identity_id) and bool(customer_id)
        for kind, identity_id, customer_id in zip(
            columns["type"], columns["identity_id"], columns["customer_id"], strict=True
        )
    )
    return list(compress(owners, linked))
