"""Tables of joining people and undoing it."""

from datetime import datetime
from typing import Final

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import Base, TenantBase, TenantTable
from siyu.core.db.base import tenant_key
from siyu.people.models import CONFIDENCES

CANDIDATE_STATES: Final = ("open", "accepted", "refused")


class IdentityProfile(TenantTable, Base):
    """What a person's profile said at one of their ids.

    Kept from a customer's first merger on, so that undoing it gives each side its own again;
    before that the customer's own columns are all there is to know.
    """

    __tablename__ = "identity_profile"
    __table_args__ = (tenant_key("identity_id", "identity"),)

    identity_id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    avatar_url: Mapped[str] = mapped_column(default="")
    gender: Mapped[int] = mapped_column(default=0)
    kind: Mapped[int] = mapped_column(default=0)
    corp_name: Mapped[str] = mapped_column(default="")


class MergeCandidate(TenantBase):
    """Two ids that may be of one person; `one_id` is the smaller. An answer is remembered."""

    __tablename__ = "merge_candidate"
    __table_args__ = (
        CheckConstraint(f"confidence in {CONFIDENCES}", name="confidence"),
        CheckConstraint(f"state in {CANDIDATE_STATES}", name="state"),
        CheckConstraint("one_id < other_id", name="order"),
        UniqueConstraint("tenant_id", "one_id", "other_id", "evidence"),
        Index("ix_merge_candidate_state", "tenant_id", "state", text("id desc")),
        Index("ix_merge_candidate_other", "tenant_id", "other_id"),
        tenant_key("one_id", "identity"),
        tenant_key("other_id", "identity"),
    )

    one_id: Mapped[int]
    other_id: Mapped[int]
    evidence: Mapped[str]
    confidence: Mapped[str]
    state: Mapped[str] = mapped_column(default="open")
    found_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    employee_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")


class MergeRefusal(TenantTable, Base):
    """An employee said that two customers are two persons; `one_id` is the smaller.

    No rule joins them any more, whatever it finds; another employee may.
    """

    __tablename__ = "merge_refusal"
    __table_args__ = (
        CheckConstraint("one_id < other_id", name="order"),
        Index("ix_merge_refusal_other", "tenant_id", "other_id"),
        tenant_key("one_id", "customer"),
        tenant_key("other_id", "customer"),
    )

    one_id: Mapped[int] = mapped_column(primary_key=True)
    other_id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    employee_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")
