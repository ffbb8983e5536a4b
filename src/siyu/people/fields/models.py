"""Tables of custom fields."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import Base, TenantBase, TenantTable

FIELD_KINDS: Final = ("text", "number", "date", "choice", "choices", "flag")


class CustomField(TenantBase):
    """A field. `options` of a choice: `[{"id": 1, "name": "…", "gone": false}]`.

    `visible_to` names the roles that see it; empty: everybody who sees the customer.
    """

    __tablename__ = "custom_field"
    __table_args__ = (
        CheckConstraint(f"kind in {FIELD_KINDS}", name="kind"),
        UniqueConstraint("tenant_id", "key"),
    )

    key: Mapped[str]
    """A short name for API and import; never changes."""
    name: Mapped[str]
    kind: Mapped[str]
    options: Mapped[list[Any]] = mapped_column(default=list)
    visible_to: Mapped[list[Any]] = mapped_column(default=list)
    hint: Mapped[str] = mapped_column(default="")
    sort: Mapped[int] = mapped_column(default=0)
    gone: Mapped[bool] = mapped_column(default=False)


class FieldValue(TenantTable, Base):
    """What was noted of a person, at one of their ids; of a customer's ids the latest counts.

    `choices` holds option ids; a flag is the number 1 or 0. All empty: the value was cleared.

    No key leads to fields, which are never removed, only `gone`; nor to identities: whoever writes
    holds the customer (`siyu.people.identity.holding`), as the erasure does that removes them. A
    key would cost each value more than itself, and keep nothing from happening
    (docs/decisions/0015-one-fact-for-a-newcomer.md).
    """

    __tablename__ = "field_value"
    identity_id: Mapped[int] = mapped_column(primary_key=True)
    field_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[float | None]
    text: Mapped[str | None]
    day: Mapped[date | None]
    choices: Mapped[list[Any]] = mapped_column(default=list)
    set_at: Mapped[datetime]
    employee_id: Mapped[int | None]
