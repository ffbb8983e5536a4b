"""Customer groups as siyu knows them: by callbacks and by the sync, in any order, told once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from siyu.channels.wecom.errors import WeComUnreadable
from siyu.core.jobs import JobRun, Progress, RetryLater
from siyu.people.groups.kinds import RefreshGroup
from siyu.people.groups.models import GroupChat, GroupMember
from siyu.people.groups.pictures import Pictures
from siyu.people.groups.sync import GroupSync
from siyu.people.models import Customer, Identity
from tests.scene import OneClient, Scene, open_scene, until
from tests.told import told_facts


@pytest.fixture
async def scene(postgres, db, tmp_path) -> AsyncIterator[Scene]:
    async with open_scene(postgres, db, tmp_path, customers=6) as opened:
        yield opened


async def begin(scene: Scene, owner: str, *invited: str, name: str = "宝妈群") -> str:
    body = {"userid": owner, "name": name, "invited": invited}
    return str((await scene.control("POST", "groups", body))["chat_id"])


async def known(scene: Scene, chat_id: str) -> GroupChat | None:
    async with scene.ctx() as ctx:
        return await ctx.session.scalar(select(GroupChat).where(GroupChat.chat_id == chat_id))


async def inside(scene: Scene, chat_id: str) -> set[str]:
    """Who is in a group, as siyu knows it, under WeCom's ids."""
    async with scene.ctx() as ctx:
        rows = await ctx.session.execute(
            select(GroupMember.userid, Identity.value)
            .join(GroupChat, GroupChat.id == GroupMember.group_id)
            .outerjoin(Identity, Identity.id == GroupMember.identity_id)
            .where(GroupChat.chat_id == chat_id, GroupMember.left_at.is_(None))
        )
        return {row.userid or row.value for row in rows}


async def truth(scene: Scene, chat_id: str, people: dict[str, str]) -> set[str]:
    """Who is in a group in the world, under WeCom's ids."""
    found = await scene.control("GET", f"groups/{chat_id}/members")
    return {people.get(member["who"], member["who"][2:]) for member in found["items"]}


async def told(scene: Scene, chat_id: str) -> Counter[str]:
    group = await known(scene, chat_id)
    assert group is not None
    async with scene.ctx() as ctx:
        return await told_facts(ctx, "group.", group_id=group.id)


async def run_of(scene: Scene) -> Progress:
    async with scene.ctx() as ctx:
        run = JobRun(
            tenant_id=scene.tenant_id, kind="wecom.sync", title="同步", created_at=ctx.now()
        )
        ctx.session.add(run)
        await ctx.session.flush()
    return Progress(scene.db, scene.clock, scene.tenant_id, run.id)


async def sync(scene: Scene) -> JobRun:
    progress = await run_of(scene)
    checkpoint = await progress.start()
    await GroupSync(scene.db, scene.clock, scene.vaults).run(
        scene.tenant_id, scene.client, progress, checkpoint, before=7
    )
    async with scene.ctx() as ctx:
        return await ctx.session.get_one(JobRun, (scene.tenant_id, progress.run_id))


