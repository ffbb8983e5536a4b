"""Custom fields: made, checked, noted of customers, hidden from roles."""

import asyncio
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select, text

from siyu.accounts.models import AuditEntry
from siyu.core.stream.models import OutboxEvent
from siyu.people.fields.models import FieldValue
from siyu.people.fields.values import set_fields
from siyu.people.identity.holding import lock_survivors
from siyu.people.identity.identities import identify
from siyu.people.identity.joining import join
from siyu.people.privacy.places import person_ids, remove
from siyu.personal import PLACES
from tests.scene import until
from tests.web import TestTenant


@pytest.fixture
async def shop(site) -> TestTenant:
    return await site.tenant()


async def customer(shop: TestTenant, value: str = "wm1") -> int:
    async with shop.work() as ctx:
        return (await identify(ctx, "external_userid", "", value)).customer_id


async def make(browser, **said) -> dict:
    answer = await browser.post("/api/fields", json=said)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def values(browser, number: int) -> dict:
    shown = (await browser.get(f"/api/customers/{number}/fields")).json()["items"]
    return {one["field_id"]: one["value"] for one in shown}


async def test_of_fields_that_are_made_at_once_one_gets_the_name(shop):
    admin = await shop.employee("admin")
    said = {"name": "城市", "kind": "text"}
    answers = await asyncio.gather(*(admin.post("/api/fields", json=said) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 5
    assert len((await admin.get("/api/fields")).json()["items"]) == 1


async def test_a_field_is_made_changed_ordered_removed_and_brought_back(shop):
    admin = await shop.employee("admin")
    city = await make(admin, name="城市", kind="text", key="city")
    kid = await make(
        admin, name="宝宝阶段", kind="choice", options=[{"name": "孕期"}, {"name": "0-1 岁"}]
    )
    assert kid["key"].startswith("f_")
    changed = await admin.patch(
        f"/api/fields/{kid['id']}",
        json={"options": [{"id": 2, "name": "0–1 岁"}, {"name": "1–3 岁"}], "hint": "按月龄"},
    )
    assert changed.json()["options"] == [
        {"id": 2, "name": "0–1 岁", "gone": False},
        {"id": 3, "name": "1–3 岁", "gone": False},
        {"id": 1, "name": "孕期", "gone": True},
    ]
    order = {"ids": [kid["id"], city["id"]]}
    assert (await admin.put("/api/fields/order", json=order)).status_code == 204
    assert [one["name"] for one in (await admin.get("/api/fields")).json()["items"]] == [
        "宝宝阶段",
        "城市",
    ]
    assert (await admin.delete(f"/api/fields/{city['id']}")).status_code == 204
    stale = await admin.put("/api/fields/order", json=order)
    assert stale.json()["code"] == "fields_changed"
    namesake = await admin.post("/api/fields", json={"name": "城市", "kind": "text"})
    taken = await admin.patch(f"/api/fields/{city['id']}", json={"gone": False})
    assert taken.json()["code"] == "field_name_taken"
    assert (await admin.delete(f"/api/fields/{namesake.json()['id']}")).status_code == 204
    again = await admin.patch(f"/api/fields/{city['id']}", json={"gone": False})
    assert again.json()["gone"] is False
    async with shop.work() as ctx:
        actions = (await ctx.session.scalars(select(AuditEntry.action))).all()
    assert actions.count("field.create") == 3
    assert {"field.change", "field.order"} <= set(actions)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"name": "城市", "kind": "text"}, "field_name_taken"),
        ({"name": "别的", "kind": "text", "key": "city"}, "field_key_taken"),
        ({"name": "别的", "kind": "choice"}, "missing"),
        (
            {"name": "别的", "kind": "choice", "options": [{"name": "a"}, {"name": " a "}]},
            "repeated",
        ),
        ({"name": "别的", "kind": "date", "options": [{"name": "a"}]}, "unexpected"),
        ({"name": "别的", "kind": "money"}, "invalid"),
    ],
)
async def test_what_is_no_field_is_refused_in_chinese(shop, said, code):
    admin = await shop.employee("admin")
    await make(admin, name="城市", kind="text", key="city")
    refused = await admin.post("/api/fields", json=said)
    assert refused.status_code in {400, 409}
    document = refused.json()
    assert code in {document["code"], *(one["code"] for one in document.get("errors", []))}


async def test_values_go_in_and_come_out_by_kind_and_repeating_says_nothing_new(shop):
    admin = await shop.employee("admin")
    number = await customer(shop)
    options = [{"name": "a"}, {"name": "b"}, {"name": "c"}]
    ids = {
        kind: (
            await make(admin, name=kind, kind=kind, options=options if "choice" in kind else [])
        )["id"]
        for kind in ("text", "number", "date", "choice", "choices", "flag")
    }
    said = {
        ids["text"]: "喜欢蓝色，电话 13812345678",
        ids["number"]: 12.5,
        ids["date"]: "2020-02-29",
        ids["choice"]: [2],
        ids["choices"]: [3, 1],
        ids["flag"]: False,
    }
    door = f"/api/customers/{number}/fields"
    assert (await admin.put(door, json={"values": said})).json() == {"changed": 1}
    assert (await admin.put(door, json={"values": said})).json() == {"changed": 0}
    assert await values(admin, number) == {
        **said,
        ids["text"]: "喜欢蓝色，电话 138****5678",
        ids["choices"]: [1, 3],
    }
    cleared = {"values": {ids["flag"]: None, ids["text"]: ""}}
    assert (await admin.put(door, json=cleared)).json() == {"changed": 1}
    assert set(await values(admin, number)) == set(ids.values()) - {ids["flag"], ids["text"]}
    async with shop.work() as ctx:
        facts = (
            await ctx.session.scalars(
                select(OutboxEvent.properties)
                .where(OutboxEvent.type == "customer.changed")
                .order_by(OutboxEvent.id)
            )
        ).all()
    assert [fact["what"] for fact in facts] == ["fields", "fields"]
    assert sorted(facts[1]["field_ids"]) == sorted([ids["flag"], ids["text"]])
    assert "138" not in str(facts)


