"""The pages about customers: whom who may see, filters, depth, and a constant number of queries."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from siyu.core.context import Context
from siyu.core.stream.sequencer import Sequencer
from siyu.facts.content import MaterialRead
from siyu.growth.channels.models import Channel
from siyu.messaging.touches import create_touch
from siyu.people.contacts.service import note
from siyu.people.contacts.turns import Turn
from siyu.people.identity.identities import identify
from siyu.people.identity.joining import claim_known
from siyu.people.models import Contact, Customer, Tag, TagGroup
from siyu.people.tags.service import Why, mark, mark_identities
from tests.web import TestTenant


@pytest.fixture
async def shop(site) -> TestTenant:
    return await site.tenant()


async def befriend(
    shop: TestTenant, name: str, staff: int, minute: int, *, channel: int | None = None
) -> int:
    """Make a customer who added a staff account at a minute; return the customer's number."""
    async with shop.work() as ctx:
        identity = await identify(ctx, "external_userid", "", f"wm-{name}")
        at = ctx.now() - timedelta(days=1) + timedelta(minutes=minute)
        await note(ctx, identity, staff, Turn(at, "added", channel_id=channel))
        customer = await ctx.session.get_one(Customer, (shop.tenant_id, identity.customer_id))
        customer.name, customer.kind = name, 1
        return customer.id


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    seen: list[str] = []

    def note_statement(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        # What follows the stream in the background asks at its own pace, and a pool may open a
        # connection at any time.
        if not any(word in statement for word in ("sys.", "pg_catalog", "standard_conforming")):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note_statement)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note_statement)


async def test_the_list_has_all_customers_once_whatever_the_page_size(shop):
    planner = await shop.employee("planner")
    staff = shop.staff["planner"]
    ids = [await befriend(shop, f"客户{number}", staff, number % 4) for number in range(11)]
    for size in (3, 5, 50):
        seen: list[int] = []
        cursor = None
        while True:
            query = {"limit": size} | ({"cursor": cursor} if cursor else {})
            answer = await planner.get("/api/customers", params=query)
            assert answer.status_code == 200, answer.text
            seen += [row["id"] for row in answer.json()["items"]]
            cursor = answer.json()["next_cursor"]
            if cursor is None:
                break
        assert sorted(seen) == sorted(ids)
        assert len(set(seen)) == len(seen)


async def test_filters_narrow_and_may_be_combined(shop):
    planner = await shop.employee("planner")
    staff = shop.staff["planner"]
    async with shop.work() as ctx:
        channel = Channel(
            tenant_id=shop.tenant_id, name="包裹卡", kind="parcel_card", created_at=ctx.now()
        )
        group = TagGroup(tenant_id=shop.tenant_id, wecom_id="etG", name="月龄")
        ctx.session.add_all([channel, group])
        await ctx.session.flush()
        tag = Tag(tenant_id=shop.tenant_id, wecom_id="et1", group_id=group.id, name="6个月")
        ctx.session.add(tag)
    anna = await befriend(shop, "安娜", staff, 1, channel=channel.id)
    bella = await befriend(shop, "贝拉", staff, 2)
    async with shop.work() as ctx:
        friend = await identify(ctx, "external_userid", "", "wm-贝拉")
        await note(ctx, friend, staff, Turn(ctx.now(), "lost", "customer"))
        first = await identify(ctx, "external_userid", "", "wm-安娜")
        contact = await only_contact(ctx, first.id)
        contact.remark = "爱喝奶的安安"
        await mark(ctx, contact.id, [tag.id], "wecom")

    async def found(**query: Any) -> list[int]:
        answer = await planner.get("/api/customers", params=query)
        assert answer.status_code == 200, answer.text
        return [row["id"] for row in answer.json()["items"]]

    assert await found() == [bella, anna]
    assert await found(state="active") == [anna]
    assert await found(state="lost") == [bella]
    assert await found(q="贝") == [bella]
    assert await found(q="安安") == [anna]
    assert await found(q="%") == []
    assert await found(channel=channel.id) == [anna]
    assert await found(tag=[tag.id, 999]) == [anna]
    assert await found(tag=tag.id, state="lost") == []
    assert await found(staff=staff) == [bella, anna]
    assert await found(staff=staff + 1) == []
    (row,) = (await planner.get("/api/customers", params={"tag": tag.id})).json()["items"]
    assert row["channel"] == {"id": channel.id, "name": "包裹卡"}
    assert row["tags"] == [{"id": tag.id, "name": "6个月", "group": "月龄"}]
    assert row["order_count"] is None
    assert row["remark"] == "爱喝奶的安安", "tells namesakes apart"
    library = (await planner.get("/api/tags")).json()
    assert library["items"][0]["tags"] == [
        {"id": tag.id, "name": "6个月", "source": "wecom", "customers": 1}
    ]


