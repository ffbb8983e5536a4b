"""Welcomes: once, in time, or given up with a reason; also when a worker dies in between."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.events import parse_event
from siyu.channels.wecom.inbox import InboxWriter, WecomInbox, letter_of
from siyu.content.schemas import MaterialDraft
from siyu.content.service import archive_material, create_material, publish_material
from siyu.core.errors import Invalid
from siyu.core.files import Files
from siyu.core.stream.events import select_events, to_event
from siyu.growth.channels import service as channels
from siyu.growth.channels.schemas import NewChannel
from siyu.growth.live_codes import service as live_codes
from siyu.growth.live_codes.models import LiveCode
from siyu.growth.live_codes.plans import LiveCodePlans
from siyu.growth.live_codes.schemas import (
    LiveCodeWrite,
    Welcome,
    WelcomeArticle,
    WelcomeImage,
    WelcomeLink,
)
from siyu.messaging.models import MediaAsset, Touch, WelcomeAttempt
from siyu.messaging.queueing import take
from siyu.messaging.welcomes import WelcomeSender
from tests.scene import PUBLIC_BASE, Scene, open_scene, until

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@pytest.fixture
async def scene(postgres, db, tmp_path) -> AsyncIterator[Scene]:
    async with open_scene(postgres, db, tmp_path, customers=0, running=False) as opened:
        yield opened


async def make_code(scene: Scene, welcome: Welcome) -> LiveCode:
    staff = list((await scene.staff()).values())[:1]
    async with scene.ctx() as ctx:
        channel = await channels.create(ctx, NewChannel(name="包裹卡"))
        code = await live_codes.create(
            ctx,
            LiveCodeWrite(
                name="码", channel_id=channel.id, staff_account_ids=staff, welcome=welcome
            ),
        )

    async def made() -> LiveCode | None:
        async with scene.ctx() as ctx:
            found = await ctx.session.get_one(LiveCode, (scene.tenant_id, code.id))
            return found if found.state == "active" else None

    return await until(made)


async def scanned(scene: Scene, code: LiveCode) -> int:
    """Let a new person scan; return once the callback is stored."""
    person = (await scene.person())["id"]
    async with scene.ctx() as ctx:
        known = len((await ctx.session.scalars(select(WecomInbox.id))).all())
    await scene.scan(person, code.config_id)

    async def stored() -> bool:
        async with scene.ctx() as ctx:
            return len((await ctx.session.scalars(select(WecomInbox.id))).all()) > known

    await until(stored)
    return person


async def attempts(scene: Scene) -> list[WelcomeAttempt]:
    async with scene.ctx() as ctx:
        rows = await ctx.session.scalars(select(WelcomeAttempt).order_by(WelcomeAttempt.id))
        return list(rows)


async def told(scene: Scene, kind: str) -> list:
    """Return the facts of a type, once there are any."""

    async def found() -> list:
        async with scene.ctx() as ctx:
            rows = await ctx.session.execute(select_events())
            return [event for event in map(to_event, rows) if event.type == kind]

    return await until(found)


async def test_a_welcome_carries_its_touch_and_is_counted_once(scene):
    link = WelcomeLink(title="指南", url="http://shop.test/a?x=1")
    code = await make_code(scene, Welcome(text="欢迎", attachments=[link]))
    person = await scanned(scene, code)
    await scene.sender.drain()
    await scene.sender.drain()
    messages = await scene.chats(person)
    assert [message["kind"] for message in messages] == ["text", "link"]
    async with scene.ctx() as ctx:
        touch = (await ctx.session.scalars(select(Touch).where(Touch.kind == "welcome"))).one()
    assert messages[1]["url"].endswith(f"?x=1&t={touch.slug}")
    (sent,) = await told(scene, "welcome.sent")
    assert sent.touch_id == touch.id
    assert sent.properties["live_code_id"] == code.id
    assert 0 <= sent.properties["seconds"] < 20


async def test_an_own_article_goes_out_as_its_card_with_the_touch_in_its_address(scene):
    async with scene.ctx() as ctx:
        article = await create_material(
            ctx, MaterialDraft(title="辅食" * 32, summary="三个原则", body="<p>从少到多</p>")
        )
        draft = await create_material(ctx, MaterialDraft(title="稿", body="<p>x</p>"))
        await publish_material(ctx, article.id)
    with pytest.raises(Invalid) as refused:
        await make_code(scene, Welcome(attachments=[WelcomeArticle(material_id=draft.id)]))
    assert refused.value.errors[0].field == "welcome.attachments.0.material_id"
    code = await make_code(
        scene, Welcome(text="欢迎", attachments=[WelcomeArticle(material_id=article.id)])
    )
    person = await scanned(scene, code)
    await scene.sender.drain()
    _, card = await scene.chats(person)
    async with scene.ctx() as ctx:
        touch = (await ctx.session.scalars(select(Touch).where(Touch.kind == "welcome"))).one()
        await archive_material(ctx, article.id)
    assert card["url"] == f"{PUBLIC_BASE}/a/{article.slug}?t={touch.slug}"
    assert card["title"] == "辅食" * 21, "WeCom takes 128 bytes"
    # What was taken out of circulation since is not sent to the next one.
    other = await scanned(scene, code)
    await scene.sender.drain()
    assert [message["kind"] for message in await scene.chats(other)] == ["text"]


async def test_a_worker_killed_before_sending_is_taken_over(scene):
    code = await make_code(scene, Welcome(text="欢迎"))
    person = await scanned(scene, code)
    async with scene.ctx() as ctx:
        assert len(await take(ctx, LiveCodePlans(PUBLIC_BASE), 10)) == 1
    await lease(scene, timedelta(minutes=10))  # longer than a slow machine takes here
    await scene.sender.drain()
    assert await scene.chats(person) == []
    await lapse(scene)
    await scene.sender.drain()
    assert len(await scene.chats(person)) == 1
    (attempt,) = await attempts(scene)
    assert (attempt.state, attempt.tries) == ("sent", 2)


async def test_a_worker_killed_after_sending_neither_doubles_nor_loses(scene):
    code = await make_code(scene, Welcome(text="欢迎"))
    person = await scanned(scene, code)
    async with scene.ctx() as ctx:
        (due,) = await take(ctx, LiveCodePlans(PUBLIC_BASE), 10)
    await scene.client.send_welcome(due.code, text="欢迎")
    await lapse(scene)
    await scene.sender.drain()
    assert len(await scene.chats(person)) == 1
    (attempt,) = await attempts(scene)
    assert (attempt.state, attempt.reason) == ("sent", "confirmed")
    assert len(await told(scene, "welcome.sent")) == 1


async def test_a_worker_overtaken_after_its_lease_does_not_deny_what_the_other_sent(scene):
    code = await make_code(scene, Welcome(text="欢迎"))
    await scanned(scene, code)
    async with scene.ctx() as ctx:
        (due,) = await take(ctx, LiveCodePlans(PUBLIC_BASE), 10)
    await scene.client.send_welcome(due.code, text="欢迎")  # the other worker
    late = due._replace(lease_until=scene.clock.now())
    outcome = await scene.sender._send(scene.client, late)
    assert (outcome.state, outcome.reason) == ("sent", "confirmed")


async def test_a_welcome_whose_code_was_removed_meanwhile_is_given_up_and_told(scene):
    code = await make_code(scene, Welcome(text="欢迎"))
    person = await scanned(scene, code)
    async with scene.ctx() as ctx:
        assert len(await take(ctx, LiveCodePlans(PUBLIC_BASE), 10)) == 1
        await ctx.session.execute(update(WelcomeAttempt).values(live_code_id=None))
    await lapse(scene)
    await scene.sender.drain()
    (attempt,) = await attempts(scene)
    assert (attempt.state, attempt.reason) == ("given_up", "code_removed")
    (given_up,) = await told(scene, "welcome.given_up")
    assert given_up.properties["reason"] == "code_removed"
    assert await scene.chats(person) == []


async def test_a_code_that_another_application_used_is_given_up(scene):
    code = await make_code(scene, Welcome(text="欢迎"))
    await scanned(scene, code)
    async with scene.ctx() as ctx:
        row = (await ctx.session.scalars(select(WecomInbox))).one()
        welcome_code = row.body.split(b"<WelcomeCode><![CDATA[")[1].split(b"]")[0].decode()
    await scene.client.send_welcome(welcome_code, text="别的应用")
    await scene.sender.drain()
    (attempt,) = await attempts(scene)
    assert (attempt.state, attempt.reason) == ("given_up", "chat_started")
    (given_up,) = await told(scene, "welcome.given_up")
    assert given_up.properties["reason"] == "chat_started"
    async with scene.ctx() as ctx:
        kinds = {e.type for e in map(to_event, await ctx.session.execute(select_events()))}
    assert "touch.created" not in kinds


async def test_a_late_welcome_is_given_up_without_a_call(scene):
    code = await make_code(scene, Welcome(text="欢迎"))
    person = await scanned(scene, code)
    async with scene.ctx() as ctx:
        await ctx.session.execute(
            update(WecomInbox).values(occurred_at=WecomInbox.occurred_at - timedelta(seconds=30))
        )
    await scene.sender.drain()
    (attempt,) = await attempts(scene)
    assert (attempt.state, attempt.reason) == ("given_up", "too_late")
    assert await scene.chats(person) == []


async def test_pictures_are_uploaded_ahead_and_renewed(scene, tmp_path):
    files = Files(f"file://{tmp_path}")
    key = await files.put(scene.tenant_id, PNG, "image/png")
    code = await make_code(scene, Welcome(text="欢迎", attachments=[WelcomeImage(file_id=key)]))
    await scene.media.step()
    assert await scene.media.step() == 0
    person = await scanned(scene, code)
    await scene.sender.drain()
    assert [message["kind"] for message in await scene.chats(person)] == ["text", "image"]
    async with scene.ctx() as ctx:
        asset = (await ctx.session.scalars(select(MediaAsset))).one()
        asset.expires_at = scene.clock.now() + timedelta(hours=3)
        asset.tried_at = scene.clock.now() - timedelta(days=2)
        before = asset.media_id
    await scene.media.step()
    async with scene.ctx() as ctx:
        asset = (await ctx.session.scalars(select(MediaAsset))).one()
    assert asset.media_id != before
    assert asset.expires_at > scene.clock.now() + timedelta(days=2)


async def test_nobody_waits_for_a_picture_that_is_not_there(scene, tmp_path):
    key = await Files(f"file://{tmp_path}").put(scene.tenant_id, PNG, "image/png")
    code = await make_code(scene, Welcome(text="欢迎", attachments=[WelcomeImage(file_id=key)]))
    person = await scanned(scene, code)
    await scene.sender.drain()
    assert [message["kind"] for message in await scene.chats(person)] == ["text"]


class Held:
    """Clients whose first welcome is held back until told; they serve one tenant only."""

    def __init__(self, tenant_id: int, client: WecomClient) -> None:
        self._tenant_id = tenant_id
        self._client = client
        self._first = True
        self.go = asyncio.Event()

    async def client(self, tenant_id: int) -> "Held":
        if tenant_id != self._tenant_id:  # what another test left behind may be due by now
            raise LookupError("another tenant's")
        return self

    async def send_welcome(self, code: str, **said: Any) -> None:
        held, self._first = self._first, False
        if held:
            await self.go.wait()
        await self._client.send_welcome(code, **said)


async def test_what_was_sent_is_recorded_while_another_still_waits(scene):
    code = await make_code(scene, Welcome(text="欢迎"))
    for _ in range(3):
        await scanned(scene, code)
    held = Held(scene.tenant_id, scene.client)
    sender = WelcomeSender(scene.db, scene.clock, held, LiveCodePlans(PUBLIC_BASE))
    await sender.step()
    assert len(await attempts(scene)) == 3

    async def two_recorded() -> bool:
        return [attempt.state for attempt in await attempts(scene)].count("sent") == 2

    await until(two_recorded)
    assert {attempt.state for attempt in await attempts(scene)} == {"sent", "sending"}
    held.go.set()
    await sender.settle()
    assert {attempt.state for attempt in await attempts(scene)} == {"sent"}
    sent = await told(scene, "welcome.sent")
    assert len({fact.touch_id for fact in sent}) == len(sent)


async def test_a_callback_that_cannot_be_written_holds_up_no_other(scene):
    code = await make_code(scene, Welcome(text="欢迎"))
    person = await scanned(scene, code)
    async with scene.ctx() as ctx:
        row = (await ctx.session.scalars(select(WecomInbox))).one()
    customer = row.lane.encode()
    odd = row.body.replace(customer, b"w" * 50_000)
    event = parse_event(odd)
    writer = InboxWriter(scene.db.ingest)
    await writer.append(letter_of(scene.tenant_id, event, odd, scene.clock.now()))
    await scene.sender.drain()
    assert len(await scene.chats(person)) == 1
    assert [attempt.state for attempt in await attempts(scene)] == ["sent"]
    async with scene.ctx() as ctx:
        assert set(await ctx.session.scalars(select(WecomInbox.urgent))) == {"done"}


class One:
    """The same client for every tenant."""

    def __init__(self, client: WecomClient) -> None:
        self._client = client

    async def client(self, _: int) -> WecomClient:
        return self._client


class Broken(LiveCodePlans):
    """Plans of which one tenant's cannot be read."""

    def __init__(self, tenant_id: int) -> None:
        super().__init__(PUBLIC_BASE)
        self._tenant_id = tenant_id

    async def by_state(self, ctx, states):
        if ctx.tenant_id == self._tenant_id:
            raise ValueError("a welcome that does not convert")
        return await super().by_state(ctx, states)


async def test_what_is_wrong_with_one_tenant_stops_no_other(scene, tenant_id):
    code = await make_code(scene, Welcome(text="欢迎"))
    person = await scanned(scene, code)
    async with scene.ctx() as ctx:
        row = (await ctx.session.scalars(select(WecomInbox))).one()
    writer = InboxWriter(scene.db.ingest)
    event = parse_event(row.body)
    broken = -tenant_id  # looked at first
    await writer.append(letter_of(broken, event, row.body, scene.clock.now()))
    sender = WelcomeSender(scene.db, scene.clock, One(scene.client), Broken(broken))
    await sender.drain()
    assert len(await scene.chats(person)) == 1
    assert [attempt.state for attempt in await attempts(scene)] == ["sent"]
    await scene.sender.drain()  # which leaves no other test the broken one


async def lapse(scene: Scene) -> None:
    """Let the leases of all attempts run out."""
    await lease(scene, timedelta(seconds=-1))


async def lease(scene: Scene, left: timedelta) -> None:
    """Let the leases of all attempts end so long from now."""
    async with scene.ctx() as ctx:
        await ctx.session.execute(
            update(WelcomeAttempt).values(lease_until=scene.clock.now() + left)
        )
