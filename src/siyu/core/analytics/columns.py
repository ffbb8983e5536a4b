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
_CREATED: Final = "customer.created"


class _Owner(msgspec.Struct):
    customer_id: int
    identity_ids: tuple[int, ...] = ()


_decode = msgspec.json.Decoder(_Owner).decode


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
    """Return the rows of `identity_owner` that the facts of a batch make.

    The ids a person began with may be in other shards than the fact that says so. Whatever else is
    said of them comes later, so there they stand before all positions.
    """
    names = ("type", "tenant_id", "identity_id", "properties", "shard", "position")
    rows: list[tuple[int, ...]] = []
    for kind, tenant_id, identity_id, properties, shard, position in zip(
        *(columns[name] for name in names), strict=True
    ):
        if kind == _LINKED and identity_id:
            rows.append((tenant_id, identity_id, _decode(properties).customer_id, shard, position))
        elif kind == _CREATED:
            owner = _decode(properties)
            rows += [(tenant_id, one, owner.customer_id, shard, 0) for one in owner.identity_ids]
    return rows