async def test_the_trail_keeps_what_colleagues_noted_to_themselves(shop, db):
    planner, staff = await shop.employee("planner"), await shop.employee("staff")
    customer = await befriend(shop, "小共", shop.staff["staff"], 1)
    async with shop.work() as ctx:
        group = TagGroup(tenant_id=shop.tenant_id, wecom_id="etG", name="月龄")
        ctx.session.add(group)
        await ctx.session.flush()
        tags = [
            Tag(tenant_id=shop.tenant_id, group_id=group.id, name=name)
            for name in ("我的标签", "同事的标签", "内部标签")
        ]
        ctx.session.add_all(tags)
        await ctx.session.flush()
        friend = await identify(ctx, "external_userid", "", "wm-小共")
        mine = await only_contact(ctx, friend.id)
        await note(ctx, friend, shop.staff["planner"], Turn(ctx.now(), "added"))
        await ctx.session.flush()
        colleagues = await ctx.session.scalar(
            select(Contact.id).where(Contact.identity_id == friend.id, Contact.id != mine.id)
        )
        await mark(ctx, mine.id, [tags[0].id], "employee")
        await mark(ctx, colleagues, [tags[1].id], "employee")
        await mark_identities(ctx, [(friend.id, tags[2].id)], Why("employee"))
    sequencer = Sequencer(db, shop.installation.runtime.clock)
    await sequencer.prepare()
    while await sequencer.step():
        pass

    async def noted(http) -> set[str]:
        page = await http.get(f"/api/customers/{customer}/timeline", params={"kind": "tag"})
        return {line["names"]["tag"] for line in page.json()["items"]}

    assert await noted(planner) == {"我的标签", "同事的标签", "内部标签"}
    assert await noted(staff) == {"我的标签", "内部标签"}


async def test_what_a_visitor_did_is_on_the_trail_of_who_they_turn_out_to_be(shop, db):
    planner = await shop.employee("planner")
    customer = await befriend(shop, "小红", shop.staff["planner"], 1)
    async with shop.work() as ctx:
        visitor = await identify(ctx, "visitor", "", "v-0123456789")
        ctx.announce(read(1, 30), identity_id=visitor.id)
        alone = visitor.customer_id
    assert alone != customer
    async with shop.work() as ctx:
        # They sign in, in the browser in which they read.
        visitor = await identify(ctx, "visitor", "", "v-0123456789")
        signed_in = await identify(ctx, "openid", "wx1", "o-红")
        friend = await identify(ctx, "external_userid", "", "wm-小红")
        await claim_known(ctx, friend, signed_in, "oauth")
        await claim_known(ctx, signed_in, visitor, "browser")
    sequencer = Sequencer(db, shop.installation.runtime.clock)
    await sequencer.prepare()
    while await sequencer.step():
        pass
    for number in (customer, alone):
        page = await planner.get(f"/api/customers/{number}/timeline", params={"kind": "material"})
        assert [line["type"] for line in page.json()["items"]] == ["material.read"]


async def only_contact(ctx: Context, identity_id: int) -> Contact:
    rows = await ctx.session.scalars(select(Contact).where(Contact.identity_id == identity_id))
    return rows.one()


async def test_staff_see_their_own_customers_only(shop):
    planner, staff = await shop.employee("planner"), await shop.employee("staff")
    mine = await befriend(shop, "我的", shop.staff["staff"], 1)
    other = await befriend(shop, "别人的", shop.staff["planner"], 2)
    own = (await staff.get("/api/customers")).json()["items"]
    assert [row["id"] for row in own] == [mine]
    assert (await staff.get(f"/api/customers/{mine}")).status_code == 200
    for path in (f"/api/customers/{other}", f"/api/customers/{other}/timeline"):
        assert (await staff.get(path)).status_code == 404
        assert (await planner.get(path)).status_code == 200
    assert (await staff.get("/api/customers", params={"q": "别人"})).json()["items"] == []


