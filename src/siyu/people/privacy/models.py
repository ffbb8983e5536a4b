"""Tables of privacy."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import TenantBase
from siyu.core.db.base import tenant_key

CONSENT_KINDS: Final = ("marketing", "profiling")
CONSENT_STATES: Final = ("granted", "refused")
ERASURE_STATES: Final = ("asked", "confirmed", "done", "withdrawn")


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


class Erasure(TenantBase):
    """Somebody asked for a person's data to be removed; done within a day of the confirmation.

    `customer_id` is empty once it is done. `report` counts what was removed, by table, and says
    under `texts` where the enterprise's own words still name the person; `due_at` is when it must
    be done at the latest.
    """

    __tablename__ = "erasure"
    __table_args__ = (
        CheckConstraint(f"state in {ERASURE_STATES}", name="state"),
        Index(
            "uq_erasure_open",
            "tenant_id",
            "customer_id",
            unique=True,
            postgresql_where=text("state in ('asked', 'confirmed')"),
        ),
        Index("ix_erasure_recent", "tenant_id", text("id desc")),
        tenant_key("run_id", "job_run"),
    )

    customer_id: Mapped[int | None]
    state: Mapped[str] = mapped_column(default="asked")
    asked_by: Mapped[str]
    """Who wishes it: `customer` or `enterprise`."""
    note: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]
    employee_id: Mapped[int | None]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[int | None]
    due_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    run_id: Mapped[int | None]
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)


class ErasedId(TenantBase):
    """The keyed hash of an external_userid that was erased.

    What WeCom's lists say of it is not taken up again, unless its owner adds a staff account
    after `at`.
    """

    __tablename__ = "erased_id"
    __table_args__ = (UniqueConstraint("tenant_id", "blind"),)

    blind: Mapped[bytes]
    at: Mapped[datetime]


class DataPackage(TenantBase):
    """All that is known of a person, packed to be handed over to them."""

    __tablename__ = "data_package"
    __table_args__ = (
        Index("ix_data_package_recent", "tenant_id", text("id desc")),
        tenant_key("run_id", "job_run"),
    )

    customer_id: Mapped[int]
    file: Mapped[str] = mapped_column(default="")
    ready: Mapped[bool] = mapped_column(default=False)
    run_id: Mapped[int | None]
    created_by: Mapped[int | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
