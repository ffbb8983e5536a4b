"""Orders come in signed and once, find their buyer sooner or later, and give money back right."""

import asyncio
import hashlib
import hmac
import json
import random
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from shop import browser, by_path, open_shop
from siyu.accounts.tenants import Vaults
from siyu.commerce.door import OrderDoor
from siyu.commerce.models import AfterSale, OrderLine, OrderSource, SalesOrder
from siyu.commerce.orders import Post, take
from siyu.commerce.reactions import reactions
from siyu.commerce.schemas import OrderPost, SourceDraft
from siyu.commerce.sources import create_source, list_sources, rotate_secret, switch_source
from siyu.core.doors import Door
from siyu.core.stream.reactions import ReactionRunner
from siyu.messaging.models import Touch
from siyu.messaging.touches import create_touch
from siyu.people.identity.identities import identify
from siyu.people.identity.joining import join

BASE = "https://siyu.example"


async def recipient(ctx, touch_id):
    touch = await ctx.session.get_one(Touch, (ctx.tenant_id, touch_id))
    return touch.identity_id


@pytest.fixture
async def shop(db, clock, master, tenant_id):
    return await open_shop(db, clock, master, tenant_id)


@pytest.fixture
def vaults(master):
    return Vaults(master)


@pytest.fixture
async def source(shop, vaults):
    async with shop.work() as ctx:
        return await create_source(ctx, vaults, SourceDraft(name="商城"), BASE)


@pytest.fixture
async def mall(db, clock, vaults, shop, source):
    app = by_path({"/open/v1/orders": Door(OrderDoor(db, clock, vaults, recipient).handle)})
    async with browser(app, shop.host) as client:
        yield Mall(client, clock, source.key, source.secret)


class Mall:
    """A shop's own system."""

    def __init__(self, client, clock, key, secret) -> None:
        self.client, self.clock, self.key, self.secret = client, clock, key, secret

    async def post(self, body, *, idempotency_key="", **forged):
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        timestamp = forged.get("timestamp", str(int(self.clock.now().timestamp())))
        secret = forged.get("secret", self.secret).encode()
        signed = hmac.new(secret, timestamp.encode() + b"." + content, hashlib.sha256).hexdigest()
        headers = {
            "x-siyu-key": forged.get("key", self.key),
            "x-siyu-timestamp": timestamp,
            "x-siyu-signature": forged.get("signature", signed),
        }
        if idempotency_key:
            headers["idempotency-key"] = idempotency_key
        return await self.client.post("/open/v1/orders", content=content, headers=headers)

    def paid(self, number="A1", amount=10_000, **more):
        return {
            "external_id": number,
            "status": "paid",
            "paid_at": self.clock.now().isoformat(),
            "amount_fen": amount,
            "items": [{"sku": "S1", "name": "米粉", "quantity": 2, "amount_fen": amount}],
            **more,
        }

    def refunded(self, number="A1", fen=None, **more):
        refund = {} if fen is None else {"refund_fen": fen}
        at = self.clock.now().isoformat()
        return {
            "external_id": number, "status": "refunded", "refunded_at": at, **refund, **more
        }  # fmt: skip


async def react(db, clock):
    runner = ReactionRunner(db, clock, reactions(recipient))
    await runner.drain()


async def orders(shop):
    async with shop.work() as ctx:
        return (await ctx.session.scalars(select(SalesOrder).order_by(SalesOrder.id))).all()


async def test_an_order_is_taken_once(shop, mall):
    first = await mall.post(mall.paid())
    again = await mall.post(mall.paid())
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["duplicate"] is False
    assert again.json() == {**first.json(), "duplicate": True}
    assert await shop.count(SalesOrder) == 1
    assert await shop.count(OrderLine) == 1
    (fact,) = await shop.facts("order.paid")
    assert fact.properties["amount_fen"] == 10_000
    assert fact.identity_id is None


