"""Tags changed from siyu and in WeCom's console, one customer's and very many's, with the world."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, suppress

import pytest
from pyroaring import BitMap64
from sqlalchemy import func, select

from siyu.core.context import Actor, Context
from siyu.core.errors import Conflict, Invalid, NotFound
from siyu.core.jobs import JobGone, JobRun
from siyu.growth.live_codes.plans import LiveCodeOrigins
from siyu.people.contacts.details import Details
from siyu.people.kinds import MarkMany, RefreshCustomer
from siyu.people.models import Contact, ContactTag, Identity, IdentityTag, Tag, TagGroup
from siyu.people.tags import marking
from siyu.people.tags.librarian import Librarian
from siyu.people.tags.marker import Marker
from siyu.people.tags.mirror import sync_tags
from siyu.people.tags.models import TagMarkingItem
from siyu.people.tags.one import OneCustomer, marks_of
from siyu.people.tags.schemas import MarkManyDraft, MarkOne, NewTags, TagChange, TagOrder
from siyu.people.tags.targets import Chosen
from tests.scene import OneClient, Scene, open_scene, until

PLANNER = Actor("employee", 7, "小林", frozenset({"*"}), owners=None)


class Nobody:
    async def of_audience(self, _ctx: Context, audience_id: int) -> BitMap64:
        raise NotFound("audience_unknown", str(audience_id))


@pytest.fixture
async def scene(postgres, db, tmp_path) -> AsyncIterator[Scene]:
    async with open_scene(postgres, db, tmp_path, customers=12) as opened:
        await sync_tags(opened.db, opened.clock, opened.tenant_id, opened.client)
        yield opened


def librarian(scene: Scene) -> Librarian:
    def work() -> AbstractAsyncContextManager[Context]:
        return scene.ctx(PLANNER)

    return Librarian(scene.db, scene.clock, OneClient(scene.client), scene.tenant_id, work)


async def library(scene: Scene) -> dict[str, list[str]]:
    async with scene.ctx() as ctx:
        rows = await ctx.session.execute(
            select(TagGroup.name, Tag.name.label("tag"))
            .join(Tag, Tag.group_id == TagGroup.id)
            .where(~Tag.gone, ~TagGroup.gone)
            .order_by(TagGroup.sort.desc(), TagGroup.id, Tag.sort.desc(), Tag.id)
        )
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(row.name, []).append(row.tag)
        return found


async def at_wecom(scene: Scene) -> dict[str, list[str]]:
    groups = await scene.client.corp_tags()
    return {
        group.group_name: [t.name for t in sorted(group.tag, key=lambda tag: -tag.order)]
        for group in groups
    }


async def number_of(scene: Scene, table: type[Tag | TagGroup], name: str) -> int:
    async with scene.ctx() as ctx:
        found = await ctx.session.scalars(select(table.id).where(table.name == name, ~table.gone))
        return found.one()


async def friend(scene: Scene) -> tuple[int, int, str]:
    """A customer read from WeCom: number, a living friendship, and WeCom's id."""
    userid = (await scene.client.follow_users())[0]
    external = (await scene.client.contact_ids(userid))[0]
    details = Details(
        scene.db, scene.clock, OneClient(scene.client), scene.vaults, LiveCodeOrigins()
    )
    await details.refresh(scene.tenant_id, RefreshCustomer(external_userid=external))
    async with scene.ctx() as ctx:
        row = (
            await ctx.session.execute(
                select(Identity.customer_id, Contact.id)
                .join(Contact, Contact.identity_id == Identity.id)
                .where(Identity.value == external)
                .limit(1)
            )
        ).one()
        return row[0], row[1], external


async def test_the_library_is_changed_from_both_sides_and_wecom_settles(scene):
    desk = librarian(scene)
    before = await at_wecom(scene)
    await desk.create(
        NewTags(source="wecom", group_name="会员等级", names=("金卡", "银卡", "铜卡"))
    )
    assert set((await at_wecom(scene))["会员等级"]) == {"金卡", "银卡", "铜卡"}
    group_id = await number_of(scene, TagGroup, "会员等级")
    gold, silver, bronze = [await number_of(scene, Tag, n) for n in ("金卡", "银卡", "铜卡")]
    await desk.order(TagOrder(group_id=group_id, ids=(silver, bronze, gold)))
    await desk.change_tag(gold, TagChange(name="黑金卡", was="金卡"))
    await desk.change_group(group_id, TagChange(name="会员"))
    assert (await at_wecom(scene))["会员"] == ["银卡", "铜卡", "黑金卡"]
    assert (await library(scene))["会员"] == ["银卡", "铜卡", "黑金卡"]
    # somebody else renames it in WeCom's console meanwhile; the callback brings it
    tag = next(t for g in await scene.client.corp_tags() for t in g.tag if t.name == "银卡")
    await scene.control("PATCH", f"admin/tags/{tag.id}", {"name": "白银卡"})

    async def heard() -> bool:
        return "白银卡" in (await library(scene))["会员"]

    await until(heard)
    with pytest.raises(Conflict, match="tag_changed"):
        await desk.change_tag(silver, TagChange(name="钻石卡", was="银卡"))
    with pytest.raises(Invalid, match="tag_name_refused"):
        await desk.change_tag(silver, TagChange(name="黑金卡"))
    await scene.control("DELETE", f"admin/tags/{tag.id}")
    with pytest.raises((Conflict, NotFound)):  # gone there; the callback may have told already
        await desk.delete(tag_id=silver)
    await desk.delete(group_id=group_id)
    assert await at_wecom(scene) == before == await library(scene)


