"""Sign-in and sessions: a random token in a cookie, its hash in a row, a new one per sign-in."""

import asyncio
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast

from sqlalchemy import Table, case, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.accounts.models import Employee, SignInFailure, StaffAccount, WebSession
from siyu.accounts.passwords import verify_password
from siyu.accounts.scopes import actor_of
from siyu.core.context import Actor, Context
from siyu.core.db import Database
from siyu.core.errors import TooMany, Unauthenticated
from siyu.core.housekeeping import Sweep

LIFETIME: Final = timedelta(hours=14)
_WINDOW: Final = timedelta(minutes=15)
_MOST_FAILURES: Final = {"name": 8, "ip": 40}

SIGN_IN_FAILURES: Final = Sweep(
    cast("Table", SignInFailure.__table__), SignInFailure.window_ends_at, timedelta(days=1)
)
"""Counts whose window is over count for nothing; a day longer, whoever is asked can look."""


@dataclass(frozen=True)
class Principal:
    """Who is signed in, where."""

    tenant_id: int
    actor: Actor
    role: str
    scope: str
    staff_account_id: int | None


def new_token() -> str:
    """Return a fresh session token of 256 bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).digest()


async def principal_of(
    session: AsyncSession, tenant_id: int, token: str, now: datetime
) -> Principal:
    """Return who holds a session token; raises `Unauthenticated`."""
    row = (
        await session.execute(
            select(Employee, WebSession.staff_account_id)
            .join(
                WebSession,
                (WebSession.tenant_id == Employee.tenant_id)
                & (WebSession.employee_id == Employee.id),
            )
            .where(
                WebSession.token_hash == token_hash(token),
                WebSession.expires_at > now,
                Employee.state == "active",
            )
        )
    ).one_or_none()
    if row is None:
        raise Unauthenticated("not_signed_in", "登录已过期，请重新登录")
    employee, staff_account_id = row
    actor = await actor_of(session, employee)
    return Principal(tenant_id, actor, employee.role, employee.scope, staff_account_id)


async def begin(ctx: Context, employee: Employee, staff_account_id: int | None = None) -> str:
    """Sign an employee in; return the token for the cookie."""
    token = new_token()
    ctx.session.add(
        WebSession(
            tenant_id=ctx.tenant_id,
            token_hash=token_hash(token),
            employee_id=employee.id,
            staff_account_id=staff_account_id,
            created_at=ctx.now(),
            expires_at=ctx.now() + LIFETIME,
        )
    )
    await ctx.session.execute(delete(WebSession).where(WebSession.expires_at < ctx.now()))
    return token


async def end(session: AsyncSession, token: str) -> None:
    """Sign out the browser that holds the token."""
    await session.execute(delete(WebSession).where(WebSession.token_hash == token_hash(token)))


async def end_all(session: AsyncSession, employee_id: int) -> None:
    """Sign an employee out everywhere, as after a change of role or password."""
    await session.execute(delete(WebSession).where(WebSession.employee_id == employee_id))


async def sign_in(db: Database, ctx: Context, username: str, password: str) -> str:
    """Sign in by name and password; return the token.

    Raises `Unauthenticated` with one sentence for a wrong name and a wrong password alike,
    and `TooMany` after repeated failures under the name or from the address.
    """
    subjects = {"name": f"name:{username.lower()}", "ip": f"ip:{ctx.request.get('ip', '')}"}
    await _refuse_if_blocked(ctx, subjects)
    employee = await ctx.session.scalar(
        select(Employee).where(
            func.lower(Employee.username) == username.lower(), Employee.state == "active"
        )
    )
    # Hashing takes tens of milliseconds by design: not on the loop that serves everybody.
    stored = employee.password_hash if employee else None
    if not await asyncio.to_thread(verify_password, stored, password):
        await _count_failure(db, ctx, subjects)
        raise Unauthenticated("sign_in_failed", "用户名或密码不正确")
    if employee is None:
        raise Unauthenticated("sign_in_failed", "用户名或密码不正确")
    await ctx.session.execute(
        delete(SignInFailure).where(SignInFailure.subject == subjects["name"])
    )
    return await begin(ctx, employee)


async def _refuse_if_blocked(ctx: Context, subjects: dict[str, str]) -> None:
    rows = (
        await ctx.session.execute(
            select(SignInFailure).where(
                SignInFailure.subject.in_(subjects.values()),
                SignInFailure.window_ends_at > ctx.now(),
            )
        )
    ).scalars()
    by_subject = {row.subject: row for row in rows}
    for kind, subject in subjects.items():
        row = by_subject.get(subject)
        if row is not None and row.failures >= _MOST_FAILURES[kind]:
            wait = int((row.window_ends_at - ctx.now()).total_seconds()) + 1
            raise TooMany(
                "sign_in_blocked",
                f"登录失败次数过多，请在 {wait // 60 + 1} 分钟后再试",
                retry_after=wait,
            )


async def _count_failure(db: Database, ctx: Context, subjects: dict[str, str]) -> None:
    """Count in a transaction of its own: the failed sign-in's is rolled back."""
    async with db.tenant(ctx.tenant_id) as session:
        for subject in subjects.values():
            running = SignInFailure.window_ends_at > ctx.now()
            fresh = insert(SignInFailure).values(
                tenant_id=ctx.tenant_id,
                subject=subject,
                failures=1,
                window_ends_at=ctx.now() + _WINDOW,
            )
            await session.execute(
                fresh.on_conflict_do_update(
                    index_elements=["tenant_id", "subject"],
                    set_={
                        "failures": case((running, SignInFailure.failures + 1), else_=1),
                        "window_ends_at": case(
                            (running, SignInFailure.window_ends_at),
                            else_=fresh.excluded.window_ends_at,
                        ),
                    },
                )
            )


async def staff_account_by_userid(session: AsyncSession, userid: str) -> StaffAccount | None:
    """Return the staff account of a WeCom user, if it may sign in."""
    return await session.scalar(
        select(StaffAccount).where(StaffAccount.userid == userid, StaffAccount.state == "active")
    )
