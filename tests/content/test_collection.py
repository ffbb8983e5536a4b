"""The collecting door: durable before the answer, closed to strangers, never overfull."""

import asyncio
from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import select

from shop import browser, by_path
from siyu.content.collection.door import SOURCE_KIND, CollectDoor, inbox
from siyu.content.collection.models import CollectInbox, CollectSource
from siyu.content.collection.sources import (
    CollectSourceDraft,
    create_collect_source,
    list_collect_sources,
    switch_collect_source,
)
from siyu.content.collection.worker import CollectWorker
from siyu.core.appender import Appender
from siyu.core.db.directory import register_slug
from siyu.core.doors import Door
from siyu.core.errors import Invalid, Unavailable
from siyu.core.signing import Signer

KEY = "wk-collect"


@pytest.fixture
def signer():
    return Signer(b"k" * 32)


@pytest.fixture
async def app(db, clock, signer):
    appender = inbox(db)
    appender.start()
    yield by_path({"/collect": Door(CollectDoor(db, clock, signer, appender).handle)})
    await appender.close()


async def source(shop, **changes) -> CollectSource:
    async with shop.work() as ctx:
        row = CollectSource(
            tenant_id=shop.tenant_id,
            name="官网",
            write_key=f"{KEY}-{shop.tenant_id}",
            created_at=ctx.now(),
            **changes,
        )
        ctx.session.add(row)
        await ctx.session.flush()
        await register_slug(ctx.session, row.write_key, shop.tenant_id, SOURCE_KIND, row.id)
        return row


async def test_events_of_a_page_become_facts(shop, app, db, clock):
    made = await source(shop)
    events = [
        {
            "name": "product_viewed",
            "page": "/p/1?phone=13800138000",
            "properties": {"sku": "A1", "n": 2},
        },
        {"name": "search", "properties": {"words": "打 138 0013 8000 找我", "ok": True}},
    ]
    async with browser(app, shop.host) as client:
        taken = await client.post("/collect", json={"key": made.write_key, "events": events})
        assert taken.status_code == 204
        assert taken.headers["access-control-allow-origin"] == "*"
    assert await shop.count(CollectInbox) == 2
    await CollectWorker(db, clock).step()
    assert await shop.count(CollectInbox) == 0
    facts = await shop.facts("site.event")
    assert [fact.properties["name"] for fact in facts] == ["product_viewed", "search"]
    assert facts[0].properties["page"] == "/p/1"
    assert facts[1].properties["properties"] == {"words": "打 *** 找我", "ok": True}
    assert all(fact.identity_id is None for fact in facts)


async def test_strangers_and_nonsense_are_refused(shop, app, clock, signer):
    closed = await source(shop, enabled=False)
    old = signer.sign("visit", shop.tenant_id, 1, ends=clock.now() - timedelta(minutes=1))
    other_use = signer.sign("reader", shop.tenant_id, 1, ends=clock.now() + timedelta(hours=1))
    forged = Signer(b"x" * 32).sign(
        "visit", shop.tenant_id, 1, ends=clock.now() + timedelta(hours=1)
    )
    event = {"name": "x"}
    async with browser(app, shop.host) as client:
        cases = [
            (403, {"key": "unknown", "events": [event]}),
            (403, {"key": closed.write_key, "events": [event]}),
            (403, {"visit": forged}),
            (403, {"visit": old}),
            (403, {"visit": other_use}),
            (400, {"visit": old, "seconds": -1}),
            (400, {"visit": old, "depth": 101}),
            (400, {"key": "unknown", "events": [{"name": "bad name"}]}),
            (400, {"key": "unknown", "events": [event] * 51}),
            (400, {"key": "unknown", "events": []}),
            (400, []),
        ]
        for status, body in cases:
            answer = await client.post("/collect", json=body)
            assert answer.status_code == status, body
            assert answer.headers["access-control-allow-origin"] == "*"
        assert (await client.post("/collect", content=b"x" * 40_000)).status_code == 413
        assert (await client.post("/collect", content=b"{")).status_code == 400
        assert (await client.get("/collect")).status_code == 405
        assert (await client.options("/collect")).status_code == 204
    assert await shop.count(CollectInbox) == 0


