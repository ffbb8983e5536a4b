"""How many friendships came through which channel and code.

The same rows that the lists behind these figures show: customers of a channel, and friendships
lost on their first day. Counted at once where they are few, else by the picture.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any, Final, Literal, NamedTuple

import structlog
from sqlalchemy import func, select

from siyu.core.analytics import Analytics
from siyu.core.analytics.client import AnalyticsError
from siyu.core.context import Context
from siyu.core.errors import Unavailable
from siyu.core.tracing import place
from siyu.people.models import Contact, Identity
from siyu.people.picture.counting import LIVING, counted

_log = structlog.get_logger(__name__)

Origin = Literal["channel_id", "live_code_id"]
FIRST_DAY: Final = timedelta(days=1)
_FEW: Final = 50_000
"""Friendships that PostgreSQL counts while somebody waits."""


class Adds(NamedTuple):
    """Friendships that ever began, persons who are friends by one now, and those lost within a day.

    Not the figure `added` of the metric dictionary, which counts first adds that siyu saw in a
    period: these have no period, and what was there before siyu is among them. A friendship that
    began several times counts for the origin of its first beginning that had one, and is not lost
    when it began anew. Empty while nobody knows.
    """

    friends_ever: int | None = None
    still_friends: int | None = None
    lost_first_day: int | None = None


_NONE: Final = Adds(0, 0, 0)
_UNKNOWN: Final = Adds()


async def adds_by(
    ctx: Context, analytics: Analytics, by: Origin, ids: Collection[int]
) -> Mapping[int, Adds]:
    """Return the adds of channels or live codes."""
    few = await _are_few(ctx, by, ids)
    rows = await (_count(ctx, by, ids) if few else _ask(ctx, analytics, by, ids))
    if rows is None:
        return dict.fromkeys(ids, _UNKNOWN)
    known = {int(number): Adds(*(int(count) for count in counts)) for number, *counts in rows}
    return dict.fromkeys(ids, _NONE) | known


async def _are_few(ctx: Context, by: Origin, ids: Collection[int]) -> bool:
    # The origin itself: nothing but its index is read.
    some = select(getattr(Contact, by)).where(*_of(ctx, by, ids)).limit(_FEW).subquery()
    return (await ctx.session.scalar(select(func.count()).select_from(some)) or 0) < _FEW


async def _count(ctx: Context, by: Origin, ids: Collection[int]) -> Collection[Any]:
    origin = getattr(Contact, by)
    gone = (Contact.state == "lost") & (Contact.lost_at < Contact.added_at + FIRST_DAY)
    query = (
        select(
            origin,
            func.count(),
            func.count(Identity.customer_id.distinct()).filter(Contact.state == "active"),
            func.count().filter(gone),
        )
        .join(
            Identity,
            (Identity.tenant_id == Contact.tenant_id) & (Identity.id == Contact.identity_id),
        )
        .where(*_of(ctx, by, ids))
        .group_by(origin)
    )
    return (await ctx.session.execute(query)).all()


def _of(ctx: Context, by: Origin, ids: Collection[int]) -> tuple[Any, ...]:
    return Contact.tenant_id == ctx.tenant_id, getattr(Contact, by).in_(set(ids))


async def _ask(
    ctx: Context, analytics: Analytics, by: Origin, ids: Collection[int]
) -> Collection[Any] | None:
    day = f"added_at + toIntervalSecond({FIRST_DAY.total_seconds():.0f})"
    gone = f"state = 'lost' AND ifNull(lost_at < {day}, 0)"
    sql = (
        f"SELECT {by}, groupBitmap(contact_id), groupBitmapIf(customer_id, state = 'active'),"  # noqa: S608 - constants
        f" groupBitmapIf(contact_id, {gone}) FROM person_contact"
        f" WHERE {by} IN {{ids:Array(UInt64)}} AND {LIVING} GROUP BY {by}"
    )
    try:
        found = await counted(ctx, analytics, sql, {"ids": sorted(ids)})
    except (Unavailable, AnalyticsError) as error:
        _log.warning("contacts.not_counted", error=place(error))
        return None
    return None if found is None else found.rows
