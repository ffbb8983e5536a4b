"""What of accounts goes over HTTP."""

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

Username = Annotated[str, Meta(min_length=2, max_length=40, pattern=r"^[A-Za-z0-9._@-]+$")]
Password = Annotated[str, Meta(min_length=1, max_length=128)]
Name = Annotated[str, Meta(min_length=1, max_length=40)]
Role = Literal["admin", "planner", "manager", "staff"]
ScopeName = Literal["all", "department", "self"]


class SignIn(Struct, forbid_unknown_fields=True):
    """A sign-in by name and password."""

    username: Username
    password: Password


class FirstAdministrator(Struct, forbid_unknown_fields=True):
    """The first administrator of an installation; `setup_code` proves access to the machine."""

    name: Name
    username: Username
    password: Password
    setup_code: str
    tenant_name: Annotated[str, Meta(min_length=1, max_length=60)]


class SetupState(Struct):
    """Whether the first administrator is still to be made."""

    needs_administrator: bool
    tenant_name: str


class TenantView(Struct):
    """The enterprise, as its people see it."""

    id: int
    name: str
    timezone: str


class OwnStaffAccount(Struct):
    """A staff account the signed-in employee runs."""

    id: int
    userid: str
    name: str
    avatar_url: str


class SessionView(Struct):
    """Who is signed in and what they may do."""

    employee_id: int
    name: str
    role: Role
    scope: ScopeName
    permissions: list[str]
    tenant: TenantView
    staff_accounts: list[OwnStaffAccount]
    staff_account_id: int | None


class DepartmentView(Struct):
    """A department."""

    id: int
    number: int
    parent: int | None
    name: str


class StaffAccountView(Struct):
    """A staff account."""

    id: int
    userid: str
    name: str
    alias: str
    avatar_url: str
    position: str
    departments: list[str]
    state: Literal["active", "disabled", "inactive", "gone"]
    can_contact: bool
    employee_id: int
    employee_name: str


class EmployeeView(Struct):
    """An employee, with the accounts the person runs."""

    id: int
    name: str
    role: Role
    scope: ScopeName
    state: Literal["active", "left"]
    username: str | None
    has_password: bool
    staff_accounts: list[OwnStaffAccount]


class NewEmployee(Struct, forbid_unknown_fields=True):
    """An employee who signs in by password, such as a planner without a WeCom account."""

    name: Name
    role: Role
    username: Username
    password: Password
    scope: ScopeName | None = None


class EmployeeChange(Struct, forbid_unknown_fields=True):
    """What to change about an employee; what is left out stays."""

    name: Name | UnsetType = UNSET
    role: Role | UnsetType = UNSET
    scope: ScopeName | UnsetType = UNSET
    state: Literal["active", "left"] | UnsetType = UNSET
    username: Username | UnsetType = UNSET
    password: Password | UnsetType = UNSET


class AccountOwner(Struct, forbid_unknown_fields=True):
    """Which employee runs a staff account."""

    employee_id: int


class AuditView(Struct):
    """One line of the audit log."""

    id: int
    at: datetime
    actor_kind: str
    actor_name: str
    action: str
    target_kind: str
    target_id: str
    details: dict[str, Any]
    ip: str
