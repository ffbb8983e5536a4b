"""What stands on an audience is said in the list and on its page, and whether it is needed."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from siyu.core.jobs.progress import JobRun
from siyu.people.audiences.models import Audience, AudienceSize, AudienceUse
from siyu.people.contacts.service import note
from siyu.people.contacts.turns import Turn
from siyu.people.exchange.exports import batch, chosen
from siyu.people.exchange.kinds import EXPORT
from siyu.people.exchange.models import PeopleExport
from siyu.people.identity.identities import identify
from siyu.people.kinds import MARK_MANY
from siyu.people.lists.models import CustomerListView
from siyu.people.models import Tag, TagGroup
from siyu.people.tags.models import TagMarking, TagRule
from tests.web import Installation, TestTenant

EVERYBODY = {"kind": "all", "items": []}


@pytest.fixture
async def tenant(site: Installation) -> TestTenant:
    return await site.tenant()


async def make(http: Any, **draft: Any) -> int:
    answer = await http.post("/api/audiences", json={"name": "人群", **draft})
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


async def used_by(http: Any, audience_id: int) -> list[tuple[str, str, bool]]:
    """As the page says it, which is as the list does."""
    page = (await http.get(f"/api/audiences/{audience_id}")).json()
    listed = (await http.get("/api/audiences")).json()["items"]
    (row,) = (one for one in listed if one["id"] == audience_id)
    assert row["used_by"] == page["used_by"]
    return [(one["kind"], one["name"], one["needs"]) for one in page["used_by"]]


async def test_everything_that_stands_on_an_audience_is_said(tenant: TestTenant) -> None:
    async with (
        await tenant.employee("planner") as http,
        await tenant.employee("manager") as colleague,
    ):
        audience_id = await make(http, rule=EVERYBODY)
        above = await make(http, rule={"kind": "audience", "audience_id": audience_id}, name="上")
        other = await make(http, rule=EVERYBODY, name="旁")
        assert await used_by(http, above) == []
        async with tenant.work() as ctx:
            who = await ctx.session.scalar(
                select(Audience.created_by).where(Audience.id == audience_id)
            )
            same = {"tenant_id": tenant.tenant_id}
            runs = [
                JobRun(**same, kind=kind, title="", state=state, created_at=ctx.now())
                for kind, state in (
                    ("tags.mark_many", "running"),
                    ("tags.mark_many", "done"),
                    ("people.export", "waiting"),
                )
            ]
            ctx.session.add_all(runs)
            await ctx.session.flush()
            target = {"kind": "audience", "audience_id": audience_id}
            trigger = {**target, "entered": True}
            ctx.session.add_all(
                [
                    *(
                        TagRule(
                            **same,
                            name=name,
                            state=state,
                            trigger=trigger,
                            active_since=ctx.now(),
                            created_at=ctx.now(),
                            changed_at=ctx.now(),
                        )
                        for name, state in (
                            ("进人群打标", "active"),
                            ("停", "paused"),
                            ("无", "removed"),
                        )
                    ),
                    *(
                        TagMarking(
                            **same,
                            run_id=run.id,
                            target=target,
                            members=b"",
                            reason="双十一",
                            created_at=ctx.now(),
                        )
                        for run in runs[:2]
                    ),
                    PeopleExport(
                        **same,
                        format="csv",
                        columns=["name"],
                        wanted={"audience_id": audience_id, "customer_ids": None},
                        phones=False,
                        run_id=runs[2].id,
                        created_at=ctx.now(),
                        expires_at=ctx.now(),
                    ),
                    *(
                        CustomerListView(
                            **same,
                            employee_id=who,
                            name=name,
                            rule={"kind": "all", "items": [target]},
                            shared=shared,
                            changed_at=ctx.now(),
                        )
                        for name, shared in (("我的", False), ("大家的", True))
                    ),
                    AudienceUse(
                        **same,
                        audience_id=audience_id,
                        version=1,
                        rule=EVERYBODY,
                        purpose="群发",
                        marketing=True,
                        size=0,
                        as_of=ctx.now(),
                        at=ctx.now(),
                    ),
                ]
            )
        assert await used_by(http, audience_id) == [
            ("audience", "上", True),
            ("use", "群发", True),
            ("tag_rule", "进人群打标", True),
            ("tag_rule", "停", False),
            ("marking", "双十一", False),
            ("export", "导出客户", False),
            ("view", "我的", False),
            ("view", "大家的", False),
        ]
        assert ("view", "", False) in await used_by(colleague, audience_id)
        assert await used_by(http, other) == []
        refused = await http.post(f"/api/audiences/{audience_id}/archive")
        assert (refused.status_code, refused.json()["code"]) == (409, "audience_in_use")
        assert [one["kind"] for one in refused.json()["used_by"]] == [
            "audience",
            "use",
            "tag_rule",
        ]
        assert "「上」、「群发」、「进人群打标」" in refused.json()["detail"]


async def test_the_list_shows_how_audiences_grow(tenant: TestTenant) -> None:
    async with (
        await tenant.employee("planner") as http,
        await tenant.employee("manager", scope="self") as manager,
    ):
        audience_id = await make(http, kind="list")
        async with tenant.work() as ctx:
            today = ctx.now().date()
            ctx.session.add_all(
                AudienceSize(
                    tenant_id=tenant.tenant_id,
                    audience_id=audience_id,
                    day=today - timedelta(days=days),
                    size=size,
                    at=ctx.now(),
                )
                for days, size in ((60, 1), (9, 4), (2, 7))
            )

        async def trend(client: Any) -> list[int]:
            (row,) = (await client.get("/api/audiences")).json()["items"]
            return [point["size"] for point in row["trend"]]

        assert await trend(http) == [4, 7]
        assert await trend(manager) == []


async def test_who_sees_some_customers_is_told_no_counts_of_uses(tenant: TestTenant) -> None:
    async with (
        await tenant.employee("planner") as http,
        await tenant.employee("manager", scope="self") as manager,
    ):
        audience_id = await make(http, rule=EVERYBODY)
        async with tenant.work() as ctx:
            use = AudienceUse(
                tenant_id=tenant.tenant_id,
                audience_id=audience_id,
                version=1,
                rule=EVERYBODY,
                purpose="群发",
                marketing=True,
                size=12,
                excluded={"refused": 3},
                as_of=ctx.now(),
                at=ctx.now(),
            )
            ctx.session.add(use)
            await ctx.session.flush()
            use_id = use.id
        for client, told in ((http, (12, {"refused": 3})), (manager, (None, {}))):
            listed = (await client.get(f"/api/audiences/{audience_id}/uses")).json()["items"]
            one = (await client.get(f"/api/audiences/uses/{use_id}")).json()
            assert [(each["size"], each["excluded"]) for each in (*listed, one)] == [told, told]
            assert (one["audience"], one["rule"]) == ("人群", EVERYBODY)
        nobody = await http.get(f"/api/audiences/uses/{use_id}/recipients")
        assert nobody.json() == {"items": [], "next_cursor": None}
        assert (await http.get("/api/audiences/uses/4711/recipients")).status_code == 404


async def test_tags_put_on_an_audience_are_a_use_of_it(tenant: TestTenant) -> None:
    async with await tenant.employee("planner") as http:
        async with tenant.work() as ctx:
            people = [await identify(ctx, "external_userid", "", f"wm{one}") for one in range(3)]
            for one in people:
                await note(ctx, one, tenant.staff["planner"], Turn(ctx.now(), "added"))
            group = TagGroup(tenant_id=tenant.tenant_id, wecom_id=None, name="内部")
            ctx.session.add(group)
            await ctx.session.flush()
            tag = Tag(tenant_id=tenant.tenant_id, wecom_id=None, group_id=group.id, name="忠实")
            ctx.session.add(tag)
            await ctx.session.flush()
            ids, tag_id = [one.customer_id for one in people], tag.id
        audience_id = await make(http, kind="list", customer_ids=ids)
        target = {"kind": "audience", "audience_id": audience_id}
        begun = await http.post("/api/tags/markings", json={"target": target, "add": [tag_id]})
        assert begun.status_code < 300, begun.text
        (use,) = (await http.get(f"/api/audiences/{audience_id}/uses")).json()["items"]
        assert (use["purpose"], use["size"], use["version"]) == (MARK_MANY.title, 3, 1)
        assert use["kind"] == "marking"
        assert use["by"]["name"] == "planner 小林"
        page = (await http.get(f"/api/audiences/uses/{use['id']}/recipients")).json()
        assert [one["id"] for one in page["items"]] == ids
        why = await http.get(f"/api/audiences/uses/{use['id']}/why/{ids[0]}")
        assert why.json()["rule"] == target
        assert ("marking", "", False) in await used_by(http, audience_id)


async def test_an_export_of_an_audience_is_a_use_of_it_and_about_the_same_people(
    tenant: TestTenant,
) -> None:
    async with await tenant.employee("admin") as http:
        async with tenant.work() as ctx:
            people = [await identify(ctx, "external_userid", "", f"wm{one}") for one in range(3)]
            for one in people:
                await note(ctx, one, tenant.staff["admin"], Turn(ctx.now(), "added"))
            ids = [one.customer_id for one in people]
        audience_id = await make(http, kind="list", customer_ids=ids[:2])
        draft = {"wanted": {"audience_id": audience_id}, "columns": ["id"]}
        begun = await http.post("/api/exports", json=draft)
        assert begun.status_code == 202, begun.text
        (use,) = (await http.get(f"/api/audiences/{audience_id}/uses")).json()["items"]
        assert (use["kind"], use["purpose"], use["size"]) == ("export", EXPORT.title, 2)
        # Who comes later is in neither.
        await http.post(f"/api/audiences/{audience_id}/people", json={"customer_ids": ids})
        async with tenant.work() as ctx:
            row = await ctx.session.get_one(PeopleExport, (ctx.tenant_id, begun.json()["id"]))
            named = await chosen(ctx, row)
            found, _ = await batch(ctx, named, 0, 10)
        assert found == ids[:2]
        page = (await http.get(f"/api/audiences/uses/{use['id']}/recipients")).json()
        assert [one["id"] for one in page["items"]] == ids[:2]


async def test_who_sees_some_customers_exports_these_as_a_use(tenant: TestTenant) -> None:
    async with (
        await tenant.employee("planner") as planner,
        await tenant.employee("admin", scope="self") as http,
    ):
        async with tenant.work() as ctx:
            people = [await identify(ctx, "external_userid", "", f"wm{one}") for one in range(2)]
            for one, whose in zip(people, ("admin", "planner"), strict=True):
                await note(ctx, one, tenant.staff[whose], Turn(ctx.now(), "added"))
            ids = [one.customer_id for one in people]
        audience_id = await make(planner, kind="list", customer_ids=ids)
        draft = {"wanted": {"audience_id": audience_id}, "columns": ["id"]}
        begun = await http.post("/api/exports", json=draft)
        assert begun.status_code == 202, begun.text
        (use,) = (await planner.get(f"/api/audiences/{audience_id}/uses")).json()["items"]
        assert use["size"] == 1
