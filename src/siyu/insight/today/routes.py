"""HTTP doors of the staff's phone: today and me."""

from litestar import Controller, get
from sqlalchemy import select

from siyu.accounts.models import StaffAccount
from siyu.accounts.sessions import Principal
from siyu.activation.sharing.queries import recent_readings
from siyu.core.analytics import Analytics
from siyu.core.clock import Clock
from siyu.core.context import Context
from siyu.core.db import Database
from siyu.insight.asking import Asking
from siyu.insight.dashboard.pictures import question
from siyu.insight.today.numbers import numbers
from siyu.insight.today.queries import new_friends
from siyu.insight.today.schemas import Me, OwnAccount, Today


class TodayController(Controller):
    """What a staff member opens first."""

    path = "/api/staff"
    tags = ("staff",)

    @get("/today")
    async def today(
        self, db: Database, clock: Clock, principal: Principal, analytics: Analytics
    ) -> Today:
        """Return whom to talk to now and why."""
        asking = Asking(db, clock, principal)
        asked = await question(asking, "share", None, None)
        async with asking.look() as ctx:
            friends = await new_friends(ctx, asked.period.start)
            readings = await recent_readings(ctx)
        return Today(clock.now(), friends, readings, await numbers(analytics, asked))

    @get("/me")
    async def me(
        self, db: Database, clock: Clock, principal: Principal, analytics: Analytics
    ) -> Me:
        """Return who I am and how today goes for me."""
        asking = Asking(db, clock, principal)
        asked = await question(asking, "share", None, None)
        async with asking.look() as ctx:
            accounts = await _accounts(ctx)
        return Me(
            employee_id=principal.actor.id or 0,
            name=principal.actor.name,
            staff_account_id=principal.staff_account_id,
            accounts=accounts,
            numbers=await numbers(analytics, asked),
        )


async def _accounts(ctx: Context) -> list[OwnAccount]:
    rows = await ctx.session.execute(
        select(
            StaffAccount.id,
            StaffAccount.userid,
            StaffAccount.name,
            StaffAccount.alias,
            StaffAccount.avatar_url,
            StaffAccount.position,
            StaffAccount.can_contact,
        )
        .where(StaffAccount.id.in_(ctx.actor.staff_account_ids))
        .order_by(StaffAccount.id)
    )
    return [OwnAccount(*row) for row in rows]
