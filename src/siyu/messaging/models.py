"""Tables of what is sent."""

from datetime import datetime
from typing import Final

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import TenantBase
from siyu.core.db.base import tenant_key

TOUCH_KINDS: Final = ("welcome", "share", "code")
WELCOME_STATES: Final = ("sending", "sent", "given_up")


class Touch(TenantBase):
    """One contact that siyu or staff made with a customer through siyu.

    `slug` is the id that rides in its links. Channel, live code and material are plain
    numbers: their rooms stand above this one.
    """

    __tablename__ = "touch"
    __table_args__ = (
        CheckConstraint(f"kind in {TOUCH_KINDS}", name="kind"),
        UniqueConstraint("tenant_id", "slug"),
        Index("ix_touch_person", "tenant_id", "identity_id", text("created_at desc")),
        tenant_key("staff_account_id", "staff_account"),
        tenant_key("identity_id", "identity"),
    )

    slug: Mapped[str]
    kind: Mapped[str]
    channel_id: Mapped[int | None]
    live_code_id: Mapped[int | None]
    material_id: Mapped[int | None]
    staff_account_id: Mapped[int | None]
    identity_id: Mapped[int | None]
    created_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    """When siyu came to know that it had left; until then it reached nobody."""


class WelcomeAttempt(TenantBase):
    """The one welcome that a welcome code allows; see `siyu.messaging.welcomes`.

    `lease_until` says until when a worker that is sending may be waited for; `reason` is a
    stable code of why a welcome was given up.
    """

    __tablename__ = "welcome_attempt"
    __table_args__ = (
        CheckConstraint(f"state in {WELCOME_STATES}", name="state"),
        UniqueConstraint("tenant_id", "code"),
        Index(
            "ix_welcome_attempt_due",
            "tenant_id",
            "lease_until",
            postgresql_where=text("state = 'sending'"),
        ),
        tenant_key("staff_account_id", "staff_account"),
        tenant_key("identity_id", "identity"),
        tenant_key("touch_id", "touch"),
    )

    code: Mapped[str]
    """WeCom's welcome code: one use, 20 s."""
    state: Mapped[str] = mapped_column(default="sending")
    live_code_id: Mapped[int | None]
    staff_account_id: Mapped[int | None]
    identity_id: Mapped[int | None]
    touch_id: Mapped[int | None]
    added_at: Mapped[datetime]
    """When WeCom says the customer was added; the welcome dies 20 s later."""
    lease_until: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
    errcode: Mapped[int | None]


class MediaAsset(TenantBase):
    """A file of siyu that WeCom keeps for 3 days under a media id, renewed before that.

    `file_key` names the file in siyu's own store, from which it is uploaded again.
    """

    __tablename__ = "media_asset"
    __table_args__ = (
        UniqueConstraint("tenant_id", "file_key", "kind"),
        Index("ix_media_asset_renewal", "tenant_id", "expires_at"),
    )

    file_key: Mapped[str]
    kind: Mapped[str]
    media_id: Mapped[str] = mapped_column(default="")
    expires_at: Mapped[datetime | None]
    failure: Mapped[str] = mapped_column(default="")
    wanted_until: Mapped[datetime]
    tried_at: Mapped[datetime | None]
