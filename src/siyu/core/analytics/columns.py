"""Turns facts of the stream into rows of the engine."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import xor
from typing import Any, Final
from uuid import UUID

import msgspec

from siyu.core.analytics.schema import EVENT

CHECKSUM: Final = "groupBitXor(reinterpretAsUInt64(substring(UUIDToNum(id), 9, 8)))"
"""Expression over `event`: the random halves of its ids, combined whatever their order."""
_OPTIONAL: Final = ("identity_id", "staff_account_id", "touch_id")
_LINKED: Final = "identity.linked"


class _Link(msgspec.Struct):
    customer_id: int


_decode = msgspec.json.Decoder(_Link).decode


def event_columns(rows: Sequence[Sequence[Any]]) -> dict[str, Sequence[Any]]:
    """Return the columns of `event` from its rows in the stream, with properties as JSON."""
    columns: dict[str, Sequence[Any]] = dict(
        zip(EVENT.columns, zip(*rows, strict=True), strict=True)
    )
    for name in _OPTIONAL:
        columns[name] = [value or 0 for value in columns[name]]
    return columns


def checksum(ids: Iterable[UUID]) -> int:
    """Return what `CHECKSUM` computes in the engine: whether two sets of facts are the same."""
    return reduce(xor, (int.from_bytes(id_.bytes[8:], "little") for id_ in ids), 0)


def owner_rows(columns: dict[str, Sequence[Any]]) -> list[tuple[int, ...]]:
    """Return the rows of `identity_owner` that the facts of a batch make."""
    names = ("type", "tenant_id", "identity_id", "properties", "shard", "position")
    return [
        (tenant_id, identity_id, _decode(properties).customer_id, shard, position)
        for kind, tenant_id, identity_id, properties, shard, position in zip(
            *(columns[name] for name in names), strict=True
        )
        if kind == _LINKED and identity_id
    ]
