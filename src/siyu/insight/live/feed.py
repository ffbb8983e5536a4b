"""Facts as an open page hears them: within the data scope, with the names they point to."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import and_, or_, select, union_all

from siyu.accounts.sessions import Principal
from siyu.core.context import Actor
from siyu.core.errors import Invalid
from siyu.core.paging import decode_cursor, encode_cursor
from siyu.core.realtime import Positions
from siyu.core.stream import SHARDS, Event
from siyu.core.stream.events import select_events, to_event
from siyu.core.stream.models import StreamEvent
from siyu.facts import catalogue
from siyu.insight.asking import Asking
from siyu.insight.names import materials_of, people_of, staff_names

_TITLES: Final = {kind: fact.title for kind, fact in catalogue().items()}
_PERMISSIONS: Final[Mapping[str, str]] = {
    "contact": "customers.read",
    "material": "customers.read",
    "welcome": "customers.read",
    "order": "orders.read",
    "channel": "channels.read",
    "live_code": "live_codes.read",
    "directory": "settings.read",
    "connection": "settings.read",
}
"""Who may hear of what, by the subject of a fact; of other subjects nobody hears."""
_QUIET: Final = frozenset({"contact.updated"})
_MOST_MISSED: Final = 500
_WIDEST_GAP: Final = 50_000
_RECENT: Final = timedelta(days=3)


class LiveEvent(msgspec.Struct):
    """One fact as it is shown: what, when, with whom."""

    id: str
    type: str
    title: str
    occurred_at: datetime
    staff_account_id: int | None
    staff_name: str | None
    customer_id: int | None
    customer_name: str | None
    avatar_url: str | None
    material_id: int | None
    material_title: str | None
    properties: dict[str, Any]


class TooFarBehind(Exception):
    """More was missed than is worth telling one by one: the page must load anew."""


def audible(actor: Actor, wanted: Iterable[str] | None) -> frozenset[str]:
    """Return the types of facts an actor may hear, of those wanted."""
    types = frozenset(_TITLES if wanted is None else wanted) & _TITLES.keys()
    return frozenset(
        kind
        for kind in types - _QUIET
        if _PERMISSIONS.get(kind.partition(".")[0]) in actor.permissions
    )


def owners_heard(principal: Principal, *, mine: bool) -> frozenset[int] | None:
    """Return the staff accounts whose facts are heard; `None` for everybody's."""
    return principal.actor.staff_account_ids if mine else principal.actor.owners


def concerns(event: Event, owners: frozenset[int] | None) -> bool:
    """Tell whether a fact is within the data scope.

    A reading by an unknown person, or in a browser that nobody signed in with, is stored and
    never pushed.
    """
    unknown = event.identity_id is None or event.properties.get("anonymous") is True
    if event.type.startswith("material.") and unknown:
        return event.type == "material.published" and owners is None
    return owners is None or event.staff_account_id in owners


async def missed(
    asking: Asking, types: frozenset[str], after: Positions, until: Positions
) -> list[Event]:
    """Return the tenant's facts between two places in the stream; raises `TooFarBehind`."""
    spans = {
        shard: (after.get(shard, 0), last)
        for shard, last in until.items()
        if last > after.get(shard, 0)
    }
    if sum(last - first for first, last in spans.values()) > _WIDEST_GAP:
        raise TooFarBehind
    if not spans:
        return []
    between = [
        and_(
            StreamEvent.shard == shard,
            StreamEvent.position > first,
            StreamEvent.position <= last,
        )
        for shard, (first, last) in spans.items()
    ]
    async with asking.look() as ctx:
        rows = await ctx.session.execute(
            select_events()
            .where(
                or_(*between),
                StreamEvent.tenant_id == ctx.tenant_id,
                StreamEvent.type.in_(types),
            )
            .order_by(StreamEvent.shard, StreamEvent.position)
            .limit(_MOST_MISSED + 1)
        )
        events = [to_event(row) for row in rows]
    if len(events) > _MOST_MISSED:
        raise TooFarBehind
    return events


async def recent(
    asking: Asking, types: frozenset[str], owners: frozenset[int] | None, limit: int
) -> list[LiveEvent]:
    """Return the latest facts of the past days that an open page would have heard, newest first."""
    async with asking.look() as ctx:
        # Of each type apart, so that a frequent one is not read through to find a rare one.
        latest = [
            select_events()
            .where(
                StreamEvent.tenant_id == ctx.tenant_id,
                StreamEvent.type == kind,
                StreamEvent.occurred_at > ctx.now() - _RECENT,
                *([] if owners is None else [StreamEvent.staff_account_id.in_(owners)]),
            )
            .order_by(StreamEvent.occurred_at.desc())
            .limit(limit)
            .subquery()
            for kind in sorted(types)
        ]
        rows = await ctx.session.execute(union_all(*(select(found) for found in latest)))
        events = [event for event in map(to_event, rows) if concerns(event, owners)]
    newest = sorted(events, key=lambda event: (event.occurred_at, event.id), reverse=True)[:limit]
    return [live async for _, live in told(asking, newest)]


async def told(asking: Asking, events: Sequence[Event]) -> AsyncIterator[tuple[Event, LiveEvent]]:
    """Yield facts with the names of what they point to, looked up for all at once."""
    materials = {
        event.properties["material_id"] for event in events if "material_id" in event.properties
    }
    async with asking.look() as ctx:
        people = await people_of(
            ctx.session, (event.identity_id for event in events if event.identity_id)
        )
        staff = await staff_names(
            ctx.session, (event.staff_account_id for event in events if event.staff_account_id)
        )
        titles = await materials_of(ctx.session, materials)
    for event in events:
        person = people.get(event.identity_id or 0)
        material = event.properties.get("material_id")
        yield (
            event,
            LiveEvent(
                id=str(event.id),
                type=event.type,
                title=_TITLES[event.type],
                occurred_at=event.occurred_at,
                staff_account_id=event.staff_account_id,
                staff_name=staff.get(event.staff_account_id or 0),
                customer_id=person.customer_id if person else None,
                customer_name=person.name if person else None,
                avatar_url=person.avatar_url if person else None,
                material_id=material,
                material_title=titles.get(material or 0),
                properties=event.properties,
            ),
        )


def place_of(positions: Positions) -> str:
    """Return a place in the stream as the id of a message."""
    return encode_cursor([positions.get(shard, 0) for shard in range(SHARDS)])


def positions_of(place: str) -> dict[int, int] | None:
    """Return the place in the id of a message; nothing when it is none of ours."""
    try:
        (positions,) = decode_cursor(place, list[int])
    except Invalid:
        return None
    return dict(enumerate(positions)) if len(positions) == SHARDS else None
