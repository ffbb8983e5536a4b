"""The faults of the world as the gateway meets them: each in its shape, and what becomes of it."""

import pytest

from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.credentials import AppCredentials
from siyu.channels.wecom.endpoints import contacts
from siyu.channels.wecom.errors import QuotaExhausted, WeComError, WeComUnreachable
from siyu.channels.wecom.verdicts import Advice
from tests.conformance.meeting import AGENT, Meeting

LIST = "/cgi-bin/externalcontact/get_follow_user_list"
REMARK = "/cgi-bin/externalcontact/remark"


async def plan(met: Meeting, path: str, **rates: float) -> None:
    await met.control("PUT", "faults", {"seed": 1, "endpoints": {path: rates}})


async def notes(met: Meeting, path: str) -> list[str]:
    found = (await met.control("GET", "log?kind=api&limit=200"))["items"]
    return [entry["note"] for entry in found if entry["path"].startswith(path)]


async def test_a_busy_wecom_is_asked_three_times_and_then_said_to_be_busy(met: Meeting) -> None:
    await plan(met, LIST, busy=1.0)
    with pytest.raises(WeComError) as caught:
        await met.client.follow_users()
    assert (caught.value.errcode, caught.value.advice) == (-1, Advice.RETRY)
    assert await notes(met, LIST) == ["fault: busy"] * 3


async def test_a_used_up_quota_stops_the_endpoint_at_once_and_no_other(met: Meeting) -> None:
    await plan(met, LIST, quota=1.0)
    with pytest.raises(QuotaExhausted):
        await met.client.follow_users()
    with pytest.raises(QuotaExhausted):
        await met.client.follow_users()
    assert await notes(met, LIST) == ["fault: quota"]  # the second call never left
    assert await met.client.departments()


async def test_too_many_at_once_is_waited_out(met: Meeting) -> None:
    await plan(met, LIST, crowd=1.0)
    with pytest.raises(WeComError) as caught:
        await met.client.follow_users()
    assert caught.value.errcode == 45033
    await met.control("DELETE", "faults")
    assert await met.client.follow_users()


async def test_a_token_that_died_early_is_replaced_once(met: Meeting) -> None:
    assert await met.client.follow_users()
    await plan(met, LIST, token=1.0)
    with pytest.raises(WeComError) as caught:  # the new token dies, too: no loop
        await met.client.follow_users()
    assert caught.value.errcode == 40014
    assert await notes(met, LIST) == ["fault: token", "fault: token", ""]


@pytest.mark.parametrize("rate", ["cut_before", "cut_after"])
async def test_a_cut_connection_leaves_it_unknown_whether_the_call_took_effect(
    met: Meeting, rate: str
) -> None:
    userid = (await met.client.follow_users())[0]
    customer = (await met.client.contact_ids(userid))[0]
    await plan(met, REMARK, **{rate: 1.0})
    request = contacts.RemarkRequest(userid=userid, external_userid=customer, remark="芳姐")
    with pytest.raises(WeComUnreachable) as caught:
        await met.client.remark(request)
    assert caught.value.sent
    await met.control("DELETE", "faults")
    follows = (await met.client.contact(customer)).follow_user
    remark = next(follow.remark for follow in follows if follow.userid == userid)
    assert (remark == "芳姐") is (rate == "cut_after")


async def test_a_slow_answer_is_an_answer(met: Meeting) -> None:
    await plan(met, LIST, slow=1.0, slow_seconds=0.2)
    assert await met.client.follow_users()


async def test_a_changed_secret_and_a_revoked_permission_are_the_admins_to_repair(
    met: Meeting,
) -> None:
    assert await met.client.follow_users()
    await met.control("PUT", f"admin/app/{AGENT}/permissions", {"customer_contact": False})
    with pytest.raises(WeComError) as caught:
        await met.client.follow_users()
    assert (caught.value.errcode, caught.value.advice) == (48002, Advice.ASK_ADMIN)
    changed = await met.control("POST", f"admin/app/{AGENT}/reset-secret")
    with pytest.raises(WeComError) as caught:
        await met.client.departments()
    assert (caught.value.errcode, caught.value.advice) == (40001, Advice.ASK_ADMIN)
    app = AppCredentials(met.client.app.corp_id, AGENT, changed["secret"])
    assert await WecomClient(met.gateway, app).departments()
