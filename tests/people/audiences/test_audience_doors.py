"""Audiences over HTTP: versions, lists, rings, archive, scope."""

import pytest
from pyroaring import BitMap64

from siyu.people.audiences import membership
from siyu.people.audiences.chunks import WIDTH
from siyu.people.contacts.service import note
from siyu.people.contacts.turns import Turn
from siyu.people.identity.identities import identify
from tests.people.test_people_doors import counted_queries
from tests.web import Installation, TestTenant

EVERYBODY = {"kind": "all", "items": []}
WITH_ORDERS = {"kind": "attribute", "name": "orders", "op": "ge", "number": 1}


@pytest.fixture
async def tenant(site: Installation) -> TestTenant:
    return await site.tenant()


async def befriend(tenant: TestTenant, role: str, *names: str) -> list[int]:
    found = []
    async with tenant.work() as ctx:
        for name in names:
            identity = await identify(ctx, "external_userid", "", name)
            await note(ctx, identity, tenant.staff[role], Turn(ctx.now(), "added"))
            found.append(identity.customer_id)
    return found


async def make(http, **draft) -> dict:
    answer = await http.post("/api/audiences", json={"name": "人群", **draft})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_changed_rule_is_another_version(tenant: TestTenant) -> None:
    async with await tenant.employee("planner") as http:
        made = await make(http, rule=EVERYBODY, dynamic=True)
        assert (made["state"], made["version"], made["size"]) == ("building", 1, None)
        assert made["build"]["state"] == "waiting"
        place = f"/api/audiences/{made['id']}"
        change = {"name": "买过", "version": 1, "dynamic": True, "rule": WITH_ORDERS}
        changed = (await http.put(place, json=change)).json()
        assert (changed["version"], changed["name"]) == (2, "买过")
        again = await http.put(place, json=change)
        assert (again.status_code, again.json()["code"]) == (409, "audience_changed")
        same = await http.put(place, json={**change, "version": 2})
        assert same.json()["version"] == 2
        versions = (await http.get(f"{place}/versions")).json()["items"]
        assert [(one["version"], one["rule"]["kind"]) for one in versions] == [
            (2, "attribute"),
            (1, "all"),
        ]
        listed = (await http.get("/api/audiences", params={"q": "买"})).json()["items"]
        assert [one["id"] for one in listed] == [made["id"]]
        twin = (await http.post(f"{place}/copy")).json()
        assert twin["rule"] == changed["rule"]
        started = (await http.post(f"{place}/build")).json()
        assert started["run_id"] == changed["build"]["run_id"]
        assert (await http.post(f"{place}/build/cancel")).status_code == 204


async def test_mistakes_name_their_place(tenant: TestTenant) -> None:
    async with await tenant.employee("planner") as http:
        rule = {"kind": "all", "items": [WITH_ORDERS, {"kind": "tags", "tag_ids": [4711]}]}
        answer = await http.post("/api/audiences", json={"name": "人群", "rule": rule})
        assert answer.status_code == 400
        assert [one["field"] for one in answer.json()["errors"]] == ["rule.items[1].tag_ids"]
        shape = await http.post("/api/audiences", json={"name": "人群", "rule": {"kind": "all"}})
        assert shape.status_code == 400
        deep: dict = EVERYBODY
        for _ in range(300):
            deep = {"kind": "all", "items": [deep]}
        answer = await http.post("/api/audiences", json={"name": "人群", "rule": deep})
        assert answer.status_code == 400
        nothing = await http.post("/api/audiences", json={"name": "人群"})
        assert nothing.json()["errors"][0]["field"] == "rule"


