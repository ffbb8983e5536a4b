"""One fact in the stream."""

import zlib
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import Row, Select, select

from siyu.core.stream.models import StreamEvent

SHARDS: Final = 4
"""Number of independent orders in the stream; a person's facts are all in one of them."""


class Event(msgspec.Struct, frozen=True):
    """One immutable fact, as readers see it; `properties` are those of its `facts` struct."""

    shard: int
    position: int
    id: UUID
    tenant_id: int
    type: str
    version: int
    occurred_at: datetime
    recorded_at: datetime
    identity_id: int | None
    staff_account_id: int | None
    touch_id: int | None
    properties: dict[str, Any]


def shard_of(tenant_id: int, identity_id: int | None) -> int:
    """Return the shard of a fact: by person, so that one person's facts stay in order."""
    return zlib.crc32(f"{tenant_id}:{identity_id or 0}".encode()) % SHARDS


_COLUMNS = tuple(getattr(StreamEvent, name) for name in Event.__struct_fields__)


def select_events() -> Select[Any]:
    """Select the columns of an `Event`, to be narrowed by the caller."""
    return select(*_COLUMNS)


def to_event(row: Row[Any]) -> Event:
    """Return the event in a row of `select_events`."""
    return Event(**row._mapping)  # noqa: SLF001 - the public way to a row's names, despite its name
