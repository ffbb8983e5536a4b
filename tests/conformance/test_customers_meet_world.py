"""Customers under other ids, all who were served, and the figures of staff."""

from datetime import timedelta
from typing import Any

import pytest

from siyu.channels.wecom.endpoints import contacts
from siyu.channels.wecom.endpoints import identities as rows
from siyu.channels.wecom.endpoints.contacts import RemarkRequest
from siyu.channels.wecom.errors import RequestRefused, WeComError
from siyu.channels.wecom.lenient import read
from tests.conformance.meeting import Meeting

DAY = 86_400


async def person(met: Meeting, number: int) -> dict[str, Any]:
    return dict(await met.control("GET", f"people/{number}"))


async def noon(met: Meeting) -> None:
    """Go on to noon of the next day in China, so that no midnight passes by in the test."""
    now = (await met.now()).timestamp()
    await met.advance(DAY + 4 * 3600 - now % DAY)


async def test_a_wechat_user_waits_to_become_a_customer(met: Meeting) -> None:
    (userid,) = (await met.client.follow_users())[:1]
    customers = met.client.customers
    number, external = await met.newcomer()
    unionid = (await person(met, number))["unionid"]
    with pytest.raises(WeComError) as caught:
        await customers.by_unionid(unionid)
    assert caught.value.errcode == 84061
    openid = await customers.openid(external)
    waiting = await customers.of_wechat_user(unionid, openid)
    assert waiting.pending_id.startswith("p")
    assert waiting.external_userid == ""
    again = await customers.of_wechat_user(unionid, openid, rows.Subject.PROVIDER)
    assert again.pending_id == waiting.pending_id

    await met.control("POST", f"staff/{userid}/add-customer", {"person": number})
    assert await customers.by_unionid(unionid) == external
    assert (await customers.of_wechat_user(unionid, openid)).external_userid == external
    other = (await met.client.contact_ids(userid))[0]
    assert await customers.pending_ids([external, other, "wmX"]) == {external: waiting.pending_id}
    await met.advance(90 * DAY + 1)
    assert await customers.pending_ids([external]) == {}

    for wrong, code in (((unionid, "oX"), 610018), (("oX", openid), 610014)):
        with pytest.raises(WeComError) as caught:
            await customers.of_wechat_user(*wrong)
        assert caught.value.errcode == code


async def test_providers_know_customers_by_other_ids(met: Meeting) -> None:
    (userid,) = (await met.client.follow_users())[:1]
    first, second = (await met.client.contact_ids(userid))[:2]
    customers = met.client.customers
    service = await customers.service_id(first)
    assert service.startswith("wo")
    assert len(service) == len(first)
    found = await customers.new_ids([first, second, "wmX"])
    assert found.keys() == {first, second}
    assert found[first] == service != found[second]


async def test_everyone_served_is_listed_in_pages(met: Meeting) -> None:
    userid, other = (await met.client.follow_users())[:2]
    stranger, _ = await met.newcomer()
    friend, external = await met.newcomer(userid)
    invited = [f"p-{stranger}", f"p-{friend}"]
    group = await met.control("POST", "groups", {"userid": userid, "invited": invited})
    served = [one async for one in met.client.customers.served()]
    mine = {one.external_userid for one in served if one.follow_userid == other}
    assert mine == set(await met.client.contact_ids(other))
    inside = [one for one in served if one.chat_id == group["chat_id"]]
    assert {(one.is_customer, one.external_userid) for one in inside} == {
        (False, ""),
        (True, external),
    }
    assert all(one.tmp_openid and one.add_time for one in served)
    first = await met.raw("externalcontact/contact_list", {"limit": 7})
    assert len(first["info_list"]) == 7
    rest = await met.raw(
        "externalcontact/contact_list", {"limit": 7, "cursor": first["next_cursor"]}
    )
    assert rest["info_list"][0] != first["info_list"][0]


async def test_what_staff_did_is_counted_by_day(met: Meeting) -> None:
    (userid,) = (await met.client.follow_users())[:1]
    await noon(met)
    talker, _ = await met.newcomer(userid)
    quiet, _ = await met.newcomer(userid)
    say = {"userid": userid, "text": "在吗"}
    await met.control("POST", f"people/{talker}/say", say)
    await met.control("POST", f"people/{quiet}/say", say)
    await met.advance(600)
    for _ in range(2):
        told = {"person": talker, "text": "在的"}
        await met.control("POST", f"staff/{userid}/send", told)
    await met.control("POST", f"people/{quiet}/delete-staff", {"userid": userid})
    now = await met.now()
    behaviour = met.client.customers.behaviour
    before, today = await behaviour(now - timedelta(days=1), now, userids=[userid])
    assert (today.chat_cnt, today.message_cnt) == (1, 2)
    assert (today.reply_percentage, today.avg_reply_time) == (50.0, 10)
    assert (today.new_apply_cnt, today.new_contact_cnt) == (2, 2)
    assert today.negative_feedback_cnt == 1
    assert (before.chat_cnt, before.reply_percentage) == (0, None)
    assert today.stat_time - before.stat_time == DAY
    (everyone,) = await behaviour(now, now, departments=[1])
    assert everyone.new_contact_cnt == 2
    (nobody,) = await behaviour(now, now, userids=[(await met.client.follow_users())[1]])
    assert nobody.new_contact_cnt == 0


