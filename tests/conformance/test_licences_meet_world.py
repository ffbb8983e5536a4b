"""Licences of staff accounts: who holds one, and what stops without."""

import pytest

from siyu.channels.wecom.calls.licences import Licences, provider_token
from siyu.channels.wecom.endpoints import licences as rows
from siyu.channels.wecom.endpoints import messages
from siyu.channels.wecom.errors import RequestRefused, WeComError
from siyu.channels.wecom.lenient import read
from tests.conformance.meeting import AGENT, Meeting

DAY = 86_400


async def provider(met: Meeting) -> Licences:
    (known,) = (await met.control("GET", "admin/licences"))["providers"]
    token = await provider_token(met.client, known["corpid"], known["secret"])
    return Licences(met.client, token)


async def test_licences_are_read_from_all_sides(met: Meeting) -> None:
    first, second = (await met.client.follow_users())[:2]
    granted = await met.control("POST", "admin/licences", {"userid": first, "days": 30})
    base = await met.control("POST", "admin/licences", {"userid": second, "kind": 1, "days": 1})
    licences = await provider(met)
    assert [(user.userid, user.type) async for user in licences.users()] == [
        (first, rows.LicenceKind.INTERCONNECT),
        (second, rows.LicenceKind.BASE),
    ]
    held = await licences.of_user(first)
    assert (held.active_status, held.active_info_list[0].active_code) == (1, granted["code"])
    licence = await licences.licence(granted["code"])
    assert (licence.userid, licence.expire_time) == (first, granted["expires"])
    several = await licences.licences([base["code"], "nothing"])
    assert several.invalid_active_code_list == ("nothing",)
    await met.advance(DAY + 1)
    licences = await provider(met)
    assert (await licences.licence(base["code"])).status == rows.LicenceStatus.EXPIRED
    assert (await licences.of_user(second)).active_status == 0
    assert [user.userid async for user in licences.users()] == [first]


async def test_without_a_licence_customers_and_messages_stop(met: Meeting) -> None:
    first, second = (await met.client.follow_users())[:2]
    await met.switch(licences_needed=True)
    with pytest.raises(WeComError) as caught:
        await met.client.follow_users()
    assert caught.value.errcode == 701008
    await met.control("POST", "admin/licences", {"userid": first})
    assert await met.client.follow_users()
    text = messages.MessageText(content="你好")
    both = messages.MessageRequest(
        agentid=AGENT, touser=f"{first}|{second}", msgtype="text", text=text
    )
    assert (await met.client.app_messages.send(both)).unlicenseduser == second
    found = await met.control("GET", f"staff/{second}/app-messages")
    assert found["items"] == []
    await met.advance(366 * DAY)
    with pytest.raises(WeComError) as caught:
        await met.client.follow_users()
    assert caught.value.errcode == 701008


async def test_only_the_provider_asks(met: Meeting) -> None:
    (known,) = (await met.control("GET", "admin/licences"))["providers"]
    with pytest.raises(WeComError) as caught:
        await provider_token(met.client, known["corpid"], "wrong")
    assert caught.value.errcode == 40001
    with pytest.raises(WeComError):
        await Licences(met.client, "wrong").of_user("a")
    with pytest.raises(RequestRefused):
        await met.client.call(rows.LIST_LICENSED_USERS, rows.LicensedUsersRequest(corpid="ww"))


def test_odd_answers_about_licences_are_read_all_the_same() -> None:
    odd = {"account_list": [{"userid": "a", "type": "2", "expire_time": None}], "has_more": 0}
    reply = read({**odd, "raw": odd}, rows.LicensedUsersReply)
    (user,) = reply.account_list
    assert (user.type, user.expire_time, reply.has_more) == (2, 0, False)