async def test_concurrent_repeats_are_one_order(shop, mall):
    body = mall.paid()
    answers = await asyncio.gather(
        *(mall.post(body, idempotency_key="k1" if n % 2 else "") for n in range(6))
    )
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]
    assert await shop.count(SalesOrder) == 1
    assert len(await shop.facts("order.paid")) == 1


async def test_the_same_number_or_key_with_another_content_is_refused(shop, mall):
    await mall.post(mall.paid(), idempotency_key="k1")
    differs = await mall.post(mall.paid(amount=1))
    reused = await mall.post(mall.paid("A2"), idempotency_key="k1")
    assert (differs.status_code, differs.json()["code"]) == (409, "order_differs")
    assert (reused.status_code, reused.json()["code"]) == (409, "idempotency_key_reused")
    assert await shop.count(SalesOrder) == 1


async def test_what_is_not_signed_right_is_refused_and_changes_nothing(shop, mall, vaults, source):
    body = mall.paid()
    stale = str(int((mall.clock.now() - timedelta(seconds=301)).timestamp()))
    refused = [
        await mall.post(body, secret="wrong"),
        await mall.post(body, key="sk_unknown"),
        await mall.post(body, key=""),
        await mall.post(body, signature=""),
        await mall.post(body, signature="全角"[:0] + "zz"),
        await mall.post(body, timestamp=stale),
        await mall.post(body, timestamp="soon"),
        await mall.post(body, timestamp="9" * 30),
    ]
    assert [answer.status_code for answer in refused] == [401] * 8
    assert {answer.json()["code"] for answer in refused} == {"signature_invalid", "timestamp_stale"}
    async with shop.work() as ctx:
        await switch_source(ctx, source.id, BASE, enabled=False)
    assert (await mall.post(body)).status_code == 403
    async with shop.work() as ctx:
        await switch_source(ctx, source.id, BASE, enabled=True)
        fresh = await rotate_secret(ctx, vaults, source.id, BASE)
    assert (await mall.post(body)).status_code == 401
    assert await shop.count(SalesOrder) == 0
    mall.secret = fresh.secret
    assert (await mall.post(body)).status_code == 201


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount_fen": -1}, "amount_fen"),
        ({"amount_fen": 1.5}, "amount_fen"),
        ({"amount_fen": None}, "amount_fen"),
        ({"paid_at": None}, "paid_at"),
        ({"paid_at": "2026-11-18T10:00:00"}, "paid_at"),
        ({"paid_at": "2036-11-18T10:00:00Z"}, "paid_at"),
        ({"external_id": ""}, "external_id"),
        ({"status": "lost"}, "status"),
        ({"currency": "USD"}, "currency"),
        ({"items": [{"quantity": 0}]}, "items[0].quantity"),
    ],
)
async def test_nonsense_is_refused_by_field(shop, mall, change, field):
    answer = await mall.post({**mall.paid(), **change})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"] == field
    assert await shop.count(SalesOrder) == 0


async def test_what_is_too_large_or_no_json_is_refused(mall):
    assert (await mall.post(b"x" * (256 * 1024 + 1))).status_code == 413
    assert (await mall.post(b"{")).status_code == 400
    assert (await mall.post(b"\xff")).status_code == 400
    assert (await mall.client.get("/open/v1/orders")).status_code == 405


async def test_each_thing_the_shop_knows_finds_the_buyer(shop, mall):
    person = await shop.person("ma", unionid="u-ma")
    async with shop.work() as ctx:
        touch = await create_touch(ctx, "share", identity_id=person)
    everything = {"unionid": "u-ma", "phone": "138 0013-8000", "external_member_id": "M1"}
    posts = [
        (mall.paid("A1", buyer=everything), "unionid"),
        (mall.paid("A2", buyer={"phone": "+8613800138000"}), "phone"),
        (mall.paid("A3", buyer={"external_member_id": "M1"}), "external_member_id"),
        (mall.paid("A4", touch=touch.slug), "touch"),
    ]
    for body, method in posts:
        answer = (await mall.post(body)).json()
        assert (answer["matched"], answer["match_method"]) == (True, method)
    customer = await shop.customer(person)
    assert {await shop.customer(order.identity_id) for order in await orders(shop)} == {customer}
    matched = await shop.facts("order.matched")
    assert {fact.properties["customer_id"] for fact in matched} == {customer}


