"""What HTTP handlers may ask for: who is signed in, and their unit of work."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from litestar import Request
from litestar.datastructures import Cookie

from siyu.accounts.sessions import LIFETIME, Principal, principal_of
from siyu.accounts.tenancy import TenantDirectory
from siyu.core.clock import Clock
from siyu.core.context import Actor, Context
from siyu.core.db import Database
from siyu.core.errors import Unauthenticated
from siyu.core.settings import Settings

AnyRequest = Request[Any, Any, Any]

VISITOR: Final = Actor("customer", name="访客")


def cookie_name(settings: Settings) -> str:
    """Return the name of the session cookie; over HTTPS, one that only this host can set."""
    return "__Host-siyu" if settings.cookies_secure else "siyu"


def session_cookie(settings: Settings, token: str | None) -> Cookie:
    """Return the cookie that carries a session token, or that removes it."""
    return Cookie(
        key=cookie_name(settings),
        value=token or "",
        max_age=int(LIFETIME.total_seconds()) if token else 0,
        httponly=True,
        secure=settings.cookies_secure,
        samesite="lax",
        path="/",
    )


def client_ip(request: AnyRequest) -> str:
    """Return the address of the caller as the server sees it."""
    return request.client.host if request.client else ""


def _about(request: AnyRequest) -> dict[str, str]:
    return {"ip": client_ip(request), "user_agent": request.headers.get("user-agent", "")[:200]}


async def provide_principal(
    request: AnyRequest,
    db: Database,
    clock: Clock,
    settings: Settings,
    tenants: TenantDirectory,
) -> Principal:
    """Return who is signed in; raises `Unauthenticated`."""
    token = request.cookies.get(cookie_name(settings))
    if not token:
        raise Unauthenticated("not_signed_in", "请先登录")
    tenant_id = await tenants.tenant_of(request.headers.get("host", ""))
    async with db.tenant(tenant_id) as session:
        return await principal_of(session, tenant_id, token, clock.now())


async def provide_ctx(
    request: AnyRequest,
    db: Database,
    clock: Clock,
    settings: Settings,
    tenants: TenantDirectory,
) -> AsyncGenerator[Context, None]:
    """Open the request's transaction as the signed-in employee; raises `Unauthenticated`."""
    token = request.cookies.get(cookie_name(settings))
    if not token:
        raise Unauthenticated("not_signed_in", "请先登录")
    tenant_id = await tenants.tenant_of(request.headers.get("host", ""))
    async with db.tenant(tenant_id) as session:
        principal = await principal_of(session, tenant_id, token, clock.now())
        yield Context(tenant_id, principal.actor, clock, session, _about(request))


@asynccontextmanager
async def acting(db: Database, clock: Clock, principal: Principal) -> AsyncIterator[Context]:
    """Open a unit of work for somebody signed in, where a handler must first call the outside.

    Nothing is sent to the outside inside a transaction, so such a handler asks for the
    principal, makes its call, and opens this for what it has to store.
    """
    async with db.tenant(principal.tenant_id) as session:
        yield Context(principal.tenant_id, principal.actor, clock, session)


async def provide_visitor(
    request: AnyRequest, db: Database, clock: Clock, tenants: TenantDirectory
) -> AsyncGenerator[Context, None]:
    """Open the request's transaction for somebody who need not be signed in."""
    tenant_id = await tenants.tenant_of(request.headers.get("host", ""))
    async with db.tenant(tenant_id) as session:
        yield Context(tenant_id, VISITOR, clock, session, _about(request))
