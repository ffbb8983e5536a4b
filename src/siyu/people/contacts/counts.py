"""How many friendships came through which channel and code, counted from their turns."""

from collections.abc import Collection
from datetime import timedelta
from typing import Final, Literal, NamedTuple

from sqlalchemy import func, select

from siyu.core.context import Context
from siyu.people.models import Contact, ContactTurn, Identity

FIRST_DAY: Final = timedelta(days=1)


class Adds(NamedTuple):
    """Friendships that ever began, persons behind them, and friendships lost within a day.

    Not the figure `added` of the metric dictionary, which counts first adds that siyu saw in a
    period: these have no period, and what was there before siyu is among them.
    """

    friends_ever: int
    customers: int
    lost_first_day: int


NONE: Final = Adds(0, 0, 0)


async def adds_by(
    ctx: Context, by: Literal["channel_id", "live_code_id"], ids: Collection[int]
) -> dict[int, Adds]:
    """Return the adds of channels or live codes, in one query; one without any is absent."""
    origin = getattr(ContactTurn, by)
    lost = (
        select(ContactTurn.contact_id)
        .where(ContactTurn.kind == "lost")
        .add_columns(ContactTurn.tenant_id, ContactTurn.at)
        .subquery()
    )
    soon = (
        select(lost.c.contact_id)
        .where(
            lost.c.tenant_id == ContactTurn.tenant_id,
            lost.c.contact_id == ContactTurn.contact_id,
            lost.c.at >= ContactTurn.at,
            lost.c.at < ContactTurn.at + FIRST_DAY,
        )
        .correlate(ContactTurn)
        .exists()
    )
    rows = await ctx.session.execute(
        select(
            origin,
            func.count(func.distinct(ContactTurn.contact_id)),
            func.count(func.distinct(Identity.customer_id)),
            func.count(func.distinct(ContactTurn.contact_id)).filter(soon),
        )
        .join(
            Contact,
            (Contact.tenant_id == ContactTurn.tenant_id) & (Contact.id == ContactTurn.contact_id),
        )
        .join(
            Identity,
            (Identity.tenant_id == Contact.tenant_id) & (Identity.id == Contact.identity_id),
        )
        .where(
            ContactTurn.tenant_id == ctx.tenant_id,
            ContactTurn.kind == "added",
            origin.in_(set(ids)),
        )
        .group_by(origin)
    )
    return {number: Adds(*counts) for number, *counts in rows}
