"""One value is one identity, one unionid is one person, whatever happens at the same time."""

import asyncio
from datetime import timedelta

from sqlalchemy import func, select

from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.stream.models import OutboxEvent
from siyu.people.identity.identities import (
    customer_of,
    find_identity,
    identify,
    identify_many,
)
from siyu.people.identity.joining import join
from siyu.people.identity.queries import known_ids
from siyu.people.models import Customer, Identity, IdentityLink


async def test_the_same_value_is_the_same_identity(ctx):
    first = await identify(ctx, "external_userid", "", "wm1")
    again = await identify(ctx, "external_userid", "", "wm1")
    other = await identify(ctx, "openid", "wx1", "wm1")
    assert again.id == first.id
    assert other.id != first.id
    assert other.customer_id != first.customer_id


async def test_a_race_makes_one_identity_and_one_customer(db, clock, tenant_id):
    values = [f"wm{number}" for number in range(12)]

    async def once(order: int) -> dict[str, int]:
        async with db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, clock, session)
            wanted = values if order % 2 else values[::-1]
            found = await identify_many(ctx, "external_userid", "", wanted)
            return {value: identity.id for value, identity in found.items()}

    answers = await asyncio.gather(*(once(order) for order in range(8)))
    assert all(answer == answers[0] for answer in answers)
    assert set(answers[0]) == set(values)
    async with db.tenant(tenant_id) as session:
        assert await session.scalar(select(func.count()).select_from(Identity)) == 12
        assert await session.scalar(select(func.count()).select_from(Customer)) == 12


async def test_a_unionid_brings_two_customers_together_and_the_older_one_stays(ctx):
    reader = await identify(ctx, "openid", "wx1", "o1")
    await join(ctx, reader, "u1")
    friend = await identify(ctx, "external_userid", "", "wm1")
    young = friend.customer_id
    (await ctx.session.get_one(Customer, (ctx.tenant_id, young))).name = "小明"
    assert await join(ctx, friend, "u1") == reader.customer_id
    assert await customer_of(ctx, friend.id) == await customer_of(ctx, reader.id)
    absorbed = await ctx.session.get_one(Customer, (ctx.tenant_id, young))
    survivor = await ctx.session.get_one(Customer, (ctx.tenant_id, reader.customer_id))
    assert absorbed.merged_into_id == survivor.id
    assert survivor.name == "小明"
    assert (friend.evidence, friend.own_customer_id) == ("first_seen", young)
    history = (
        await ctx.session.scalars(
            select(IdentityLink)
            .where(IdentityLink.tenant_id == ctx.tenant_id, IdentityLink.identity_id == friend.id)
            .order_by(IdentityLink.id)
        )
    ).all()
    assert [(row.from_customer_id, row.customer_id, row.evidence) for row in history] == [
        (young, survivor.id, "unionid")
    ]
    facts = (
        await ctx.session.execute(
            select(OutboxEvent.type, OutboxEvent.properties)
            .where(OutboxEvent.tenant_id == ctx.tenant_id, OutboxEvent.identity_id == friend.id)
            .order_by(OutboxEvent.id)
        )
    ).all()
    assert [fact for fact in facts if fact.type == "identity.linked"][-1] == (
        "identity.linked",
        {"customer_id": survivor.id, "kind": "external_userid", "evidence": "unionid"},
    )


async def test_an_id_that_was_met_before_ids_said_it_themselves_is_explained_by_its_link(ctx):
    old, new = [await identify(ctx, "member", "", value) for value in ("m1", "m2")]
    old.evidence = None
    ctx.session.add(
        IdentityLink(
            tenant_id=ctx.tenant_id,
            identity_id=old.id,
            customer_id=old.customer_id,
            evidence="import",
            linked_at=ctx.now() - timedelta(days=1),
        )
    )
    await ctx.session.flush()
    found = await known_ids(ctx, [old.customer_id, new.customer_id])
    (before,), (since,) = found[old.customer_id], found[new.customer_id]
    assert (before.evidence, before.linked_at) == ("import", ctx.now() - timedelta(days=1))
    assert (since.evidence, since.linked_at) == ("first_seen", ctx.now())


async def test_joining_again_changes_nothing(ctx):
    friend = await identify(ctx, "external_userid", "", "wm1")
    owner = await join(ctx, friend, "u1")
    links = select(func.count()).select_from(IdentityLink)
    before = await ctx.session.scalar(links)
    assert await join(ctx, friend, "u1") == owner
    assert await ctx.session.scalar(links) == before
    union = await find_identity(ctx, "unionid", "", "u1")
    assert union is not None
    assert union.customer_id == owner


async def test_concurrent_merges_end_with_one_customer(db, clock, tenant_id):
    async def one(value: str) -> None:
        async with db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, clock, session)
            await join(ctx, await identify(ctx, "openid", "wx1", value), "u1")

    await asyncio.gather(*(one(f"o{number}") for number in range(6)))
    async with db.tenant(tenant_id) as session:
        owners = (await session.scalars(select(Identity.customer_id).distinct())).all()
        living = (
            await session.scalars(select(Customer.id).where(Customer.merged_into_id.is_(None)))
        ).all()
    assert len(owners) == 1
    assert list(living) == list(owners)
