"""Tables of acts on many customers."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import TenantBase
from siyu.core.db.base import tenant_key
from siyu.core.housekeeping import Sweep

if TYPE_CHECKING:
    from sqlalchemy import Table

_KEPT: Final = timedelta(days=30)
"""So long a run that stopped can go on with its people."""


class PeopleSelection(TenantBase):
    """Who was chosen in the customer list, frozen: what is done with them reaches nobody else.

    Only the employee who chose uses it. `members` is a 64-bit roaring bitmap of customers.
    """

    __tablename__ = "people_selection"
    __table_args__ = (
        Index("ix_people_selection_made", "tenant_id", "made_at"),
        tenant_key("employee_id", "employee"),
    )

    employee_id: Mapped[int]
    asked: Mapped[dict[str, Any] | None]
    """The filters that chose them, as they came in, but for the words in them and in their rule:
    these may be somebody's name. Nothing where people were ticked one by one."""
    members: Mapped[bytes]
    size: Mapped[int]
    as_of: Mapped[datetime]
    """The moment for which it is true that these fitted the filters."""
    made_at: Mapped[datetime]


class PeopleAct(TenantBase):
    """Something done with everybody in a selection, once (`siyu.people.bulk.schemas.Act`).

    `after` is the customer up to whom it is done, `changed` how many of them are different now;
    both are written together with what was done. It is kept as long as the selection.
    """

    __tablename__ = "people_act"
    __table_args__ = (
        Index("uq_people_act_run", "tenant_id", "run_id", unique=True),
        Index("uq_people_act_selection", "tenant_id", "selection_id", unique=True),
        tenant_key("run_id", "job_run"),
        tenant_key("employee_id", "employee"),
    )

    run_id: Mapped[int]
    selection_id: Mapped[int]
    act: Mapped[dict[str, Any]]
    employee_id: Mapped[int]
    after: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]


OLD_SELECTIONS: Final = Sweep(
    cast("Table", PeopleSelection.__table__), PeopleSelection.made_at, _KEPT
)
OLD_ACTS: Final = Sweep(cast("Table", PeopleAct.__table__), PeopleAct.created_at, _KEPT)
"""An act without its selection cannot go on, and its run says what came of it."""
