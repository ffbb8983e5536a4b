"""Reads of churn: who was lost, and where things stand."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol, runtime_checkable

import msgspec
from sqlalchemy import and_, exists, func, select, tuple_
from sqlalchemy.orm import aliased

from siyu.accounts.models import StaffAccount
from siyu.core.context import Context
from siyu.core.paging import Page, decode_cursor, encode_cursor
from siyu.people.churn.models import SensitivityMark
from siyu.people.churn.plan import plan_of, silent_rule
from siyu.people.churn.schemas import ChurnView, LostBy, LostRow, MessageSource
from siyu.people.churn.sensitivity import in_sight
from siyu.people.contacts.counts import FIRST_DAY
from siyu.people.customers.origins import Origins
from siyu.people.customers.queries import visible
from siyu.people.customers.schemas import Named, StaffRef
from siyu.people.models import Contact, Customer, Identity

_RECENT: Final = timedelta(days=30)


@runtime_checkable
class MessageSources(Protocol):
    """Knows from where what customers write reaches siyu; wired at the roof."""

    async def connected(self, ctx: Context) -> list[MessageSource]:
        """Return the sources that are connected."""
        ...


@dataclass(frozen=True)
class LostFilter:
    """Which of the friendships that ended are wanted."""

    by: LostBy | None = None
    staff_account_id: int | None = None
    channel_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    first_day: bool = False
    """Only those that ended within a day of their addition."""


async def overview(ctx: Context, sources: MessageSources) -> ChurnView:
    """Return where things stand, within what the actor may see."""
    ctx.require("churn.read")
    plan = await plan_of(ctx)
    recent = (visible(ctx), Contact.state == "lost", Contact.lost_at >= ctx.now() - _RECENT)
    lost = await ctx.session.execute(
        select(Contact.lost_by, func.count()).where(*recent).group_by(Contact.lost_by)
    )
    by = {row[0]: row[1] for row in lost}
    states = await ctx.session.execute(
        select(SensitivityMark.state, func.count())
        .where(SensitivityMark.tenant_id == ctx.tenant_id, in_sight(ctx))
        .group_by(SensitivityMark.state)
    )
    counts = {row[0]: row[1] for row in states}
    return ChurnView(
        plan=plan,
        messages=await sources.connected(ctx),
        silent_rule=msgspec.to_builtins(silent_rule(plan)),
        lost_30_days=sum(by.values()),
        lost_by_customer_30_days=by.get("customer", 0),
        waiting_review=counts.get("found", 0),
        sensitive=counts.get("found", 0) + counts.get("confirmed", 0),
    )


async def lost(
    ctx: Context, origins: Origins, wanted: LostFilter, cursor: str | None, limit: int
) -> Page[LostRow]:
    """Return friendships that have ended and not begun again, the latest end first."""
    ctx.require("churn.read")
    other, ids = aliased(Contact), aliased(Identity)
    has_others = exists().where(
        other.tenant_id == ctx.tenant_id,
        other.state == "active",
        ids.tenant_id == ctx.tenant_id,
        ids.id == other.identity_id,
        ids.customer_id == Identity.customer_id,
    )
    query = (
        select(
            Contact,
            Customer.id.label("customer_id"),
            Customer.name,
            Customer.avatar_url,
            StaffAccount.name.label("staff"),
            StaffAccount.avatar_url.label("staff_avatar"),
            has_others.label("has_others"),
        )
        .join(
            Identity,
            and_(Identity.tenant_id == Contact.tenant_id, Identity.id == Contact.identity_id),
        )
        .join(
            Customer,
            and_(Customer.tenant_id == Identity.tenant_id, Customer.id == Identity.customer_id),
        )
        .join(
            StaffAccount,
            and_(
                StaffAccount.tenant_id == Contact.tenant_id,
                StaffAccount.id == Contact.staff_account_id,
            ),
        )
        .where(*_ended(ctx, wanted))
        .order_by(Contact.lost_at.desc(), Contact.id.desc())
        .limit(limit + 1)
    )
    if cursor:
        at, number = decode_cursor(cursor, datetime, int)
        query = query.where(tuple_(Contact.lost_at, Contact.id) < tuple_(at, number))
    rows = (await ctx.session.execute(query)).all()
    shown = rows[:limit]
    channels = {row.Contact.channel_id for row in shown if row.Contact.channel_id is not None}
    names = (await origins.names(ctx, channels, set())).channels
    last = shown[-1].Contact if len(rows) > limit else None
    return Page(
        [_row(row, names) for row in shown],
        encode_cursor(last.lost_at, last.id) if last is not None else None,
    )


async def count_lost(ctx: Context, wanted: LostFilter) -> int:
    """Count what `lost` lists."""
    ctx.require("churn.read")
    return await ctx.session.scalar(select(func.count()).where(*_ended(ctx, wanted))) or 0


def _ended(ctx: Context, wanted: LostFilter) -> list[Any]:
    found: list[Any] = [visible(ctx), Contact.state == "lost", Contact.lost_at.is_not(None)]
    if wanted.by is not None:
        found.append(Contact.lost_by == wanted.by)
    if wanted.staff_account_id is not None:
        found.append(Contact.staff_account_id == wanted.staff_account_id)
    if wanted.channel_id is not None:
        found.append(Contact.channel_id == wanted.channel_id)
    if wanted.since is not None:
        found.append(Contact.lost_at >= wanted.since)
    if wanted.until is not None:
        found.append(Contact.lost_at < wanted.until)
    if wanted.first_day:
        found.append(Contact.lost_at < Contact.added_at + FIRST_DAY)
    return found


def _row(row: Any, channels: Any) -> LostRow:
    contact = row.Contact
    age = None
    if contact.added_at is not None and contact.lost_at >= contact.added_at:
        age = int((contact.lost_at - contact.added_at).total_seconds())
    channel = channels.get(contact.channel_id)
    return LostRow(
        contact_id=contact.id,
        customer_id=row.customer_id,
        name=row.name,
        avatar_url=row.avatar_url or None,
        staff=StaffRef(contact.staff_account_id, row.staff, row.staff_avatar or None),
        by=contact.lost_by or "unknown",
        lost_at=contact.lost_at,
        added_at=contact.added_at,
        age_seconds=age,
        channel=None if channel is None else Named(contact.channel_id, channel),
        has_other_friends=row.has_others,
    )
