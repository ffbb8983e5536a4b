"""The people of audiences, as far as the actor may see them."""

from collections.abc import Sequence
from typing import Any, Final

from pyroaring import BitMap64
from sqlalchemy import ColumnElement, Row, Select, select

from siyu.core.context import Context
from siyu.core.db import among
from siyu.core.errors import NotFound
from siyu.core.paging import Page, decode_cursor, encode_cursor
from siyu.people.audiences.chunks import chunk_of, joined, unpacked
from siyu.people.audiences.models import Audience, AudienceChunk
from siyu.people.audiences.schemas import AudienceOf, SamplePerson
from siyu.people.customers.queries import contacts_of, may_see, state_of, visible
from siyu.people.customers.schemas import StaffRef
from siyu.people.models import Contact, Customer, Identity

Chunks = Select[int, bytes]
"""Asks for a set by chunk: `chunk` and `members`, without an order."""
_WIDER: Final = 4
_WIDEST: Final = 256
"""Chunks read at once: four million ids."""
_FEW: Final = 20_000
"""Ids that travel to the database one by one; of more only their span does."""


async def members(
    ctx: Context, audience_id: int, *, cursor: str | None, limit: int
) -> Page[SamplePerson]:
    """Return members the actor may see, by their number."""
    chunks = select(AudienceChunk.chunk, AudienceChunk.members).where(
        AudienceChunk.tenant_id == ctx.tenant_id, AudienceChunk.audience_id == audience_id
    )
    return await page_of(ctx, chunks, AudienceChunk.chunk, cursor=cursor, limit=limit)


async def page_of(
    ctx: Context, chunks: Chunks, place: Any, *, cursor: str | None, limit: int
) -> Page[SamplePerson]:
    """Return those of a set whom the actor may see, by their number.

    `place` is the column of the chunk. Until the page is full ever more chunks are read at once,
    so that even who sees nobody in a set of ten million has asked for no more than seven times.
    """
    after = decode_cursor(cursor, int)[0] if cursor else -1
    found: list[int] = []
    start, width = chunk_of(after + 1), 1
    while len(found) <= limit:
        rows = (
            await ctx.session.execute(chunks.where(place >= start).order_by(place).limit(width))
        ).all()
        ids = joined(unpacked(row.members) for row in rows)
        ids.remove_range(0, after + 1)
        seen = ids if ctx.actor.owners is None else await visible_among(ctx, ids)
        found += list(seen[: limit + 1 - len(found)])
        if len(rows) < width:
            break
        start, width = rows[-1].chunk + 1, min(width * _WIDER, _WIDEST)
    shown = found[:limit]
    more = encode_cursor(shown[-1]) if len(found) > limit else None
    return Page(await people(ctx, shown), more)


async def people(ctx: Context, customer_ids: Sequence[int]) -> list[SamplePerson]:
    """Return people in the order of their ids given; those who are no more are left out."""
    rows = await ctx.session.scalars(
        select(Customer).where(
            Customer.tenant_id == ctx.tenant_id,
            Customer.id.in_(customer_ids),
            Customer.merged_into_id.is_(None),
        )
    )
    customers = {one.id: one for one in rows}
    contacts: dict[int, list[Row[Any]]] = {one: [] for one in customers}
    for contact in await contacts_of(ctx, list(customers), only_visible=True):
        contacts[contact.customer_id].append(contact)
    return [_person(customers[one], contacts[one]) for one in customer_ids if one in customers]


async def visible_among(ctx: Context, ids: BitMap64) -> BitMap64:
    """Return those of some customers whom the actor may see."""
    if not ids:
        return ids
    few = len(ids) <= _FEW
    these = among(Identity.customer_id, list(ids)) if few else _between(ids)
    rows = await ctx.session.scalars(
        select(Identity.customer_id)
        .distinct()
        .join(
            Contact,
            (Contact.tenant_id == Identity.tenant_id) & (Contact.identity_id == Identity.id),
        )
        .where(
            Identity.tenant_id == ctx.tenant_id,
            these,
            visible(ctx),
        )
    )
    return BitMap64(rows) & ids


def _between(ids: BitMap64) -> ColumnElement[bool]:
    return Identity.customer_id.between(ids.min(), ids.max())


async def audiences_of(ctx: Context, customer_id: int) -> list[AudienceOf]:
    """Return the audiences a customer is in. Raises `NotFound` for who may not be seen."""
    if not await may_see(ctx, customer_id):
        raise NotFound("customer_unknown", "客户不存在，或不在你的数据范围内")
    rows = await ctx.session.execute(
        select(Audience.id, Audience.name, Audience.kind, Audience.dynamic, AudienceChunk.members)
        .join(
            AudienceChunk,
            (AudienceChunk.tenant_id == Audience.tenant_id)
            & (AudienceChunk.audience_id == Audience.id),
        )
        .where(
            AudienceChunk.tenant_id == ctx.tenant_id,
            AudienceChunk.chunk == chunk_of(customer_id),
            Audience.archived_at.is_(None),
        )
        .order_by(Audience.id)
    )
    return [
        AudienceOf(row.id, row.name, row.kind, row.dynamic)
        for row in rows
        if customer_id in unpacked(row.members)
    ]


def _person(customer: Customer, contacts: Sequence[Row[Any]]) -> SamplePerson:
    living = [one for one in contacts if one.state == "active"] or contacts
    return SamplePerson(
        id=customer.id,
        name=customer.name,
        avatar_url=customer.avatar_url or None,
        state=state_of({one.state for one in contacts}),
        staff=[StaffRef(one.staff_account_id, one.name, one.avatar_url or None) for one in living],
        last_add_at=customer.last_add_at,
    )
