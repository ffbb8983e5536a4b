"""Orders are owed to what led to them, whichever of both becomes known first."""

import random
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from shop import open_shop
from siyu.accounts.tenants import Vaults
from siyu.commerce.models import OrderSource, SalesOrder
from siyu.commerce.orders import Post, take
from siyu.commerce.reactions import reactions as commerce_reactions
from siyu.commerce.schemas import Buyer, OrderItem, OrderPost, SourceDraft
from siyu.commerce.sources import create_source
from siyu.conversion.attribution.models import Attribution
from siyu.conversion.attribution.queries import list_orders, read_order
from siyu.conversion.attribution.reactions import reactions
from siyu.conversion.attribution.service import recipient_of
from siyu.core.context import Actor
from siyu.core.errors import NotFound
from siyu.core.stream.reactions import ReactionRunner
from siyu.messaging.touches import create_touch
from siyu.people.identity.identities import identify
from siyu.people.identity.joining import join
from siyu.people.models import Contact


@pytest.fixture
async def shop(db, clock, master, tenant_id):
    return await open_shop(db, clock, master, tenant_id)


@pytest.fixture
def vaults(master):
    return Vaults(master)


@pytest.fixture
async def source_id(shop, vaults):
    async with shop.work() as ctx:
        return (await create_source(ctx, vaults, SourceDraft(name="商城"), "http://x")).id


@pytest.fixture
def post(shop, vaults, source_id):
    return partial(post_order, shop, vaults, source_id)


async def post_order(shop, vaults, source_id, number="A1", key="", **said):
    said = {"status": "paid", "paid_at": shop.clock.now(), "amount_fen": 10_000, **said}
    async with shop.work() as ctx:
        source = await ctx.session.get_one(OrderSource, (shop.tenant_id, source_id))
        vault = await vaults.of(ctx.session, shop.tenant_id)
        order = OrderPost(external_id=number, **said)
        return await take(ctx, Post(source, order, repr(order).encode(), key), vault, recipient_of)


async def settle(shop):
    """Let everything be heard."""
    for _ in range(3):
        await shop.facts()
        known = [*commerce_reactions(recipient_of), *reactions()]
        await ReactionRunner(shop.db, shop.clock, known).drain()


async def owed(shop, number="A1"):
    async with shop.work() as ctx:
        return await ctx.session.scalar(
            select(Attribution)
            .join(SalesOrder, Attribution.order_id == SalesOrder.id)
            .where(SalesOrder.external_id == number)
        )


async def touched(shop, identity_id, kind="share", **more):
    async with shop.work() as ctx:
        return await create_touch(
            ctx, kind, identity_id=identity_id, staff_account_id=shop.staff_account_id, **more
        )


async def test_a_touch_that_never_left_led_to_nothing(shop, post):
    person = await shop.person("ma", unionid="u1")
    sent = await touched(shop, person, kind="welcome")
    shop.clock.advance(timedelta(minutes=1))
    await touched(shop, person, announce=False)
    await post(buyer=Buyer(unionid="u1"))
    await settle(shop)
    assert (await owed(shop)).touch_id == sent.id


async def befriend(shop, identity_id, channel_id):
    async with shop.work() as ctx:
        ctx.session.add(
            Contact(
                tenant_id=shop.tenant_id,
                identity_id=identity_id,
                staff_account_id=shop.staff_account_id,
                state="active",
                first_add_at=ctx.now(),
                watched_since=ctx.now(),
                channel_id=channel_id,
            )
        )


async def test_a_touch_that_comes_back_is_exact_and_owes_to_the_first_channel(shop, post):
    person = await shop.person("ma", unionid="u1")
    await befriend(shop, person, channel_id=5)
    exact = await touched(shop, person, material_id=9)
    shop.clock.advance(timedelta(days=50))
    await touched(shop, person, kind="welcome", channel_id=6)
    await post(touch=exact.slug, buyer=Buyer(unionid="u1"))
    await settle(shop)
    found = await owed(shop)
    assert (found.method, found.touch_id, found.channel_id) == ("touch", exact.id, 5)
    assert (found.material_id, found.staff_account_id) == (9, shop.staff_account_id)
    assert found.amount_fen == 10_000
    fact = (await shop.facts("order.attributed"))[-1]
    assert fact.properties["method"] == "touch"
    assert (fact.touch_id, fact.staff_account_id) == (exact.id, shop.staff_account_id)


async def test_without_it_the_last_touch_within_thirty_days_counts(shop, post):
    person = await shop.person("ma", unionid="u1")
    await touched(shop, person)
    shop.clock.advance(timedelta(days=10))
    last = await touched(shop, person, kind="welcome", channel_id=6)
    shop.clock.advance(timedelta(days=29))
    await post(buyer=Buyer(unionid="u1"))
    shop.clock.advance(timedelta(days=2))
    await touched(shop, person)
    await post("A2", buyer=Buyer(unionid="u1"), paid_at=shop.clock.now() - timedelta(seconds=1))
    await settle(shop)
    found = await owed(shop)
    assert (found.method, found.touch_id, found.channel_id) == ("window", last.id, 6)
    second = await owed(shop, "A2")
    assert (second.method, second.touch_id, second.staff_account_id) == ("none", None, None)


