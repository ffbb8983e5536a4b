"""Customer service is listened to, once, whatever happens in between; nothing said is kept."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Text, func, literal_column, select

from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.events import ServiceMessagesWaiting, parse_event
from siyu.channels.wecom.reader import InboxReader
from siyu.composition import CheckedRules, Panels
from siyu.conversations.customer_service import (
    Listen,
    Listener,
    event_handlers,
    is_connected,
    waiting,
)
from siyu.conversations.models import ServiceChannel
from siyu.core.db import Database
from siyu.core.jobs import JobGone
from siyu.core.jobs.progress import JobRun
from siyu.core.postgres import EmbeddedPostgres
from siyu.core.stream.models import OutboxEvent, StreamEvent
from siyu.growth.live_codes.plans import LiveCodeOrigins
from siyu.people.audiences.terms import Names
from siyu.people.churn.models import SensitivityMark
from siyu.people.identity.identities import identify
from siyu.people.models import IdentityTag, Tag, TagGroup
from siyu.people.tags import rules
from siyu.people.tags.rule_schemas import TagRuleDraft
from siyu.people.tags.triggers import Said
from tests.scene import OneClient, Scene, open_scene, until

KNOWN = CheckedRules(Names(LiveCodeOrigins(), Panels()))
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@dataclass
class Desk:
    """A scene with an account of customer service."""

    scene: Scene
    open_kfid: str

    @property
    def listener(self) -> Listener:
        return Listener(self.scene.db, self.scene.clock, OneClient(self.scene.client))

    async def enter(self, *, known: bool = True) -> tuple[int, str]:
        """Return a person who opened the chat, a customer of the tenant or not."""
        person = await self.scene.person()
        body = {"person": person["id"], "open_kfid": self.open_kfid}
        await self.scene.control("POST", "service/enter", body)
        if known:
            async with self.scene.ctx() as ctx:
                await identify(ctx, "external_userid", "", person["external_userid"])
        return person["id"], person["external_userid"]

    async def say(self, person: int, words: str) -> None:
        said = {"person": person, "text": words}
        await self.scene.control("POST", f"service/{self.open_kfid}/say", said)

    async def called(self) -> None:
        """Let WeCom's own callback come in and be dealt with."""
        reader = InboxReader(self.scene.db, self.scene.clock, event_handlers())

        async def there() -> bool:
            await reader.drain()
            async with self.scene.ctx() as ctx:
                return bool((await ctx.session.scalars(select(ServiceChannel.token))).first())

        await until(there)

    async def told(self, token: str = "") -> None:
        """Hear a callback, whatever its token."""
        body = (
            "<xml><ToUserName>ww</ToUserName><CreateTime>1700000000</CreateTime>"
            "<MsgType>event</MsgType><Event>kf_msg_or_event</Event>"
            f"<Token>{token}</Token><OpenKfId>{self.open_kfid}</OpenKfId></xml>"
        )
        event = parse_event(body.encode())
        assert isinstance(event, ServiceMessagesWaiting)
        async with self.scene.ctx() as ctx:
            assert await waiting(ctx, [event, event]) == ["heard", "heard"]

    async def listen(self) -> None:
        await self.listener.run(self.scene.tenant_id, Listen(self.open_kfid))

    async def marks(self) -> list[tuple[str, list[str], str]]:
        async with self.scene.ctx() as ctx:
            rows = await ctx.session.scalars(select(SensitivityMark).order_by(SensitivityMark.id))
            return [(one.state, list(one.words), one.source) for one in rows]


@pytest.fixture
async def desk(postgres: EmbeddedPostgres, db: Database, tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_scene(postgres, db, tmp_path, customers=2, running=False) as scene:
        picture = await scene.client.upload_media("image", "头像.png", PNG)
        open_kfid = await scene.client.service.add_account("小鲸鱼客服", picture.media_id)
        yield Desk(scene, open_kfid)


async def test_what_customers_write_marks_and_tags_them_once(desk: Desk) -> None:
    scene = desk.scene
    person, _ = await desk.enter()
    stranger, _ = await desk.enter(known=False)
    async with scene.ctx() as ctx:
        assert not await is_connected(ctx)
        group = TagGroup(tenant_id=scene.tenant_id, wecom_id=None, name="内部")
        ctx.session.add(group)
        await ctx.session.flush()
        tag = Tag(tenant_id=scene.tenant_id, wecom_id=None, group_id=group.id, name="要投诉")
        ctx.session.add(tag)
        await ctx.session.flush()
        tag_id = tag.id
        await rules.save(ctx, KNOWN, TagRuleDraft("投诉", Said(("投诉",)), add=(tag_id,)))
    await desk.say(person, "在吗")
    await desk.say(person, "再骚扰我就投诉，电话 13812345678")
    await desk.say(stranger, "我也要投诉")
    await desk.called()
    await desk.listen()
    assert await desk.marks() == [("found", ["骚扰", "投诉"], "service")]
    async with scene.ctx() as ctx:
        assert await is_connected(ctx)
        assert (await ctx.session.scalars(select(IdentityTag.tag_id))).all() == [tag_id]
        mark = (await ctx.session.scalars(select(SensitivityMark))).one()
        mark.state = "dismissed"
    await desk.told()
    await desk.listen()
    assert [state for state, *_ in await desk.marks()] == ["dismissed"]
    await desk.say(person, "退订")
    await asyncio.gather(*(desk.listen() for _ in range(3)))
    assert await desk.marks() == [("found", ["退订", "骚扰", "投诉"], "service")]


async def test_whoever_is_broken_off_hears_the_page_again(desk: Desk) -> None:
    person, _ = await desk.enter()
    await desk.say(person, "拉黑")
    await desk.told()

    class Killed(Exception):
        pass

    class Breaks(Listener):
        async def _page(self, tenant_id: int, client: WecomClient, open_kfid: str) -> bool:
            await super()._page(tenant_id, client, open_kfid)
            raise Killed

    class Dies(OneClient):
        async def client(self, _: int) -> WecomClient:
            raise Killed

    with pytest.raises(Killed):
        await Listener(desk.scene.db, desk.scene.clock, Dies(desk.scene.client)).run(
            desk.scene.tenant_id, Listen(desk.open_kfid)
        )
    assert await desk.marks() == []
    breaks = Breaks(desk.scene.db, desk.scene.clock, OneClient(desk.scene.client))
    with pytest.raises(Killed):
        await breaks.run(desk.scene.tenant_id, Listen(desk.open_kfid))
    await desk.listen()
    assert await desk.marks() == [("found", ["拉黑"], "service")]


async def test_nothing_that_was_said_is_kept(desk: Desk) -> None:
    person, _ = await desk.enter()
    await desk.say(person, "我住翠微路九号，别再发了")
    await desk.told("expired")
    await desk.listen()
    assert await desk.marks() == [("found", ["别再发"], "service")]
    async with desk.scene.db.system() as session:
        for model in (OutboxEvent, StreamEvent, JobRun, SensitivityMark, ServiceChannel):
            whole = literal_column(model.__table__.name).cast(Text)
            held = select(func.count()).select_from(model).where(whole.contains("翠微路"))
            assert await session.scalar(held) == 0


async def test_an_account_nobody_told_of_is_gone(desk: Desk) -> None:
    with pytest.raises(JobGone):
        await desk.listener.run(desk.scene.tenant_id, Listen("wkNobody"))
    async with desk.scene.ctx() as ctx:
        assert (await ctx.session.scalars(select(ServiceChannel))).all() == []