async def test_a_groups_life_is_followed_and_told(scene):
    owner, colleague, *_ = await scene.staff()
    people = [await scene.person() for _ in range(4)]
    labels = {f"p-{person['id']}": person["external_userid"] for person in people}
    who = list(labels)
    chat = await begin(scene, owner, f"s-{colleague}", who[0])

    async def agreed() -> bool:
        return await inside(scene, chat) == await truth(scene, chat, labels)

    await until(agreed)
    await scene.control("POST", f"groups/{chat}/invite", {"who": who[1:], "by": f"s-{owner}"})
    await until(agreed)
    await scene.control("POST", f"groups/{chat}/leave", {"who": who[0]})
    await scene.control("POST", f"groups/{chat}/remove", {"who": who[1], "by": owner})
    await until(agreed)
    change = {"name": "新群 13800138000", "owner": colleague, "notice": "文明"}
    await scene.control("PATCH", f"groups/{chat}", change)

    async def changed() -> bool:
        group = await known(scene, chat)
        return bool(group and group.owner_userid == colleague and group.notice == "文明")

    await until(changed)
    group = await known(scene, chat)
    assert group is not None
    assert group.name == "新群 138****8000"
    assert (group.members, group.customers, group.state) == (4, 2, "active")
    async with scene.ctx() as ctx:
        quits = await ctx.session.execute(
            select(Identity.value, GroupMember.quit)
            .join(Identity, Identity.id == GroupMember.identity_id)
            .where(GroupMember.left_at.is_not(None))
        )
        assert {row.value: row.quit for row in quits} == {
            labels[who[0]]: "left",
            labels[who[1]]: "removed",
        }
        newcomer = await ctx.session.scalar(
            select(GroupMember)
            .join(Identity, Identity.id == GroupMember.identity_id)
            .where(Identity.value == labels[who[2]])
        )
        customer = await ctx.session.scalar(
            select(Customer)
            .join(Identity, Identity.customer_id == Customer.id)
            .where(Identity.value == people[2]["unionid"])
        )
    assert (newcomer.join_scene, newcomer.invitor_userid) == (1, owner)
    assert customer.name == people[2]["name"]
    await scene.control("POST", f"groups/{chat}/dismiss")

    async def dismissed() -> bool:
        group = await known(scene, chat)
        return bool(group and group.state == "dismissed")

    await until(dismissed)
    assert await inside(scene, chat) == set()
    facts = await told(scene, chat)
    assert facts["group.updated"] >= 1
    del facts["group.updated"]  # the three changes may be read together or apart
    assert facts == {
        "group.created": 1,
        "group.member_joined": 6,
        "group.member_left": 2,
        "group.dismissed": 1,
    }


async def test_the_sync_finds_all_groups_and_goes_on(postgres, db, tmp_path):
    async with open_scene(postgres, db, tmp_path, customers=6, running=False) as scene:
        owner, colleague, *_ = await scene.staff()
        person = await scene.person()
        labels = {f"p-{person['id']}": person["external_userid"]}
        chats = [
            await begin(scene, (owner, colleague)[number % 2], *labels) for number in range(11)
        ]
        run = await sync(scene)
        assert (run.done, run.total) == (18, 18)
        for chat in chats:
            assert await inside(scene, chat) == await truth(scene, chat, labels)
            assert await told(scene, chat) == {"group.created": 1, "group.member_joined": 2}
        await scene.control("PUT", "admin/switches", {"group_settles_seconds": 0})
        await scene.control("POST", f"groups/{chats[0]}/dismiss")
        await scene.control("POST", f"groups/{chats[1]}/leave", {"who": next(iter(labels))})
        async with scene.ctx() as ctx:
            for group in await ctx.session.scalars(select(GroupChat)):
                group.pulled_at = ctx.now() - timedelta(hours=2)
                group.listed_at = ctx.now() - timedelta(hours=2)
                group.created_at = ctx.now() - timedelta(hours=2)
        await scene.control("PATCH", f"staff/{colleague}", {"status": 5})
        await sync(scene)
        for chat in chats[1:]:
            assert await inside(scene, chat) == await truth(scene, chat, labels)
        assert (await known(scene, chats[0])).state == "dismissed"
        assert [(await known(scene, chat)).succession for chat in chats[1:3]] == [1, 0]
        assert (await told(scene, chats[1]))["group.member_left"] == 1
        before = [await told(scene, chat) for chat in chats]
        await sync(scene)
        assert [await told(scene, chat) for chat in chats] == before


class Unreadable:
    """Groups of a client, one of which WeCom refuses for good."""

    def __init__(self, groups: Any, refused: str) -> None:
        self._groups = groups
        self._refused = refused

    def pages(self, *owners: Any) -> Any:
        return self._groups.pages(*owners)

    async def get(self, chat_id: str, **patience: Any) -> Any:
        if chat_id == self._refused:
            raise WeComUnreadable("no picture", "/cgi-bin/externalcontact/groupchat/get")
        return await self._groups.get(chat_id, **patience)


