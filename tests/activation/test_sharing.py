"""A share is a touch; it goes to one's own friends only, and its readings come back."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from shop import open_shop
from siyu.accounts.models import StaffAccount
from siyu.activation.sharing.queries import customer_in_chat, recent_readings
from siyu.activation.sharing.reactions import reactions
from siyu.activation.sharing.schemas import ShareRequest
from siyu.activation.sharing.service import confirm_sent, share, shares_left
from siyu.content.links import record_opening
from siyu.content.models import TrackedLink
from siyu.core.context import Actor
from siyu.core.errors import Conflict, Forbidden, NotFound
from siyu.core.stream.reactions import ReactionRunner
from siyu.messaging.models import Touch
from siyu.messaging.touches import create_touch
from siyu.people.models import Contact, Identity

BASE = "https://siyu.example"


@pytest.fixture
async def shop(db, clock, master, tenant_id):
    return await open_shop(db, clock, master, tenant_id)


async def befriend(shop, identity_id, staff_account_id=None, state="active", channel_id=None):
    async with shop.work() as ctx:
        ctx.session.add(
            Contact(
                tenant_id=shop.tenant_id,
                identity_id=identity_id,
                staff_account_id=staff_account_id or shop.staff_account_id,
                state=state,
                watched_since=ctx.now(),
                channel_id=channel_id,
            )
        )


async def second_account(shop) -> int:
    async with shop.work() as ctx:
        account = StaffAccount(
            tenant_id=shop.tenant_id,
            userid="xiaolin2",
            employee_id=shop.employee_id,
            name="小林二号",
        )
        ctx.session.add(account)
        await ctx.session.flush()
        return account.id


async def do_share(shop, actor, **wanted):
    async with shop.work(actor) as ctx:
        return await share(ctx, ShareRequest(**wanted), signed_in_as=None, base=BASE)


async def test_a_share_is_a_touch_whose_link_leads_to_the_article(shop):
    person = await shop.person("ma")
    await befriend(shop, person, channel_id=7)
    material = await shop.article(cover_key="ab.jpg")
    made = await do_share(
        shop, shop.seller(), material_id=material.id, customer_id=await shop.customer(person)
    )
    assert made.url.startswith(f"{BASE}/l/")
    assert made.cover_url == f"{BASE}/files/ab.jpg"
    assert made.title == "辅食怎么加"
    async with shop.work() as ctx:
        touch = await ctx.session.get_one(Touch, (shop.tenant_id, made.touch_id))
        link = await ctx.session.get_one(TrackedLink, (shop.tenant_id, made.tracked_link_id))
    assert (touch.kind, touch.slug, touch.channel_id) == ("share", made.touch, 7)
    assert (touch.identity_id, touch.staff_account_id) == (person, shop.staff_account_id)
    assert (link.touch_id, link.sent_to) == (touch.id, person)
    # Nobody knows yet whether it is really sent: the staff member may close WeCom's picker.
    assert await shop.facts("touch.created", "material.shared") == []


async def shared_with(shop, name="ma"):
    """Make a share to a friend; return it and the friend's identity."""
    person = await shop.person(name)
    await befriend(shop, person)
    material = await shop.article()
    customer = await shop.customer(person)
    made = await do_share(shop, shop.seller(), material_id=material.id, customer_id=customer)
    return made, person


async def confirm(shop, touch_id, actor=None):
    async with shop.work(actor or shop.seller()) as ctx:
        await confirm_sent(ctx, touch_id)


async def open_link(shop, made, reader):
    async with shop.work() as ctx:
        link = await ctx.session.get_one(TrackedLink, (shop.tenant_id, made.tracked_link_id))
        await record_opening(ctx, link, reader)
    await shop.facts()


async def told(shop):
    return [(e.type, e.touch_id) for e in await shop.facts("touch.created", "material.shared")]


async def test_a_share_counts_once_wecom_has_sent_it_however_often_that_is_told(shop):
    made, person = await shared_with(shop)
    shop.clock.advance(timedelta(minutes=3))
    await confirm(shop, made.touch_id)
    await confirm(shop, made.touch_id)
    assert await told(shop) == [
        ("touch.created", made.touch_id),
        ("material.shared", made.touch_id),
    ]
    shared = (await shop.facts("material.shared"))[0]
    assert (shared.identity_id, shared.staff_account_id) == (person, shop.staff_account_id)
    assert shared.properties["tracked_link_id"] == made.tracked_link_id
    assert shared.occurred_at == shop.clock.now() - timedelta(minutes=3)


async def test_only_who_made_a_share_may_say_that_it_was_sent(shop):
    made, person = await shared_with(shop)
    other = Actor(
        "employee",
        2,
        "小王",
        owners=None,
        staff_account_ids=frozenset({await second_account(shop)}),
    )
    async with shop.work() as ctx:
        welcome = await create_touch(
            ctx, "welcome", identity_id=person, staff_account_id=shop.staff_account_id
        )
    for touch_id, actor in (
        (made.touch_id, other),
        (welcome.id, shop.seller()),
        (10**9, shop.seller()),
    ):
        with pytest.raises(NotFound):
            await confirm(shop, touch_id, actor)
    assert await told(shop) == [("touch.created", welcome.id)]