async def test_audiences_never_stand_on_themselves(tenant: TestTenant) -> None:
    async with await tenant.employee("planner") as http:
        low = await make(http, rule=EVERYBODY)
        high = await make(http, rule={"kind": "audience", "audience_id": low["id"]})
        assert [one["id"] for one in high["stands_on"]] == [low["id"]]
        ring = {"kind": "none", "items": [{"kind": "audience", "audience_id": high["id"]}]}
        answer = await http.put(
            f"/api/audiences/{low['id']}", json={"name": "人群", "version": 1, "rule": ring}
        )
        assert answer.status_code == 400
        refused = await http.post(f"/api/audiences/{low['id']}/archive")
        assert (refused.status_code, refused.json()["code"]) == (409, "audience_in_use")
        assert refused.json()["used_by"] == [
            {"kind": "audience", "id": high["id"], "name": "人群", "needs": True}
        ]
        for one in (high, low):
            assert (await http.post(f"/api/audiences/{one['id']}/archive")).status_code == 204
        assert (await http.get("/api/audiences")).json()["items"] == []
        archived = (await http.get("/api/audiences", params={"archived": True})).json()["items"]
        assert len(archived) == 2


async def test_people_are_put_on_a_list_and_taken_off(tenant: TestTenant) -> None:
    async with await tenant.employee("planner") as http:
        ids = await befriend(tenant, "planner", "wm1", "wm2", "wm3")
        made = await make(http, kind="list", customer_ids=ids[:2])
        assert (made["state"], made["size"], made["rule"]) == ("ready", 2, None)
        place = f"/api/audiences/{made['id']}"
        added = (await http.post(f"{place}/people", json={"customer_ids": [*ids, 4711]})).json()
        assert added == {"changed": 1, "size": 3}
        first = (await http.get(f"{place}/members", params={"limit": 2})).json()
        rest = await http.get(f"{place}/members", params={"cursor": first["next_cursor"]})
        assert [one["id"] for one in first["items"] + rest.json()["items"]] == ids
        removed = await http.post(f"{place}/people/remove", json={"customer_ids": ids[:1]})
        assert removed.json() == {"changed": 1, "size": 2}
        of = [(await http.get(f"/api/audiences/of/{one}")).json() for one in ids]
        assert [[one["id"] for one in found] for found in of] == [[], [made["id"]], [made["id"]]]
        twin = (await http.post(f"{place}/copy")).json()
        assert (twin["kind"], twin["size"]) == ("list", 2)
        assert (await http.post(f"{place}/build")).status_code == 409


async def test_who_sees_some_customers_sees_some_members(tenant: TestTenant) -> None:
    async with (
        await tenant.employee("planner") as planner,
        await tenant.employee("manager", scope="self") as manager,
    ):
        others = await befriend(tenant, "planner", "wm1", "wm2")
        own = await befriend(tenant, "manager", "wm3")
        made = await make(planner, kind="list", customer_ids=[*others, *own])
        place = f"/api/audiences/{made['id']}"
        seen = (await manager.get(f"{place}/members")).json()["items"]
        assert [one["id"] for one in seen] == own
        assert (await manager.get(place)).json()["size"] is None
        assert (await manager.get(f"{place}/sizes")).json() == []
        assert (await manager.get(f"/api/audiences/of/{others[0]}")).status_code == 404
        why = {"customer_id": others[0], "audience_id": made["id"]}
        assert (await manager.post("/api/audiences/why", json=why)).status_code == 404
        assert (await manager.post("/api/audiences", json={"name": "x"})).status_code == 403


async def test_who_sees_few_of_very_many_members_asks_few_questions(tenant: TestTenant) -> None:
    async with (
        await tenant.employee("planner") as planner,
        await tenant.employee("manager", scope="self") as manager,
    ):
        own = await befriend(tenant, "manager", "wm1")
        others = await befriend(tenant, "planner", "wm2")
        made = await make(planner, kind="list", customer_ids=own + others)
        scattered = BitMap64(number << WIDTH for number in range(10**6, 10**6 + 900))
        crowded = BitMap64(range(10**12, 10**12 + 30_000))
        async with tenant.work() as ctx:
            (audience,) = await membership.locked(ctx, [made["id"]])
            change = membership.Change(audience, scattered | crowded, BitMap64(), told=False)
            await membership.apply(ctx, [change])
        with counted_queries() as seen:
            page = (await manager.get(f"/api/audiences/{made['id']}/members")).json()
        assert [one["id"] for one in page["items"]] == own
        assert page["next_cursor"] is None
        assert len(seen) < 30


