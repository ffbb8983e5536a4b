"""Tables of automatic tags, of marking very many, and of how fresh the library is."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import Base, TenantBase, TenantTable
from siyu.core.db.base import tenant_key
from siyu.people.models import ContactTag

RULE_STATES: Final = ("active", "paused", "removed")
ITEM_STATES: Final = ("waiting", "marked", "failed")

Index(
    "ix_contact_tag_ends",
    ContactTag.tenant_id,
    ContactTag.ends_at,
    postgresql_where=ContactTag.ends_at.is_not(None),
)


class TagLibraryState(TenantTable, Base):
    """When WeCom was asked for the library that is written; an older answer is not written over it.

    Whoever writes the library holds this row. `counts` are people by tag as they were last counted.
    """

    __tablename__ = "tag_library_state"

    asked_at: Mapped[datetime | None]
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)


class TagRule(TenantBase):
    """Tags that come and go by what customers do.

    `trigger` is a `siyu.people.tags.triggers.Trigger`. Tags put on end after `ends_days` days,
    or never.
    """

    __tablename__ = "tag_rule"
    __table_args__ = (
        CheckConstraint(f"state in {RULE_STATES}", name="state"),
        Index("ix_tag_rule_active", "tenant_id", "state"),
    )

    name: Mapped[str]
    state: Mapped[str] = mapped_column(default="active")
    trigger: Mapped[dict[str, Any]]
    add_tag_ids: Mapped[list[Any]] = mapped_column(default=list)
    remove_tag_ids: Mapped[list[Any]] = mapped_column(default=list)
    reason: Mapped[str] = mapped_column(default="")
    ends_days: Mapped[int | None]
    active_since: Mapped[datetime]
    """Nothing that happened before counts as a reason to act."""
    created_by: Mapped[int | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class TagMarking(TenantBase):
    """Very many customers are marked: what with, why, and which run does it.

    `target` says who (`siyu.people.tags.targets.Target`), `members` who that was when it was
    asked for (a roaring bitmap of customers), `owners` whose customers the one who asked may see
    (null: everybody's). `selection_id` is the selection it is about, which is marked once.
    """

    __tablename__ = "tag_marking"
    __table_args__ = (
        Index("uq_tag_marking_run", "tenant_id", "run_id", unique=True),
        Index("uq_tag_marking_selection", "tenant_id", "selection_id", unique=True),
        tenant_key("run_id", "job_run"),
    )

    run_id: Mapped[int]
    selection_id: Mapped[int | None]
    target: Mapped[dict[str, Any]]
    members: Mapped[bytes]
    owners: Mapped[list[Any] | None]
    add_tag_ids: Mapped[list[Any]] = mapped_column(default=list)
    remove_tag_ids: Mapped[list[Any]] = mapped_column(default=list)
    reason: Mapped[str] = mapped_column(default="")
    employee_id: Mapped[int | None]
    created_at: Mapped[datetime]


class TagMarkingItem(TenantTable, Base):
    """A friendship that WeCom is to be told about, and what came of it."""

    __tablename__ = "tag_marking_item"
    __table_args__ = (
        CheckConstraint(f"state in {ITEM_STATES}", name="state"),
        tenant_key("marking_id", "tag_marking"),
        Index(
            "ix_tag_marking_item_failed",
            "tenant_id",
            "marking_id",
            postgresql_where=text("state = 'failed'"),
        ),
    )

    marking_id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(default="waiting")
    errcode: Mapped[int | None]
