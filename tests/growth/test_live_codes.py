"""Live codes: made once whatever happens, changed and removed in WeCom, refused with a sentence."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select, update

from siyu.accounts.models import StaffAccount
from siyu.channels.wecom.endpoints.contact_ways import QR_CODE, AddContactWayRequest
from siyu.core.errors import NotFound
from siyu.growth.channels.models import Channel
from siyu.growth.live_codes import service
from siyu.growth.live_codes.models import LiveCode
from siyu.growth.live_codes.schemas import LiveCodeWrite, Welcome
from tests.scene import Scene, open_scene, until
from tests.web import TestTenant

PICTURE = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
async def scene(postgres, db, tmp_path) -> AsyncIterator[Scene]:
    async with open_scene(postgres, db, tmp_path, customers=0, running=False) as opened:
        yield opened


async def wanted(scene: Scene, *, staff: int = 2) -> LiveCodeWrite:
    accounts = list((await scene.staff()).values())[:staff]
    async with scene.ctx() as ctx:
        channel = await ctx.session.scalar(select(Channel))
        if channel is None:
            channel = Channel(
                tenant_id=scene.tenant_id, name="卡", kind="parcel_card", created_at=ctx.now()
            )
            ctx.session.add(channel)
            await ctx.session.flush()
    return LiveCodeWrite(
        name="卡码",
        channel_id=channel.id,
        staff_account_ids=accounts,
        welcome=Welcome(text="欢迎"),
    )


async def settled(scene: Scene, live_code_id: int, state: str) -> LiveCode:
    """Return the code once it is in a state and WeCom has what is wanted."""

    async def reached() -> LiveCode | None:
        async with scene.ctx() as ctx:
            code = await ctx.session.get_one(LiveCode, (scene.tenant_id, live_code_id))
        done = code.applied_revision == code.revision or bool(code.failure)
        return code if code.state == state and done else None

    return await until(reached)


async def ways(scene: Scene) -> list[Any]:
    return [
        await scene.client.contact_way(config_id)
        async for config_id in scene.client.contact_way_ids()
    ]


async def test_a_code_is_made_changed_and_removed_in_wecom(scene):
    write = await wanted(scene)
    async with scene.ctx() as ctx:
        code = await service.create(ctx, write)
    made = await settled(scene, code.id, "active")
    (way,) = await ways(scene)
    assert (way.config_id, way.state, way.remark) == (made.config_id, made.state_token, "卡码")
    assert len(way.user) == 2
    assert (await scene.files.get(scene.tenant_id, made.qr_file)).content.startswith(PICTURE)
    write.name, write.staff_account_ids = "新名字", write.staff_account_ids[:1]
    async with scene.ctx() as ctx:
        await service.change(ctx, code.id, write)
    changed = await settled(scene, code.id, "active")
    (way,) = await ways(scene)
    assert (way.config_id, way.remark, len(way.user)) == (made.config_id, "新名字", 1)
    assert changed.qr_file == made.qr_file
    async with scene.ctx() as ctx:
        await service.remove(ctx, code.id)
    await settled(scene, code.id, "removed")
    assert await ways(scene) == []
    async with scene.ctx() as ctx:
        with pytest.raises(NotFound):
            await service.find(ctx, code.id)


async def test_a_way_that_was_made_unknown_is_found_and_not_made_twice(scene):
    write = await wanted(scene)
    async with scene.ctx() as ctx:
        code = await service.create(ctx, write)
        # As after a kill between WeCom's answer and its being stored.
        made = await scene.client.add_contact_way(
            AddContactWayRequest(
                type=2, scene=QR_CODE, state=code.state_token, user=list(await scene.staff())[:2]
            )
        )
        code.asked_at = ctx.now()
    found = await settled(scene, code.id, "active")
    assert found.config_id == made.config_id
    assert len(await ways(scene)) == 1


async def test_what_wecom_refuses_is_told_and_can_be_tried_again(scene):
    write = await wanted(scene)
    async with scene.ctx() as ctx:
        code = await service.create(ctx, write)
        await ctx.session.flush()
        # Nobody can make a code for a name that WeCom does not know.
        await ctx.session.execute(
            update(StaffAccount)
            .where(StaffAccount.id.in_(write.staff_account_ids))
            .values(userid=StaffAccount.userid + "-gone")
        )
    failed = await settled(scene, code.id, "failed")
    assert failed.failure
    async with scene.ctx() as ctx:
        await ctx.session.execute(
            update(StaffAccount)
            .where(StaffAccount.id.in_(write.staff_account_ids))
            .values(userid=func.replace(StaffAccount.userid, "-gone", ""))
        )
        await service.retry(ctx, code.id)
    made = await settled(scene, code.id, "active")
    assert made.failure == ""
    assert len(await ways(scene)) == 1


@pytest.fixture
async def shop(site) -> TestTenant:
    return await site.tenant()


@pytest.fixture
async def planner(shop) -> httpx.AsyncClient:
    return await shop.employee("planner")


async def make_channel(planner: httpx.AsyncClient, name: str = "包裹卡") -> int:
    answer = await planner.post("/api/channels", json={"name": name, "kind": "parcel_card"})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def test_the_doors_of_live_codes(shop, planner):
    body = {
        "name": "码",
        "channel_id": await make_channel(planner),
        "staff_account_ids": [shop.staff["planner"]],
        "welcome": {
            "text": "你好，{客户昵称}",
            "attachments": [{"kind": "link", "title": "指南", "url": "https://shop.test/a"}],
        },
    }
    made = await planner.post("/api/live-codes", json=body)
    assert made.status_code == 201, made.text
    code = made.json()
    assert (code["state"], code["friends_ever"], code["orders"]) == ("creating", 0, None)
    assert code["welcome"]["attachments"][0]["kind"] == "link"
    path = f"/api/live-codes/{code['id']}"
    assert (await planner.get(path)).json() == code
    assert [row["id"] for row in (await planner.get("/api/live-codes")).json()["items"]] == [
        code["id"]
    ]
    assert (await planner.get("/api/live-codes", params={"q": "无"})).json()["items"] == []
    assert (await planner.get(f"{path}/qr.png")).status_code == 404
    changed = await planner.put(path, json=body | {"name": "新码"})
    assert changed.json()["name"] == "新码"
    assert (await planner.post(f"{path}/retry")).status_code == 409
    assert (await planner.delete(path)).status_code == 204
    assert (await planner.get(path)).json()["state"] == "deleting"
    assert (await planner.put(path, json=body)).status_code == 409


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "  "}, "name"),
        ({"channel_id": 999_999}, "channel_id"),
        ({"staff_account_ids": [999_999]}, "staff_account_ids"),
        ({"tag_ids": [999_999]}, "tag_ids"),
        ({"welcome": {"text": "字" * 1400}}, "welcome.text"),
        (
            {
                "welcome": {
                    "attachments": [{"kind": "link", "title": "字" * 50, "url": "https://a.test"}]
                }
            },
            "welcome.attachments.0.title",
        ),
    ],
)
async def test_what_wecom_would_refuse_is_refused_with_the_field(shop, planner, change, field):
    body = {
        "name": "码",
        "channel_id": await make_channel(planner),
        "staff_account_ids": [shop.staff["planner"]],
    }
    answer = await planner.post("/api/live-codes", json=body | change)
    assert answer.status_code == 400, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_channels_add_up_what_was_shown(planner):
    channel = await make_channel(planner)
    for count in (300, 200):
        answer = await planner.post(f"/api/channels/{channel}/exposures", json={"count": count})
        assert answer.status_code == 204
    other = await make_channel(planner, "门店")
    rows = {row["id"]: row for row in (await planner.get("/api/channels")).json()["items"]}
    assert (rows[channel]["exposed"], rows[other]["exposed"]) == (500, None)
    names = (await planner.get("/api/channels/names")).json()["items"]
    assert names == [{"id": row["id"], "name": row["name"]} for row in rows.values()]
    taken = await planner.patch(f"/api/channels/{other}", json={"name": "包裹卡"})
    assert taken.status_code == 409
    renamed = await planner.patch(f"/api/channels/{other}", json={"note": "新店"})
    assert (renamed.json()["name"], renamed.json()["note"]) == ("门店", "新店")


async def test_staff_may_look_and_not_change(shop, planner):
    staff = await shop.employee("staff")
    body = {
        "name": "码",
        "channel_id": await make_channel(planner),
        "staff_account_ids": [shop.staff["planner"]],
    }
    code = (await planner.post("/api/live-codes", json=body)).json()["id"]
    assert (await staff.get("/api/live-codes")).status_code == 200
    assert (await staff.post("/api/live-codes", json=body)).status_code == 403
    assert (await staff.delete(f"/api/live-codes/{code}")).status_code == 403
    assert (await staff.post("/api/channels", json={"name": "x"})).status_code == 403
