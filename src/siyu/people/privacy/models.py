"""Tables of privacy."""

from datetime import datetime
from typing import Final

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import TenantBase
from siyu.core.db.base import tenant_key

CONSENT_KINDS: Final = ("marketing", "profiling")
CONSENT_STATES: Final = ("granted", "refused")


class Consent(TenantBase):
    """A person said yes or no. Of a customer's ids the latest word counts."""

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint(f"kind in {CONSENT_KINDS}", name="kind"),
        CheckConstraint(f"state in {CONSENT_STATES}", name="state"),
        Index("ix_consent_latest", "tenant_id", "identity_id", "kind", text("id desc")),
        tenant_key("identity_id", "identity"),
    )

    identity_id: Mapped[int]
    kind: Mapped[str]
    state: Mapped[str]
    at: Mapped[datetime]
    source: Mapped[str]
    """Where it was said: `customer`, `employee`, `import`."""
    employee_id: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")
