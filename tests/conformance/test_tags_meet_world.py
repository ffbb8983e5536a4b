"""Corp tags made, renamed, moved and deleted by siyu, and what the world refuses."""

import pytest

from siyu.channels.wecom.errors import RequestRefused, WeComError
from tests.conformance.meeting import Meeting


async def code_of(awaitable: object) -> int:
    with pytest.raises(WeComError) as caught:
        await awaitable  # type: ignore[misc]
    return caught.value.errcode


async def test_tags_are_made_renamed_ordered_and_deleted(met: Meeting) -> None:
    group = await met.client.add_corp_tags("会员等级", ["金卡", "银卡"])
    gold, silver = (tag.id for tag in group.tag)
    more = await met.client.tag_library.add(["铜卡", "金卡"], group_id=group.group_id)
    assert [tag.name for tag in more.tag] == ["铜卡"]  # 金卡 is there already
    await met.client.tag_library.edit(gold, name="黑金卡", order=9)
    await met.client.tag_library.edit(group.group_id, name="会员")
    (read,) = [g for g in await met.client.corp_tags() if g.group_id == group.group_id]
    assert read.group_name == "会员"
    assert {tag.name: tag.order for tag in read.tag} == {"黑金卡": 9, "银卡": 0, "铜卡": 0}
    await met.client.tag_library.delete(tag_ids=[silver])
    (read,) = [g for g in await met.client.corp_tags() if g.group_id == group.group_id]
    assert {tag.name for tag in read.tag} == {"黑金卡", "铜卡"}
    await met.client.tag_library.delete(group_ids=[group.group_id])
    assert group.group_id not in {g.group_id for g in await met.client.corp_tags()}


async def test_a_deleted_tag_is_taken_off_everybody(met: Meeting) -> None:
    userid = (await met.client.follow_users())[0]
    customer = (await met.client.contact_ids(userid))[0]
    group = await met.client.add_corp_tags("来源", ["门店"])
    await met.client.mark_tags(userid, customer, add=[group.tag[0].id])
    await met.client.tag_library.delete(tag_ids=[group.tag[0].id])
    found = (await met.client.contact(customer)).follow_user
    assert all(group.tag[0].id not in follow.corp_tag_ids for follow in found)
    assert group.group_id not in {g.group_id for g in await met.client.corp_tags()}


async def test_the_world_refuses_bad_edits(met: Meeting) -> None:
    one = await met.client.add_corp_tags("会员等级", ["金卡", "银卡"])
    other = await met.client.add_corp_tags("来源", ["门店"])
    gold, silver = (tag.id for tag in one.tag)
    assert await code_of(met.client.tag_library.edit(gold, name="银卡")) == 40071
    assert await code_of(met.client.tag_library.edit(one.group_id, name="来源")) == 40071
    await met.client.tag_library.edit(gold, name="金卡")  # its own name
    await met.client.tag_library.edit(other.tag[0].id, name="银卡")  # another group's
    assert await code_of(met.client.tag_library.edit("etNone", name="钻石")) == 40068
    assert await code_of(met.client.tag_library.delete(tag_ids=["etNone", silver])) == 40068
    assert silver in {tag.id for g in await met.client.corp_tags() for tag in g.tag}
    assert await code_of(met.client.tag_library.add(["铜卡"], group_id="etNone")) == 40068
    # what the client checks itself before it calls
    for coroutine in (
        met.client.tag_library.edit(gold, name="长" * 31),
        met.client.add_corp_tags("会员等级", ["长" * 31]),
        met.client.tag_library.delete(),
    ):
        with pytest.raises(RequestRefused):
            await coroutine
    edit = "externalcontact/edit_corp_tag"
    assert (await met.raw(edit, {"id": gold, "name": "长" * 31}))["errcode"] == 40072
    assert (await met.raw(edit, {"id": gold, "name": " "}))["errcode"] == 40071


async def test_there_is_a_cap_that_names_already_there_do_not_use_up(met: Meeting) -> None:
    have = sum(len(group.tag) for group in await met.client.corp_tags())
    await met.switch(tag_cap=have + 2)
    await met.client.add_corp_tags("会员等级", ["金卡", "银卡"])
    await met.client.add_corp_tags("会员等级", ["金卡", "银卡"])
    assert await code_of(met.client.add_corp_tags("会员等级", ["铜卡"])) == 40126
    assert await code_of(met.client.add_corp_tags("又一组", ["铜卡"])) == 40126
