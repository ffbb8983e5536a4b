"""Browsers that read anonymously, and whose they turn out to be.

A visitor stands for nobody yet: until it is joined to a person, the stream is told nothing of who
it is, so it is in no picture, audience, list or count of people.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from siyu.core.context import Context
from siyu.people.identity.evidence import CONFIDENCE
from siyu.people.identity.holding import lock_owners
from siyu.people.identity.identities import (
    VISITOR,
    Why,
    identify,
    identify_many,
    record_links,
)
from siyu.people.identity.joining import claim_known
from siyu.people.models import Customer, Identity


def is_person(customer_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Return the condition that something but browsers is known of a customer."""
    known = aliased(Identity)
    owner = customer_id.class_
    return exists().where(
        known.tenant_id == owner.tenant_id,
        known.customer_id == customer_id,
        known.kind != VISITOR,
    )


async def known(ctx: Context, numbers: Collection[str]) -> set[str]:
    """Return which numbers of browsers have an identity already."""
    if not numbers:
        return set()
    rows = await ctx.session.scalars(
        select(Identity.value).where(
            Identity.tenant_id == ctx.tenant_id,
            Identity.kind == VISITOR,
            Identity.scope == "",
            Identity.value.in_(numbers),
        )
    )
    return set(rows)


async def see(ctx: Context, numbers: Collection[str]) -> dict[str, int]:
    """Return the identities of browsers by their numbers, making the missing ones.

    One that is of a person by now is left out: who reads with it afterwards may be another.
    The identities stay until the transaction ends.
    """
    if not numbers:
        return {}
    found = await identify_many(ctx, VISITOR, "", numbers)
    rows = await ctx.session.execute(
        select(Identity.value, Identity.id)
        .where(
            Identity.tenant_id == ctx.tenant_id,
            Identity.id.in_([each.id for each in found.values()]),
            ~is_person(Identity.customer_id),
        )
        .order_by(Identity.id)
        .with_for_update(read=True, key_share=True)
    )
    return {row.value: row.id for row in rows}


async def visitors_among(ctx: Context, identity_ids: Collection[int]) -> set[int]:
    """Return which of these ids are browsers that nobody has signed in with."""
    if not identity_ids:
        return set()
    rows = await ctx.session.scalars(
        select(Identity.id).where(
            Identity.tenant_id == ctx.tenant_id,
            Identity.id.in_(identity_ids),
            Identity.kind == VISITOR,
            ~is_person(Identity.customer_id),
        )
    )
    return set(rows)


async def count_strangers(ctx: Context) -> int:
    """Return how many customers are nothing but browsers."""
    found = await ctx.session.scalar(
        select(func.count(Identity.customer_id.distinct())).where(
            Identity.tenant_id == ctx.tenant_id,
            Identity.kind == VISITOR,
            ~is_person(Identity.customer_id),
        )
    )
    return found or 0


async def bring_along(ctx: Context, signed_in: Identity, number: str) -> None:
    """Let what was read in a browser be of whom signed in there, on the evidence `browser`.

    A browser that somebody has signed in with before brings nothing along: its trail is theirs.
    """
    visitor = await identify(ctx, VISITOR, "", number)
    await lock_owners(ctx, [signed_in, visitor])
    alone = await ctx.session.scalar(
        select(Customer.id).where(
            Customer.tenant_id == ctx.tenant_id,
            Customer.id == visitor.customer_id,
            ~is_person(Customer.id),
        )
    )
    if alone is None:
        return
    await claim_known(ctx, signed_in, visitor, "browser")
    if visitor.customer_id == alone == signed_in.customer_id:
        # The older customer stays, which is the browser's: nobody was told of it so far.
        await record_links(
            ctx, [visitor], Why("browser", CONFIDENCE["browser"]), {visitor.id: alone}
        )
