"""How many people carry each tag: counted at once where they are few, else by the picture."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

import structlog
from sqlalchemy import func, select, union_all

from siyu.core.analytics import Analytics
from siyu.core.analytics.client import AnalyticsError
from siyu.core.context import Context
from siyu.core.errors import Unavailable
from siyu.core.tracing import place
from siyu.people.models import Contact, ContactTag, Identity, IdentityTag, in_force
from siyu.people.picture.counting import LIVING, counted
from siyu.people.tags.mirror import held_library
from siyu.people.tags.models import TagLibraryState

_log = structlog.get_logger(__name__)

_FEW: Final = 50_000
"""Marks that PostgreSQL counts while somebody waits."""
_FRESH: Final = timedelta(minutes=1)

_COUNT: Final = (
    "SELECT key, groupBitmap(customer_id) FROM person_value"  # noqa: S608 - constants
    f" WHERE kind = 'tag' AND {LIVING} GROUP BY key"
)


class Counted(NamedTuple):
    """People by tag as they were `at`; a tag that nobody carries is absent."""

    people: Mapping[int, int]
    at: datetime


async def people_by_tag(ctx: Context, analytics: Analytics) -> Counted | None:
    """Return how many customers the actor may see carry each tag; nothing while nobody knows.

    Tags of friendships that are lost do not count.
    """
    if ctx.actor.owners is not None or await _are_few(ctx):
        return Counted(await _count(ctx), ctx.now())
    kept = await ctx.session.get(TagLibraryState, ctx.tenant_id)
    known = _kept(kept) if kept is not None else None
    if known is not None and known.at > ctx.now() - _FRESH:
        return known
    try:
        return await _ask(ctx, analytics) or known
    except (Unavailable, AnalyticsError) as error:
        _log.warning("tags.not_counted", error=place(error))
        return known


async def _are_few(ctx: Context) -> bool:
    marks = (
        select(table.tag_id).where(table.tenant_id == ctx.tenant_id).limit(_FEW)
        for table in (ContactTag, IdentityTag)
    )
    for some in marks:
        count = await ctx.session.scalar(select(func.count()).select_from(some.subquery()))
        if (count or 0) >= _FEW:
            return False
    return True


async def _count(ctx: Context) -> dict[int, int]:
    """Count in PostgreSQL, within what the actor may see."""
    contacts = _visible_contacts(ctx)
    at_contacts = (
        select(ContactTag.tag_id, Identity.customer_id)
        .join(contacts, contacts.c.id == ContactTag.contact_id)
        .join(Identity, _of(ctx, contacts))
        .where(ContactTag.tenant_id == ctx.tenant_id, in_force(ContactTag, ctx.now()))
    )
    at_ids = (
        select(IdentityTag.tag_id, Identity.customer_id)
        .join(
            Identity,
            (Identity.tenant_id == IdentityTag.tenant_id)
            & (Identity.id == IdentityTag.identity_id),
        )
        .where(IdentityTag.tenant_id == ctx.tenant_id, in_force(IdentityTag, ctx.now()))
    )
    if ctx.actor.owners is not None:
        seen = select(Identity.customer_id).join(contacts, _of(ctx, contacts))
        at_ids = at_ids.where(Identity.customer_id.in_(seen))
    marks = union_all(at_contacts, at_ids).subquery()
    rows = await ctx.session.execute(
        select(marks.c.tag_id, func.count(marks.c.customer_id.distinct())).group_by(marks.c.tag_id)
    )
    return {row[0]: row[1] for row in rows}


def _visible_contacts(ctx: Context) -> Any:
    query = select(Contact.id, Contact.identity_id).where(
        Contact.tenant_id == ctx.tenant_id, Contact.state != "lost"
    )
    if ctx.actor.owners is not None:
        query = query.where(Contact.staff_account_id.in_(ctx.actor.owners))
    return query.subquery()


def _of(ctx: Context, contacts: Any) -> Any:
    return (Identity.tenant_id == ctx.tenant_id) & (Identity.id == contacts.c.identity_id)


async def _ask(ctx: Context, analytics: Analytics) -> Counted | None:
    """Ask the picture, and keep what it says; nothing while the picture is not whole."""
    found = await counted(ctx, analytics, _COUNT)
    if found is None:
        return None
    people = {int(tag_id): int(count) for tag_id, count in found.rows}
    state = await held_library(ctx)
    state.counts = {
        "at": found.at.isoformat(),
        "people": {str(tag_id): count for tag_id, count in people.items()},
    }
    return Counted(people, found.at)


def _kept(state: TagLibraryState) -> Counted | None:
    if "at" not in state.counts:
        return None
    people = {int(tag_id): count for tag_id, count in state.counts["people"].items()}
    return Counted(people, datetime.fromisoformat(state.counts["at"]))