async def test_nobody_takes_others_customers_off_a_list(tenant: TestTenant) -> None:
    async with (
        await tenant.employee("admin") as admin,
        await tenant.employee("planner", scope="self") as planner,
    ):
        others = await befriend(tenant, "admin", "wm1", "wm2")
        own = await befriend(tenant, "planner", "wm3")
        made = await make(admin, kind="list", customer_ids=[*others, *own])
        place = f"/api/audiences/{made['id']}"
        answer = await planner.post(f"{place}/people/remove", json={"customer_ids": others + own})
        assert answer.json()["changed"] == 1
        left = (await admin.get(f"{place}/members")).json()["items"]
        assert [one["id"] for one in left] == others


async def test_why_says_it_condition_by_condition(tenant: TestTenant) -> None:
    async with await tenant.employee("planner") as http:
        (one,) = await befriend(tenant, "planner", "wm1")
        friend = {"kind": "contact", "staff_account_ids": [tenant.staff["planner"]]}
        rule = {"kind": "all", "items": [friend, WITH_ORDERS]}
        asked = await http.post("/api/audiences/why", json={"customer_id": one, "rule": rule})
        told = asked.json()
        assert told["member"] is False
        assert [item["holds"] for item in told["why"]["items"]] == [True, False]
        assert "planner 小林" in told["why"]["items"][0]["says"]


async def test_why_names_options_by_their_own_field(tenant: TestTenant) -> None:
    async with await tenant.employee("admin") as http:
        (one,) = await befriend(tenant, "admin", "wm1")
        made = [
            (
                await http.post(
                    "/api/fields",
                    json={
                        "name": name,
                        "kind": "choice",
                        "options": [{"name": o} for o in options],
                    },
                )
            ).json()
            for name, options in (("会员卡", ("金卡", "银卡")), ("口味", ("清淡", "麻辣")))
        ]
        values = {str(field["id"]): [field["options"][1]["id"]] for field in made}
        told = await http.put(f"/api/customers/{one}/fields", json={"values": values})
        assert told.status_code == 200, told.text
        rule = {
            "kind": "all",
            "items": [
                {
                    "kind": "field",
                    "field_id": field["id"],
                    "op": "in",
                    "choices": [option["id"] for option in field["options"]],
                }
                for field in made
            ],
        }
        why = (
            await http.post("/api/audiences/why", json={"customer_id": one, "rule": rule})
        ).json()
        assert [(item["says"], item["has"]["texts"]) for item in why["why"]["items"]] == [
            ("会员卡是 金卡、银卡", ["银卡"]),
            ("口味是 清淡、麻辣", ["麻辣"]),
        ]


async def test_the_builder_is_offered_what_there_is(tenant: TestTenant) -> None:
    async with await tenant.employee("planner") as http:
        offered = (await http.get("/api/audiences/catalogue")).json()
        assert {"orders", "stage"} <= {one["name"] for one in offered["attributes"]}
        assert offered["scored"] is False
        staff = await http.get("/api/audiences/catalogue/choices", params={"kind": "staff"})
        assert [one["name"] for one in staff.json()] == ["planner 小林"]
        for kind in ("tag", "channel", "live_code", "group", "stage", "audience"):
            there = await http.get("/api/audiences/catalogue/choices", params={"kind": kind})
            assert there.json() == []
        assert "$defs" in (await http.get("/api/audiences/schema")).json()
        assert (await http.get("/api/audiences/rfm")).json()["version"] is None
