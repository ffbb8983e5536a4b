"""From a scanned code to a known customer: siyu and the simulated world, over HTTP."""

from collections import Counter
from collections.abc import AsyncIterator
from functools import partial

import pytest
from sqlalchemy import select

from siyu.channels.wecom.inbox import WecomInbox
from siyu.core.stream.events import select_events, to_event
from siyu.growth.channels import service as channels
from siyu.growth.channels.schemas import NewChannel
from siyu.growth.live_codes import service as live_codes
from siyu.growth.live_codes.models import LiveCode
from siyu.growth.live_codes.schemas import LiveCodeWrite, Welcome, WelcomeLink
from siyu.messaging.models import WelcomeAttempt
from siyu.people.models import Contact, ContactTag, Customer, Tag
from siyu.people.tags.mirror import sync_tags
from tests.scene import Scene, open_scene, until


@pytest.fixture
async def scene(postgres, db, tmp_path) -> AsyncIterator[Scene]:
    async with open_scene(postgres, db, tmp_path) as opened:
        yield opened


async def make_code(scene: Scene, *, staff: int = 2, text: str = "你好，{客户昵称}") -> LiveCode:
    await sync_tags(scene.db, scene.clock, scene.tenant_id, scene.client)
    accounts = list((await scene.staff()).values())[:staff]
    async with scene.ctx() as ctx:
        tags = (await ctx.session.scalars(select(Tag.id).order_by(Tag.id).limit(2))).all()
        channel = await channels.create(ctx, NewChannel(name="包裹卡", kind="parcel_card"))
        code = await live_codes.create(
            ctx,
            LiveCodeWrite(
                name="包裹卡活码",
                channel_id=channel.id,
                staff_account_ids=accounts,
                tag_ids=list(tags),
                welcome=Welcome(
                    text=text,
                    attachments=[
                        WelcomeLink(title="断奶指南", url="http://shop.test/guide?from=card")
                    ],
                ),
            ),
        )

    async def made() -> LiveCode | None:
        async with scene.ctx() as ctx:
            found = await ctx.session.get_one(LiveCode, (scene.tenant_id, code.id))
            assert found.state != "failed", found.failure
            return found if found.state == "active" else None

    return await until(made)


async def facts(scene: Scene) -> list:
    async with scene.ctx() as ctx:
        rows = await ctx.session.execute(select_events())
        return [to_event(row) for row in rows]


async def finished_welcome(scene: Scene) -> WelcomeAttempt | None:
    """Return the only welcome once its outcome is written; nothing else waits for that."""
    async with scene.ctx() as ctx:
        attempt = (await ctx.session.scalars(select(WelcomeAttempt))).one_or_none()
        return attempt if attempt is not None and attempt.state != "sending" else None


async def test_from_a_scanned_code_to_a_known_customer(scene):
    assert scene.proofs == 1
    code = await make_code(scene)
    assert code.qr_file.endswith(".png")
    assert (await scene.files.get(scene.tenant_id, code.qr_file)).content.startswith(b"\x89PNG")
    person = await scene.person()
    await scene.scan(person["id"], code.config_id)

    async def tagged() -> bool:
        async with scene.ctx() as ctx:
            return len((await ctx.session.scalars(select(ContactTag))).all()) == 2

    await until(tagged)

    async def detailed() -> Customer | None:
        async with scene.ctx() as ctx:
            customer = (await ctx.session.scalars(select(Customer))).one()
            return customer if customer.name else None

    customer = await until(detailed)
    assert customer.name == person["name"]
    async with scene.ctx() as ctx:
        contact = (await ctx.session.scalars(select(Contact))).one()
    attempt = await until(partial(finished_welcome, scene))
    assert contact.state == "active"
    assert contact.first_add_at == contact.added_at == attempt.added_at
    assert (contact.live_code_id, contact.channel_id) == (code.id, code.channel_id)
    assert (attempt.state, attempt.tries) == ("sent", 1)
    messages = await scene.chats(person["id"])
    assert messages[0]["text"] == f"你好，{person['name']}"

    # Written by four who do not wait for each other.
    expected = {
        "touch.created": 2,
        "tag.marked": 2,
        "contact.added": 1,
        "welcome.sent": 1,
        "customer.created": 1,
    }

    async def counted() -> list | None:
        told = await facts(scene)
        found = Counter(event.type for event in told)
        return told if all(found[kind] >= times for kind, times in expected.items()) else None

    told = await until(counted)
    assert Counter(event.type for event in told if event.type in expected) == expected
    touches = [event for event in told if event.type == "touch.created"]
    assert {e.properties["kind"] for e in touches} == {"code", "welcome"}
    assert len({e.identity_id for e in touches}) == 1


async def test_deleting_and_adding_again_are_told_apart(scene):
    code = await make_code(scene, staff=1)
    userid = next(iter(await scene.staff()))
    person = await scene.person()

    async def is_now(state: str, by: str | None) -> None:
        async def holds() -> bool:
            async with scene.ctx() as ctx:
                contact = (await ctx.session.scalars(select(Contact))).one_or_none()
                return contact is not None and (contact.state, contact.lost_by) == (state, by)

        await until(holds)

    await scene.scan(person["id"], code.config_id)
    await is_now("active", None)
    await scene.control("POST", "admin/clock", {"seconds": 5})
    await scene.control("POST", f"people/{person['id']}/delete-staff", {"userid": userid})
    await is_now("lost", "customer")
    await scene.control("POST", "admin/clock", {"seconds": 5})
    await scene.scan(person["id"], code.config_id)
    await is_now("active", None)
    await scene.control("POST", "admin/clock", {"seconds": 5})
    await scene.control("POST", f"staff/{userid}/delete-customer", {"person": person["id"]})
    await is_now("lost", "staff")

    async def told() -> Counter[str] | None:
        found = Counter(event.type for event in await facts(scene))
        return found if found["contact.lost"] == 2 else None

    found = await until(told)
    assert (found["contact.added"], found["contact.readded"]) == (1, 1)
    async with scene.ctx() as ctx:
        rows = (await ctx.session.execute(select(WecomInbox.state, WecomInbox.fate))).all()
    assert {row.state for row in rows} == {"done"}