async def test_what_does_not_fit_is_told_for_every_field(shop):
    admin = await shop.employee("admin")
    number = await customer(shop)
    day = (await make(admin, name="生日", kind="date"))["id"]
    one = (await make(admin, name="来源", kind="choice", options=[{"name": "a"}, {"name": "b"}]))[
        "id"
    ]
    much = (await make(admin, name="身高", kind="number"))["id"]
    refused = await admin.put(
        f"/api/customers/{number}/fields",
        json={"values": {day: "2026-02-30", one: [1, 2], much: "高", 999: "x"}},
    )
    assert refused.status_code == 400
    assert [(error["field"], error["message"]) for error in refused.json()["errors"]] == [
        (f"values.{day}", "「生日」应为日期，如 2026-11-18"),
        (f"values.{one}", "「来源」只能选一项"),
        (f"values.{much}", "「身高」应为数字"),
        ("values.999", "字段不存在、已移除，或你的角色不能填写"),
    ]
    async with shop.work() as ctx:
        assert (await ctx.session.scalars(select(FieldValue.field_id))).all() == []


async def test_a_field_hidden_from_a_role_is_neither_shown_nor_set(shop):
    admin, manager = await shop.employee("admin"), await shop.employee("manager", scope="all")
    number = await customer(shop)
    secret = (await make(admin, name="会员等级", kind="text", visible_to=["planner"]))["id"]
    plain = (await make(admin, name="城市", kind="text"))["id"]
    said = {"values": {secret: "金卡", plain: "杭州"}}
    await admin.put(f"/api/customers/{number}/fields", json=said)
    assert await values(admin, number) == {secret: "金卡", plain: "杭州"}
    assert await values(manager, number) == {plain: "杭州"}
    assert [one["id"] for one in (await manager.get("/api/fields")).json()["items"]] == [plain]
    refused = await manager.put(
        f"/api/customers/{number}/fields", json={"values": {secret: "银卡"}}
    )
    assert refused.status_code == 400
    assert (
        await manager.post("/api/fields", json={"name": "x", "kind": "text"})
    ).status_code == 403


async def test_many_at_once_and_only_those_one_may_see(shop):
    admin, staff = await shop.employee("admin"), await shop.employee("manager", scope="self")
    numbers = [await customer(shop, f"wm{place}") for place in range(3)]
    city = (await make(admin, name="城市", kind="text"))["id"]
    said = {"customer_ids": numbers, "values": {city: "杭州"}}
    assert (await admin.post("/api/customers/fields", json=said)).json() == {"changed": 3}
    assert (await admin.post("/api/customers/fields", json=said)).json() == {"changed": 0}
    assert (await staff.post("/api/customers/fields", json=said)).status_code == 404


async def test_of_a_person_with_several_ids_the_latest_word_counts(shop, clock):
    admin = await shop.employee("admin")
    city = (await make(admin, name="城市", kind="text"))["id"]
    async with shop.work() as ctx:
        reader = await identify(ctx, "openid", "wx1", "o1")
        await join(ctx, reader, "u1")
        friend = await identify(ctx, "external_userid", "", "wm1")
    for person, said in ((friend, "杭州"), (reader, "上海")):
        clock.advance(timedelta(seconds=1))
        door = f"/api/customers/{person.customer_id}/fields"
        await admin.put(door, json={"values": {city: said}})
    async with shop.work() as ctx:
        mine = await identify(ctx, "external_userid", "", "wm1")
        await join(ctx, mine, "u1")
    assert await values(admin, reader.customer_id) == {city: "上海"}
    clock.advance(timedelta(seconds=1))
    # Noted anew, at the home id of the whole person.
    door = f"/api/customers/{friend.customer_id}/fields"
    assert (await admin.put(door, json={"values": {city: "北京"}})).json() == {"changed": 1}
    assert await values(admin, friend.customer_id) == {city: "北京"}


@pytest.mark.parametrize("first", ["value", "erasure"])
async def test_no_value_outlives_its_person(shop, first):
    admin = await shop.employee("admin")
    city = (await make(admin, name="城市", kind="text"))["id"]
    number = await customer(shop)
    pid = asyncio.get_running_loop().create_future()

    async def value(ctx) -> None:
        await set_fields(ctx, [number], {city: "上海"})

    async def erasure(ctx) -> None:
        await lock_survivors(ctx, [number])
        await remove(ctx, PLACES, await person_ids(ctx, number))

    one, other = (value, erasure) if first == "value" else (erasure, value)

    async def wait_and_act() -> None:
        async with shop.work() as ctx:
            pid.set_result(await ctx.session.scalar(text("select pg_backend_pid()")))
            await other(ctx)

    async with shop.work() as ctx:
        await one(ctx)
        waiting = asyncio.create_task(wait_and_act())
        blocked = text("select cardinality(pg_blocking_pids(:pid)) > 0")
        await until(partial(ctx.session.scalar, blocked, {"pid": await pid}))
    await waiting
    async with shop.work() as ctx:
        assert (await ctx.session.scalars(select(FieldValue))).all() == []
