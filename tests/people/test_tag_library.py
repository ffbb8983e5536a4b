"""The library of corp tags follows WeCom, and who carries a gone tag loses it."""

from datetime import timedelta

from sqlalchemy import func, select

from siyu.channels.wecom.endpoints.tags import CorpTag, CorpTagGroup
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.stream.models import OutboxEvent
from siyu.people.contacts.service import note
from siyu.people.contacts.turns import Turn
from siyu.people.identity.identities import identify
from siyu.people.models import Contact, ContactTag, IdentityTag, Tag, TagGroup
from siyu.people.tags.clearing import clear_gone_tags
from siyu.people.tags.mirror import mirror
from siyu.people.tags.service import Why, mark_contacts, mark_identities


def group(name: str, *tags: str, order: int = 0) -> CorpTagGroup:
    return CorpTagGroup(
        group_id=f"g-{name}",
        group_name=name,
        order=order,
        tag=tuple(CorpTag(id=f"t-{tag}", name=tag, order=9 - n) for n, tag in enumerate(tags)),
    )


async def befriended(ctx: Context, hire, name: str) -> Contact:
    staff = await hire(ctx, f"staff-{name}")
    identity = await identify(ctx, "external_userid", "", f"wm-{name}")
    await note(ctx, identity, staff, Turn(ctx.now(), "added"))
    await ctx.session.flush()
    return (
        await ctx.session.scalars(select(Contact).where(Contact.identity_id == identity.id))
    ).one()


async def names(ctx: Context) -> set[tuple[str, int]]:
    ctx.session.expire_all()
    rows = await ctx.session.execute(select(Tag.name, Tag.sort).where(~Tag.gone))
    return {(row.name, row.sort) for row in rows}


async def test_wecoms_state_settles_names_order_and_what_is_gone(ctx):
    assert await mirror(ctx, [group("等级", "金卡", "银卡"), group("来源", "门店")]) == 3
    ctx.session.add(TagGroup(tenant_id=ctx.tenant_id, wecom_id=None, name="内部"))
    assert await mirror(ctx, [group("等级", "银卡", order=5)]) == 1
    assert await names(ctx) == {("银卡", 9)}
    groups = (await ctx.session.scalars(select(TagGroup.name).where(~TagGroup.gone))).all()
    assert set(groups) == {"等级", "内部"}
    assert await mirror(ctx, []) == 0
    assert await names(ctx) == set()


async def test_an_older_answer_does_not_undo_a_newer_one(ctx):
    now = ctx.now()
    await mirror(ctx, [group("等级", "金卡")], asked_at=now)
    assert await mirror(ctx, [group("等级", "旧卡")], asked_at=now - timedelta(seconds=5)) == 1
    assert await names(ctx) == {("金卡", 9)}


async def test_gone_tags_are_taken_off_everybody_and_told(db, clock, tenant_id, hire):
    async with db.tenant(tenant_id) as session:
        ctx = Context(tenant_id, SYSTEM_ACTOR, clock, session)
        await mirror(ctx, [group("等级", "金卡", "银卡")])
        inner = TagGroup(tenant_id=tenant_id, wecom_id=None, name="内部")
        session.add(inner)
        await session.flush()
        own = Tag(tenant_id=tenant_id, wecom_id=None, group_id=inner.id, name="爱挑剔", gone=True)
        session.add(own)
        await session.flush()
        tags = (await session.scalars(select(Tag.id).where(Tag.wecom_id.is_not(None)))).all()
        contacts = [await befriended(ctx, hire, name) for name in "abc"]
        pairs = [(contact.id, tag_id) for contact in contacts for tag_id in tags]
        assert len(await mark_contacts(ctx, pairs, Why("employee"))) == 6
        await mark_identities(ctx, [(contacts[0].identity_id, own.id)], Why("employee"))
        await mirror(ctx, [group("等级", "银卡")])
    assert await clear_gone_tags(db, clock, tenant_id) == 4
    assert await clear_gone_tags(db, clock, tenant_id) == 0
    async with db.tenant(tenant_id) as session:
        left = (await session.scalars(select(ContactTag.tag_id))).all()
        kept = await session.scalar(select(Tag.id).where(Tag.wecom_id == "t-银卡"))
        assert left == [kept] * 3
        assert (await session.scalars(select(IdentityTag))).all() == []
        told = await session.scalar(
            select(func.count()).where(
                OutboxEvent.tenant_id == tenant_id, OutboxEvent.type == "tag.unmarked"
            )
        )
        assert told == 4


async def test_a_person_carries_an_internal_tag_once_and_a_rule_lets_it_end_later(ctx, hire):
    contact = await befriended(ctx, hire, "x")
    inner = TagGroup(tenant_id=ctx.tenant_id, wecom_id=None, name="内部")
    ctx.session.add(inner)
    await ctx.session.flush()
    tag = Tag(tenant_id=ctx.tenant_id, wecom_id=None, group_id=inner.id, name="爱挑剔")
    ctx.session.add(tag)
    await ctx.session.flush()
    other = await identify(ctx, "openid", "app", "o-x")
    person = await identify(ctx, "external_userid", "", "wm-x")
    other.customer_id = person.customer_id
    await ctx.session.flush()
    first = Why("rule", "看了三次", ends_at=ctx.now() + timedelta(days=3))
    later = first._replace(ends_at=ctx.now() + timedelta(days=9))
    assert await mark_identities(ctx, [(contact.identity_id, tag.id)], first)
    assert not await mark_identities(ctx, [(other.id, tag.id)], later)
    mark = (await ctx.session.scalars(select(IdentityTag))).one()
    assert (mark.reason, mark.ends_at) == ("看了三次", later.ends_at)
