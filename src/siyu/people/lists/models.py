"""The table of kept lists."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import TenantBase
from siyu.core.db.base import tenant_key


class CustomerListView(TenantBase):
    """Filters and columns of the customer list under a name, for one employee or for all."""

    __tablename__ = "customer_list_view"
    __table_args__ = (
        UniqueConstraint("tenant_id", "employee_id", "name"),
        tenant_key("employee_id", "employee"),
    )

    employee_id: Mapped[int]
    name: Mapped[str]
    filters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    rule: Mapped[dict[str, Any] | None]
    columns: Mapped[list[Any]] = mapped_column(default=list)
    shared: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime]