async def test_a_share_that_is_opened_was_sent_even_if_nobody_said_so(shop):
    made, person = await shared_with(shop)
    cancelled, _ = await shared_with(shop, "li")
    for reader in (person, await shop.person("friend")):
        await open_link(shop, made, reader)
        await ReactionRunner(shop.db, shop.clock, reactions()).drain()
    await confirm(shop, made.touch_id)
    assert {touch for _, touch in await told(shop)} == {made.touch_id}
    assert len(await told(shop)) == 2
    async with shop.work() as ctx:
        assert (
            await ctx.session.get_one(Touch, (shop.tenant_id, cancelled.touch_id))
        ).left_at is None


async def test_confirmed_and_opened_at_once_a_share_is_announced_once(shop):
    shares = [(await shared_with(shop, f"ma{number}"))[0] for number in range(4)]

    async def opened(made):
        async with shop.work() as ctx:
            await shares_left(ctx, [one.touch_id for one in reversed(shares)])

    await asyncio.gather(
        *(opened(made) for made in shares), *(confirm(shop, made.touch_id) for made in shares)
    )
    expected = [
        (kind, made.touch_id) for made in shares for kind in ("material.shared", "touch.created")
    ]
    assert sorted(await told(shop)) == sorted(expected)


async def test_a_share_to_nobody_in_particular(shop):
    material = await shop.article()
    made = await do_share(shop, shop.seller(), material_id=material.id)
    async with shop.work() as ctx:
        touch = await ctx.session.get_one(Touch, (shop.tenant_id, made.touch_id))
    assert touch.identity_id is None


async def test_the_friend_s_own_account_sends(shop):
    other = await second_account(shop)
    person = await shop.person("ma")
    await befriend(shop, person, staff_account_id=other)
    material = await shop.article()
    own = frozenset({shop.staff_account_id, other})
    actor = Actor("employee", shop.employee_id, "小林", owners=own, staff_account_ids=own)
    made = await do_share(
        shop, actor, material_id=material.id, customer_id=await shop.customer(person)
    )
    async with shop.work() as ctx:
        touch = await ctx.session.get_one(Touch, (shop.tenant_id, made.touch_id))
    assert touch.staff_account_id == other


async def test_no_share_beyond_one_s_own(shop):
    other = await second_account(shop)
    stranger, lost, friend = [await shop.person(name) for name in ("s", "l", "f")]
    await befriend(shop, stranger, staff_account_id=other)
    await befriend(shop, lost, state="lost")
    await befriend(shop, friend)
    material = await shop.article()
    draft = await shop.article(title="二")
    seller = shop.seller()
    cases = [
        (NotFound, {"material_id": 10**9}),
        (NotFound, {"material_id": material.id, "customer_id": 10**9}),
        (NotFound, {"material_id": material.id, "customer_id": await shop.customer(stranger)}),
        (Conflict, {"material_id": material.id, "customer_id": await shop.customer(lost)}),
        (Forbidden, {"material_id": material.id, "staff_account_id": other}),
    ]
    for refusal, wanted in cases:
        with pytest.raises(refusal):
            await do_share(shop, seller, **wanted)
    nobody = Actor("employee", 1, "运营", owners=None)
    with pytest.raises(Forbidden):
        await do_share(shop, nobody, material_id=draft.id)
    assert await shop.count(Touch) == 0


async def test_recent_readings_are_those_of_one_s_own_shares_by_known_persons(shop):
    person = await shop.person("ma")
    await befriend(shop, person)
    material = await shop.article()
    made = await do_share(
        shop, shop.seller(), material_id=material.id, customer_id=await shop.customer(person)
    )
    friend = await shop.person("friend")
    for reader in (person, None, friend):
        shop.clock.advance(timedelta(seconds=1))
        async with shop.work() as ctx:
            link = await ctx.session.get_one(TrackedLink, (shop.tenant_id, made.tracked_link_id))
            await record_opening(ctx, link, reader)
    async with shop.work(shop.seller()) as ctx:
        readings = await recent_readings(ctx, 10)
    assert [reading.forwarded for reading in readings] == [True, False]
    assert readings[1].customer_id == await shop.customer(person)
    stranger = await second_account(shop)
    other = Actor("employee", 2, "小王", owners=None, staff_account_ids=frozenset({stranger}))
    async with shop.work(other) as ctx:
        assert await recent_readings(ctx, 10) == []


async def test_a_chat_of_my_own_tells_whom_it_is_with_and_nobody_else_s(shop):
    mine, stranger = await shop.person("ma"), await shop.person("li")
    await befriend(shop, mine)
    async with shop.work(shop.seller()) as ctx:
        values = dict(
            (
                await ctx.session.execute(
                    select(Identity.id, Identity.value).where(Identity.id.in_([mine, stranger]))
                )
            ).all()
        )
        found = await customer_in_chat(ctx, values[mine])
        with pytest.raises(NotFound):
            await customer_in_chat(ctx, values[stranger])
    assert found.customer_id == await shop.customer(mine)
