"""Customers from a file: known ones found, new ones made, nothing twice, nothing merged."""

import csv
import io

import pytest
from sqlalchemy import func, select

from siyu.core.stream.models import OutboxEvent
from siyu.people.exchange import importing
from siyu.people.exchange.kinds import ImportFile
from siyu.people.exchange.models import ImportChunk
from siyu.people.fields.models import CustomField, FieldValue
from siyu.people.identity.identities import identify
from siyu.people.identity.phones import find_by_phone, mask_phones
from siyu.people.identity.service import merge_people, unmerge
from siyu.people.models import Customer, CustomerPrivate, Identity, IdentityTag, Tag, TagGroup
from siyu.people.privacy.models import Consent
from siyu.people.stages.models import Stage, StageChange
from tests.people.exchange.conftest import killed


async def vocabulary(ctx):
    field = CustomField(
        tenant_id=ctx.tenant_id,
        key="skin",
        name="肤质",
        kind="choice",
        options=[{"id": 1, "name": "干性"}, {"id": 2, "name": "油性"}],
    )
    spent = CustomField(tenant_id=ctx.tenant_id, key="spent", name="累计消费", kind="number")
    born = CustomField(tenant_id=ctx.tenant_id, key="born", name="生日", kind="date")
    group = TagGroup(tenant_id=ctx.tenant_id, name="来源")
    stage = Stage(tenant_id=ctx.tenant_id, name="意向")
    ctx.session.add_all([field, spent, born, group, stage])
    await ctx.session.flush()
    ctx.session.add(Tag(tenant_id=ctx.tenant_id, group_id=group.id, name="门店"))
    await ctx.session.flush()