async def test_another_tenant_sees_nothing(shop, site):
    await shop.employee("planner")
    customer = await befriend(shop, "客户", shop.staff["planner"], 1)
    foreign = await (await site.tenant()).employee("admin")
    assert (await foreign.get("/api/customers")).json()["items"] == []
    assert (await foreign.get(f"/api/customers/{customer}")).status_code == 404
    assert (await shop.visitor().get("/api/customers")).status_code == 401


def read(visit: int, seconds: int) -> MaterialRead:
    return MaterialRead(
        material_id=404, tracked_link_id=1, visit_id=visit, seconds=seconds, depth=50
    )


async def test_everything_about_a_customer_and_the_trail(shop, db):
    planner = await shop.employee("planner")
    staff = shop.staff["planner"]
    customer = await befriend(shop, "小明妈", staff, 1)
    async with shop.work() as ctx:
        group = TagGroup(tenant_id=shop.tenant_id, wecom_id="etG", name="月龄")
        ctx.session.add(group)
        await ctx.session.flush()
        tag = Tag(tenant_id=shop.tenant_id, wecom_id="et1", group_id=group.id, name="6个月")
        ctx.session.add(tag)
        await ctx.session.flush()
        friend = await identify(ctx, "external_userid", "", "wm-小明妈")
        contact = await only_contact(ctx, friend.id)
        await mark(ctx, contact.id, [tag.id], "wecom")
        await note(ctx, friend, staff, Turn(ctx.now(), "lost", "customer"))
        # One visit told twice, another once, and a share with the touch that belongs to it.
        for moment, fact in enumerate((read(1, 5), read(1, 30), read(2, 7))):
            at = ctx.now() - timedelta(seconds=60 - moment)
            ctx.announce(fact, identity_id=friend.id, staff_account_id=staff, occurred_at=at)
        await create_touch(ctx, "share", staff_account_id=staff, identity_id=friend.id)
    clock = shop.installation.runtime.clock
    sequencer = Sequencer(db, clock)
    await sequencer.prepare()
    while await sequencer.step():
        pass
    view = (await planner.get(f"/api/customers/{customer}")).json()
    assert view["name"] == "小明妈"
    (contact,) = view["contacts"]
    assert contact["state"] == "lost_by_customer"
    assert contact["first_add_at"] == contact["added_at"] == view["first_add_at"]
    assert view["identities"][0]["kind"] == "external_userid"
    assert "wm-" not in view["identities"][0]["value"]
    trail: list[dict[str, Any]] = []
    cursor = None
    while True:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await planner.get(f"/api/customers/{customer}/timeline", params=query)).json()
        trail += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert sorted(entry["type"] for entry in trail) == [
        "contact.added",
        "contact.lost",
        "material.read",
        "material.read",
        "tag.marked",
    ], "one line per act"
    readings = [e["properties"]["seconds"] for e in trail if e["type"] == "material.read"]
    assert sorted(readings) == [7, 30], "the last word on each visit"
    (marked,) = (entry for entry in trail if entry["type"] == "tag.marked")
    assert marked["names"]["tag"] == "6个月"
    assert marked["detail"] == "「6个月」"
    assert [e["occurred_at"] for e in trail] == sorted(
        (e["occurred_at"] for e in trail), reverse=True
    )
    by_name = {"kind": "touch.created,customer.created"}
    beside = await planner.get(f"/api/customers/{customer}/timeline", params=by_name)
    assert {e["type"] for e in beside.json()["items"]} == {"touch.created", "customer.created"}
    only = await planner.get(f"/api/customers/{customer}/timeline", params={"kind": "contact"})
    assert [entry["title"] for entry in only.json()["items"]] == ["好友流失", "添加好友"]


async def test_the_number_of_queries_does_not_grow_with_the_page(shop):
    planner = await shop.employee("planner")
    for number in range(12):
        await befriend(shop, f"客户{number}", shop.staff["planner"], number)
    await planner.get("/api/customers")
    counts = []
    for limit in (1, 12):
        with counted_queries() as seen:
            assert (await planner.get("/api/customers", params={"limit": limit})).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
