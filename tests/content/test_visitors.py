"""Who reads before signing in: one browser is one visitor, and its trail goes where it belongs."""

import asyncio
from datetime import timedelta

from sqlalchemy import delete, func, select, update

from shop import browser
from siyu.activation.sharing.queries import recent_readings
from siyu.content.collection.worker import CollectWorker
from siyu.content.models import Visit
from siyu.content.pages.readers import WechatReader
from siyu.content.unseen import KEPT, UnseenVisitors
from siyu.content.visitors import cookie_of
from siyu.core.context import Actor
from siyu.core.signing import Signer
from siyu.insight.live.feed import concerns
from siyu.people.exchange.export_schemas import ExportWanted
from siyu.people.exchange.exports import batch, size
from siyu.people.fields import service as fields
from siyu.people.fields.schemas import NewField
from siyu.people.fields.values import set_fields, values_of
from siyu.people.identity.service import unmerge
from siyu.people.models import Customer, Identity, IdentityLink
from siyu.people.privacy.models import Consent
from siyu.personal import PLACES
from tests.content.reading import beat, browsers, read, share, sign_in, track_of, visits

MA = WechatReader("wx1", "o-ma", "u-ma")
BA = WechatReader("wx1", "o-ba", "u-ba")
READING = ("material.viewed", "material.read")


async def shown_to_staff(shop):
    async with shop.work(shop.seller("customers.read")) as ctx:
        return await recent_readings(ctx)


async def test_what_was_read_before_signing_in_is_on_the_trail_and_can_be_cut_off(
    shop, phone, wechat, db, clock
):
    person = await shop.person("ma", unionid="u-ma")
    link, worker = await share(shop), CollectWorker(db, clock)
    clock.advance(timedelta(minutes=1))
    page = await read(phone, link, worker)
    for word in ("HttpOnly", "SameSite=Lax", "Secure", "Max-Age=31536000"):
        assert word in page.headers["set-cookie"]
    (visitor,) = await browsers(shop)
    told = await shop.facts(*READING)
    assert {fact.type for fact in told} == set(READING)
    assert {fact.identity_id for fact in told} == {visitor.id}
    assert all(fact.properties["anonymous"] for fact in told)
    # Nobody yet: staff are not told, and no count of people has them.
    assert not any(concerns(fact, None) for fact in told)
    assert await shown_to_staff(shop) == []
    assert visitor.id not in {
        fact.identity_id for fact in await shop.facts("customer.created", "identity.linked")
    }

    await sign_in(phone, wechat, link, MA)
    assert cookie_of(shop.tenant_id) not in phone.cookies
    customer = await shop.customer(person)
    assert await shop.customer(visitor.id) == customer
    assert {reading.customer_id for reading in await shown_to_staff(shop)} == {customer}
    (linked,) = [f for f in await shop.facts("identity.linked") if f.identity_id == visitor.id]
    assert linked.properties["evidence"] == "browser"

    async with shop.work() as ctx:
        await unmerge(ctx, customer, visitor.customer_id, "借用手机")
    assert await shop.customer(visitor.id) == visitor.customer_id
    assert await shop.customer(person) == customer
    assert visitor.customer_id != customer


async def test_a_browser_known_longer_than_its_person_is_told_of_too(
    shop, phone, wechat, db, clock
):
    link, worker = await share(shop), CollectWorker(db, clock)
    await read(phone, link, worker)
    (visitor,) = await browsers(shop)
    await sign_in(phone, wechat, link, MA)
    # The older customer stays, which is the browser's.
    assert await shop.customer(visitor.id) == visitor.customer_id
    assert visitor.id in {fact.identity_id for fact in await shop.facts("identity.linked")}
    async with shop.work() as ctx:
        live = select(func.count()).where(
            Customer.tenant_id == shop.tenant_id, Customer.merged_into_id.is_(None)
        )
        assert await ctx.session.scalar(live) == 1