async def test_a_link_passed_on_does_not_make_the_friend_s_order_the_recipient_s(shop, mall):
    person = await shop.person("ma", unionid="u-ma")
    async with shop.work() as ctx:
        touch = await create_touch(ctx, "share", identity_id=person)
    answer = (await mall.post(mall.paid(touch=touch.slug, buyer={"unionid": "u-friend"}))).json()
    assert answer["matched"] is False
    (order,) = await orders(shop)
    assert order.touch_id == touch.id


async def test_a_foreign_touch_counts_as_none(shop, mall, db, clock, master, tenant_id):
    neighbour = await open_shop(db, clock, master, tenant_id + 500_000)
    async with neighbour.work() as ctx:
        touch = await create_touch(ctx, "share")
    for number, slug in (("A1", touch.slug), ("A2", "made-up")):
        assert (await mall.post(mall.paid(number, touch=slug))).status_code == 201
    assert [order.touch_id for order in await orders(shop)] == [None, None]


async def test_orders_wait_for_their_person(shop, mall, db, clock):
    await mall.post(mall.paid("A1", buyer={"unionid": "u-late", "phone": "13900139000"}))
    await mall.post(mall.paid("A2", buyer={"phone": "13900139000"}))
    await mall.post(mall.paid("A3", buyer={"unionid": "u-other"}))
    await shop.facts()
    await react(db, clock)
    assert [order.identity_id for order in await orders(shop)] == [None] * 3
    async with shop.work() as ctx:
        late = await identify(ctx, "external_userid", "", "wm-late")
        await join(ctx, late, "u-late")
    for _ in range(2):  # the first order's phone leads to the second one's buyer
        await shop.facts()
        await react(db, clock)
    first, second, third = await orders(shop)
    assert (first.match_method, second.match_method, third.match_method) == (
        "unionid",
        "phone",
        None,
    )
    matched = await shop.facts("order.matched")
    assert sorted(fact.properties["order_id"] for fact in matched) == [first.id, second.id]


async def test_person_and_order_that_come_at_the_same_moment_find_each_other(shop, mall, db, clock):
    async with shop.work() as ctx:
        person = await identify(ctx, "external_userid", "", "wm-now")
        await join(ctx, person, "u-now")
        answer = await mall.post(mall.paid(buyer={"unionid": "u-now"}))  # cannot see the person yet
        assert answer.json()["matched"] is False
    await shop.facts()
    await react(db, clock)
    (order,) = await orders(shop)
    assert order.identity_id is not None


async def test_refunds_add_up_and_never_exceed(shop, mall):
    await mall.post(mall.paid(amount=10_000))
    steps = [
        (mall.refunded(fen=3_000, refund_id="r1"), 201, 3_000, "partly_refunded"),
        (mall.refunded(fen=3_000, refund_id="r1"), 200, 3_000, "partly_refunded"),
        (mall.refunded(fen=8_000, refund_id="r2"), 400, 3_000, "partly_refunded"),
        (mall.refunded(refund_id="r3"), 201, 10_000, "refunded"),
        (mall.refunded(fen=1, refund_id="r4"), 400, 10_000, "refunded"),
    ]
    for body, status, refunded, state in steps:
        assert (await mall.post(body)).status_code == status
        (order,) = await orders(shop)
        assert (order.refunded_fen, order.state) == (refunded, state)
    assert [fact.properties["refund_fen"] for fact in await shop.facts("order.refunded")] == [
        3_000,
        7_000,
    ]