async def test_internal_tags_need_no_call_and_have_names_and_groups_of_their_own(scene):
    desk = librarian(scene)
    before = await at_wecom(scene)
    taken = next(iter(before))
    await desk.create(NewTags(source="internal", group_name=taken, names=("一", "二", "一")))
    await desk.create(NewTags(source="internal", group_name="另一组", names=("三",)))
    async with scene.ctx() as ctx:
        inner = (
            await ctx.session.scalars(
                select(TagGroup.id).where(TagGroup.wecom_id.is_(None), TagGroup.name == taken)
            )
        ).one()
    one, three = await number_of(scene, Tag, "一"), await number_of(scene, Tag, "三")
    with pytest.raises(Invalid):
        await desk.change_tag(one, TagChange(name="二"))
    await desk.change_tag(three, TagChange(group_id=inner))
    corp = await number_of(scene, Tag, before[taken][0])
    with pytest.raises(Conflict, match="wecom_cannot_move"):
        await desk.change_tag(corp, TagChange(group_id=inner))
    await desk.delete(tag_id=one)
    async with scene.ctx() as ctx:
        names = await ctx.session.scalars(
            select(Tag.name).where(Tag.group_id == inner, ~Tag.gone).order_by(Tag.name)
        )
        assert names.all() == ["三", "二"]
    assert await at_wecom(scene) == before


async def test_one_customer_is_marked_at_wecom_and_here_with_reason_and_who(scene):
    desk = librarian(scene)
    await desk.create(NewTags(source="wecom", group_name="会员等级", names=("金卡", "银卡")))
    await desk.create(NewTags(source="internal", group_name="内部", names=("爱挑剔",)))
    gold, silver, picky = [await number_of(scene, Tag, n) for n in ("金卡", "银卡", "爱挑剔")]
    customer, contact, external = await friend(scene)
    hand = OneCustomer(OneClient(scene.client), scene.tenant_id, lambda: scene.ctx(PLANNER))
    await hand.change(customer, MarkOne(add=(gold, picky), contact_id=contact, reason="说要升级"))
    await hand.change(customer, MarkOne(add=(silver,), remove=(gold,), contact_id=contact))
    async with scene.ctx(PLANNER) as ctx:
        marks = {mark.name: mark for mark in (await marks_of(ctx, customer)).items}
    assert {"银卡", "爱挑剔"} <= marks.keys()
    assert "金卡" not in marks
    assert (marks["爱挑剔"].reason, marks["爱挑剔"].source) == ("说要升级", "employee")
    found = await scene.client.contact(external)
    names = {tag.tag_name for follow in found.follow_user for tag in follow.tags}
    assert "银卡" in names
    assert "金卡" not in names
    await scene.control("DELETE", f"admin/tags/{await wecom_id(scene, silver)}")
    with pytest.raises(Conflict, match="tag_gone"):
        await hand.change(customer, MarkOne(remove=(silver,), contact_id=contact))


async def wecom_id(scene: Scene, tag_id: int) -> str:
    async with scene.ctx() as ctx:
        tag = await ctx.session.get_one(Tag, (scene.tenant_id, tag_id))
        return str(tag.wecom_id)


async def befriend_all(scene: Scene) -> dict[int, tuple[int, str, str]]:
    """Note all friendships of the world; by contact: customer, userid, external_userid."""
    details = Details(
        scene.db, scene.clock, OneClient(scene.client), scene.vaults, LiveCodeOrigins()
    )
    for userid in await scene.client.follow_users():
        for external in await scene.client.contact_ids(userid):
            await details.refresh(scene.tenant_id, RefreshCustomer(external_userid=external))
    async with scene.ctx() as ctx:
        rows = await ctx.session.execute(
            select(Contact.id, Identity.customer_id, Contact.staff_account_id, Identity.value)
            .join(Identity, Contact.identity_id == Identity.id)
            .where(Contact.state == "active")
        )
        staff = {number: userid for userid, number in (await scene.staff()).items()}
        return {row[0]: (row[1], staff[row[2]], row[3]) for row in rows}


