"""The acquisition assistant through the gateway and as people open its links."""

from datetime import timedelta
from urllib.parse import quote

import pytest

from siyu.channels.wecom.calls.acquisition import with_channel
from siyu.channels.wecom.endpoints import acquisition as rows
from siyu.channels.wecom.errors import RequestRefused, WeComError
from siyu.channels.wecom.events import (
    AcquisitionBalanceChanged,
    AcquisitionLinkLost,
    AcquisitionLinkOpened,
    AcquisitionMessage,
    AcquisitionQuotaExpiring,
    ContactAdded,
    CustomerStartedChat,
)
from siyu.channels.wecom.lenient import read
from tests.conformance.callbacks import listening
from tests.conformance.meeting import Meeting

DAY = 86_400


async def make_link(met: Meeting, *userids: str, **more: object) -> rows.Link:
    request = rows.CreateLinkRequest(
        link_name="直播间",
        range=rows.LinkRange(user_list=list(userids)),
        **more,  # type: ignore[arg-type]
    )
    return await met.client.acquisition.create(request)


async def acquire(met: Meeting, url: str, *, add: bool = True) -> tuple[int, str, dict[str, str]]:
    person = await met.control("POST", "people", {})
    told = await met.control("POST", f"people/{person['id']}/acquire", {"url": url, "add": add})
    return person["id"], person["external_userid"], told


async def test_links_are_made_read_changed_and_deleted(met: Meeting) -> None:
    first, second = (await met.client.follow_users())[:2]
    acquisition = met.client.acquisition
    link = await make_link(met, first, skip_verify=False)
    assert link.link_id.startswith("ca")
    await acquisition.update(
        rows.UpdateLinkRequest(
            link_id=link.link_id,
            link_name="门店",
            range=rows.LinkRange(user_list=[second]),
            priority_option=rows.PriorityOption(
                priority_type=rows.Priority.FRIENDS_AMONG_NAMED, priority_userid_list=[second]
            ),
        )
    )
    seen = await acquisition.link(link.link_id)
    assert (seen.link.link_name, seen.link.skip_verify) == ("门店", False)
    assert seen.range.user_list == (second,)
    assert seen.priority_option.priority_userid_list == (second,)
    others = [await make_link(met, first) for _ in range(101)]
    listed = [link_id async for link_id in acquisition.link_ids()]
    assert listed == [link.link_id, *(other.link_id for other in others)]
    async with listening(met) as listener:
        await acquisition.delete(link.link_id)
        assert (await listener.next(AcquisitionLinkLost)).link_id == link.link_id
    with pytest.raises(WeComError):
        await acquisition.link(link.link_id)


async def test_who_comes_by_a_link_is_known_with_channel_and_chat(met: Meeting) -> None:
    (userid,) = (await met.client.follow_users())[:1]
    acquisition = met.client.acquisition
    link = await make_link(met, userid)
    before = await acquisition.quota()
    async with listening(met) as listener:
        person, customer, told = await acquire(met, with_channel(link.url, "抖音 1&2"))
        assert (told["outcome"], told["userid"], told["state"]) == ("added", userid, "抖音 1&2")
        come = await listener.next(ContactAdded)
        assert (come.external_user_id, come.state) == (customer, "抖音 1&2")
        assert come.welcome_code
        asked = await listener.next(AcquisitionLinkOpened)
        assert (asked.link_id, asked.state) == (link.link_id, "抖音 1&2")
        for _ in range(2):
            await met.control("POST", f"people/{person}/say", {"userid": userid, "text": "在吗"})
        started = await listener.next(CustomerStartedChat)
        assert (started.user_id, started.external_user_id) == (userid, customer)
        heard = [await listener.next(AcquisitionMessage) for _ in range(2)]
    chat = await acquisition.chat(heard[1].chat_key)
    assert (chat.userid, chat.external_userid) == (userid, customer)
    assert (chat.chat_info.recv_msg_cnt, chat.chat_info.link_id) == (2, link.link_id)
    (row,) = [row async for row in acquisition.customers(link.link_id)]
    assert (row.external_userid, row.userid, row.state) == (customer, userid, "抖音 1&2")
    assert row.chat_status == rows.ChatStatus.SPOKE
    assert (await met.client.contact(customer)).follow_user[0].add_way == 16
    assert (await acquisition.quota()).balance == before.balance - 1

    await acquire(met, link.url, add=False)
    now = await met.now()
    figures = await acquisition.statistic(link.link_id, now - timedelta(days=1), now)
    assert (figures.click_link_customer_cnt, figures.new_customer_cnt) == (2, 1)
    await met.advance(1801)
    with pytest.raises(WeComError):
        await acquisition.chat(heard[1].chat_key)


