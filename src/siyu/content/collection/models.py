"""Inboxes of the hot doors, and who may send to them."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import TenantBase, TenantTable
from siyu.core.db.base import Base
from siyu.core.housekeeping import Sweep

if TYPE_CHECKING:
    from sqlalchemy import Table

INBOX_KINDS: Final = ("visit", "site", "click")


class CollectSource(TenantBase):
    """A web page or app of the enterprise's that may report events.

    The write key stands in pages that anyone can read: it names the source and is no
    secret. `origins` are the pages' origins; none means any.
    """

    __tablename__ = "collect_source"
    __table_args__ = (UniqueConstraint("write_key"),)

    name: Mapped[str]
    write_key: Mapped[str]
    origins: Mapped[list[Any]] = mapped_column(default=list)
    enabled: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class CollectInbox(TenantBase):
    """Something a browser reported, as it came; gone once it is understood.

    `target_id` is the visit, the source or the tracked link, by `kind`.
    """

    __tablename__ = "collect_inbox"
    __table_args__ = (
        CheckConstraint(f"kind in {INBOX_KINDS}", name="kind"),
        {"info": {"inbox": True}},
    )

    kind: Mapped[str]
    target_id: Mapped[int]
    received_at: Mapped[datetime]
    body: Mapped[bytes]


class VisitorHour(TenantTable, Base):
    """How many new browsers were remembered in an hour: on a material's page, or (0) on all."""

    __tablename__ = "visitor_hour"

    hour: Mapped[datetime] = mapped_column(primary_key=True)
    material_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    made: Mapped[int] = mapped_column(default=0)


OLD_HOURS: Final = Sweep(cast("Table", VisitorHour.__table__), VisitorHour.hour, timedelta(days=1))