async def test_very_many_are_marked_by_a_job_that_skips_resumes_and_says_who_failed(scene):
    desk = librarian(scene)
    await desk.create(NewTags(source="wecom", group_name="活动", names=("双十一",)))
    await desk.create(NewTags(source="internal", group_name="内部", names=("老客",)))
    corp, inner = await number_of(scene, Tag, "双十一"), await number_of(scene, Tag, "老客")
    friends = await befriend_all(scene)
    customers = tuple(sorted({who for who, _, _ in friends.values()}))
    first = min(friends)
    hand = OneCustomer(OneClient(scene.client), scene.tenant_id, lambda: scene.ctx(PLANNER))
    await hand.change(friends[first][0], MarkOne(add=(corp,), contact_id=first))
    draft = MarkManyDraft(Chosen(customers), add=(corp, inner), reason="双十一名单")
    async with scene.ctx(PLANNER) as ctx:
        told = await marking.estimate(ctx, Nobody(), draft)
    assert (told.customers, told.calls, told.exact) == (len(customers), len(friends) - 1, True)
    async with scene.ctx(PLANNER) as ctx:
        started = await marking.start(ctx, Nobody(), draft)
        with pytest.raises(Conflict, match="marking_running"):
            await marking.start(ctx, Nobody(), draft)
        await ctx.session.rollback()
    async with scene.ctx(PLANNER) as ctx:
        started = await marking.start(ctx, Nobody(), draft)
    # a friendship ends before it is its turn
    lost = max(friends)
    person = await person_of(scene, friends[lost][2])
    await scene.control("POST", f"people/{person}/delete-staff", {"userid": friends[lost][1]})
    marker = Marker(scene.db, scene.clock, OneClient(scene.client))
    await finished(scene, marker, started.run_id)
    async with scene.ctx(PLANNER) as ctx:
        carrying = await ctx.session.scalar(select(func.count()).where(ContactTag.tag_id == corp))
        people = await ctx.session.scalar(select(func.count()).where(IdentityTag.tag_id == inner))
        fates = dict(
            (
                await ctx.session.execute(select(TagMarkingItem.contact_id, TagMarkingItem.errcode))
            ).all()
        )
        marked = (
            await ctx.session.scalars(
                select(TagMarkingItem.contact_id).where(TagMarkingItem.state == "marked")
            )
        ).all()
        (view,) = await marking.latest(ctx)
    assert people == len(customers)
    assert first not in fates
    assert {code for code in fates.values() if code} <= {84061}
    # The friendship that ended was refused, left out, or marked just before.
    assert len(friends) - 2 <= len(marked) <= len(friends) - 1
    assert carrying == len(marked) + 1
    assert (view.state, view.reason) == ("done", "双十一名单")
    with pytest.raises(JobGone):
        await marker.run(scene.tenant_id, MarkMany(started.run_id))


async def person_of(scene: Scene, external: str) -> int:
    found = await scene.control("GET", "people?limit=100")
    return next(p["id"] for p in found["items"] if p["external_userid"] == external)


async def finished(scene: Scene, marker: Marker, run_id: int) -> None:
    """Run it here, unless the scene's own worker has taken it: either way it is done once."""
    with suppress(JobGone):
        await marker.run(scene.tenant_id, MarkMany(run_id))

    async def done() -> bool:
        async with scene.ctx() as ctx:
            run = await ctx.session.get_one(JobRun, (scene.tenant_id, run_id))
            assert run.state != "failed", run.note
            return run.state == "done"

    await until(done)


async def test_many_heads_are_to_be_typed(scene):
    desk = librarian(scene)
    await desk.create(NewTags(source="internal", group_name="内部", names=("老客",)))
    inner = await number_of(scene, Tag, "老客")
    draft = MarkManyDraft(Chosen(tuple(range(1, 1502))), add=(inner,))
    async with scene.ctx(PLANNER) as ctx:
        with pytest.raises(Conflict, match="marking_unconfirmed") as caught:
            await marking.start(ctx, Nobody(), draft)
        assert caught.value.extra["customers"] == 1501
    draft.confirmed = 100
    async with scene.ctx(PLANNER) as ctx:
        with pytest.raises(Conflict, match="marking_unconfirmed"):
            await marking.start(ctx, Nobody(), draft)
    draft.confirmed = 1501
    async with scene.ctx(PLANNER) as ctx:
        await marking.start(ctx, Nobody(), draft)


def test_a_million_takes_hours_and_the_screen_can_say_so():
    assert marking.seconds_of(1_000_000, 1_000_000) == 24_000  # 6.7 h
    assert marking.seconds_of(0, 1_000_000) == 500