TABLE = (
    "会员号,手机号,姓名,性别,肤质,累计消费,生日,客户阶段,标签,营销授权\r\n"
    'm1,13812345678,王芳 13812345678,女,干性,"1,280.5",1990-01-31,意向,门店,同意\r\n'
    "m2,138 0000 0000,,,油性,,,,,\r\n"
    ",,无名氏,,,,,,,\r\n"
    "m3,123,李雷,男,混合,很多,2026-02-30,没有,没有,也许\r\n"
    "m1,,王芳芳,,油性,,,,,\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
async def test_a_table_becomes_people_in_any_encoding(office, encoding):
    async with office.tenant.work() as ctx:
        await vocabulary(ctx)
    file = await office.upload(TABLE.encode(encoding))
    means = [column["means"] for column in file["plan"]["columns"]]
    assert means == [
        "member", "phone", "name", "gender", "field", "field", "field", "stage", "tags", "consent",
    ]  # fmt: skip
    seen = (
        await office.browser.post(f"/api/imports/{file['id']}/preview", json=file["plan"])
    ).json()
    assert [row["fate"] for row in seen["rows"]] == ["new", "new", "bad", "bad", "repeated"]
    assert seen["rows"][4]["problems"][0]["message"] == "与第 2 行是同一位客户，已合并处理"
    assert {each["place"] for each in seen["rows"][3]["problems"]} == {2, 5, 6, 7, 8, 9, 10}
    checked = (await office.check(file))["checked"]
    assert checked == {
        "rows": 5, "new": 2, "known": 0, "conflicting": 0, "bad": 2, "repeated": 1,
    }  # fmt: skip
    done = await office.run(file)
    assert done["state"] == "done"
    assert {name: done["counts"][name] for name in ("rows", "new", "repeated", "bad")} == {
        "rows": 5, "new": 2, "repeated": 1, "bad": 2,
    }  # fmt: skip
    async with office.tenant.work() as ctx:
        people = (await ctx.session.scalars(select(Customer).order_by(Customer.id))).all()
        assert [(each.name, each.gender, each.last_add_at) for each in people] == [
            (f"王芳 {mask_phones('13812345678')}", 2, None),
            ("", 0, None),
        ]
        vault = await office.importing._vaults.of(ctx.session, ctx.tenant_id)
        found = await find_by_phone(ctx, vault, "13812345678")
        assert found is not None
        assert found.customer_id == people[0].id
        values = (await ctx.session.scalars(select(FieldValue).order_by(FieldValue.field_id))).all()
        # What the first row said stays, and the second fills the gaps.
        assert [(each.number, each.day and each.day.isoformat(), each.choices) for each in values][
            :1
        ] == [(None, None, [1])]
        assert {each.number for each in values} == {None, 1280.5}
        assert (await ctx.session.scalars(select(StageChange.reason))).all() == ["导入"]
        assert (await ctx.session.scalars(select(IdentityTag.source))).all() == ["import"]
        assert (await ctx.session.scalars(select(Consent.state))).all() == ["granted"]
        told = await ctx.session.execute(
            select(OutboxEvent.type, func.count())
            .where(OutboxEvent.tenant_id == ctx.tenant_id)
            .group_by(OutboxEvent.type)
        )
        facts = dict(told.all())
    assert facts.items() >= {
        ("customer.created", 2), ("stage.changed", 1), ("tag.marked", 1), ("consent.given", 1),
    }  # fmt: skip


async def test_ids_of_two_people_are_told_and_merge_nobody(office):
    async with office.tenant.work() as ctx:
        one = await identify(ctx, "member", "", "m1")
        await identify(ctx, "unionid", "", "union-one", customer_id=one.customer_id)
        other = await identify(ctx, "external_userid", "", "wm-other")
        owners = {one.id: one.customer_id, other.id: other.customer_id}
    file = await office.upload(
        b"member,external_userid,unionid\n"
        b"m1,wm-other,\n"  # ids of two customers
        b"m1,,union-two\n"  # a person has one unionid
        b"m1,wm-new,\n"
        b"n1,,union-three\n"
        b"n2,,union-three\n"
        b"n1,wm-new2,\n"
        b"n9,wm-new2,union-nine\n"
    )
    done = await office.run(file)
    assert {name: done["counts"][name] for name in ("new", "known", "repeated", "conflicting")} == {
        "new": 1, "known": 1, "repeated": 2, "conflicting": 3,
    }  # fmt: skip
    async with office.tenant.work() as ctx:
        rows = await ctx.session.execute(
            select(Identity.id, Identity.customer_id).where(Identity.id.in_(owners))
        )
        assert dict(rows.all()) == owners
        fresh = await ctx.session.scalar(
            select(Identity.customer_id).where(Identity.value == "wm-new")
        )
        assert fresh == owners[one.id]


async def test_bad_rows_come_back_whole_and_can_be_sent_again(office):
    content = '会员号,手机号,备注\nm1,13812345678,好\nm2,123,=1+1\nm3,999,"逗号,和\n换行"\n'
    file = await office.upload(content.encode("gb18030"))
    await office.run(file)
    answer = await office.browser.get(f"/api/imports/{file['id']}/problems.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert table[0] == ["行号", "列", "原因", "会员号", "手机号", "备注"]
    assert table[1:] == [
        ["3", "手机号", "手机号位数不够", "m2", "123", "'=1+1"],
        ["4", "手机号", "手机号位数不够", "m3", "999", "逗号,和\n换行"],
    ]
    page = (await office.browser.get(f"/api/imports/{file['id']}/problems?limit=1")).json()
    assert page["items"] == [
        {
            "line": 3, "column": "手机号", "message": "手机号位数不够", "value": "123",
            "repeats": None,
        }
    ]  # fmt: skip
    after = await office.browser.get(
        f"/api/imports/{file['id']}/problems", params={"cursor": page["next_cursor"]}
    )
    assert [item["line"] for item in after.json()["items"]] == [4]
    async with await office.tenant.employee("planner") as another:
        others = (await another.get(f"/api/imports/{file['id']}/problems")).json()["items"]
        assert [item["value"] for item in others] == [None, None]
        refused = await another.get(f"/api/imports/{file['id']}/problems.csv")
        assert refused.status_code == 403


async def test_an_import_that_is_killed_goes_on_where_it_was(office, monkeypatch):
    monkeypatch.setattr(importing, "CHUNK", 20)
    lines = [f"m{number},1380000{number:04d}" for number in range(70)]
    file = await office.upload("会员号,手机号\n".encode() + "\n".join(lines).encode())
    run = await office.start(file)
    whole = importing.write_chunk

    async def dies(ctx, work, chunk, met):
        members = await whole(ctx, work, chunk, met)
        if chunk.first == 20:
            raise ConnectionResetError  # the transaction is lost with its work
        return members

    monkeypatch.setattr(importing, "write_chunk", dies)
    with pytest.raises(ConnectionResetError):
        await office.importing.run(office.tenant.tenant_id, run)
    assert (await office.show(file))["state"] == "failed"
    monkeypatch.setattr(importing, "write_chunk", whole)
    assert await office.start(file) == run
    await office.importing.run(office.tenant.tenant_id, run)
    done = await office.show(file)
    assert done["state"] == "done"
    assert done["counts"]["new"] == len(lines)
    assert done["counts"]["known"] == 0
    async with office.tenant.work() as ctx:
        for table, count in ((Customer, 1), (Identity, 2), (CustomerPrivate, 1)):
            found = await ctx.session.scalar(select(func.count()).select_from(table))
            assert found == count * len(lines)
        chunks = await ctx.session.scalars(select(ImportChunk.rows).order_by(ImportChunk.first))
        assert list(chunks) == [20, 20, 20, 10]


async def test_who_is_known_among_newcomers_is_found(office, monkeypatch):
    monkeypatch.setattr(importing, "CHUNK", 3)
    lines = [f"m{number},1380000{number:04d}" for number in range(12)]
    async with office.tenant.work() as ctx:
        before = await identify(ctx, "member", "", "m10")
    file = await office.upload("会员号,手机号\n".encode() + "\n".join(lines).encode())
    done = await office.run(file)
    assert done["counts"].items() >= {"new": 11, "known": 1, "repeated": 0, "bad": 0}.items()
    async with office.tenant.work() as ctx:
        assert await ctx.session.scalar(select(func.count()).select_from(Customer)) == 12
        ids = select(func.count()).where(Identity.customer_id == before.customer_id)
        assert await ctx.session.scalar(ids) == 2
        made = select(func.count()).where(OutboxEvent.type == "customer.created")
        assert await ctx.session.scalar(made) == 12


@pytest.mark.parametrize("mode", ["keep", "replace"])
async def test_of_rows_about_one_person_the_order_counts_however_far_apart(
    office, monkeypatch, mode
):
    monkeypatch.setattr(importing, "CHUNK", 3)
    content = "会员号,姓名\nm1,甲\nm2,乙\nm1,丙\nm3,丁\nm2,戊\nm1,己\nm4,庚\n"
    file = await office.settle(await office.upload(content.encode()), existing=mode)
    counts = {"new": 4, "known": 0, "repeated": 3, "bad": 0}
    checked = await office.check(file)
    assert checked["checked"].items() >= counts.items()
    done = await office.run(file)
    assert done["counts"].items() >= counts.items()
    assert (done["problems"], done["repeats"]) == (0, 3)
    assert (await office.browser.get(f"/api/imports/{file['id']}/problems")).json()["items"] == []
    page = await office.browser.get(f"/api/imports/{file['id']}/problems?repeated=true")
    assert [(each["line"], each["repeats"]) for each in page.json()["items"]] == [
        (4, 2), (6, 0), (7, 0),
    ]  # fmt: skip
    async with office.tenant.work() as ctx:
        names = await ctx.session.scalars(select(Customer.name).order_by(Customer.id))
        assert sorted(names) == sorted("甲乙丁庚" if mode == "keep" else "己戊丁庚")


async def test_a_trial_tells_the_rows_and_the_import_tells_them_anew(office, monkeypatch):
    monkeypatch.setattr(importing, "_FORGOTTEN", 1)
    content = "会员号,手机号\nm1,13812345678\nm2,123\nm3,999\nm1,\n"
    file = await office.upload(content.encode())
    path = f"/api/imports/{file['id']}/problems"
    for _ in range(2):
        checked = await office.check(file)
        assert (checked["state"], checked["problems"], checked["repeats"]) == ("checked", 2, 1)
        items = (await office.browser.get(path)).json()["items"]
        assert [(each["line"], each["value"]) for each in items] == [(3, "123"), (4, "999")]
        (again,) = (await office.browser.get(f"{path}?repeated=true")).json()["items"]
        assert (again["line"], again["repeats"]) == (5, 2)
        table = (await office.browser.get(f"{path}.csv")).content.decode("utf-8-sig")
        assert [row[0] for row in csv.reader(io.StringIO(table))] == ["行号", "3", "4"]
        await office.clear_queue()
    async with office.tenant.work() as ctx:
        assert await ctx.session.scalar(select(func.count()).select_from(Customer)) == 0
    answer = await office.browser.post(f"/api/imports/{file['id']}/check")
    refused = await office.browser.post(f"/api/imports/{file['id']}/start")
    assert (refused.status_code, refused.json()["code"]) == (409, "import_checking")
    run = ImportFile(answer.json()["run_id"], file["id"])
    await office.importing.check(office.tenant.tenant_id, run)
    done = await office.run(file)
    assert (done["state"], done["problems"], done["repeats"]) == ("done", 2, 1)


@pytest.mark.parametrize("when", ["within", "between"])
async def test_an_import_whose_process_is_killed_loses_and_doubles_nobody(
    office, monkeypatch, when
):
    lines = [f"m{number},1380000{number:04d}" for number in range(70)]
    file = await office.upload("会员号,手机号\n".encode() + "\n".join(lines).encode())
    run = await office.start(file)
    killed(office, "import", run, when)
    async with office.tenant.work() as ctx:
        chunks = await ctx.session.scalars(select(ImportChunk.rows).order_by(ImportChunk.first))
        assert list(chunks) == ([20] if when == "within" else [20, 20])
    # What dies with a process is taken up by another, as the queue has it; also by one of another
    # version, which cuts the file otherwise.
    monkeypatch.setattr(importing, "CHUNK", 15)
    await office.importing.run(office.tenant.tenant_id, run)
    done = await office.show(file)
    assert (done["state"], done["counts"]["rows"], done["counts"]["new"]) == ("done", 70, 70)
    async with office.tenant.work() as ctx:
        for table, count in ((Customer, 1), (Identity, 2), (CustomerPrivate, 1)):
            found = await ctx.session.scalar(select(func.count()).select_from(table))
            assert found == count * len(lines)
        told = await ctx.session.scalar(
            select(func.count()).where(OutboxEvent.type == "customer.created")
        )
        assert told == len(lines)


async def test_known_people_keep_what_they_have_unless_it_is_to_be_replaced(office):
    async with office.tenant.work() as ctx:
        await vocabulary(ctx)
        known = await identify(ctx, "external_userid", "", "wm-known")
        customer = await ctx.session.get_one(Customer, (ctx.tenant_id, known.customer_id))
        customer.name = "昵称"
        ctx.session.add(
            Consent(
                tenant_id=ctx.tenant_id,
                identity_id=known.id,
                kind="marketing",
                state="refused",
                at=ctx.now(),
                source="customer",
            )
        )
    content = "external_userid,会员号,姓名,肤质,营销授权\nwm-known,m1,新名,{},同意\n"
    await office.run(await office.upload(content.format("干性").encode()))
    await office.run(await office.upload(content.format("油性").encode()))

    async def state():
        async with office.tenant.work() as ctx:
            name = await ctx.session.scalar(select(Customer.name))
            choices = await ctx.session.scalar(select(FieldValue.choices))
            consents = (await ctx.session.scalars(select(Consent.state))).all()
            return name, choices, consents

    assert await state() == ("昵称", [1], ["refused"])
    file = await office.upload(content.format("油性").encode())
    await office.run(await office.settle(file, existing="replace"))
    # What a customer refused themselves, no file grants.
    assert await state() == ("新名", [2], ["refused"])


async def test_a_file_that_says_what_is_known_changes_and_tells_nothing(office):
    async with office.tenant.work() as ctx:
        await vocabulary(ctx)
    content = (
        "会员号,手机号,姓名,性别,肤质,累计消费,生日,客户阶段,标签,营销授权\n"
        'm1,13812345678,王芳,女,干性,"1,280.5",1990-01-31,意向,门店,同意\n'
    )

    async def told():
        async with office.tenant.work() as ctx:
            return (await ctx.session.scalars(select(OutboxEvent.type))).all()

    await office.run(await office.upload(content.encode()))
    before = sorted(await told())
    for mode in ("keep", "replace"):
        file = await office.upload(content.encode())
        await office.run(await office.settle(file, existing=mode))
        assert sorted(await told()) == before
    file = await office.upload(content.replace("干性", "油性").replace("1990", "1991").encode())
    await office.run(await office.settle(file, existing="replace"))
    assert sorted(await told()) == sorted([*before, "customer.changed"])
    async with office.tenant.work() as ctx:
        values = (await ctx.session.scalars(select(FieldValue))).all()
        assert {each.day and each.day.year for each in values} == {None, 1991}
        assert [each.choices for each in values if each.choices] == [[2]]
        assert {each.number for each in values} == {None, 1280.5}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_unreadable"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 100, "excel_old"),
        (b"PK\x03\x04" + b"0" * 100, "workbook_unreadable"),
        (b"a" * 100_000, "file_unreadable"),
        (b"," * 5_000, "file_unreadable"),
    ],
)
async def test_what_is_no_table_is_refused(office, content, code):
    answer = await office.browser.post("/api/imports?name=x", content=content)
    assert answer.status_code == 400
    assert answer.json()["code"] == code


