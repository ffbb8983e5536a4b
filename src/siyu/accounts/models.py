"""Tables of the enterprise itself."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import CheckConstraint, Index, Sequence, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import Base, TenantBase, TenantTable
from siyu.core.db.base import tenant_key
from siyu.core.db.policies import SYS

TENANT_IDS: Final = Sequence("tenant_ids", metadata=Base.metadata, schema=SYS)

STAFF_STATES: Final = ("active", "disabled", "inactive", "gone")
EMPLOYEE_STATES: Final = ("active", "left")
ROLES: Final = ("admin", "planner", "manager", "staff")
SCOPES: Final = ("all", "department", "self")


class Tenant(TenantTable, Base):
    """One enterprise. `data_key` is its key for personal data, wrapped by the master key."""

    __tablename__ = "tenant"

    name: Mapped[str]
    timezone: Mapped[str] = mapped_column(default="Asia/Shanghai")
    data_key: Mapped[bytes]
    created_at: Mapped[datetime]


class Department(TenantBase):
    """A department, under its number in WeCom; `parent` is the number above it."""

    __tablename__ = "department"
    __table_args__ = (UniqueConstraint("tenant_id", "number"),)

    number: Mapped[int]
    parent: Mapped[int | None]
    name: Mapped[str]
    sort: Mapped[int] = mapped_column(default=0)
    gone: Mapped[bool] = mapped_column(default=False)


class Employee(TenantBase):
    """A person who works here; may sign in by name and password, or through WeCom.

    `scope` says whose customers the person may see: everybody's, the department's, the own.
    """

    __tablename__ = "employee"
    __table_args__ = (
        CheckConstraint(f"role in {ROLES}", name="role"),
        CheckConstraint(f"scope in {SCOPES}", name="scope"),
        CheckConstraint(f"state in {EMPLOYEE_STATES}", name="state"),
        UniqueConstraint("tenant_id", "username"),
    )

    name: Mapped[str]
    role: Mapped[str] = mapped_column(default="staff")
    scope: Mapped[str] = mapped_column(default="self")
    state: Mapped[str] = mapped_column(default="active")
    username: Mapped[str | None]
    password_hash: Mapped[str | None]
    created_at: Mapped[datetime]


class StaffAccount(TenantBase):
    """A WeCom user that serves customers; run by one employee.

    `can_contact` tells whether WeCom lets the account have customers (配置了客户联系功能).
    """

    __tablename__ = "staff_account"
    __table_args__ = (
        CheckConstraint(f"state in {STAFF_STATES}", name="state"),
        UniqueConstraint("tenant_id", "userid"),
        Index("ix_staff_account_employee", "tenant_id", "employee_id"),
        tenant_key("employee_id", "employee"),
    )

    userid: Mapped[str]
    employee_id: Mapped[int]
    name: Mapped[str]
    alias: Mapped[str] = mapped_column(default="")
    avatar_url: Mapped[str] = mapped_column(default="")
    position: Mapped[str] = mapped_column(default="")
    department_ids: Mapped[list[Any]] = mapped_column(default=list)
    """Numbers of the departments the account is in."""
    state: Mapped[str] = mapped_column(default="active")
    can_contact: Mapped[bool] = mapped_column(default=False)
    synced_at: Mapped[datetime | None]


class WebSession(TenantTable, Base):
    """Someone signed in on one browser; the token itself is only in the browser's cookie."""

    __tablename__ = "web_session"
    __table_args__ = (tenant_key("employee_id", "employee", ondelete="CASCADE"),)

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    employee_id: Mapped[int]
    staff_account_id: Mapped[int | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class SignInFailure(TenantTable, Base):
    """Failed sign-ins under one name or from one address, within a running window."""

    __tablename__ = "sign_in_failure"

    subject: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    window_ends_at: Mapped[datetime]


class AuditEntry(TenantBase):
    """Who did what, when and from where; written in the transaction of the deed."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_recent", "tenant_id", text("id desc")),)

    at: Mapped[datetime]
    actor_kind: Mapped[str]
    actor_id: Mapped[int | None]
    actor_name: Mapped[str]
    action: Mapped[str]
    target_kind: Mapped[str]
    target_id: Mapped[str]
    details: Mapped[dict[str, Any]]
    ip: Mapped[str] = mapped_column(default="")
