"""HTTP doors of accounts."""

import hmac
from datetime import date
from typing import Annotated

from litestar import Controller, Response, delete, get, patch, post, put
from litestar.params import QueryParameter

from siyu.accounts import employees, queries, sessions
from siyu.accounts.dependencies import AnyRequest, cookie_name, session_cookie
from siyu.accounts.models import Tenant
from siyu.accounts.schemas import (
    AccountOwner,
    AuditView,
    DepartmentView,
    EmployeeChange,
    EmployeeView,
    FirstAdministrator,
    NewEmployee,
    SessionView,
    SetupState,
    SignIn,
    StaffAccountView,
)
from siyu.core.context import Context
from siyu.core.db import Database
from siyu.core.errors import Forbidden, NotFound, Unauthenticated
from siyu.core.paging import Page
from siyu.core.settings import Settings

Cursor = Annotated[str | None, QueryParameter(name="cursor", max_length=400)]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=200)]
ActorId = Annotated[
    int | None, QueryParameter(name="actor", ge=0, description="员工编号；0 为系统自己")
]
Action = Annotated[str | None, QueryParameter(name="action", max_length=60)]
First = Annotated[date | None, QueryParameter(name="from", description="第一天，企业时区")]
Last = Annotated[date | None, QueryParameter(name="to", description="最后一天，含当天")]


class SessionController(Controller):
    """Signing in and out by password."""

    path = "/api/session"
    tags = ("session",)

    @get()
    async def show(
        self, request: AnyRequest, visitor: Context, settings: Settings
    ) -> SessionView | None:
        """Return who is signed in; null when nobody is, which is no error of the visitor's."""
        token = request.cookies.get(cookie_name(settings))
        if not token:
            return None
        try:
            principal = await sessions.principal_of(
                visitor.session, visitor.tenant_id, token, visitor.now()
            )
        except Unauthenticated:
            return None
        return await queries.session_view(visitor.session, principal)

    @post(status_code=204)
    async def sign_in(
        self, data: SignIn, visitor: Context, db: Database, settings: Settings
    ) -> Response[None]:
        """Sign in by name and password; the session comes as a cookie."""
        token = await sessions.sign_in(db, visitor, data.username, data.password)
        return Response(None, status_code=204, cookies=[session_cookie(settings, token)])

    @delete(status_code=204)
    async def sign_out(
        self, request: AnyRequest, visitor: Context, settings: Settings
    ) -> Response[None]:
        """Sign this browser out."""
        token = request.cookies.get(cookie_name(settings))
        if token:
            await sessions.end(visitor.session, token)
        return Response(None, status_code=204, cookies=[session_cookie(settings, None)])


class SetupController(Controller):
    """The first administrator of a fresh installation."""

    path = "/api/setup"
    tags = ("session",)

    @get()
    async def show(self, visitor: Context) -> SetupState:
        """Tell whether the first administrator is still to be made."""
        tenant = await visitor.session.get(Tenant, visitor.tenant_id)
        if tenant is None:
            raise NotFound("tenant_unknown", "企业不存在")
        return SetupState(await employees.needs_administrator(visitor), tenant.name)

    @post(status_code=204)
    async def make_administrator(
        self, data: FirstAdministrator, visitor: Context, settings: Settings, setup_code: str
    ) -> Response[None]:
        """Make the first administrator and sign in; needs the code the server printed."""
        if not hmac.compare_digest(data.setup_code.strip().encode(), setup_code.encode()):
            raise Forbidden("setup_code_wrong", "初始化口令不正确，请查看启动 siyu 的终端")
        employee = await employees.make_first_administrator(visitor, data)
        token = await sessions.begin(visitor, employee)
        return Response(None, status_code=204, cookies=[session_cookie(settings, token)])


class StaffController(Controller):
    """Departments, staff accounts and employees."""

    path = "/api"
    tags = ("staff",)

    @get("/departments")
    async def departments(self, ctx: Context) -> list[DepartmentView]:
        """Return all departments."""
        ctx.require("customers.read")
        return await queries.departments(ctx)

    @get("/staff-accounts")
    async def staff_accounts(self, ctx: Context) -> list[StaffAccountView]:
        """Return the staff accounts whose customers the actor may see."""
        ctx.require("customers.read")
        return await queries.staff_accounts(ctx)

    @put("/staff-accounts/{staff_account_id:int}/employee", status_code=204)
    async def assign(self, ctx: Context, staff_account_id: int, data: AccountOwner) -> None:
        """Let an employee run a staff account."""
        await employees.assign_account(ctx, staff_account_id, data.employee_id)

    @get("/employees")
    async def employees(self, ctx: Context) -> list[EmployeeView]:
        """Return all employees."""
        ctx.require("staff.write")
        return await queries.employees(ctx)

    @post("/employees")
    async def create_employee(self, ctx: Context, data: NewEmployee) -> EmployeeView:
        """Make an employee who signs in by password."""
        return queries.employee_view(await employees.create(ctx, data))

    @patch("/employees/{employee_id:int}", status_code=204)
    async def change_employee(self, ctx: Context, employee_id: int, data: EmployeeChange) -> None:
        """Change name, role, data scope, state or password of an employee."""
        await employees.change(ctx, employee_id, data)


class AuditController(Controller):
    """The audit log."""

    path = "/api/audit"
    tags = ("audit",)

    @get()
    async def show(
        self,
        ctx: Context,
        actor: ActorId = None,
        action: Action = None,
        first: First = None,
        last: Last = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[AuditView]:
        """Return who did what, latest first."""
        ctx.require("audit.read")
        wanted = queries.AuditFilter(actor, action, first, last)
        return await queries.audit(ctx, wanted, cursor=cursor, limit=limit)


controllers = [SessionController, SetupController, StaffController, AuditController]
