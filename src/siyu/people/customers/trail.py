"""A customer's trail: what happened with all of a person's ids, one line per act."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select, tuple_
from sqlalchemy.orm import aliased

from siyu.accounts.models import StaffAccount
from siyu.core.context import Context
from siyu.core.paging import Page, decode_cursor, encode_cursor
from siyu.core.stream.events import Event, select_events, to_event
from siyu.core.stream.models import StreamEvent
from siyu.facts import catalogue
from siyu.facts.commerce import OrderAttributed, OrderMatched
from siyu.facts.content import READING, MaterialRead
from siyu.facts.messaging import TouchCreated
from siyu.facts.people import (
    CustomerChanged,
    CustomerCreated,
    IdentityLinked,
    TagMarked,
    TagUnmarked,
)
from siyu.people.customers.origins import Origins
from siyu.people.customers.panels import CustomerPanels
from siyu.people.customers.profile import find_customer
from siyu.people.customers.schemas import StaffRef, TimelineEntry, TrailNames
from siyu.people.fields.service import visible_fields
from siyu.people.groups.queries import names_of
from siyu.people.models import Identity, Tag
from siyu.people.stages.service import stages

_BOOKKEEPING: Final = frozenset(
    fact.type
    for fact in (TouchCreated, CustomerCreated, IdentityLinked, OrderMatched, OrderAttributed)
)
"""Facts that stand beside the act they belong to: a share and its touch are one act. They are
shown when they are asked for by name."""
_FEN: Final = 100


async def timeline(
    ctx: Context,
    origins: Origins,
    panels: CustomerPanels,
    customer_id: int,
    *,
    kinds: Sequence[str],
    cursor: str | None,
    limit: int,
) -> Page[TimelineEntry]:
    """Return what happened with all of a customer's ids, latest first; `kinds` narrows by type.

    A kind is a whole type (`contact.added`) or its subject (`contact`). One act is one line: of
    a reading that was told several times the last word counts. Which tags colleagues put on their
    own friendships is not shown to somebody who does not see these.
    """
    customer = await find_customer(ctx, customer_id)
    ids = (
        await ctx.session.scalars(
            select(Identity.id).where(
                Identity.tenant_id == ctx.tenant_id, Identity.customer_id == customer.id
            )
        )
    ).all()
    query = (
        select_events()
        .where(
            StreamEvent.tenant_id == ctx.tenant_id,
            StreamEvent.identity_id.in_(ids),
            StreamEvent.type.in_(_types(kinds)),
            or_(StreamEvent.type != MaterialRead.type, ~_went_on()),
            *_own_notes(ctx),
            # A profile changes at every sync, and says nothing of what somebody did.
            or_(
                StreamEvent.type != CustomerChanged.type,
                StreamEvent.properties["what"].astext == "fields",
            ),
        )
        .order_by(StreamEvent.occurred_at.desc(), StreamEvent.id.desc())
        .limit(limit + 1)
    )
    if cursor:
        at, number = decode_cursor(cursor, datetime, UUID)
        query = query.where(tuple_(StreamEvent.occurred_at, StreamEvent.id) < tuple_(at, number))
    events = [to_event(row) for row in await ctx.session.execute(query)]
    shown = events[:limit]
    entries = await _entries(ctx, origins, panels, shown)
    more = len(events) > limit
    return Page(entries, encode_cursor(shown[-1].occurred_at, shown[-1].id) if more else None)


def _types(kinds: Sequence[str]) -> list[str]:
    """Return the types of facts to show; those of bookkeeping only when named."""
    if not kinds:
        return [name for name in catalogue() if name not in _BOOKKEEPING]
    wanted = set(kinds)
    return [
        name
        for name in catalogue()
        if name in wanted or (name.split(".")[0] in wanted and name not in _BOOKKEEPING)
    ]


def _own_notes(ctx: Context) -> list[ColumnElement[bool]]:
    """Leave out what is noted on friendships that the actor does not see."""
    owners = ctx.actor.owners
    if owners is None:
        return []
    return [
        or_(
            StreamEvent.type.not_in((TagMarked.type, TagUnmarked.type)),
            StreamEvent.staff_account_id.is_(None),
            StreamEvent.staff_account_id.in_(owners),
        )
    ]


def _went_on() -> ColumnElement[bool]:
    """Tell of a reading whether more of the same visit was told later."""
    later = aliased(StreamEvent)
    return exists(
        select(later.id).where(
            and_(
                later.tenant_id == StreamEvent.tenant_id,
                later.identity_id == StreamEvent.identity_id,
                later.type == StreamEvent.type,
                later.properties["visit_id"] == StreamEvent.properties["visit_id"],
                # Looks at no more than a day's acts, however much somebody has read in all.
                later.occurred_at.between(
                    StreamEvent.occurred_at, StreamEvent.occurred_at + READING
                ),
                tuple_(later.occurred_at, later.id)
                > tuple_(StreamEvent.occurred_at, StreamEvent.id),
            )
        )
    )


async def _entries(
    ctx: Context, origins: Origins, panels: CustomerPanels, events: Sequence[Event]
) -> list[TimelineEntry]:
    rows = await ctx.session.execute(
        select(StaffAccount.id, StaffAccount.name, StaffAccount.avatar_url).where(
            StaffAccount.tenant_id == ctx.tenant_id,
            StaffAccount.id.in_({event.staff_account_id for event in events}),
        )
    )
    staff = {row.id: StaffRef(row.id, row.name, row.avatar_url or None) for row in rows}
    names = await _names(ctx, origins, panels, events)
    known = catalogue()
    return [
        TimelineEntry(
            id=str(event.id),
            type=event.type,
            occurred_at=event.occurred_at,
            title=known[event.type].title if event.type in known else event.type,
            detail=_detail(event, names[event.id]),
            names=names[event.id],
            staff=staff.get(event.staff_account_id or 0),
            properties=event.properties,
        )
        for event in events
    ]


async def _names(
    ctx: Context, origins: Origins, panels: CustomerPanels, events: Sequence[Event]
) -> Mapping[UUID, TrailNames]:
    """Return how the things are called that facts point to, looked up for all at once."""
    came = await origins.names(ctx, _ids(events, "channel_id"), _ids(events, "live_code_id"))
    tags = await _tags(ctx, _ids(events, "tag_id"))
    groups = await names_of(ctx, _ids(events, "group_id"))
    materials = await panels.materials(ctx, _ids(events, "material_id"))
    steps = {stage.id: stage.name for stage in await stages(ctx, gone=True)}
    fields = {number: field.name for number, field in (await visible_fields(ctx)).items()}
    return {
        event.id: TrailNames(
            channel=came.channels.get(event.properties.get("channel_id", 0)),
            live_code=came.live_codes.get(event.properties.get("live_code_id", 0)),
            tag=tags.get(event.properties.get("tag_id", 0)),
            material=materials.get(event.properties.get("material_id", 0)),
            group=groups.get(event.properties.get("group_id", 0)),
            stage=steps.get(event.properties.get("stage_id", 0)),
            fields=_listed(fields, event.properties.get("field_ids", ())),
        )
        for event in events
    }


def _listed(fields: Mapping[int, str], numbers: Sequence[int]) -> str | None:
    return "、".join(fields[number] for number in numbers if number in fields) or None


async def _tags(ctx: Context, tag_ids: Collection[int]) -> Mapping[int, str]:
    """Return the names of tags, also of those that are gone since."""
    if not tag_ids:
        return {}
    rows = await ctx.session.execute(
        select(Tag.id, Tag.name).where(Tag.tenant_id == ctx.tenant_id, Tag.id.in_(tag_ids))
    )
    return {row.id: row.name for row in rows}


def _ids(events: Sequence[Event], name: str) -> set[int]:
    return {event.properties[name] for event in events if event.properties.get(name) is not None}


def _detail(event: Event, names: TrailNames) -> str | None:
    """Return what an act was about, in a few words."""
    amount: Any = event.properties.get("amount_fen", event.properties.get("refund_fen"))
    parts = [
        f"《{names.material}》" if names.material else "",
        f"「{names.tag}」" if names.tag else "",
        f"「{names.group}」" if names.group else "",
        f"「{names.stage}」" if names.stage else "",
        names.fields or "",
        f"¥{amount / _FEN:,.2f}" if amount is not None else "",
        f"渠道「{names.channel}」" if names.channel else "",
        f"活码「{names.live_code}」" if names.live_code else "",
    ]
    return " ".join(part for part in parts if part) or None
