"""What the picture must remember beside the engine."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db.base import Base
from siyu.core.db.policies import SYS


class PictureState(Base):
    """The one row of where the picture stands.

    Each writing to the engine takes the next `version`; `written` is the last one that is known
    to have arrived. Changes up to `generation` are in the base. `leader` counts leaders: what a
    former one still has under way is refused by it. `epoch` is written in the engine as well:
    another one there, and its tables are not the ones this row speaks of.
    """

    __tablename__ = "picture"
    __table_args__ = ({"schema": SYS},)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    leader: Mapped[int] = mapped_column(BigInteger, server_default="0")
    version: Mapped[int] = mapped_column(BigInteger, server_default="0")
    written: Mapped[int] = mapped_column(BigInteger, server_default="0")
    generation: Mapped[int] = mapped_column(BigInteger, server_default="0")
    epoch: Mapped[str] = mapped_column(server_default="")
    answering: Mapped[bool] = mapped_column(server_default="false")
    """Whether the engine took what was last written to it."""
    passed_at: Mapped[datetime | None]
    """Up to when it is known whom the mere passing of time changed."""
    compacted_at: Mapped[datetime | None]


class PictureRebuild(Base):
    """A tenant whose part of the picture is being written anew, from PostgreSQL.

    Customers up to `after` are done, `done` of them. Rows older than `version` that remain in the
    engine in the end are nobody's. While it is `lacking`, the engine does not have everybody.
    """

    __tablename__ = "picture_rebuild"
    __table_args__ = ({"schema": SYS},)

    tenant_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(BigInteger)
    after: Mapped[int] = mapped_column(BigInteger, server_default="0")
    done: Mapped[int] = mapped_column(BigInteger, server_default="0")
    total: Mapped[int] = mapped_column(BigInteger)
    """How many customers there were when it was asked for."""
    lacking: Mapped[bool]
    asked_at: Mapped[datetime]


class PictureDebt(Base):
    """A customer who is to be looked at again, though no new fact says so.

    `mark` grows when that is said once more.
    """

    __tablename__ = "picture_debt"
    __table_args__ = (Index("ix_picture_debt_due", "due_at"), {"schema": SYS})

    tenant_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    customer_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mark: Mapped[int] = mapped_column(BigInteger, server_default="0")
    due_at: Mapped[datetime]
