"""People whom only a file named: found in the list by whoever sees everybody."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from siyu.people.contacts.service import note
from siyu.people.contacts.turns import Turn
from siyu.people.identity.identities import identify
from siyu.people.identity.service import merge_people
from siyu.people.models import Identity

FILE = "会员号,手机号,姓名\nm1,13812345678,王芳\nm2,,李雷\nm3,,韩梅\n"


@pytest.fixture
async def file(office):
    """An imported file, of whose people m3 is somebody's contact by now."""
    file = await office.upload(FILE.encode())
    await office.run(file)
    await office.tenant.employee("staff")
    async with office.tenant.work() as ctx:
        friend = await identify(ctx, "member", "", "m3")
        await note(ctx, friend, office.tenant.staff["staff"], Turn(ctx.now(), "added"))
        await identify(ctx, "visitor", "", "some-browser")
    return file


async def names(browser, **query):
    page = (await browser.get("/api/customers", params=query)).json()
    count = (await browser.get("/api/customers/count", params=query)).json()
    assert count["total"] == len(page["items"])
    return [(row["name"], row["state"]) for row in page["items"]]


async def test_strangers_are_one_choice_away(office, file):
    assert await names(office.browser) == [("韩梅", "active")]
    assert await names(office.browser, q="王芳") == []
    strangers = [("李雷", None), ("王芳", None)]
    assert await names(office.browser, state="none") == strangers
    assert await names(office.browser, state="none", q="王") == strangers[1:]
    answer = await office.browser.post("/api/customers/by-phone", json={"phone": "13812345678"})
    number = answer.json()["customer_id"]
    assert await names(office.browser, state="none", customer=number) == strangers[1:]
    assert await names(office.browser, state="none", staff=office.tenant.staff["staff"]) == []


async def test_an_import_leads_to_exactly_its_people(office, file):
    other = await office.upload("会员号,姓名\nm2,\nm9,别人\n".encode())
    await office.run(other)
    everybody = [("韩梅", "active"), ("李雷", None), ("王芳", None)]
    assert await names(office.browser, imported=file["id"]) == everybody
    assert await names(office.browser, imported=file["id"], state="none") == everybody[1:]
    assert await names(office.browser, imported=file["id"], state="active") == everybody[:1]
    assert await names(office.browser, imported=other["id"]) == [("别人", None), ("李雷", None)]
    seen: list[str] = []
    query = {"imported": file["id"], "limit": 1}
    while True:
        page = (await office.browser.get("/api/customers", params=query)).json()
        seen += [row["name"] for row in page["items"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert seen == [name for name, _ in everybody]
    chosen = await office.browser.post(
        "/api/customer-selections", json={"imported": file["id"], "state": "none"}
    )
    assert chosen.json()["people"] == 2
    missing = await office.browser.get("/api/customers", params={"imported": 10**9})
    assert (missing.status_code, missing.json()["code"]) == (404, "import_unknown")
    wrong = await office.browser.get(
        "/api/customers", params={"imported": file["id"], "cursor": "WzBd"}
    )
    assert (wrong.status_code, wrong.json()["code"]) == (400, "cursor_invalid")


async def test_whoever_was_merged_is_listed_as_whom_they_are(office, file):
    async with office.tenant.work() as ctx:
        member = select(Identity.customer_id).where(Identity.value == "m2")
        twin = await identify(ctx, "member", "", "twin")
        one = await ctx.session.scalar(member)
        stays = await merge_people(ctx, one, twin.customer_id, "同一人")
    page = (await office.browser.get(f"/api/customers?imported={file['id']}")).json()
    assert stays in {row["id"] for row in page["items"]}
    assert (len(page["items"]), page["total"]) == (3, 3)


async def test_who_sees_some_customers_sees_nobodys_not_at_all(office, file):
    async with await office.tenant.employee("planner", scope="self") as browser:
        narrow = replace(office, browser=browser)
        mine = await narrow.upload("会员号,姓名\nm1,\nnew,新人\n".encode())
        await narrow.run(mine)
        assert await names(browser, state="none") == []
        assert await names(browser, imported=mine["id"]) == []
        async with office.tenant.work() as ctx:
            friend = await identify(ctx, "member", "", "new")
            await note(ctx, friend, office.tenant.staff["planner"], Turn(ctx.now(), "added"))
        assert await names(browser, imported=mine["id"]) == [("新人", "active")]
        assert await names(browser, imported=mine["id"], q="新") == [("新人", "active")]
        assert await names(browser, imported=file["id"]) == []
    async with await office.tenant.employee("manager") as manager:
        refused = await manager.get("/api/customers", params={"imported": file["id"]})
        assert refused.status_code == 403
