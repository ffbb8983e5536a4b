"""Tables of stages."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import TenantBase
from siyu.core.db.base import tenant_key


class Stage(TenantBase):
    """A stage customers can be in; one that was removed stays known as gone."""

    __tablename__ = "stage"

    name: Mapped[str]
    sort: Mapped[int] = mapped_column(default=0)
    gone: Mapped[bool] = mapped_column(default=False)


class StageChange(TenantBase):
    """A person came to a stage (or to none). A customer is where the latest of their ids came."""

    __tablename__ = "stage_change"
    __table_args__ = (
        Index("ix_stage_change_latest", "tenant_id", "identity_id", text("id desc")),
        tenant_key("identity_id", "identity"),
        tenant_key("stage_id", "stage"),
    )

    identity_id: Mapped[int]
    stage_id: Mapped[int | None]
    at: Mapped[datetime]
    employee_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")