async def test_one_browser_is_one_visitor_and_stays_so(shop, phone, db, clock):
    link, worker = await share(shop), CollectWorker(db, clock)
    first, second = await asyncio.gather(phone.get(f"/a/{link.slug}"), phone.get(f"/a/{link.slug}"))
    for _ in range(2):
        await asyncio.gather(beat(phone, first), beat(phone, second))
    await asyncio.gather(worker.step(), CollectWorker(db, clock).step())
    while await worker.step():
        pass
    await read(phone, link, worker)
    (visitor,) = await browsers(shop)
    assert [visit.identity_id for visit in await visits(shop)] == [visitor.id] * 3
    assert len(await shop.facts("material.viewed")) == 3


async def test_who_keeps_no_cookies_forges_one_or_refuses_makes_nobody(shop, site, db, clock):
    link, worker = await share(shop), CollectWorker(db, clock)
    tomorrow = clock.now() + timedelta(days=1)
    tokens = [
        "made-up",
        Signer(b"x" * 32).sign("visitor", shop.tenant_id, "ab", ends=tomorrow),
        Signer(b"k" * 32).sign("visitor", shop.tenant_id + 1, "ab", ends=tomorrow),
        Signer(b"k" * 32).sign("reader", shop.tenant_id, 1, ends=tomorrow),
    ]
    async with browser(site, shop.host) as client:
        # By http the cookie for https only does not come back: a browser without cookies.
        await read(client, link, worker)
        for token in tokens:
            page = await client.get(f"/a/{link.slug}")
            await client.post("/collect", json={"visit": track_of(page)["visit"]}, headers={
                "cookie": f"{cookie_of(shop.tenant_id)}={token}"
            })  # fmt: skip
        while await worker.step():
            pass
        refusing = await read(client, link, worker, headers={"sec-gpc": "1"})
        assert "set-cookie" not in refusing.headers
        assert "set-cookie" not in (await client.head(f"/a/{link.slug}")).headers
    assert await browsers(shop) == []
    told = await shop.facts("material.viewed")
    assert [fact.identity_id for fact in told] == [None] * 6


async def test_who_signs_in_after_another_gets_nothing_of_theirs(shop, phone, wechat, db, clock):
    ma, ba = await shop.person("ma", unionid="u-ma"), await shop.person("ba", unionid="u-ba")
    link, worker = await share(shop), CollectWorker(db, clock)
    await read(phone, link, worker)
    old = phone.cookies[cookie_of(shop.tenant_id)]
    await sign_in(phone, wechat, link, MA)
    del phone.cookies["siyu_reader"]
    await read(phone, link, worker)
    first, second = await browsers(shop)
    await sign_in(phone, wechat, link, BA)
    assert await shop.customer(first.id) == await shop.customer(ma)
    assert await shop.customer(second.id) == await shop.customer(ba)

    # The number of before comes back, as when the answer that took it away was lost.
    phone.cookies.clear()
    phone.cookies.set(cookie_of(shop.tenant_id), old, domain=shop.host)
    await read(phone, link, worker)
    assert (await visits(shop))[-1].identity_id is None
    await sign_in(phone, wechat, link, BA)
    assert await shop.customer(ma) != await shop.customer(ba)
    assert len(await browsers(shop)) == 2


async def test_a_beat_from_before_the_sign_in_that_is_understood_after_it(
    shop, phone, wechat, db, clock
):
    person = await shop.person("ma", unionid="u-ma")
    link, worker = await share(shop), CollectWorker(db, clock)
    await beat(phone, await phone.get(f"/a/{link.slug}"))
    await sign_in(phone, wechat, link, MA)
    while await worker.step():
        pass
    # Whose the browser was by then is known, but not whether they were the one who read.
    first, second = await visits(shop)
    assert first.identity_id is None
    assert await shop.customer(second.identity_id) == await shop.customer(person)


async def test_who_refuses_profiling_takes_nothing_along(shop, phone, wechat, db, clock):
    person = await shop.person("ma", unionid="u-ma")
    async with shop.work() as ctx:
        ctx.session.add(
            Consent(
                tenant_id=shop.tenant_id,
                identity_id=person,
                kind="profiling",
                state="refused",
                at=ctx.now(),
                source="customer",
            )
        )
    link, worker = await share(shop), CollectWorker(db, clock)
    await read(phone, link, worker)
    await sign_in(phone, wechat, link, MA)
    (visitor,) = await browsers(shop)
    assert await shop.customer(visitor.id) == visitor.customer_id
    assert cookie_of(shop.tenant_id) not in phone.cookies