async def test_a_customer_counts_once_the_staff_member_agrees(met: Meeting) -> None:
    (userid,) = (await met.client.follow_users())[:1]
    acquisition = met.client.acquisition
    link = await make_link(met, userid, skip_verify=False)
    before = (await acquisition.quota()).balance
    person, customer, told = await acquire(met, link.url)
    assert told["outcome"] == "asked"
    assert [row async for row in acquisition.customers(link.link_id)] == []
    assert (await acquisition.quota()).balance == before
    await met.control("POST", f"staff/{userid}/confirm", {"person": person})
    (row,) = [row async for row in acquisition.customers(link.link_id)]
    assert (row.external_userid, row.chat_status) == (customer, rows.ChatStatus.SILENT)
    assert (await acquisition.quota()).balance == before - 1


async def test_the_quota_is_told_as_it_sinks_ends_and_rises(met: Meeting) -> None:
    (userid,) = (await met.client.follow_users())[:1]
    link = await make_link(met, userid)
    async with listening(met) as listener:
        left = (await met.client.acquisition.quota()).balance
        await met.switch(acquisition_units_per_customer=left - 19)
        await acquire(met, link.url)
        assert (await listener.next(AcquisitionBalanceChanged)).change_type == "balance_low"
        await met.switch(acquisition_units_per_customer=19)
        await acquire(met, link.url)
        assert (await listener.next(AcquisitionBalanceChanged)).change_type == "balance_exhausted"
        await met.switch(acquisition_units_per_customer=1)
        someone = await met.control("POST", "people", {})
        refused = await met.refused("POST", f"people/{someone['id']}/acquire", {"url": link.url})
        assert "不可用" in refused
        bought = await met.control("POST", "acquisition/quota", {"amount": 30, "days": 15})
        assert (await listener.next(AcquisitionBalanceChanged)).change_type == "balance_increased"
        await met.advance(DAY)
        warned = await listener.next(AcquisitionQuotaExpiring)
        assert (warned.expires, warned.amount) == (bought["expires"], 30)
        await met.advance(14 * DAY)
        assert (await listener.next(AcquisitionBalanceChanged)).change_type == "balance_exhausted"
    assert (await met.client.acquisition.quota()).balance == 0


async def test_a_link_without_staff_is_told_and_leads_nowhere(met: Meeting) -> None:
    (userid,) = (await met.client.follow_users())[:1]
    link = await make_link(met, userid)
    async with listening(met) as listener:
        await met.control("PATCH", f"staff/{userid}", {"can_contact": False})
        assert (await listener.next(AcquisitionLinkLost)).link_id == link.link_id
    person = await met.control("POST", "people", {})
    await met.refused("POST", f"people/{person['id']}/acquire", {"url": link.url})
    with pytest.raises(WeComError) as caught:
        await make_link(met, userid)
    assert caught.value.errcode == 84074


async def test_long_channels_are_cut_and_limits_are_kept(met: Meeting) -> None:
    (userid,) = (await met.client.follow_users())[:1]
    link = await make_link(met, userid)
    _, _, told = await acquire(met, f"{link.url}?customer_channel={quote('渠' * 30)}")
    assert told["state"] == "渠" * 21  # 64 bytes hold 21 characters of three
    with pytest.raises(ValueError, match="64"):
        with_channel(link.url, "渠" * 22)
    await met.switch(acquisition_link_cap=1)
    with pytest.raises(WeComError) as caught:
        await make_link(met, userid)
    assert caught.value.errcode == 41095
    await met.control("PUT", "admin/app/1000002/permissions", {"acquisition": False})
    with pytest.raises(WeComError) as caught:
        await met.client.acquisition.quota()
    assert caught.value.errcode == 48002


async def test_what_breaks_a_rule_does_not_leave(met: Meeting) -> None:
    now = await met.now()
    with pytest.raises(RequestRefused):
        await make_link(met)
    with pytest.raises(RequestRefused):
        await make_link(met, *(f"u{number}" for number in range(501)))
    with pytest.raises(RequestRefused):
        await met.client.acquisition.statistic("ca", now - timedelta(days=31), now)
    path = "externalcontact/customer_acquisition/statistic"
    (userid,) = (await met.client.follow_users())[:1]
    link = await make_link(met, userid)
    at = int(now.timestamp())
    spans = [(at - 200 * DAY, at - 190 * DAY), (at - 40 * DAY, at), (at, at - 2 * DAY)]
    for start, end in spans:
        body = {"link_id": link.link_id, "start_time": start, "end_time": end}
        assert (await met.raw(path, body))["errcode"] == 40058
    same = await met.raw(path, link_id=link.link_id, start_time=at, end_time=at)
    assert same["errcode"] == 0  # some SDKs read it by GET


def test_odd_answers_about_links_are_read_all_the_same() -> None:
    odd = {"customer_list": [{"external_userid": "wm", "chat_status": "7", "userid": None}, {}]}
    (customer,) = read({**odd, "raw": odd}, rows.LinkCustomersReply).customer_list
    assert (customer.chat_status, customer.userid) == (7, "")
    lone = {"link": {"url": "u"}, "range": None, "priority_option": ""}
    link = read({**lone, "raw": lone}, rows.LinkReply)
    assert (link.link.url, link.range.user_list) == ("u", ())
