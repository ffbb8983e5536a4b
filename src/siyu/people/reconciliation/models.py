"""Tables of reconciliation."""

from datetime import datetime, timedelta
from typing import Final, cast

from sqlalchemy import CheckConstraint, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import Base, TenantBase, TenantTable
from siyu.core.db.base import tenant_key
from siyu.core.housekeeping import Sweep

DIFFERENCES: Final = ("missing", "returned", "gone", "details", "remark", "tags")


class ReconciliationPlan(TenantTable, Base):
    """When a tenant is reconciled: daily from `hour` on, in the tenant's zone.

    A tenant without a row follows the defaults. `began_at` is when the last nightly run began.
    """

    __tablename__ = "reconciliation_plan"
    __table_args__ = (CheckConstraint("hour between 0 and 23", name="hour"),)

    enabled: Mapped[bool] = mapped_column(default=True)
    hour: Mapped[int] = mapped_column(default=3)
    began_at: Mapped[datetime | None]


class ReconciliationDifference(TenantBase):
    """Something siyu did not know until a run read it from WeCom.

    `missing`: a friendship nobody told of. `returned`: one that was taken for ended. `gone`: one
    that ended unheard. `details`: one whose details had never been read. `remark`, `tags`: what
    the staff had noted otherwise.
    """

    __tablename__ = "reconciliation_difference"
    __table_args__ = (
        CheckConstraint(f"kind in {DIFFERENCES}", name="kind"),
        Index("ix_reconciliation_difference_run", "tenant_id", "run_id", "id"),
        Index("ix_reconciliation_difference_found", "found_at"),
        tenant_key("run_id", "job_run", ondelete="cascade"),
        tenant_key("identity_id", "identity"),
        tenant_key("staff_account_id", "staff_account"),
    )

    run_id: Mapped[int]
    kind: Mapped[str]
    identity_id: Mapped[int]
    staff_account_id: Mapped[int]
    found_at: Mapped[datetime]


OLD_DIFFERENCES: Final = Sweep(
    cast("Table", ReconciliationDifference.__table__),
    ReconciliationDifference.found_at,
    timedelta(days=90),
)
"""What was corrected long ago interests nobody; each run keeps its sentence of how many it was."""
