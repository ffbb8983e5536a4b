"""Staff sign in from inside WeCom by its OAuth; in a browser, by scanning a code."""

import hmac
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

import msgspec
import structlog
from litestar import Controller, Request, get
from litestar.datastructures import Cookie
from litestar.params import QueryParameter
from litestar.response import Redirect

from siyu.accounts import sessions
from siyu.accounts.connections.gateways import WecomGateways
from siyu.accounts.dependencies import VISITOR, session_cookie
from siyu.accounts.models import Employee
from siyu.accounts.tenancy import TenantDirectory
from siyu.channels.wecom import oauth
from siyu.channels.wecom.errors import WeComFailure
from siyu.core.clock import Clock
from siyu.core.context import Context
from siyu.core.db import Database
from siyu.core.errors import Conflict
from siyu.core.settings import Settings

_log = structlog.get_logger(__name__)

_COOKIE: Final = "siyu_oauth"
_MINUTES: Final = 10
_HOME: Final = "/staff/"
_INSIDE_WECOM: Final = "wxwork"


class _Errand(msgspec.Struct):
    """What the browser must bring back: the state that was sent, and where it wanted to go."""

    state: str
    next: str


def _own_path(wanted: str) -> str:
    """Return `wanted` if it is a path of this site, else the staff app's home."""
    parts = urlsplit(wanted)
    safe = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not parts.netloc
    return wanted if safe else _HOME


def return_address(request: Request[Any, Any, Any], settings: Settings, path: str) -> str:
    """Return the address on the host the browser is on, to which an OAuth comes back."""
    scheme = urlsplit(settings.public_base).scheme
    return f"{scheme}://{request.headers.get('host', '')}{path}"


class WecomSignInController(Controller):
    """The two doors of the sign-in through WeCom."""

    path = "/staff"
    include_in_schema = False

    @get("/signin")
    async def leave(
        self,
        request: Request[Any, Any, Any],
        tenants: TenantDirectory,
        wecom: WecomGateways,
        settings: Settings,
        wanted: Annotated[str, QueryParameter(name="next", max_length=500)] = _HOME,
    ) -> Redirect:
        """Send the browser to WeCom."""
        tenant_id = await tenants.tenant_of(request.headers.get("host", ""))
        try:
            app = await wecom.app_credentials(tenant_id)
        except Conflict:
            return _refuse("unconnected")
        errand = _Errand(oauth.generate_state(), _own_path(wanted))
        back = return_address(request, settings, "/staff/oauth")
        inside = _INSIDE_WECOM in request.headers.get("user-agent", "").lower()
        # The simulated world has no client of its own to tell apart, only its pages.
        if inside or settings.open_base != oauth.OPEN_BASE:
            address = oauth.authorize_url(
                app.corp_id, back, errand.state, agent_id=app.agent_id, base=settings.open_base
            )
        else:
            address = oauth.login_url(
                app.corp_id,
                back,
                errand.state,
                agent_id=app.agent_id,
                base=settings.wecom_login_base,
            )
        return Redirect(address, cookies=[_errand_cookie(settings, errand)])

    @get("/oauth")
    async def come_back(
        self,
        request: Request[Any, Any, Any],
        tenants: TenantDirectory,
        wecom: WecomGateways,
        db: Database,
        clock: Clock,
        settings: Settings,
        code: Annotated[str, QueryParameter(name="code", max_length=512)] = "",
        returned: Annotated[str, QueryParameter(name="state", max_length=128)] = "",
    ) -> Redirect:
        """Take the code WeCom sent back, and sign in the employee who runs the account."""
        tenant_id = await tenants.tenant_of(request.headers.get("host", ""))
        errand = _errand(request)
        if errand is None or not code:
            return _refuse("expired")
        if not hmac.compare_digest(errand.state.encode(), returned.encode()):
            return _refuse("expired")
        try:
            who = await (await wecom.client(tenant_id)).signed_in(code)
        except WeComFailure as failure:
            _log.warning("sign_in.wecom_refused", error=str(failure))
            return _refuse("wecom")
        async with db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, VISITOR, clock, session)
            account = await sessions.staff_account_by_userid(session, who.userid)
            if account is None:
                return _refuse("unknown")
            employee = await session.get(Employee, (tenant_id, account.employee_id))
            if employee is None or employee.state != "active":
                return _refuse("unknown")
            token = await sessions.begin(ctx, employee, account.id)
        return Redirect(
            errand.next,
            cookies=[session_cookie(settings, token), _errand_cookie(settings, None)],
        )


def _refuse(reason: str) -> Redirect:
    """Send the browser to the app's own page that says what to do."""
    return Redirect(f"/staff/?signin={reason}")


def _errand_cookie(settings: Settings, errand: _Errand | None) -> Cookie:
    value = "" if errand is None else f"{errand.state}.{errand.next.encode().hex()}"
    return Cookie(
        key=_COOKIE,
        value=value,
        max_age=_MINUTES * 60 if errand else 0,
        httponly=True,
        secure=settings.cookies_secure,
        samesite="lax",
        path="/staff",
    )


def _errand(request: Request[Any, Any, Any]) -> _Errand | None:
    state, _, wanted = request.cookies.get(_COOKIE, "").partition(".")
    try:
        return _Errand(state, _own_path(bytes.fromhex(wanted).decode())) if state else None
    except ValueError:
        return None