async def test_lists_of_all_customers_know_no_browsers(shop, phone, db, clock):
    person = await shop.person("ma")
    await read(phone, await share(shop), CollectWorker(db, clock))
    everybody = Actor(
        "employee", shop.employee_id, "小林", frozenset({"customers.export"}), owners=None
    )
    async with shop.work(everybody) as ctx:
        assert (await size(ctx, ExportWanted())).people == 1
        found, _ = await batch(ctx, None, 0, 10)
    assert found == [await shop.customer(person)]


async def test_browsers_not_seen_for_long_are_forgotten(shop, phone, site, wechat, db, clock):
    link, worker = await share(shop), CollectWorker(db, clock)
    await read(phone, link, worker)
    await sign_in(phone, wechat, link, MA)
    others = [browser(site, shop.host) for _ in range(2)]
    for other in others:
        other.base_url = f"https://{shop.host}"
        await read(other, link, worker)
    signed_in, gone, back = await browsers(shop)
    sweeper = UnseenVisitors(db, clock, PLACES)
    clock.advance(KEPT - timedelta(days=1))
    await read(others[1], link, worker)
    await sweeper.sweep()
    assert len(await browsers(shop)) == 3
    clock.advance(timedelta(days=2))
    await asyncio.gather(sweeper.sweep(), sweeper.sweep())
    await sweeper.sweep()
    assert [one.id for one in await browsers(shop)] == [signed_in.id, back.id]
    async with shop.work() as ctx:
        assert await ctx.session.get(Customer, (shop.tenant_id, gone.customer_id)) is None
        left = select(func.count()).where(
            Visit.tenant_id == shop.tenant_id, Visit.identity_id.is_(None)
        )
        assert await ctx.session.scalar(left) == 1
    # The number is still in the browser: it begins anew.
    await read(others[0], link, worker)
    assert len(await browsers(shop)) == 3


async def test_a_browser_cut_apart_by_hand_keeps_what_was_noted_with_it(
    shop, phone, wechat, db, clock
):
    await read(phone, await share(shop), CollectWorker(db, clock))
    await sign_in(phone, wechat, await share(shop), MA)
    (browser_,) = await browsers(shop)
    async with shop.work() as ctx:
        field = await fields.create(ctx, NewField("城市", "text"))
        # The oldest id of the person is the browser: what staff note stands there.
        await set_fields(ctx, [browser_.customer_id], {field.id: "杭州"})
        owners = select(Identity.own_customer_id).where(
            Identity.tenant_id == shop.tenant_id, Identity.kind == "openid"
        )
        person = await ctx.session.scalar(owners)
        assert await unmerge(ctx, browser_.customer_id, person, "借用手机") == person
    clock.advance(KEPT + timedelta(days=1))
    await UnseenVisitors(db, clock, PLACES).sweep()
    async with shop.work() as ctx:
        (value,) = await values_of(ctx, browser_.customer_id)
    assert value.value == "杭州"


async def test_a_browser_that_remembers_an_erased_reader_still_reads(shop, phone, wechat):
    link = await share(shop)
    await sign_in(phone, wechat, link, MA)
    async with shop.work() as ctx:
        of_shop = Identity.tenant_id == shop.tenant_id
        ids = (await ctx.session.scalars(select(Identity.id).where(of_shop))).all()
        await ctx.session.execute(
            update(Visit).where(Visit.tenant_id == shop.tenant_id).values(identity_id=None)
        )
        await ctx.session.execute(
            delete(IdentityLink).where(IdentityLink.tenant_id == shop.tenant_id)
        )
        await ctx.session.execute(delete(Identity).where(of_shop))
    assert ids
    page = await phone.get(f"/a/{link.slug}")
    assert page.status_code == 200
    assert (await visits(shop))[-1].identity_id is None
