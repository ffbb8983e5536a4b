"""Hand-over of customers through the gateway and as customers live through it."""

import pytest

from siyu.channels.wecom.endpoints.transfers import TransferResultsReply, TransferStatus
from siyu.channels.wecom.errors import RequestRefused, WeComError
from siyu.channels.wecom.events import ContactAdded, ContactDeletedByStaff, TransferFailed
from siyu.channels.wecom.lenient import read
from tests.conformance.callbacks import listening
from tests.conformance.meeting import Meeting

DAY = 86_400


async def statuses(met: Meeting, former: str, heir: str, *, resigned: bool = False) -> list[int]:
    found = met.client.transfers.results(former, heir, resigned=resigned)
    return [result.status async for result in found]


async def test_a_customer_who_does_nothing_follows_after_a_day(met: Meeting) -> None:
    former, heir = (await met.client.follow_users())[:2]
    person, customer = await met.newcomer(former)
    transfers = met.client.transfers
    async with listening(met) as listener:
        started = await transfers.start(former, heir, [customer, "wmNobody"], message="我来接替")
        assert [(s.external_userid, s.errcode) for s in started] == [
            (customer, 0),
            ("wmNobody", 40096),
        ]
        (waiting,) = [result async for result in transfers.results(former, heir)]
        assert waiting.status == TransferStatus.WAITING
        assert waiting.takeover_time > (await met.now()).timestamp()
        (again,) = await transfers.start(former, heir, [customer])
        assert again.errcode == 40129
        await met.advance(DAY + 1)
        assert await statuses(met, former, heir) == [TransferStatus.DONE]
        gone = await listener.next(ContactDeletedByStaff)
        assert (gone.user_id, gone.external_user_id, gone.by_transfer) == (former, customer, True)
        come = await listener.next(ContactAdded)
        assert (come.user_id, come.external_user_id, come.welcome_code) == (heir, customer, "")
    (follower,) = (await met.client.contact(customer)).follow_user
    assert (follower.userid, follower.add_way, follower.oper_userid) == (heir, 202, former)
    chats = (await met.control("GET", f"people/{person}/chats"))["items"]
    assert [chat["messages"][-1]["text"] for chat in chats if chat["messages"]] == ["我来接替"]


async def test_a_customer_may_refuse_and_a_full_account_takes_nobody(met: Meeting) -> None:
    former, heir = (await met.client.follow_users())[:2]
    person, customer = await met.newcomer(former)
    transfers = met.client.transfers
    async with listening(met) as listener:
        await transfers.start(former, heir, [customer])
        await met.control("POST", f"people/{person}/refuse-transfer")
        failed = await listener.next(TransferFailed)
        assert (failed.user_id, failed.reason) == (heir, "customer_refused")
        assert await statuses(met, former, heir) == [TransferStatus.REFUSED]
        (follower,) = (await met.client.contact(customer)).follow_user
        assert follower.userid == former

        await transfers.start(former, heir, [customer])
        await met.switch(customers_per_staff=0)
        await met.advance(DAY + 1)
        assert await statuses(met, former, heir) == [TransferStatus.FULL]
        assert (await listener.next(TransferFailed)).reason == "customer_limit_exceed"
        (full,) = await transfers.start(former, heir, [customer])
        assert full.errcode == 40099
    refused = await met.refused("POST", f"people/{person}/refuse-transfer")
    assert "没有等待中的接替" in refused


async def test_twice_in_ninety_days_is_enough(met: Meeting) -> None:
    first, second, third = (await met.client.follow_users())[:3]
    _, customer = await met.newcomer(first)

    async def hand_over(former: str, heir: str) -> int:
        (started,) = await met.client.transfers.start(former, heir, [customer])
        await met.advance(DAY + 1)
        return started.errcode

    assert [await hand_over(first, second), await hand_over(second, third)] == [0, 0]
    assert await hand_over(third, first) == 40128
    await met.advance(88 * DAY)
    assert await hand_over(third, first) == 0


async def test_customers_of_who_left_wait_to_be_assigned(met: Meeting) -> None:
    former, heir = (await met.client.follow_users())[:2]
    customers = set(await met.client.contact_ids(former))
    transfers = met.client.transfers
    with pytest.raises(WeComError) as caught:
        await transfers.start(former, heir, sorted(customers)[:1], resigned=True)
    assert caught.value.errcode == 40097
    await met.control("POST", f"staff/{former}/resign")
    left = [row async for row in transfers.unassigned()]
    assert {row.external_userid for row in left} == customers
    assert {row.handover_userid for row in left} == {former}
    assert all(row.dimission_time > 0 for row in left)

    some = sorted(customers)[:3]
    started = await transfers.start(former, heir, some, resigned=True)
    assert [row.errcode for row in started] == [0, 0, 0]
    assert {row.external_userid async for row in transfers.unassigned()} == customers - set(some)
    await met.advance(DAY + 1)
    assert await statuses(met, former, heir, resigned=True) == [TransferStatus.DONE] * 3
    assert set(some) <= set(await met.client.contact_ids(heir))
    assert await statuses(met, former, heir, resigned=True) != []


async def test_a_hand_over_to_oneself_is_not_sent(met: Meeting) -> None:
    with pytest.raises(RequestRefused):
        await met.client.transfers.start("a", "a", ["wm"])
    with pytest.raises(RequestRefused):
        await met.client.transfers.start("a", "b", ["wm"] * 101)
    with pytest.raises(RequestRefused):
        await met.client.transfers.start("a", "b", ["wm"], message="长" * 201)


def test_odd_answers_about_hand_overs_are_read_all_the_same() -> None:
    odd = {"customer": [{"external_userid": "wm", "status": "9", "takeover_time": ""}, {}]}
    (result,) = read({**odd, "raw": odd}, TransferResultsReply).customer
    assert (result.status, result.takeover_time) == (9, 0)
