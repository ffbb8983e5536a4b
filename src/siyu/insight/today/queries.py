"""Who came to my accounts today."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, select

from siyu.core.context import Context
from siyu.growth.channels.models import Channel
from siyu.insight.today.schemas import NewFriend
from siyu.messaging.models import WelcomeAttempt
from siyu.people.models import Contact, Customer, Identity

_MOST = 100


async def new_friends(ctx: Context, since: datetime) -> list[NewFriend]:
    """Return present friendships of the actor's own accounts that began since, latest first."""
    welcome = (
        select(WelcomeAttempt.state)
        .where(
            WelcomeAttempt.tenant_id == Contact.tenant_id,
            WelcomeAttempt.identity_id == Contact.identity_id,
            WelcomeAttempt.staff_account_id == Contact.staff_account_id,
            WelcomeAttempt.added_at >= since,
        )
        .order_by(WelcomeAttempt.id.desc())
        .limit(1)
        .correlate(Contact)
        .scalar_subquery()
    )
    rows = await ctx.session.execute(
        select(
            Contact.id,
            Contact.staff_account_id,
            Contact.added_at,
            Contact.first_add_at,
            Contact.remark,
            Customer.id.label("customer_id"),
            Customer.name,
            Customer.avatar_url,
            Channel.name.label("channel"),
            welcome.label("welcome"),
        )
        .join(
            Identity,
            and_(Identity.tenant_id == Contact.tenant_id, Identity.id == Contact.identity_id),
        )
        .join(
            Customer,
            and_(Customer.tenant_id == Identity.tenant_id, Customer.id == Identity.customer_id),
        )
        .outerjoin(
            Channel,
            and_(Channel.tenant_id == Contact.tenant_id, Channel.id == Contact.channel_id),
        )
        .where(
            Contact.tenant_id == ctx.tenant_id,
            Contact.staff_account_id.in_(ctx.actor.staff_account_ids),
            Contact.state == "active",
            Contact.added_at >= since,
        )
        .order_by(Contact.added_at.desc(), Contact.id.desc())
        .limit(_MOST)
    )
    return [_friend(row, ctx.now()) for row in rows]


def _friend(row: Row[Any], now: datetime) -> NewFriend:
    again = row.first_add_at is not None and row.first_add_at < row.added_at
    welcomed = None if row.welcome in {None, "sending"} else row.welcome == "sent"
    return NewFriend(
        contact_id=row.id,
        customer_id=row.customer_id,
        name=row.name,
        avatar_url=row.avatar_url,
        remark=row.remark,
        staff_account_id=row.staff_account_id,
        added_at=row.added_at,
        minutes_ago=max(0, int((now - row.added_at).total_seconds() // 60)),
        again=again,
        channel=row.channel,
        welcomed=welcomed,
        reason=_reason(row.channel, again=again, welcomed=welcomed),
    )


def _reason(channel: str | None, *, again: bool, welcomed: bool | None) -> str:
    came = f"通过「{channel}」" if channel else ""
    did = f"{came}{'重新添加了你' if again else '添加了你'}"
    return f"{did}，欢迎语没有送达，请先打招呼" if welcomed is False else did