async def test_a_source_takes_its_own_pages_only(shop, app):
    made = await source(shop, origins=["https://mall.example"])
    body = {"key": made.write_key, "events": [{"name": "x"}]}
    async with browser(app, shop.host) as client:
        for origin, status in (("https://mall.example", 204), ("https://evil.example", 403)):
            answer = await client.post("/collect", json=body, headers={"origin": origin})
            assert answer.status_code == status


async def test_sources_are_made_switched_and_listed(shop, app):
    base = "https://siyu.example"
    async with shop.work() as ctx:
        draft = CollectSourceDraft(name="官网", origins=["https://Mall.example/"])
        made = await create_collect_source(ctx, draft, base)
        assert made.origins == ["https://mall.example"]
        assert f'src="{base}/static/collect.js" data-key="{made.write_key}"' in made.snippet
        with pytest.raises(Invalid):
            await create_collect_source(
                ctx, CollectSourceDraft(name="x", origins=["javascript:alert(1)"]), base
            )
    origin = {"origin": "https://mall.example"}
    body = {"key": made.write_key, "events": [{"name": "page_viewed", "page": "/"}]}
    async with browser(app, shop.host) as client:
        assert (await client.post("/collect", json=body, headers=origin)).status_code == 204
    async with shop.work() as ctx:
        await switch_collect_source(ctx, made.id, base, enabled=False)
        (listed,) = await list_collect_sources(ctx, base)
        assert listed.enabled is False


async def test_two_workers_understand_everything_once(shop, db, clock):
    appender = inbox(db)
    appender.start()
    body = msgspec.json.encode({"name": "x"})
    rows = [(shop.tenant_id, "site", 1, clock.now(), body) for _ in range(3_000)]
    await asyncio.gather(
        *(appender.append(rows[start : start + 50]) for start in range(0, 3_000, 50))
    )
    await appender.close()
    workers = [CollectWorker(db, clock) for _ in range(3)]
    while sum(await asyncio.gather(*(worker.step() for worker in workers))):
        pass
    assert len(await shop.facts("site.event")) == 3_000


async def test_nothing_is_promised_beyond_the_buffer(db, tenant_id):
    appender = Appender(db, "collect_inbox", ("tenant_id",), capacity=2)
    with pytest.raises(Unavailable) as refusal:
        await appender.append([(tenant_id,)] * 3)
    assert refusal.value.headers["Retry-After"] == "1"


async def test_what_cannot_be_stored_is_not_acknowledged(db, tenant_id):
    appender = Appender(db, "collect_inbox", ("tenant_id", "no_such_column"))
    appender.start()
    with pytest.raises(Unavailable):
        await appender.append([(tenant_id, 1)])
    await appender.close()
    with pytest.raises(Unavailable):
        await appender.append([(tenant_id, 1)])


async def test_the_role_of_the_doors_can_only_append(db):
    import asyncpg

    pool = await db.ingest()
    async with pool.acquire() as connection:
        for statement in (
            "select 1 from collect_inbox",
            "delete from collect_inbox",
            "select 1 from customer",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)


async def test_other_tenants_do_not_see_what_waits(shop, db, clock):
    appender = inbox(db)
    appender.start()
    await appender.append([(shop.tenant_id, "site", 1, clock.now(), b"{}")])
    await appender.close()
    async with db.tenant(shop.tenant_id + 1) as session:
        assert (await session.scalars(select(CollectInbox))).all() == []
    assert await shop.count(CollectInbox) == 1


async def test_what_cannot_be_kept_holds_up_nobody(shop, app, db, clock):
    made = await source(shop)
    odd = {"name": "odd", "properties": {"a\0b": "c\0d", "tel": 13_800_138_000, "fen": 129_900}}
    async with browser(app, shop.host) as client:
        taken = await client.post("/collect", json={"key": made.write_key, "events": [odd]})
        assert taken.status_code == 204
    async with shop.work() as ctx:
        for page in ("\0", "/after"):
            body = msgspec.json.encode({"name": "stored_before", "page": page})
            ctx.session.add(
                CollectInbox(
                    tenant_id=shop.tenant_id,
                    kind="site",
                    target_id=made.id,
                    received_at=ctx.now(),
                    body=body,
                )
            )
    await CollectWorker(db, clock).step()
    assert await shop.count(CollectInbox) == 0
    told, after = [fact.properties for fact in await shop.facts("site.event")]
    assert told["properties"] == {"ab": "cd", "tel": "***", "fen": 129_900}
    assert after["page"] == "/after"
