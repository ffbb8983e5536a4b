"""The directory through the gateway, and as the admin changes it in the console."""

import asyncio
from collections.abc import Awaitable
from typing import Any

import pytest

from siyu.channels.wecom.endpoints import directory_changes as rows
from siyu.channels.wecom.endpoints import messages
from siyu.channels.wecom.errors import RequestRefused, WeComError
from siyu.channels.wecom.events import DepartmentChanged, DirectoryTagChanged, StaffChanged
from siyu.channels.wecom.lenient import read
from tests.conformance.callbacks import listening
from tests.conformance.meeting import AGENT, Meeting

NEW = {"userid": "xiaoyu", "name": "小鱼", "department": 2, "mobile": "13812345678"}


async def code_of(call: Awaitable[Any]) -> int:
    with pytest.raises(WeComError) as caught:
        await call
    return caught.value.errcode


def new_user(**more: Any) -> rows.CreateUserRequest:
    return rows.CreateUserRequest(**{**NEW, "department": [2], **more})


async def test_departments_are_made_moved_and_deleted(met: Meeting) -> None:
    org = met.client.organisation
    number = await org.create_department(rows.CreateDepartmentRequest(name="直播组", parentid=3))
    await org.update_department(rows.UpdateDepartmentRequest(id=number, name="直播部", parentid=1))
    seen = await org.department(number)
    assert (seen.name, seen.parentid) == ("直播部", 1)
    assert number in {one.id for one in await org.department_ids()}
    make = rows.CreateDepartmentRequest
    assert await code_of(org.create_department(make(name="直播部", parentid=1))) == 60008
    assert await code_of(org.create_department(make(name="直播部", parentid=99))) == 60004
    assert await code_of(org.create_department(make(name="a:b", parentid=1))) == 60009
    inner = await org.create_department(make(name="一组", parentid=number))
    loop = rows.UpdateDepartmentRequest(id=number, parentid=inner)
    assert await code_of(org.update_department(loop)) == 60010
    assert await code_of(org.delete_department(number)) == 60006
    assert await code_of(org.delete_department(1)) == 60007
    assert await code_of(org.delete_department(2)) == 60005
    await org.delete_department(inner)
    await org.delete_department(number)
    assert await code_of(org.department(number)) == 60003


async def test_staff_join_change_and_leave(met: Meeting) -> None:
    client, org = met.client, met.client.organisation
    await org.create_user(new_user(position="顾问"))
    await org.update_user(rows.UpdateUserRequest(userid="xiaoyu", name="大鱼", department=[3]))
    seen = await client.user("xiaoyu")
    assert (seen.name, seen.department, seen.position) == ("大鱼", (3,), "顾问")
    assert await code_of(org.create_user(new_user())) == 60102
    assert await code_of(org.create_user(new_user(userid="other"))) == 60104
    other = new_user(userid="other", mobile="13900000001")
    assert await code_of(org.create_user(rows.CreateUserRequest(
        userid="x", name="x", mobile="1", department=[99]))) == 60123  # fmt: skip
    await org.create_user(other)
    await org.delete_users(["xiaoyu"])
    await org.delete_users(["other", (await client.follow_users())[0]])
    assert await code_of(client.user("xiaoyu")) == 60111
    listed = {member.userid async for member in client.memberships()}
    assert not listed & {"xiaoyu", "other"}


async def test_the_console_is_told_and_the_api_is_not(met: Meeting) -> None:
    leaver = (await met.client.follow_users())[0]
    async with listening(met) as listener:
        await met.client.organisation.create_user(new_user(userid="silent", mobile="13900000001"))
        await met.control("POST", "admin/staff", NEW)
        joined = await listener.next(StaffChanged)
        assert (joined.change_type, joined.user_id) == ("create_user", "xiaoyu")
        assert (joined.name, joined.departments) == ("小鱼", "2")
        await met.control("PATCH", "admin/staff/xiaoyu", {"department": 3})
        moved = await listener.next(StaffChanged)
        assert (moved.change_type, moved.departments) == ("update_user", "3")
        assert "Name" not in moved.raw
        await met.control("POST", f"staff/{leaver}/resign")
        left = await listener.next(StaffChanged)
        assert (left.change_type, left.user_id) == ("delete_user", leaver)
        made = await met.control("POST", "admin/departments", {"name": "直播部"})
        party = await listener.next(DepartmentChanged)
        assert (party.change_type, party.id, party.parent_id) == ("create_party", made["id"], 1)
        await met.control("DELETE", f"admin/departments/{made['id']}")
        assert (await listener.next(DepartmentChanged)).change_type == "delete_party"
    assert await code_of(met.client.user(leaver)) == 60111
    assert "60008" in await met.refused("POST", "admin/departments", {"name": "门店零售部"})


