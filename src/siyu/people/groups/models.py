"""Tables of customer groups."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import TenantBase
from siyu.core.db.base import tenant_key

GROUP_STATES: Final = ("active", "dismissed")
QUITS: Final = ("left", "removed", "dismissed", "unknown")


class GroupChat(TenantBase):
    """A customer group, under WeCom's `chat_id`.

    `member_version` is that of the picture read at `pulled_at`; `announced_version` the one a
    callback named at `announced_at`: while they differ the group is to be read (again).
    """

    __tablename__ = "group_chat"
    __table_args__ = (
        CheckConstraint(f"state in {GROUP_STATES}", name="state"),
        UniqueConstraint("tenant_id", "chat_id"),
        Index("ix_group_chat_recent", "tenant_id", text("created_at desc"), text("id desc")),
        Index("ix_group_chat_owner", "tenant_id", "owner_userid"),
    )

    chat_id: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    notice: Mapped[str] = mapped_column(default="")
    owner_userid: Mapped[str] = mapped_column(default="")
    """Whose group it is, under WeCom's own id: the directory may bring the account later."""
    admins: Mapped[list[Any]] = mapped_column(default=list)
    """Userids of the staff accounts that help the owner."""
    succession: Mapped[int] = mapped_column(default=0)
    """0 as usual, 1 the owner left, 2 being inherited, 3 inherited, as WeCom counts (doc 92120)."""
    state: Mapped[str] = mapped_column(default="active")
    members: Mapped[int] = mapped_column(default=0)
    customers: Mapped[int] = mapped_column(default=0)
    """How many of the members are no staff accounts."""
    created_at: Mapped[datetime]
    dismissed_at: Mapped[datetime | None]
    watched_since: Mapped[datetime]
    member_version: Mapped[str] = mapped_column(default="")
    announced_version: Mapped[str] = mapped_column(default="")
    announced_at: Mapped[datetime | None]
    pulled_at: Mapped[datetime | None]
    listed_at: Mapped[datetime | None]
    """When WeCom's list last had the group."""


class GroupMember(TenantBase):
    """A stay of somebody in a group: of an external person by identity, of staff by userid.

    Who comes again has another stay. `quit` says how one ended; `nickname` is the name within the
    group, phone numbers in it masked.
    """

    __tablename__ = "group_member"
    __table_args__ = (
        CheckConstraint(f"quit is null or quit in {QUITS}", name="quit"),
        CheckConstraint("(identity_id is null) = (userid is not null)", name="somebody"),
        CheckConstraint("(left_at is null) = (quit is null)", name="ended"),
        Index(
            "uq_group_member_customer",
            "tenant_id",
            "group_id",
            "identity_id",
            unique=True,
            postgresql_where=text("left_at is null"),
        ),
        Index(
            "uq_group_member_staff",
            "tenant_id",
            "group_id",
            "userid",
            unique=True,
            postgresql_where=text("left_at is null"),
        ),
        Index("ix_group_member_joined", "tenant_id", "group_id", "joined_at", "id"),
        Index("ix_group_member_identity", "tenant_id", "identity_id"),
        tenant_key("group_id", "group_chat"),
        tenant_key("identity_id", "identity"),
    )

    group_id: Mapped[int]
    identity_id: Mapped[int | None]
    userid: Mapped[str | None]
    joined_at: Mapped[datetime]
    join_scene: Mapped[int] = mapped_column(default=0)
    """1 invited, 2 by a link, 3 by a code, as WeCom counts."""
    invitor_userid: Mapped[str] = mapped_column(default="")
    join_state: Mapped[str] = mapped_column(default="")
    """The `state` of the code the member came by."""
    nickname: Mapped[str] = mapped_column(default="")
    left_at: Mapped[datetime | None]
    quit: Mapped[str | None]