async def test_a_refund_that_comes_first_waits_for_its_order(shop, mall):
    early = await mall.post(mall.refunded(fen=4_000), idempotency_key="r1")
    assert early.json()["state"] == "waiting"
    assert (await mall.post(mall.refunded(fen=4_000), idempotency_key="r1")).status_code == 200
    taken = (await mall.post(mall.paid(amount=10_000))).json()
    assert (taken["state"], taken["refunded_fen"]) == ("partly_refunded", 4_000)
    assert await shop.count(AfterSale) == 1


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_the_order_of_arrival_the_sums_are_the_same(shop, mall, seed):
    dice = random.Random(seed)
    posts = [(mall.paid(f"A{n}", amount=5_000), f"p{n}") for n in range(3)]
    posts += [
        (mall.refunded(f"A{n}", fen=1_000 + n), f"r{n}{m}") for n in range(3) for m in range(2)
    ]
    posts += dice.sample(posts, 4)
    dice.shuffle(posts)
    await asyncio.gather(*(mall.post(body, idempotency_key=key) for body, key in posts))
    found = {order.external_id: order.refunded_fen for order in await orders(shop)}
    assert found == {"A0": 2_000, "A1": 2_002, "A2": 2_004}
    assert len(await shop.facts("order.refunded")) == 6


async def test_no_phone_and_no_secret_is_kept_in_the_open(shop, mall, source, db, clock):
    await mall.post(mall.paid(buyer={"phone": "13712345678", "unionid": "u1"}))
    await shop.person("p", unionid="u1")
    await shop.facts()
    await react(db, clock)
    schemas = "schemaname in ('public', 'sys', 'queue') and tablename not like 'event\\_2%'"
    async with db.system() as session:
        tables = await session.execute(
            text(f"select schemaname, tablename from pg_tables where {schemas}")  # noqa: S608
        )
        for schema, table in tables.all():
            dump = await session.scalar(
                text(f"select coalesce(string_agg(t::text, ''), '') from {schema}.{table} t")  # noqa: S608
            )
            assert "13712345678" not in dump, table
            assert source.secret not in dump, table
    async with shop.work() as ctx:
        (view,) = await list_sources(ctx, BASE)
    assert not hasattr(view, "secret")


async def test_a_nameless_refund_repeated_later_is_no_second_one(shop, mall, clock):
    await mall.post(mall.paid(amount=10_000))
    body = {"external_id": "A1", "status": "refunded", "refund_fen": 3_000}
    assert (await mall.post(body)).status_code == 201
    clock.advance(timedelta(minutes=5))
    assert (await mall.post(body)).status_code == 200
    (order,) = await orders(shop)
    assert order.refunded_fen == 3_000


async def test_a_number_the_database_cannot_hold_is_refused(mall):
    answer = await mall.post(mall.paid("A\0"))
    assert (answer.status_code, answer.json()["code"]) == (400, "value_impossible")


async def last_order_at(shop, source):
    async with shop.work() as ctx:
        return (await ctx.session.get_one(OrderSource, (shop.tenant_id, source.id))).last_order_at


async def test_posts_of_one_source_do_not_wait_for_each_other(shop, vaults, source):
    async def post(*numbers) -> None:
        """Take orders, each while the one before it is not yet committed."""
        async with shop.work() as ctx:
            await ctx.session.execute(text("set local lock_timeout = '10s'"))
            row = await ctx.session.get_one(OrderSource, (shop.tenant_id, source.id))
            said = OrderPost(
                external_id=numbers[0], status="paid", paid_at=ctx.now(), amount_fen=100
            )
            vault = await vaults.of(ctx.session, shop.tenant_id)
            await take(ctx, Post(row, said, b"", ""), vault, recipient)
            if numbers[1:]:
                await post(*numbers[1:])

    await post("B1", "B2", "B3")
    assert len(await orders(shop)) == 3
    assert await last_order_at(shop, source) == shop.clock.now()


async def test_the_last_order_of_a_source_is_noted_every_few_seconds(shop, mall, source):
    begun, noted = shop.clock.now(), []
    for number in range(4):
        await mall.post(mall.paid(f"C{number}"))
        noted.append((await last_order_at(shop, source) - begun).total_seconds())
        shop.clock.advance(timedelta(seconds=3))
    assert noted == [0, 0, 6, 6]
