"""Whatever is bound to a customer while customers merge ends up on the one that stays."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.people.identity.identities import customer_of, identify
from siyu.people.identity.joining import join
from siyu.people.identity.phones import keep_phones
from siyu.people.models import Customer, CustomerPrivate, Identity


@pytest.fixture
def work(db, clock, tenant_id):
    @asynccontextmanager
    async def opened() -> AsyncIterator[Context]:
        async with db.tenant(tenant_id) as session:
            yield Context(tenant_id, SYSTEM_ACTOR, clock, session)

    return opened


async def two_customers(work):
    """Return the older customer, known by its unionid, and an identity of a younger one."""
    async with work() as ctx:
        reader = await identify(ctx, "openid", "wx1", "o1")
        await join(ctx, reader, "u1")
    async with work() as ctx:
        friend = await identify(ctx, "external_userid", "", "wm1")
    return reader.customer_id, friend


async def wait_for_a_lock(db, pid) -> None:
    """Wait until a connection waits for another."""
    while True:
        async with db.system() as session:
            if await session.scalar(
                text("select cardinality(pg_blocking_pids(:pid)) > 0"), {"pid": pid}
            ):
                return
        await asyncio.sleep(0.01)


async def test_what_is_bound_during_a_merge_is_on_the_survivor(db, work, master, tenant_id):
    vault = master.open(tenant_id, master.new_data_key(tenant_id))
    older, friend = await two_customers(work)
    younger, pid = friend.customer_id, asyncio.get_running_loop().create_future()

    async def bind() -> int:
        async with work() as ctx:
            pid.set_result(await ctx.session.scalar(text("select pg_backend_pid()")))
            bound = await identify(ctx, "member", "", "m1", customer_id=younger, evidence="order")
            await keep_phones(ctx, vault, bound, ["13800000000"])
            return bound.id

    async with work() as ctx:
        mine = await ctx.session.get_one(Identity, (ctx.tenant_id, friend.id))
        assert await join(ctx, mine, "u1") == older
        binding = asyncio.create_task(bind())
        await wait_for_a_lock(db, await pid)
    bound = await binding
    async with work() as ctx:
        assert await customer_of(ctx, bound) == older
        at = (await ctx.session.scalars(select(CustomerPrivate.identity_id))).all()
        assert at == [bound]


async def test_long_after_a_merge_the_old_number_still_leads_to_the_survivor(work):
    older, friend = await two_customers(work)
    async with work() as ctx:
        first = await identify(ctx, "external_userid", "", "wm0")
        await join(ctx, first, "u0")
        mine = await ctx.session.get_one(Identity, (ctx.tenant_id, friend.id))
        await join(ctx, mine, "u1")
    async with work() as ctx:
        late = await identify(ctx, "member", "", "m1", customer_id=friend.customer_id)
        assert late.customer_id == older


@pytest.mark.parametrize("seed", range(3))
async def test_nothing_is_left_on_absorbed_customers(work, seed):
    dice = random.Random(seed)
    async with work() as ctx:
        people = [
            (identity.id, identity.customer_id)
            for number in range(8)
            for identity in [await identify(ctx, "external_userid", "", f"wm{number}")]
        ]

    async def merge(identity_id: int, unionid: str) -> None:
        async with work() as ctx:
            await join(
                ctx, await ctx.session.get_one(Identity, (ctx.tenant_id, identity_id)), unionid
            )

    async def bind(customer_id: int, value: str) -> None:
        async with work() as ctx:
            await identify(ctx, "member", "", value, customer_id=customer_id)

    async def persistently(act, *said) -> None:
        # Two that bind and merge at once may wait for each other; as everywhere, one tries again.
        while True:
            try:
                return await act(*said)
            except DBAPIError as error:
                if "deadlock" not in str(error):
                    raise

    deeds = [(merge, dice.choice(people)[0], f"u{dice.randrange(3)}") for _ in range(16)]
    deeds += [(bind, dice.choice(people)[1], f"m{number}") for number in range(16)]
    dice.shuffle(deeds)
    await asyncio.gather(*(persistently(*deed) for deed in deeds))
    async with work() as ctx:
        lost = await ctx.session.execute(
            select(Identity.kind, Identity.value)
            .join(
                Customer,
                (Customer.tenant_id == Identity.tenant_id) & (Customer.id == Identity.customer_id),
            )
            .where(Customer.merged_into_id.is_not(None))
        )
        assert lost.all() == []
        assert len((await ctx.session.scalars(select(Identity.id))).all()) >= 8 + 16