async def test_a_group_that_cannot_be_read_stops_no_other(postgres, db, tmp_path):
    async with open_scene(postgres, db, tmp_path, customers=6, running=False) as scene:
        owner, *_ = await scene.staff()
        first, second = [await begin(scene, owner) for _ in range(2)]
        client = SimpleNamespace(groups=Unreadable(scene.client.groups, first))
        at = await GroupSync(scene.db, scene.clock, scene.vaults).run(
            scene.tenant_id, client, await run_of(scene), {}
        )
        assert at.unread == 1
        assert await known(scene, first) is None
        assert await known(scene, second) is not None


class Shown:
    """A client that shows one picture of a group after another, the last for ever."""

    def __init__(self, *pictures: Any) -> None:
        self._pictures = list(pictures)
        self.groups = self

    async def client(self, _: int) -> "Shown":
        return self

    async def get(self, _chat_id: str, **_patience: Any) -> Any:
        return self._pictures.pop(0) if len(self._pictures) > 1 else self._pictures[0]


async def test_an_older_picture_never_covers_a_newer_one(postgres, db, tmp_path):
    async with open_scene(postgres, db, tmp_path, customers=6, running=False) as scene:
        owner, *_ = await scene.staff()
        people = [await scene.person() for _ in range(2)]
        chat = await begin(scene, owner, f"p-{people[0]['id']}")
        await scene.control("PUT", "admin/switches", {"group_settles_seconds": 0})
        old = await scene.client.groups.get(chat)
        await scene.control("POST", f"groups/{chat}/invite", {"who": [f"p-{people[1]['id']}"]})
        new = await scene.client.groups.get(chat)
        pictures = Pictures(scene.db, scene.clock, OneClient(scene.client), scene.vaults)
        earlier = scene.clock.now()
        await pictures.write(scene.tenant_id, new, scene.clock.now())
        await pictures.write(scene.tenant_id, old, earlier)
        now = {owner, *(person["external_userid"] for person in people)}
        assert await inside(scene, chat) == now
        # Written at the same time by many, each either writes or leaves it to the others.
        jobs = [
            pictures.write(scene.tenant_id, picture, scene.clock.now())
            for picture in (old, new) * 4
        ]
        outcomes = await asyncio.gather(*jobs, return_exceptions=True)
        assert all(outcome is None or isinstance(outcome, RetryLater) for outcome in outcomes)
        await pictures.write(scene.tenant_id, new, scene.clock.now())
        assert await inside(scene, chat) == now
        group = await known(scene, chat)
        assert group.member_version == new.member_version
        assert (group.members, group.customers) == (3, 2)


async def test_what_has_not_settled_is_read_again_and_takes_nobody_away(postgres, db, tmp_path):
    async with open_scene(postgres, db, tmp_path, customers=6, running=False) as scene:
        owner, *_ = await scene.staff()
        people = [await scene.person() for _ in range(2)]
        labels = {f"p-{person['id']}": person["external_userid"] for person in people}
        first, second = labels
        await scene.control("PUT", "admin/switches", {"group_settles_seconds": 0})
        chat = await begin(scene, owner, first)
        before = await scene.client.groups.get(chat)
        await scene.control("POST", f"groups/{chat}/invite", {"who": [second]})
        after = await scene.client.groups.get(chat)
        await scene.control("POST", f"groups/{chat}/leave", {"who": first})
        last = await scene.client.groups.get(chat)
        pictures = Pictures(scene.db, scene.clock, Shown(before, after, before, last), scene.vaults)
        job = RefreshGroup(chat)
        await pictures.refresh(scene.tenant_id, job)
        await until(lambda: waiting(scene, 3))
        await scene.reader.drain()  # now the version after both changes is known
        assert labels[first] not in await inside(scene, chat)

        async def read() -> bool:
            try:
                await pictures.refresh(scene.tenant_id, job)
            except RetryLater:
                assert labels[first] not in await inside(scene, chat)
                return False
            return True

        await until(read)
        assert await inside(scene, chat) == {owner, labels[second]}
        facts = await told(scene, chat)
        assert (facts["group.member_joined"], facts["group.member_left"]) == (3, 1)


async def waiting(scene: Scene, count: int) -> bool:
    """Tell whether so many callbacks have come."""
    from siyu.channels.wecom.inbox import WecomInbox

    async with scene.ctx() as ctx:
        return len((await ctx.session.scalars(select(WecomInbox.id))).all()) >= count