async def test_tags_are_carried_by_accounts_and_departments(met: Meeting) -> None:
    first, second = (await met.client.follow_users())[:2]
    org = met.client.organisation
    tagid = await org.create_tag("值班")
    await org.rename_tag(tagid, "今日值班")
    assert [(tag.tagid, tag.tagname) for tag in await org.tags()] == [(tagid, "今日值班")]
    assert await code_of(org.create_tag("今日值班")) == 40071
    reply = await org.tag_members(tagid, [first, second, "nobody"], [2, 99])
    assert (reply.invalidlist, reply.invalidparty) == ("nobody", (99,))
    await org.untag_members(tagid, [second])
    tag = await org.tag(tagid)
    assert ([user.userid for user in tag.userlist], tag.partylist) == ([first], (2,))
    async with listening(met) as listener:
        change = {"add": [second], "remove": [first], "remove_departments": [2]}
        await met.control("POST", f"admin/directory-tags/{tagid}/members", change)
        told = await listener.next(DirectoryTagChanged)
    assert (told.tag_id, told.added_users, told.removed_users) == (tagid, second, first)
    assert told.removed_departments == "2"
    text = messages.MessageText(content="值班提醒")
    await met.client.app_messages.send(
        messages.MessageRequest(agentid=AGENT, totag=str(tagid), msgtype="text", text=text)
    )
    counts = [
        len((await met.control("GET", f"staff/{userid}/app-messages"))["items"])
        for userid in (first, second)
    ]
    assert counts == [0, 1]
    await org.delete_tag(tagid)
    assert await code_of(org.tag(tagid)) == 40068


async def test_the_application_changes_itself(met: Meeting) -> None:
    org = met.client.organisation
    request = rows.SetAgentRequest(
        agentid=AGENT, name="私域", description="客户运营", home_url="https://siyu.example/"
    )
    await org.set_agent(request)
    seen = await met.client.agent()
    assert (seen.name, seen.home_url) == ("私域", "https://siyu.example/")
    assert [(one.agentid, one.name) for one in await org.agents()] == [(AGENT, "私域")]
    other = rows.SetAgentRequest(agentid=AGENT + 1, name="别的")
    assert await code_of(org.set_agent(other)) == 301002


async def test_writing_needs_its_own_permission(met: Meeting) -> None:
    await met.control("PUT", f"admin/app/{AGENT}/permissions", {"directory_write": False})
    org = met.client.organisation
    codes = await asyncio.gather(
        code_of(org.create_user(new_user())), code_of(org.create_tag("值班"))
    )
    assert codes == [48002, 48002]
    assert await org.tags() == ()


async def test_what_breaks_a_rule_does_not_leave(met: Meeting) -> None:
    org = met.client.organisation
    for call in (
        org.create_user(new_user(mobile=None)),
        org.create_user(new_user(department=[])),
        org.create_tag(""),
        org.tag_members(1),
        org.create_department(rows.CreateDepartmentRequest(name="长" * 65, parentid=1)),
    ):
        with pytest.raises(RequestRefused):
            await call
    for path, body, code in (
        ("user/create", {**NEW, "department": [1, 2]}, 60110),
        ("user/create", {"userid": "a", "name": "a", "department": [1]}, 60129),
        ("user/create", {"userid": "a", "name": "a", "mobile": "1"}, 60127),
        ("tag/addtagusers", {"tagid": 9, "userlist": ["a"]}, 40068),
        ("user/batchdelete", {"useridlist": []}, 40031),
    ):
        assert (await met.raw(path, body))["errcode"] == code


def test_odd_answers_about_the_directory_are_read_all_the_same() -> None:
    odd = {"tagname": 5, "userlist": None, "partylist": ["2", "x"]}
    tag = read({**odd, "raw": odd}, rows.TagReply)
    assert (tag.tagname, tag.userlist, tag.partylist) == ("5", (), (2,))
