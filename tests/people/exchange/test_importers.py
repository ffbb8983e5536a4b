"""Who may import, and about whom."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from siyu.accounts.models import Employee
from siyu.core.jobs import JobGone
from siyu.core.jobs.progress import JobRun
from siyu.people.contacts.service import note
from siyu.people.contacts.turns import Turn
from siyu.people.exchange import importing
from siyu.people.exchange.writing import Writer
from siyu.people.identity.identities import identify
from siyu.people.models import Customer


async def test_staff_may_not_import(office):
    async with await office.tenant.employee("staff") as staff:
        for path in ("/api/imports", "/api/imports/1", "/api/imports/1/problems.csv"):
            assert (await staff.get(path)).status_code == 403
        assert (await staff.post("/api/imports?name=x", content=b"a")).status_code == 403


async def test_who_sees_some_customers_imports_about_those_alone(office):
    async with await office.tenant.employee("planner", scope="self") as browser:
        async with await office.tenant.employee("staff"):
            mine, colleagues = office.tenant.staff["planner"], office.tenant.staff["staff"]
        async with office.tenant.work() as ctx:
            for userid, account in (("wm-mine", mine), ("wm-theirs", colleagues)):
                friend = await identify(ctx, "external_userid", "", userid)
                await note(ctx, friend, account, Turn(ctx.now(), "added"))
            await identify(ctx, "external_userid", "", "wm-nobodys")
        narrow = replace(office, browser=browser)
        file = await narrow.upload(
            b"external_userid,name\nwm-mine,A\nwm-theirs,B\nwm-nobodys,C\nwm-new,D\n"
        )
        assert (await narrow.check(file))["checked"]["bad"] == 1
        done = await narrow.run(file)
        assert {name: done["counts"][name] for name in ("new", "known", "bad")} == {
            "new": 1, "known": 2, "bad": 1,
        }  # fmt: skip
        page = (await browser.get(f"/api/imports/{file['id']}/problems")).json()
        assert [(each["line"], each["message"]) for each in page["items"]] == [
            (3, "这位客户不在导入人的数据范围内")
        ]
    async with office.tenant.work() as ctx:
        names = await ctx.session.scalars(select(Customer.name).order_by(Customer.name))
        assert list(names) == ["", "A", "C", "D"]


@pytest.mark.parametrize("change", [{"state": "left"}, {"role": "manager"}])
async def test_an_import_stops_when_its_importer_may_no_longer(office, monkeypatch, change):
    monkeypatch.setattr(importing, "CHUNK", 20)
    monkeypatch.setattr(importing, "_LANES", 1)
    lines = "".join(f"m{number}\n" for number in range(70))
    file = await office.upload(f"会员号\n{lines}".encode())
    run = await office.start(file)
    whole = importing.write_chunk

    async def dismissed(ctx, work, chunk, met):
        members = await whole(ctx, work, chunk, met)
        if chunk.first == 20:
            await ctx.session.execute(update(Employee).values(**change))
        return members

    monkeypatch.setattr(importing, "write_chunk", dismissed)
    with pytest.raises(JobGone):
        await office.importing.run(office.tenant.tenant_id, run)
    async with office.tenant.work() as ctx:
        told = await ctx.session.get_one(JobRun, (ctx.tenant_id, run.run_id))
        assert (told.state, "已停用" in told.note) == ("failed", True)
        assert await ctx.session.scalar(select(func.count()).select_from(Customer)) == 40


async def test_ids_that_others_make_meanwhile_are_known_the_next_time(office, monkeypatch):
    write, others = Writer.write, []

    async def behind_others(self, targets):
        if not others:
            async with office.tenant.work() as ctx:
                others.append((await identify(ctx, "unionid", "", "union-one")).customer_id)
        return await write(self, targets)

    monkeypatch.setattr(Writer, "write", behind_others)
    file = await office.upload(b"member,unionid,name\nm1,union-one,A\nm2,union-two,B\n")
    counts = (await office.run(file))["counts"]
    assert (counts["new"], counts["known"]) == (1, 1)
    async with office.tenant.work() as ctx:
        people = await ctx.session.execute(select(Customer.name, Customer.id))
        assert dict(people.all())["A"] == others[0]
