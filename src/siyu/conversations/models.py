"""Tables of what was listened to."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, cast

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import Base, TenantBase, TenantTable
from siyu.core.housekeeping import Sweep

if TYPE_CHECKING:
    from sqlalchemy import Table


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


class OfficialLetter(TenantBase):
    """A text that a follower wrote to the official account, until it is listened to.

    `sealed` is the text, encrypted, and empty from then on; the row stays for some days, so that
    what WeChat sends again is known. `app_id` is the account's, `openid` who wrote.
    """

    __tablename__ = "official_letter"
    __table_args__ = (
        UniqueConstraint("tenant_id", "dedupe_key"),
        Index("ix_official_letter_from", "tenant_id", "openid"),
        Index("ix_official_letter_old", "received_at"),
    )

    dedupe_key: Mapped[str]
    app_id: Mapped[str]
    openid: Mapped[str]
    sealed: Mapped[bytes]
    received_at: Mapped[datetime]
    heard_at: Mapped[datetime | None]


OLD_LETTERS: Final = Sweep(
    cast("Table", OfficialLetter.__table__), OfficialLetter.received_at, timedelta(days=14)
)
