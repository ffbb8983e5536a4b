"""Tables of the stream."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db.base import Base
from siyu.core.db.policies import SYS


class _EventColumns:
    """The members of a fact, alike in outbox and stream."""

    shard: Mapped[int] = mapped_column(SmallInteger)
    event_id: Mapped[UUID]
    tenant_id: Mapped[int]
    type: Mapped[str]
    version: Mapped[int] = mapped_column(SmallInteger)
    occurred_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    identity_id: Mapped[int | None]
    staff_account_id: Mapped[int | None]
    touch_id: Mapped[int | None]
    properties: Mapped[dict[str, Any]]


class OutboxEvent(_EventColumns, Base):
    """A fact whose transaction may not have committed yet; gone once it is in the stream."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)


class StreamEvent(Base):
    """A fact in the stream, at a gapless `position` of its shard."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_timeline", "tenant_id", "identity_id", text("occurred_at desc"), "id"),
        Index("ix_event_type", "tenant_id", "type", text("occurred_at desc")),
        {"postgresql_partition_by": "RANGE (recorded_at)"},
    )

    shard: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    recorded_at: Mapped[datetime] = mapped_column(primary_key=True)
    id: Mapped[UUID]
    tenant_id: Mapped[int]
    type: Mapped[str]
    version: Mapped[int] = mapped_column(SmallInteger)
    occurred_at: Mapped[datetime]
    identity_id: Mapped[int | None]
    staff_account_id: Mapped[int | None]
    touch_id: Mapped[int | None]
    properties: Mapped[dict[str, Any]]


class ShardHead(Base):
    """The last position given out in a shard."""

    __tablename__ = "shard"
    __table_args__ = ({"schema": SYS},)

    shard: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    head: Mapped[int] = mapped_column(BigInteger, server_default="0")


class Cursor(Base):
    """How far a reader has read a shard."""

    __tablename__ = "cursor"
    __table_args__ = ({"schema": SYS},)

    reader: Mapped[str] = mapped_column(primary_key=True)
    shard: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(BigInteger, server_default="0")


class ParkedEvent(Base):
    """A fact a reaction could not digest after several tries; shown to the administrator.

    The reaction has gone on behind it. `error` names the exception's type and place,
    never its message, which could hold personal data.
    """

    __tablename__ = "parked_event"
    __table_args__ = ({"schema": SYS},)

    reader: Mapped[str] = mapped_column(primary_key=True)
    shard: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    tenant_id: Mapped[int]
    type: Mapped[str]
    error: Mapped[str]
    parked_at: Mapped[datetime]
