"""Inboxes of the hot doors, and who may send to them."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import TenantBase

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
