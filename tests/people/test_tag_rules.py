"""Automatic tags: what sets them off, once, from when on, and until when they stay."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from siyu.accounts.tenants import open_tenant
from siyu.composition import CheckedRules, Panels
from siyu.core.context import SYSTEM_ACTOR, Actor, Context
from siyu.core.errors import Invalid
from siyu.core.ids import slug
from siyu.core.stream.reactions import ReactionRunner
from siyu.core.stream.sequencer import Sequencer
from siyu.facts.content import MaterialRead
from siyu.facts.people import AudienceEntered, ContactAdded
from siyu.growth.channels.models import Channel
from siyu.growth.live_codes.plans import LiveCodeOrigins
from siyu.people.audiences import service as audiences
from siyu.people.audiences.schemas import AudienceDraft
from siyu.people.audiences.terms import Names
from siyu.people.identity.identities import identify
from siyu.people.models import IdentityTag, Tag, TagGroup
from siyu.people.picture.person import Bought as Sum
from siyu.people.rules.language import Attribute, Where
from siyu.people.tags import rules
from siyu.people.tags.keeping import TagEnds
from siyu.people.tags.reactions import reactions
from siyu.people.tags.rule_schemas import TagRuleDraft
from siyu.people.tags.triggers import Bought, Came, Crossed, Did, Said
from tests.told import told_facts

NAMES = Names(LiveCodeOrigins(), Panels())
KNOWN = CheckedRules(NAMES)
NOBODY = 1 << 40
"""An id that nothing has, whichever tests made things before."""
WOMEN = Attribute("gender", "in", values=("female",))


class Till:
    """What customers bought, as a room above would know."""

    def __init__(self) -> None:
        self.sums: dict[int, Sum] = {}

    async def bought(self, _ctx, customer_ids):
        return {number: self.sums[number] for number in customer_ids if number in self.sums}


class Desk:
    def __init__(self, db, clock, tenant_id):
        self.db, self.clock, self.tenant_id, self.till = db, clock, tenant_id, Till()
        self.names: dict[str, int] = {}

    def ctx(self):
        return self.db.tenant(self.tenant_id)

    def work(self, session) -> Context:
        return Context(self.tenant_id, SYSTEM_ACTOR, self.clock, session)

    async def open(self) -> None:
        async with self.ctx() as session:
            group = TagGroup(tenant_id=self.tenant_id, wecom_id=None, name="内部")
            session.add(group)
            await session.flush()
            for name in ("爱读", "老客", "投诉"):
                tag = Tag(tenant_id=self.tenant_id, wecom_id=None, group_id=group.id, name=name)
                session.add(tag)
                await session.flush()
                self.names[name] = tag.id

    async def rule(self, trigger, add: str, **more) -> int:
        async with self.ctx() as session:
            draft = TagRuleDraft(name=add, trigger=trigger, add=(self.names[add],), **more)
            return await rules.save(self.work(session), KNOWN, draft)

    async def audience(self, *, dynamic: bool = True) -> int:
        async with self.ctx() as session:
            ctx = self.work(session)
            draft = AudienceDraft("女性", "rule", dynamic=dynamic, rule=WOMEN)
            return (await audiences.create(ctx, NAMES, draft)).id

    async def channel(self) -> int:
        async with self.ctx() as session:
            now = self.clock.now()
            channel = Channel(tenant_id=self.tenant_id, name="门店", kind="store", created_at=now)
            session.add(channel)
            await session.flush()
            return channel.id

    async def preview(self, trigger) -> None:
        async with self.ctx() as session:
            draft = TagRuleDraft("试", trigger, add=(self.names["爱读"],))
            await rules.preview(self.work(session), KNOWN, self.till, draft)

    async def tell(self, who: str, *facts) -> int:
        async with self.ctx() as session:
            ctx = self.work(session)
            identity = await identify(ctx, "external_userid", "", who)
            for fact in facts:
                ctx.announce(fact, identity_id=identity.id)
            return identity.customer_id

    async def react(self) -> None:
        sequencer = Sequencer(self.db, self.clock)
        await sequencer.prepare()
        while await sequencer.step():
            pass
        await ReactionRunner(self.db, self.clock, reactions(self.till)).drain()

    async def marks(self) -> dict[str, IdentityTag]:
        known = {number: name for name, number in self.names.items()}
        async with self.ctx() as session:
            return {known[m.tag_id]: m for m in await session.scalars(select(IdentityTag))}


@pytest.fixture
async def desk(db, clock, master) -> Desk:
    host = f"{slug(9).lower().replace('_', 'a')}.test"
    tenant_id = await open_tenant(db, clock, master, name="店", host=host)
    desk = Desk(db, clock, tenant_id)
    await desk.open()
    return desk


def read(depth: int) -> MaterialRead:
    return MaterialRead(material_id=5, tracked_link_id=1, visit_id=1, seconds=9, depth=depth)


async def test_the_third_fitting_act_within_days_sets_it_off_once(desk):
    fits = (Where("depth", "ge", number=80),)
    trigger = Did("material.read", times=3, within_days=2, where=fits)
    await desk.rule(trigger, "爱读", reason="两天内读完三篇", ends_days=10)
    await desk.tell("wm-a", read(90), read(50), read(95))
    await desk.react()
    assert await desk.marks() == {}
    desk.clock.advance(timedelta(days=3))  # the two of then are too long ago
    await desk.tell("wm-a", read(90), read(90))
    await desk.react()
    assert await desk.marks() == {}
    await desk.tell("wm-a", read(85), read(10))
    await desk.react()
    mark = (await desk.marks())["爱读"]
    assert (mark.source, mark.reason) == ("rule", "两天内读完三篇")
    assert mark.ends_at == desk.clock.now() + timedelta(days=10)
    desk.clock.advance(timedelta(hours=1))
    await desk.tell("wm-a", read(85))
    await desk.react()
    assert (await desk.marks())["爱读"].ends_at == desk.clock.now() + timedelta(days=10)
    desk.clock.advance(timedelta(days=10))
    await TagEnds(desk.db, desk.clock).step()
    assert await desk.marks() == {}
    async with desk.ctx() as session:
        told = await told_facts(desk.work(session), "tag.unmarked", source="ended")
        assert told == {"tag.unmarked": 1}


async def test_orders_channels_audiences_and_words_set_rules_off(desk):
    await desk.rule(Bought(orders=2, amount_fen=10_000), "老客")
    wanted, other = await desk.audience(), await desk.audience()
    channel_id = await desk.channel()
    await desk.rule(Crossed(audience_id=wanted), "爱读")
    await desk.rule(Said(("退订", "TD")), "投诉")
    customer = await desk.tell("wm-a")
    added = ContactAdded(
        contact_id=1, customer_id=customer, first=True, observed=True, channel_id=channel_id
    )
    rule_id = await desk.rule(Came(channel_ids=(channel_id,)), "投诉")
    await desk.tell("wm-a", added)
    await desk.react()
    assert set(await desk.marks()) == {"投诉"}
    async with desk.ctx() as session:
        ctx = desk.work(session)
        await rules.remove(ctx, rule_id)
        await session.execute(IdentityTag.__table__.delete())
    await desk.tell(
        "wm-a", added, AudienceEntered(audience_id=other, customer_id=1, rule_version=1)
    )
    await desk.react()
    assert set(await desk.marks()) == set()
    await desk.tell("wm-a", AudienceEntered(audience_id=wanted, customer_id=1, rule_version=1))
    await desk.react()
    assert set(await desk.marks()) == {"爱读"}
    async with desk.ctx() as session:
        ctx = desk.work(session)
        identity = await identify(ctx, "external_userid", "", "wm-a")
        await rules.heard(ctx, identity.id, "早上好")
        await rules.heard(ctx, identity.id, "请给我td，谢谢")
    assert set(await desk.marks()) == {"爱读", "投诉"}


async def test_what_was_before_a_rule_does_not_count_and_a_preview_says_who_would_have(desk):
    await desk.tell("wm-a", read(90))
    await desk.tell("wm-b", read(90), read(90))
    sequencer = Sequencer(desk.db, desk.clock)
    await sequencer.prepare()
    while await sequencer.step():
        pass
    desk.clock.advance(timedelta(hours=1))
    draft = TagRuleDraft(name="读", trigger=Did("material.read"), add=(desk.names["爱读"],))
    async with desk.ctx() as session:
        ctx = desk.work(session)
        assert (await rules.preview(ctx, KNOWN, desk.till, draft)).people == 2
        draft.trigger = Did("material.read", times=2)
        told = await rules.preview(ctx, KNOWN, desk.till, draft)
        assert (told.people, told.at_least) == (1, False)
        draft.trigger = Said(("退订",))
        assert (await rules.preview(ctx, KNOWN, desk.till, draft)).people is None
        draft.trigger = Did("tag.marked")
        with pytest.raises(Invalid):
            await rules.save(ctx, KNOWN, draft)
    await desk.rule(Did("material.read"), "爱读")
    await desk.react()
    assert await desk.marks() == {}


async def test_a_trigger_that_could_never_come_is_refused_with_its_place(desk):
    still = await desk.audience(dynamic=False)
    colour, gone = Where("colour", "eq", number=1), Where("material_id", "in", values=(NOBODY,))
    for trigger, field, code in [
        (Crossed(audience_id=NOBODY), "audience_id", "unknown"),
        (Crossed(audience_id=still), "audience_id", "not_dynamic"),
        (Came(channel_ids=(NOBODY,)), "channel_ids", "unknown"),
        (Came(live_code_ids=(NOBODY,)), "live_code_ids", "unknown"),
        (Did("material.read", where=(colour,)), "where[0].name", "unknown"),
        (Did("material.read", where=(gone,)), "where[0].values", "unknown"),
        (Did("tag.marked"), "type", "unknown"),
        (Bought(), "orders", "required"),
        (Said(("退订", "  ")), "words[1]", "invalid"),
        (Said(("退\n订",)), "words[0]", "invalid"),
    ]:  # fmt: skip
        for ask in (desk.rule(trigger, "爱读"), desk.preview(trigger)):
            with pytest.raises(Invalid) as refused:
                await ask
            (error,) = refused.value.errors
            assert (error.field, error.code) == (f"trigger.{field}", code)
            assert error.message == refused.value.detail
    async with desk.ctx() as session:
        assert await rules.rules(desk.work(session)) == []


async def test_who_may_not_read_audiences_can_name_none(desk):
    kept = await desk.audience()
    actor = Actor("employee", 1, "小林", frozenset({"tags.write", "tags.read"}), owners=None)
    async with desk.ctx() as session:
        ctx = replace(desk.work(session), actor=actor)
        draft = TagRuleDraft("爱读", Crossed(kept), add=(desk.names["爱读"],))
        with pytest.raises(Invalid) as refused:
            await rules.save(ctx, KNOWN, draft)
    assert [error.code for error in refused.value.errors] == ["unknown"]


async def test_a_rule_whose_channel_went_can_be_let_rest_and_does_not_go_on(desk):
    channel_id = await desk.channel()
    rule_id = await desk.rule(Came(channel_ids=(channel_id,)), "爱读")
    draft = TagRuleDraft("爱读", Came(channel_ids=(channel_id,)), add=(desk.names["爱读"],))
    async with desk.ctx() as session:
        await session.delete(await session.get_one(Channel, (desk.tenant_id, channel_id)))
    for active in (False, True):
        draft.active = active
        desk.clock.advance(timedelta(minutes=1))
        async with desk.ctx() as session:
            ctx = desk.work(session)
            if active:
                with pytest.raises(Invalid):
                    await rules.save(ctx, KNOWN, draft, rule_id)
            else:
                await rules.save(ctx, KNOWN, draft, rule_id)
            (kept,) = await rules.rules(ctx)
            assert kept.active is False
            assert kept.active_since == desk.clock.now() - timedelta(minutes=1 + active)
