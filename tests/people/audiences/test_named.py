"""Filling a list with pasted lines: phone numbers, ids of any kind, customers' numbers."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from siyu.accounts.models import AuditEntry
from siyu.core.analytics import Analytics
from siyu.people.audiences import service
from siyu.people.contacts.service import note
from siyu.people.contacts.turns import Turn
from siyu.people.identity.identities import find_identity, identify, identify_many
from siyu.people.identity.joining import join
from siyu.people.identity.phones import keep_phones
from siyu.people.models import Customer
from siyu.people.privacy.erasing import Eraser
from siyu.people.privacy.kinds import Erase
from siyu.personal import PLACES
from tests.people.test_people_doors import counted_queries
from tests.web import Installation, TestTenant

PHONE = "13655550123"


@pytest.fixture
async def tenant(site: Installation) -> TestTenant:
    return await site.tenant()


async def known(
    tenant: TestTenant, value: str, *, of: str = "planner", phone: str = "", **ids: str
) -> int:
    """Let somebody befriend a staff account; `ids` are more ids of theirs, by kind."""
    async with tenant.work() as ctx:
        person = await identify(ctx, "external_userid", "", value)
        await note(ctx, person, tenant.staff[of], Turn(ctx.now(), "added"))
        for kind, text in ids.items():
            scope, _, bare = text.rpartition("/")
            await identify(ctx, kind, scope, bare, customer_id=person.customer_id, evidence="order")
        if phone:
            vault = await tenant.installation.runtime.vaults.of(ctx.session, ctx.tenant_id)
            await keep_phones(ctx, vault, person, [phone])
        return person.customer_id


async def a_list(http: Any, **draft: Any) -> str:
    made = await http.post("/api/audiences", json={"name": "名单", "kind": "list", **draft})
    assert made.status_code == 201, made.text
    return f"/api/audiences/{made.json()['id']}"


async def add(http: Any, place: str, *lines: str) -> dict[str, Any]:
    answer = await http.post(f"{place}/people/named", json={"lines": lines})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def on(http: Any, place: str) -> list[int]:
    page = (await http.get(f"{place}/members", params={"limit": 200})).json()
    return [one["id"] for one in page["items"]]


@pytest.mark.parametrize(
    "line",
    [
        PHONE,
        f"+86{PHONE}",
        f"'+86{PHONE}",
        "+86 136-5555-0123",
        "136 5555 0123",
        "\u202d13655550123\u202c",
        " wm-one ",
        "un-one",
        "op-one",
        "op-two",
        "会员 0012",
        "#{id}",
        "＃ {id}",
    ],
)
async def test_a_line_names_a_person_in_any_way_they_are_known(
    tenant: TestTenant, line: str
) -> None:
    async with await tenant.employee("planner") as http:
        await known(tenant, "wm-other", member="0013", phone="13655550124")
        one = await known(
            tenant, "wm-one", unionid="un-one", openid="wxa/op-one", member="会员 0012", phone=PHONE
        )
        async with tenant.work() as ctx:
            await identify(ctx, "openid", "wxb", "op-two", customer_id=one, evidence="order")
        place = await a_list(http)
        told = await add(http, place, line.replace("{id}", str(one)))
        assert told == {"added": 1, "known": 0, "size": 1, "missing": [], "ambiguous": []}
        assert await on(http, place) == [one]


async def test_lines_that_name_nobody_are_told_by_their_number(tenant: TestTenant) -> None:
    async with await tenant.employee("planner") as http:
        one = await known(tenant, "wm-one", phone=PHONE, member="m1")
        async with tenant.work() as ctx:
            vault = await tenant.installation.runtime.vaults.of(ctx.session, ctx.tenant_id)
            await identify(ctx, "visitor", "", "browser")
            blind = vault.blind("phone", f"+86{PHONE}").hex()
            assert await find_identity(ctx, "phone", "", blind) is not None
        place = await a_list(http)
        strangers = ["手机号", "13655550124", "wm-nobody", "#4711", "#", "1\x00", "browser", blind]
        far = f"#{'9' * 18}"
        told = await add(
            http, place, "", "wm-one", *strangers, "  ", PHONE, "m1", far, f"wm{PHONE}"
        )
        assert (told["added"], told["known"], told["size"]) == (1, 0, 1)
        assert [each["line"] for each in told["missing"]] == [*range(3, 11), 14, 15]
        assert told["ambiguous"] == []
        assert await on(http, place) == [one]
        nothing = await add(http, place, "", "  ")
        assert nothing == {"added": 0, "known": 0, "size": 1, "missing": [], "ambiguous": []}


async def test_the_same_again_adds_nobody(tenant: TestTenant) -> None:
    async with await tenant.employee("planner") as http:
        one = await known(tenant, "wm-one", phone=PHONE)
        two = await known(tenant, "wm-two")
        place = await a_list(http, customer_ids=[two])
        first = await add(http, place, PHONE, "wm-one", "wm-two")
        assert (first["added"], first["known"], first["size"]) == (1, 1, 2)
        again = await add(http, place, "wm-two", PHONE, "wm-one")
        assert (again["added"], again["known"], again["size"]) == (0, 2, 2)
        assert await on(http, place) == [one, two]


async def test_two_at_once_put_everybody_on_once(tenant: TestTenant) -> None:
    async with await tenant.employee("planner") as http:
        names = [f"wm-{number:03}" for number in range(60)]
        for name in names:
            await known(tenant, name)
        place = await a_list(http)
        told = await asyncio.gather(
            add(http, place, *names[:40]), add(http, place, *reversed(names[20:]))
        )
        assert sum(each["added"] for each in told) == 60
        assert sum(each["known"] for each in told) == 20
        assert len(await on(http, place)) == 60
        assert (await http.get(place)).json()["size"] == 60


async def test_a_line_that_means_two_people_adds_neither(tenant: TestTenant) -> None:
    async with await tenant.employee("planner") as http:
        await known(tenant, "wm-one", phone=PHONE)
        await known(tenant, "wm-two", member=PHONE)
        both = await known(tenant, "wm-three", member="wm-three")
        place = await a_list(http)
        told = await add(http, place, PHONE, "wm-three", f"+86 {PHONE}")
        assert [each["line"] for each in told["ambiguous"]] == [1]
        assert (told["added"], told["missing"]) == (
            2,
            [],
        )
        assert both in await on(http, place)


async def test_who_is_out_of_sight_is_not_found(tenant: TestTenant) -> None:
    async with (
        await tenant.employee("admin") as admin,
        await tenant.employee("planner", scope="self") as planner,
    ):
        other = await known(tenant, "wm-other", of="admin", phone=PHONE, member="m1")
        own = await known(tenant, "wm-own", member=PHONE)
        place = await a_list(admin)
        lines = ["wm-other", "m1", f"#{other}", "wm-nobody", "#4711", f"+86{PHONE}", PHONE]
        told = await add(planner, place, *lines)
        # Neither that the others exist nor how large the list is can be told from the answer.
        assert [each["line"] for each in told["missing"]] == [1, 2, 3, 4, 5, 6]
        assert told["ambiguous"] == []
        assert (told["added"], told["known"], told["size"]) == (1, 0, None)
        assert await on(admin, place) == [own]
        await add(admin, place, "wm-other")
        again = await add(planner, place, *lines)
        assert (again["added"], again["known"], len(again["missing"])) == (0, 1, 6)


async def test_who_was_merged_is_who_they_turned_out_to_be(tenant: TestTenant) -> None:
    async with await tenant.employee("planner") as http:
        gone = []
        for name in ("wm-one", "wm-two"):
            number = await known(tenant, name)
            gone.append(number)
            async with tenant.work() as ctx:
                mine = await find_identity(ctx, "external_userid", "", name)
                assert mine is not None
                stays = await join(ctx, mine, "un-same")
        younger = next(number for number in gone if number != stays)
        async with tenant.work() as ctx:
            row = await ctx.session.get_one(Customer, (ctx.tenant_id, younger))
            assert row.merged_into_id == stays
        place = await a_list(http)
        told = await add(http, place, f"#{younger}", "wm-one", "wm-two", "un-same", f"#{stays}")
        assert (told["added"], told["known"], told["missing"], told["ambiguous"]) == (1, 0, [], [])
        assert await on(http, place) == [stays]


async def test_who_is_being_put_on_a_list_is_not_merged_meanwhile(tenant: TestTenant) -> None:
    async with await tenant.employee("planner") as http:
        place = await a_list(http)
    number = int(place.rpartition("/")[2])
    older, younger = [await known(tenant, name) for name in ("wm-one", "wm-two")]
    async with tenant.work() as ctx:
        mine = await find_identity(ctx, "external_userid", "", "wm-one")
        assert mine is not None
        await join(ctx, mine, "un-same")

    async def merged() -> int:
        async with tenant.work() as ctx:
            theirs = await find_identity(ctx, "external_userid", "", "wm-two")
            assert theirs is not None
            return await join(ctx, theirs, "un-same")

    async with tenant.work() as ctx:
        assert await service.add(ctx, number, [younger]) == (1, 0)
        merging = asyncio.create_task(merged())
        done, _ = await asyncio.wait([merging], timeout=0.5)
        assert not done  # else nobody would ever move the number on the list
    assert await merging == older


async def test_who_was_erased_is_not_found(
    tenant: TestTenant, engine: Analytics, tmp_path: Path
) -> None:
    r = tenant.installation.runtime
    async with await tenant.employee("admin") as http:
        one = await known(tenant, "wm-one", of="admin", phone=PHONE, member="m1")
        lines = ["wm-one", PHONE, "m1", f"#{one}"]
        place = await a_list(http)
        assert (await add(http, place, *lines))["added"] == 1
        asked = await http.post(f"/api/customers/{one}/erasure", json={"asked_by": "customer"})
        erasure = asked.json()["id"]
        confirmed = await http.post(
            f"/api/privacy/erasures/{erasure}/confirm", json={"word": "删除"}
        )
        assert confirmed.status_code == 202
        view = (await http.get("/api/privacy/erasures")).json()["items"][0]
        eraser = Eraser(r.db, r.clock, r.vaults, r.files, engine, PLACES)
        await eraser.run(tenant.tenant_id, Erase(view["run_id"], erasure))
        told = await add(http, place, *lines)
        assert (told["added"], told["known"], told["size"]) == (0, 0, 0)
        assert len(told["missing"]) == len(lines)


async def test_what_is_no_list_is_refused(tenant: TestTenant) -> None:
    async with await tenant.employee("planner") as http:
        await known(tenant, "wm-one")
        rule = {"kind": "all", "items": []}
        made = (await http.post("/api/audiences", json={"name": "人群", "rule": rule})).json()
        body = {"lines": ["wm-one"]}
        refused = await http.post(f"/api/audiences/{made['id']}/people/named", json=body)
        assert (refused.status_code, refused.json()["code"]) == (409, "audience_not_a_list")
        place = await a_list(http)
        assert (await http.post(f"{place}/archive")).status_code == 204
        refused = await http.post(f"{place}/people/named", json=body)
        assert (refused.status_code, refused.json()["code"]) == (404, "audience_unknown")


@pytest.mark.parametrize(
    ("lines", "field"),
    [([], "lines"), (["x"] * 5_001, "lines"), (["x", "y" * 201], "lines[1]"), ([1], "lines[0]")],
)
async def test_too_many_or_too_long_lines_are_refused(
    tenant: TestTenant, lines: list[Any], field: str
) -> None:
    async with await tenant.employee("planner") as http:
        place = await a_list(http)
        refused = await http.post(f"{place}/people/named", json={"lines": lines})
        assert (refused.status_code, refused.json()["code"]) == (400, "input_invalid")
        assert [each["field"] for each in refused.json()["errors"]] == [field]


async def test_many_lines_are_few_questions(tenant: TestTenant) -> None:
    async with (
        await tenant.employee("admin"),
        await tenant.employee("planner", scope="self") as http,
    ):
        await known(tenant, "wm-one", member="m1", openid="wxa/o1", phone=PHONE)
        async with tenant.work() as ctx:
            await identify_many(ctx, "member", "", (f"m-{number}" for number in range(4_000)))
        place = await a_list(http)
        with counted_queries() as few:
            await add(http, place, "wm-one", "m1", PHONE)
        place = await a_list(http)
        phones = [f"139 {number:04} 0000" for number in range(900)]
        lines = [*(f"m-{number}" for number in range(4_000)), *phones, "wm-one", "m1", PHONE]
        with counted_queries() as many:
            told = await add(http, place, *lines)
        assert (told["added"], len(told["missing"])) == (1, 4_900)
        assert len(many) == len(few)


async def test_the_audit_tells_how_many_and_no_number(
    tenant: TestTenant, caplog: pytest.LogCaptureFixture
) -> None:
    async with await tenant.employee("planner") as http:
        await known(tenant, "wm-one", phone=PHONE)
        place = await a_list(http)
        await add(http, place, PHONE, "13655550124")
    async with tenant.work() as ctx:
        rows = await ctx.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "audience.add")
        )
        (entry,) = rows.all()
        assert (entry.target_id, entry.details) == (place.rsplit("/", 1)[1], {"people": 1})
    assert "136555501" not in caplog.text
