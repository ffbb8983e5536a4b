"""Tables of live codes."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import Base, TenantBase, TenantTable
from siyu.core.db.base import tenant_key

LIVE_CODE_STATES: Final = ("creating", "active", "failed", "deleting", "removed")


class LiveCode(TenantBase):
    """One QR picture that several staff accounts answer; a contact way (联系我) in WeCom.

    `state_token` is the State that WeCom reports for everybody who scans it. `revision` counts
    what the planner wants, `applied_revision` what WeCom has; a job brings the second up to the
    first. `asked_at` is set before WeCom is asked to make the way: if it is set and no
    `config_id` is known, the way may exist and is looked for before another one is made.
    """

    __tablename__ = "live_code"
    __table_args__ = (
        CheckConstraint(f"state in {LIVE_CODE_STATES}", name="state"),
        UniqueConstraint("tenant_id", "state_token"),
        Index("ix_live_code_recent", "tenant_id", text("id desc")),
        tenant_key("channel_id", "channel"),
    )

    name: Mapped[str]
    channel_id: Mapped[int]
    skip_verify: Mapped[bool] = mapped_column(default=True)
    welcome: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """`siyu.growth.live_codes.schemas.Welcome` as JSON."""
    state: Mapped[str] = mapped_column(default="creating")
    state_token: Mapped[str]
    failure: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=1)
    applied_revision: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime | None]
    config_id: Mapped[str | None]
    qr_url: Mapped[str] = mapped_column(default="")
    qr_file: Mapped[str] = mapped_column(default="")
    created_by: Mapped[int | None]
    created_at: Mapped[datetime]


class LiveCodeStaff(TenantTable, Base):
    """A staff account that a live code may show."""

    __tablename__ = "live_code_staff"
    __table_args__ = (
        tenant_key("live_code_id", "live_code", ondelete="CASCADE"),
        tenant_key("staff_account_id", "staff_account"),
    )

    live_code_id: Mapped[int] = mapped_column(primary_key=True)
    staff_account_id: Mapped[int] = mapped_column(primary_key=True)


class LiveCodeTag(TenantTable, Base):
    """A tag that everybody who comes through a live code gets."""

    __tablename__ = "live_code_tag"
    __table_args__ = (
        tenant_key("live_code_id", "live_code", ondelete="CASCADE"),
        tenant_key("tag_id", "tag"),
    )

    live_code_id: Mapped[int] = mapped_column(primary_key=True)
    tag_id: Mapped[int] = mapped_column(primary_key=True)
