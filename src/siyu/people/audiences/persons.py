"""The people of audiences, as far as the actor may see them."""

from collections.abc import Sequence
from typing import Any

from pyroaring import BitMap64
from sqlalchemy import Row, select

from siyu.core.context import Context
from siyu.core.errors import NotFound
from siyu.core.paging import Page, decode_cursor, encode_cursor
from siyu.people.audiences.chunks import chunk_of, unpacked
from siyu.people.audiences.models import Audience, AudienceChunk
from siyu.people.audiences.schemas import AudienceOf, SamplePerson
from siyu.people.customers.queries import contacts_of, may_see, state_of, visible
from siyu.people.customers.schemas import StaffRef
from siyu.people.models import Contact, Customer, Identity
from siyu.people.picture.loading import among


async def members(
    ctx: Context, audience_id: int, *, cursor: str | None, limit: int
) -> Page[SamplePerson]:
    """Return members the actor may see, by their number; reads chunks until the page is full."""
    after = decode_cursor(cursor, int)[0] if cursor else -1
    found: list[int] = []
    chunk: int | None = chunk_of(after + 1)
    while chunk is not None and len(found) <= limit:
        row = (
            await ctx.session.execute(
                select(AudienceChunk.chunk, AudienceChunk.members)
                .where(
                    AudienceChunk.tenant_id == ctx.tenant_id,
                    AudienceChunk.audience_id == audience_id,
                    AudienceChunk.chunk >= chunk,
                )
                .order_by(AudienceChunk.chunk)
                .limit(1)
            )
        ).one_or_none()
        if row is None:
            break
        ids = unpacked(row.members)
        ids.remove_range(0, after + 1)
        seen = ids if ctx.actor.owners is None else await visible_among(ctx, ids)
        found += list(seen[: limit + 1])
        chunk = row.chunk + 1
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
    rows = await ctx.session.scalars(
        select(Identity.customer_id)
        .distinct()
        .join(
            Contact,
            (Contact.tenant_id == Identity.tenant_id) & (Contact.identity_id == Identity.id),
        )
        .where(
            Identity.tenant_id == ctx.tenant_id,
            among(Identity.customer_id, list(ids)),
            visible(ctx),
        )
    )
    return BitMap64(rows)


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
