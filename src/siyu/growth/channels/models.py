"""The table of channels."""

from datetime import datetime
from typing import Final

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import TenantBase

CHANNEL_KINDS: Final = ("parcel_card", "store", "poster", "online", "other")


class Channel(TenantBase):
    """Where customers come from."""

    __tablename__ = "channel"
    __table_args__ = (
        CheckConstraint(f"kind in {CHANNEL_KINDS}", name="kind"),
        UniqueConstraint("tenant_id", "name"),
        Index("ix_channel_recent", "tenant_id", text("id desc")),
    )

    name: Mapped[str]
    kind: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
