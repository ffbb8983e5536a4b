"""Facts about the enterprise itself."""

from typing import ClassVar, Literal

from siyu.facts.base import Fact


class TenantOpened(Fact, frozen=True, kw_only=True):
    """An enterprise began to use siyu."""

    type: ClassVar[str] = "tenant.opened"
    title: ClassVar[str] = "企业开通"


class ConnectionVerified(Fact, frozen=True, kw_only=True):
    """A connection to the outside was proven to work."""

    type: ClassVar[str] = "connection.verified"
    title: ClassVar[str] = "连接验证通过"

    channel: Literal["wecom", "official_account"]
    step: Literal["credentials", "callback", "domain"]


class DirectorySynced(Fact, frozen=True, kw_only=True):
    """Departments and staff accounts were brought up to WeCom's state."""

    type: ClassVar[str] = "directory.synced"
    title: ClassVar[str] = "通讯录同步完成"

    departments: int
    staff_accounts: int


class EmployeeRoleChanged(Fact, frozen=True, kw_only=True):
    """What an employee may do or see was changed."""

    type: ClassVar[str] = "employee.role_changed"
    title: ClassVar[str] = "员工角色变更"

    employee_id: int
    role: str
    scope: str
