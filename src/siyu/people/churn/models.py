"""Tables of churn."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import Base, TenantBase, TenantTable
from siyu.core.db.base import tenant_key
from siyu.people.models import Contact

MARK_STATES: Final = ("found", "confirmed", "dismissed")

Index(
    "ix_contact_lost",
    Contact.tenant_id,
    text("lost_at desc"),
    text("id desc"),
    postgresql_include=["lost_by"],  # hundreds of thousands a month are counted by it
    postgresql_where=text("state = 'lost'"),
)


class ChurnPlan(TenantTable, Base):
    """What the tenant calls silent, and the words that show a customer is sensitive to marketing.

    A tenant without a row follows the defaults.
    """

    __tablename__ = "churn_plan"

    silent_days: Mapped[int] = mapped_column(default=30)
    words: Mapped[list[Any]] = mapped_column(default=list)
    changed_at: Mapped[datetime]


class SensitivityMark(TenantBase):
    """A message of the person held one of the words, or staff said so.

    They are left out of marketing unless dismissed. `words` are those that were found, never the
    message; `reason` is what staff wrote.
    """

    __tablename__ = "sensitivity_mark"
    __table_args__ = (
        CheckConstraint(f"state in {MARK_STATES}", name="state"),
        UniqueConstraint("tenant_id", "identity_id"),
        Index("ix_sensitivity_mark_open", "tenant_id", "state", text("id desc")),
        tenant_key("identity_id", "identity"),
    )

    identity_id: Mapped[int]
    state: Mapped[str] = mapped_column(default="found")
    words: Mapped[list[Any]] = mapped_column(default=list)
    reason: Mapped[str] = mapped_column(default="")
    source: Mapped[str]
    """Where the message was: `archive`, `service`, `acquisition`; or `employee`."""
    found_at: Mapped[datetime]
    reviewed_at: Mapped[datetime | None]
    employee_id: Mapped[int | None]
