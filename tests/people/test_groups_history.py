"""Whatever order callbacks and pictures of a group come in, siyu ends with what is true."""

import random
from collections import Counter
from datetime import timedelta

from sqlalchemy import select

from siyu.accounts.tenants import Vaults
from siyu.channels.wecom.endpoints import groups as wecom
from siyu.channels.wecom.events import parse_event
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.jobs import RetryLater
from siyu.core.stream.models import OutboxEvent
from siyu.people.groups.heads import dismiss, ensure
from siyu.people.groups.intake import updated
from siyu.people.groups.models import GroupChat, GroupMember
from siyu.people.groups.pictures import store
from siyu.people.models import Identity

PEOPLE = [f"wm{number}" for number in range(5)]


class Past:
    """What happened in a group, minute by minute: who came and went, and what WeCom tells of it."""

    def __init__(self, dice: random.Random, begin: int) -> None:
        self.joined: dict[str, int] = {}
        self.pictures = [self._picture(begin, 0)]
        self.callbacks: list[bytes] = []
        for step in range(1, dice.randint(2, 8)):
            at, who = begin + step * 60, dice.choice(PEOPLE)
            left = self.joined.pop(who, None) is not None
            if not left:
                self.joined[who] = at
            self.pictures.append(self._picture(begin, step))
            self.callbacks.append(self._callback(at, who, step, left=left))

    def _picture(self, begin: int, step: int) -> wecom.GroupChat:
        members = [
            wecom.GroupMember(userid=who, type=wecom.EXTERNAL, join_time=at, join_scene=3)
            for who, at in self.joined.items()
        ]
        return wecom.GroupChat(
            chat_id="wr1", create_time=begin, member_list=tuple(members), member_version=f"v{step}"
        )

    def _callback(self, at: int, who: str, step: int, *, left: bool) -> bytes:
        detail = "del_member" if left else "add_member"
        return (
            f"<xml><ToUserName>ww1</ToUserName><CreateTime>{at}</CreateTime>"
            "<Event>change_external_chat</Event><ChangeType>update</ChangeType><ChatId>wr1</ChatId>"
            f"<UpdateDetail>{detail}</UpdateDetail><QuitScene>0</QuitScene>"
            f"<MemChangeList><Item>{who}</Item></MemChangeList>"
            f"<LastMemVer>v{step - 1}</LastMemVer><CurMemVer>v{step}</CurMemVer></xml>"
        ).encode()


async def test_any_order_of_callbacks_and_pictures_ends_with_the_truth(
    db, clock, tenant_id, master
):
    dice = random.Random(2026)
    for number in range(25):
        tenant = tenant_id + (number + 1) * 1_000_000
        begin = int(clock.now().timestamp()) - 3600
        past = Past(dice, begin)
        # Pictures show the group as it was at some time; callbacks come late, twice, in disorder.
        happenings = [*past.callbacks * 2, *dice.choices(past.pictures, k=4)]
        dice.shuffle(happenings)
        for happening in [*happenings, past.pictures[-1]]:
            clock.advance(timedelta(seconds=61))
            async with db.tenant(tenant) as session:
                ctx = Context(tenant, SYSTEM_ACTOR, clock, session)
                await ensure(ctx, "wr1", clock.now(), observed=False)
                if isinstance(happening, bytes):
                    await updated(ctx, [parse_event(happening)])
                else:
                    await take(ctx, Vaults(master), happening)
        async with db.tenant(tenant) as session:
            rows = await session.execute(
                select(Identity.value, GroupMember.joined_at)
                .join(Identity, Identity.id == GroupMember.identity_id)
                .where(GroupMember.left_at.is_(None))
            )
            now = {row.value: int(row.joined_at.timestamp()) for row in rows}
            group = (await session.scalars(select(GroupChat))).one()
            told = Counter(await session.scalars(select(OutboxEvent.type)))
        assert now == past.joined, number
        assert (group.members, group.customers) == (len(now), len(now))
        assert told["group.member_joined"] - told["group.member_left"] == len(now)


async def test_a_group_that_was_taken_for_dismissed_goes_on_and_nobody_joins_it_again(
    db, clock, tenant_id, master
):
    past = Past(random.Random(7), int(clock.now().timestamp()) - 3600)
    picture = next(one for one in reversed(past.pictures) if one.member_list)

    async def happen(deed) -> Counter[str]:
        clock.advance(timedelta(minutes=10))
        async with db.tenant(tenant_id) as session:
            await deed(Context(tenant_id, SYSTEM_ACTOR, clock, session))
        async with db.tenant(tenant_id) as session:
            return Counter(await session.scalars(select(OutboxEvent.type)))

    async def begun(ctx: Context) -> None:
        await ensure(ctx, "wr1", clock.now(), observed=False)
        await take(ctx, Vaults(master), picture)

    async def gone(ctx: Context) -> None:
        group = (await ctx.session.scalars(select(GroupChat))).one()
        await dismiss(ctx, group, ctx.now(), observed=False)

    async def back(ctx: Context) -> None:
        await take(ctx, Vaults(master), picture)

    members = len(picture.member_list)
    before = await happen(begun)
    assert before["group.member_joined"] == members
    await happen(gone)
    after = await happen(back)
    assert after == before + Counter({"group.dismissed": 1, "group.returned": 1})
    assert await happen(back) == after
    async with db.tenant(tenant_id) as session:
        group = (await session.scalars(select(GroupChat))).one()
        stays = (await session.scalars(select(GroupMember))).all()
    assert (group.state, group.members) == ("active", members)
    assert [(stay.left_at, stay.quit) for stay in stays] == [(None, None)] * members


async def take(ctx: Context, vaults: Vaults, picture: wecom.GroupChat) -> None:
    try:
        await store(ctx, vaults, picture, ctx.now())
    except RetryLater:
        raise AssertionError("nobody else writes this group") from None
