"""Short looks into PostgreSQL for doors that then wait for something else.

A request's `Context` keeps one transaction open until the answer is sent. Doors that ask
the analytics engine, or that stay open, take these instead.
"""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import select

from siyu.accounts.dependencies import acting
from siyu.accounts.models import Tenant
from siyu.accounts.sessions import Principal
from siyu.core.clock import Clock
from siyu.core.context import Context
from siyu.core.db import Database


@dataclass(frozen=True)
class Asking:
    """Opens short units of work for one signed-in person."""

    db: Database
    clock: Clock
    principal: Principal

    def look(self) -> AbstractAsyncContextManager[Context]:
        """Open one transaction as that person."""
        return acting(self.db, self.clock, self.principal)


async def zone_of(ctx: Context) -> ZoneInfo:
    """Return the zone in which the tenant's days begin and end."""
    name = await ctx.session.scalar(
        select(Tenant.timezone).where(Tenant.tenant_id == ctx.tenant_id)
    )
    return ZoneInfo(name or "Asia/Shanghai")