async def test_a_plan_without_an_id_is_refused(office):
    file = await office.upload("姓名,备注\n王芳,好\n".encode())
    answer = await office.browser.post(f"/api/imports/{file['id']}/start")
    assert answer.status_code == 400
    assert answer.json()["code"] == "plan_invalid"


async def test_ids_imported_after_a_merger_go_with_the_side_the_row_named(office):
    async with office.tenant.work() as ctx:
        one = (await identify(ctx, "member", "", "one")).customer_id
        other = (await identify(ctx, "member", "", "other")).customer_id
        stays = await merge_people(ctx, one, other, "同一人")
    # In one chunk, the side that stayed named before the one that went.
    first, second = ("one", "other") if stays == one else ("other", "one")
    file = await office.upload(
        f"会员号,手机号\n{first},13800000001\n{second},13800000002\n".encode()
    )
    counts = (await office.run(file))["counts"]
    assert (counts["known"], counts["repeated"]) == (1, 1)
    async with office.tenant.work() as ctx:
        await unmerge(ctx, stays, one + other - stays, "不是同一人")
        vault = await office.importing._vaults.of(ctx.session, ctx.tenant_id)
        for phone, customer_id in (("13800000001", stays), ("13800000002", one + other - stays)):
            found = await find_by_phone(ctx, vault, phone)
            assert found is not None
            assert found.customer_id == customer_id