async def test_spans_of_figures_have_limits(met: Meeting) -> None:
    (userid,) = (await met.client.follow_users())[:1]
    now = await met.now()
    behaviour = met.client.customers.behaviour
    with pytest.raises(RequestRefused):
        await behaviour(now - timedelta(days=31), now, userids=[userid])
    with pytest.raises(RequestRefused):
        await behaviour(now, now)
    at, path = int(now.timestamp()), "externalcontact/get_user_behavior_data"
    for start, end in ((at - 40 * DAY, at), (at - 190 * DAY, at - 185 * DAY), (at, at + 2 * DAY)):
        body = {"userid": [userid], "start_time": start, "end_time": end}
        assert (await met.raw(path, body))["errcode"] == 40058


async def test_staff_are_found_by_what_they_are_reached_at(met: Meeting) -> None:
    (userid,) = (await met.client.follow_users())[:1]
    client = met.client
    await met.switch(new_app_privacy=False)
    mobile = (await client.user(userid)).mobile
    found = await client.call(rows.GET_STAFF_BY_MOBILE, rows.MobileRequest(mobile=mobile))
    assert found.userid == userid
    mail = rows.MailRequest(email=f"{userid}@XIAOJINGYU.example")
    assert (await client.call(rows.GET_STAFF_BY_MAIL, mail)).userid == userid
    openid = (
        await client.call(rows.GET_STAFF_OPENID, rows.StaffOpenidRequest(userid=userid))
    ).openid
    request = rows.StaffOfOpenidRequest(openid=openid)
    assert (await client.call(rows.GET_STAFF_OF_OPENID, request)).userid == userid
    for path, body, code in (
        ("user/getuserid", {"mobile": "0"}, 46004),
        ("user/get_userid_by_email", {"email": "a@b"}, 60148),
        ("user/get_userid_by_email", {"email": "a@b", "email_type": 2}, 60147),
        ("user/convert_to_userid", {"openid": "o"}, 43004),
    ):
        assert (await met.raw(path, body))["errcode"] == code


async def test_every_note_about_a_customer_is_kept(met: Meeting) -> None:
    (userid,) = (await met.client.follow_users())[:1]
    _, external = await met.newcomer(userid)
    both = {"userid": userid, "external_userid": external}
    await met.client.remark(
        RemarkRequest(
            **both, remark="豆豆妈妈", description="8 个月", remark_company="小鲸鱼",
            remark_mobiles=["13800000000", "13900000000"],
        )
    )  # fmt: skip
    await met.client.remark(RemarkRequest(**both, description=""))
    (follower,) = (await met.client.contact(external)).follow_user
    assert (follower.remark, follower.description) == ("豆豆妈妈", "")
    assert follower.remark_corp_name == "小鲸鱼"
    assert follower.remark_mobiles == ("13800000000", "13900000000")
    await met.client.remark(RemarkRequest(**both, remark_mobiles=[""]))
    (follower,) = (await met.client.contact(external)).follow_user
    assert follower.remark_mobiles == ()
    path = "externalcontact/remark"
    for change, code in (
        ({}, 40063),
        ({"remark": "长" * 21}, 40058),
        ({"description": "长" * 151}, 40058),
        ({"remark_company": "长" * 21}, 40058),
        ({"remark_pic_mediaid": "x"}, 40007),
    ):
        assert (await met.raw(path, both | change))["errcode"] == code


def test_odd_answers_about_customers_are_read_all_the_same() -> None:
    odd = {"info_list": [{"is_customer": 1, "name": None, "add_time": "5"}]}
    (one,) = read({**odd, "raw": odd}, contacts.ServedReply).info_list
    assert (one.is_customer, one.name, one.add_time) == (True, "", 5)
    figures = {"behavior_data": [{"stat_time": "1", "reply_percentage": None}, {}]}
    rows_read = read({**figures, "raw": figures}, rows.BehaviourReply).behavior_data
    assert [row.stat_time for row in rows_read] == [1, 0]
