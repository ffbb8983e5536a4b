"""How a tenant is connected to WeCom and to its official account; secrets are encrypted."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import Base, TenantTable
from siyu.core.db.policies import SYS


class WecomConnection(TenantTable, Base):
    """The tenant's self-built app. A `…_at` is when siyu last proved that part to work."""

    __tablename__ = "wecom_connection"

    corp_id: Mapped[str | None]
    agent_id: Mapped[int | None]
    secret: Mapped[bytes | None]
    credentials_at: Mapped[datetime | None]

    callback_slug: Mapped[str | None] = mapped_column(unique=True)
    callback_token: Mapped[bytes | None]
    callback_aes_key: Mapped[bytes | None]
    callback_at: Mapped[datetime | None]

    suite_id: Mapped[str | None]
    """A provider's suite whose instructions come to an address of their own; unproven."""
    suite_slug: Mapped[str | None] = mapped_column(unique=True)
    suite_token: Mapped[bytes | None]
    suite_aes_key: Mapped[bytes | None]
    suite_at: Mapped[datetime | None]

    trusted_domain: Mapped[str | None]
    verification_name: Mapped[str | None]
    verification_content: Mapped[str | None]
    domain_at: Mapped[datetime | None]

    directory_at: Mapped[datetime | None]
    customers_at: Mapped[datetime | None]
    watched_since: Mapped[datetime | None]
    """Since when siyu hears of adds as they happen; what was before is known only by sync."""


class OfficialAccountConnection(TenantTable, Base):
    """The tenant's official account (公众号), which lets readings belong to persons.

    What its followers write is pushed to an address of siyu's, under `push_…`.
    """

    __tablename__ = "official_account_connection"

    app_id: Mapped[str]
    secret: Mapped[bytes]
    credentials_at: Mapped[datetime | None]

    push_slug: Mapped[str | None] = mapped_column(unique=True)
    push_token: Mapped[bytes | None]
    push_aes_key: Mapped[bytes | None]
    push_at: Mapped[datetime | None]


class ApiToken(Base):
    """An access token or ticket of WeCom or WeChat, shared by all processes.

    `name` tells the application, so a token outlives no change of its secret. While
    `leased_until` lies ahead, one process is fetching a new one.
    """

    __tablename__ = "api_token"
    __table_args__ = ({"schema": SYS},)

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[bytes | None]
    expires_at: Mapped[datetime | None]
    leased_until: Mapped[datetime | None]


class QuotaCount(Base):
    """What was called lately, at one endpoint by one corporation or from one address.

    `name` is `corp:` and the id of a corporation, or `address:` and the name of an address.
    `state` is read and written by the ledger only.
    """

    __tablename__ = "quota_count"
    __table_args__ = ({"schema": SYS},)

    name: Mapped[str] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[bytes]
