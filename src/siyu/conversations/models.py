"""The table of what was listened to."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import Base, TenantTable


class ServiceChannel(TenantTable, Base):
    """An account of WeChat customer service, and up to where its messages were listened to.

    `token` came with the latest callback; WeCom takes it for ten minutes.
    """

    __tablename__ = "service_channel"

    open_kfid: Mapped[str] = mapped_column(primary_key=True)
    cursor: Mapped[str] = mapped_column(default="")
    token: Mapped[str] = mapped_column(default="")
    told_at: Mapped[datetime]
    heard_at: Mapped[datetime | None]
    """When WeCom last answered; never, while it has not."""