async def test_touches_of_the_other_identities_of_the_person_count(shop, post):
    person = await shop.person("ma", unionid="u1")
    touch = await touched(shop, person)
    async with shop.work() as ctx:
        reader = await identify(ctx, "openid", "wx1", "o1")
        await join(ctx, reader, "u1")
    await post(buyer=Buyer(unionid="u1"))
    await settle(shop)
    assert (await owed(shop)).touch_id == touch.id


async def test_a_late_person_brings_their_touches_to_the_order(shop, post):
    stranger = await shop.person("late")
    touch = await touched(shop, stranger)
    shop.clock.advance(timedelta(hours=1))
    await post(buyer=Buyer(unionid="u-late"))
    await settle(shop)
    assert (await owed(shop)).method == "none"
    await shop.person("late", unionid="u-late")
    await settle(shop)
    found = await owed(shop)
    assert (found.method, found.touch_id) == ("window", touch.id)
    methods = [fact.properties["method"] for fact in await shop.facts("order.attributed")]
    assert sorted(methods) == ["none", "window"]


async def test_refunds_take_back_and_repeats_change_nothing(shop, post):
    person = await shop.person("ma", unionid="u1")
    touch = await touched(shop, person)
    await post(touch=touch.slug, buyer=Buyer(unionid="u1"))
    await settle(shop)
    for fen, left in ((3_000, 7_000), (7_000, 0)):
        await post(status="refunded", refund_fen=fen, refunded_at=shop.clock.now())
        await post(status="refunded", refund_fen=fen, refunded_at=shop.clock.now())
        await settle(shop)
        assert (await owed(shop)).amount_fen == left
    facts = await shop.facts("order.attributed")
    assert [fact.properties["amount_fen"] for fact in facts] == [10_000, 7_000, 0]


@pytest.mark.parametrize("seed", range(5))
async def test_whatever_becomes_known_first_the_verdict_is_the_same(shop, post, seed):
    dice = random.Random(seed)
    person = await shop.person("ma")
    first = await touched(shop, person)
    shop.clock.advance(timedelta(days=1))
    paid_at = shop.clock.now()

    async def know():
        await shop.person("ma", unionid="u1")

    steps = [
        know,
        partial(post, "A1", buyer=Buyer(unionid="u1"), paid_at=paid_at),
        partial(post, "A2", touch=first.slug, paid_at=paid_at),
        partial(post, "A1", key="r1", status="refunded", refund_fen=1_000),
        partial(post, "A2", key="r2", status="refunded", refund_fen=2_500),
        partial(befriend, shop, person, 5),
    ]
    dice.shuffle(steps)
    for step in steps:
        await step()
        if dice.random() < 0.6:
            await settle(shop)
    async with shop.work() as ctx:
        # A friendship made directly in the table is told as its room tells it.
        from siyu.facts.people import ContactAdded

        ctx.announce(
            ContactAdded(contact_id=1, customer_id=1, first=True, observed=True), identity_id=person
        )
    await settle(shop)
    inexact, exact = await owed(shop, "A1"), await owed(shop, "A2")
    assert (inexact.method, inexact.touch_id, inexact.amount_fen) == ("window", first.id, 9_000)
    assert (exact.method, exact.touch_id, exact.amount_fen) == ("touch", first.id, 7_500)
    assert inexact.channel_id == 5


async def test_orders_are_listed_by_key_with_filters_and_scope(shop, post, vaults):
    person = await shop.person("ma", unionid="u1")
    await befriend(shop, person, channel_id=5)
    touch = await touched(shop, person)
    for number in range(5):
        await post(
            f"A{number}",
            buyer=Buyer(unionid="u1", phone="13800138000"),
            touch=touch.slug,
            items=[OrderItem(sku="S", name="米粉", quantity=1, amount_fen=10_000)],
        )
    await post("B1", buyer=Buyer(unionid="u-nobody"))
    await post("A0", key="r", status="refunded", refund_fen=100)
    await settle(shop)
    async with shop.work() as ctx:
        seen, cursor = [], None
        while True:
            page = await list_orders(ctx, cursor=cursor, limit=2)
            seen += [order.external_id for order in page.items]
            cursor = page.next_cursor
            if cursor is None:
                break
        assert seen == ["B1", "A4", "A3", "A2", "A1", "A0"]

        async def count(**filters):
            return len((await list_orders(ctx, **filters)).items)

        assert await count(matched=False) == 1
        assert await count(matched=True, method="touch", channel_id=5) == 5
        assert await count(staff_account_id=shop.staff_account_id) == 5
        assert await count(state="partly_refunded") == 1
        assert await count(paid_to=shop.clock.now()) == 0
        last = (await list_orders(ctx, matched=True)).items[-1]
        detail = await read_order(ctx, last.id, vaults)
        assert (detail.phone, detail.refunded_fen) == ("138****8000", 100)
        assert [item.name for item in detail.items] == ["米粉"]
        assert [refund.refund_fen for refund in detail.refunds] == [100]
        assert detail.owed.staff_name == "小林"
    async with shop.work(shop.seller()) as ctx:
        assert len((await list_orders(ctx)).items) == 5
    async with shop.work(Actor("employee", 9, "小王", owners=frozenset({10**6}))) as ctx:
        assert (await list_orders(ctx)).items == []
        with pytest.raises(NotFound):
            await read_order(ctx, last.id, vaults)
