"""WeChat Pay: orders, the pay sheet, notices, refunds; gateway and world over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import msgspec
import pytest

from siyu.channels.pay.errors import NoticeRefused, NoticeStale, PayError, PayRefused, PayUnreadable
from siyu.channels.pay.gateway import WeChatPay
from siyu.channels.pay.values import (
    Order,
    Payer,
    Refund,
    RefundAmount,
    RefundRequest,
    RefundStatus,
    Total,
    TradeState,
    Transaction,
)
from siyu.channels.wecom.verdicts import Advice
from siyu.core.clock import FixedClock, SystemClock
from tests.conformance.accounts import Address, listening, merchant_of
from tests.conformance.meeting import Meeting


@dataclass
class Till:
    """A merchant whose notices come to an address, and a person to pay."""

    met: Meeting
    pay: WeChatPay
    address: Address
    person: int
    openid: str

    def order(self, number: str, total: int = 12_800) -> Order:
        return Order(
            description="奶粉三段",
            number=number,
            amount=Total(total=total),
            payer=Payer(openid=self.openid),
            notify_url=self.address.url,
            attach="touch-1",
        )

    async def settle(self, number: str) -> None:
        """Let the person pay an order that was placed anew."""
        sheet = self.pay.pay_sheet(await self.pay.order(self.order(number)))
        body = msgspec.to_builtins(sheet)
        await self.met.control("POST", f"people/{self.person}/pay", body)


@asynccontextmanager
async def open_till(met: Meeting, *, by_certificate: bool = False) -> AsyncIterator[Till]:
    merchant = await merchant_of(met, by_certificate=by_certificate)
    pay = WeChatPay(merchant, SystemClock(), base=met.base, observe=met.calls.append)
    person = (await met.control("POST", "people", {}))["id"]
    openid = (await met.control("GET", f"people/{person}/official"))["openid"]
    try:
        async with listening(pay=pay) as address:
            yield Till(met, pay, address, person, openid)
    finally:
        pay.close_threads()


@pytest.mark.parametrize("by_certificate", [False, True])
async def test_an_order_is_paid_and_told(met: Meeting, *, by_certificate: bool) -> None:
    if by_certificate:
        await met.switch(pay_proof="certificate")
    async with open_till(met, by_certificate=by_certificate) as till:
        await till.settle("order-0001")
        notice = await till.address.notice()
        assert notice.event == "TRANSACTION.SUCCESS"
        assert isinstance(notice.subject, Transaction)
        assert notice.subject.is_paid
        assert (notice.subject.number, notice.subject.amount.total) == ("order-0001", 12_800)
        found = await till.pay.transaction(number="order-0001")
        assert found.transaction_id == notice.subject.transaction_id


async def test_orders_live_and_are_found_by_both_numbers(met: Meeting) -> None:
    async with open_till(met) as till:
        order = till.order("order-0001")
        prepaid = await till.pay.order(order)
        assert await till.pay.order(order) == prepaid  # the same order again
        with pytest.raises(PayError) as caught:
            await till.pay.order(till.order("order-0001", total=1))
        assert (caught.value.code, caught.value.advice) == ("INVALID_REQUEST", Advice.GIVE_UP)
        waiting = await till.pay.transaction(number="order-0001")
        assert (waiting.state, waiting.transaction_id) == (TradeState.NOTPAY, "")
        await till.settle("order-0001")
        await till.address.notice()
        paid = await till.pay.transaction(number="order-0001")
        assert (paid.state, paid.attach) == (TradeState.SUCCESS, "touch-1")
        assert paid.payer.openid == till.openid
        assert paid.success_time is not None
        same = await till.pay.transaction(transaction_id=paid.transaction_id)
        assert same.number == "order-0001"
        with pytest.raises(PayError) as caught:
            await till.pay.close("order-0001")
        assert caught.value.code == "ORDERPAID"
        await till.pay.order(till.order("order-0002"))
        await till.pay.close("order-0002")
        await till.pay.close("order-0002")
        assert (await till.pay.transaction(number="order-0002")).state == TradeState.CLOSED
        with pytest.raises(PayError) as caught:
            await till.pay.transaction(number="nothing")
        assert (caught.value.status, caught.value.advice) == (404, Advice.GONE)


async def test_only_the_payer_pays_and_only_what_was_signed(met: Meeting) -> None:
    async with open_till(met) as till:
        sheet = till.pay.pay_sheet(await till.pay.order(till.order("order-0001")))
        body = msgspec.to_builtins(sheet)
        other = (await met.control("POST", "people", {}))["id"]
        assert "不一致" in await met.refused("POST", f"people/{other}/pay", body)
        forged = {**body, "package": "prepay_id=wx0"}
        assert "签名" in await met.refused("POST", f"people/{till.person}/pay", forged)
        page = f"{met.base.replace('://', f'://p-{till.person}.')}/pay"
        asked = {"data": body, "url": page}
        shown = (await met.http.post(f"{met.base}/jsapi/pay", json=asked)).json()
        assert (shown["errMsg"], shown["total"]) == ("pay:confirm", 12_800)
        done = await met.http.post(f"{met.base}/jsapi/pay", json={**asked, "confirmed": True})
        assert done.json() == {"errMsg": "pay:ok"}
        await till.address.notice()
        again = (await met.http.post(f"{met.base}/jsapi/pay", json=asked)).json()
        assert "支付成功" in again["errMsg"]
        late = till.pay.pay_sheet(await till.pay.order(till.order("order-0002")))
        await met.advance(7201)
        late_body = msgspec.to_builtins(late)
        assert "过期" in await met.refused("POST", f"people/{till.person}/pay", late_body)


async def test_refunds_go_back_once_and_are_told(met: Meeting) -> None:
    async with open_till(met) as till:
        await till.settle("order-0001")
        await till.address.notice()
        request = RefundRequest(
            number="refund-1",
            order="order-0001",
            amount=RefundAmount(refund=2_800, total=12_800),
            reason="少发一件",
            notify_url=till.address.url,
        )
        begun = await till.pay.refund(request)
        assert (begun.number, begun.amount.refund) == ("refund-1", 2_800)
        again = await till.pay.refund(request)
        assert again.refund_id == begun.refund_id
        notice = await till.address.notice()
        assert notice.event == "REFUND.SUCCESS"
        assert isinstance(notice.subject, Refund)
        assert notice.subject.outcome == RefundStatus.SUCCESS
        done = await till.pay.refund_of("refund-1")
        assert (done.status, done.refund_id) == (RefundStatus.SUCCESS, begun.refund_id)
        paid = await till.pay.transaction(number="order-0001")
        assert (paid.state, paid.is_paid) == (TradeState.REFUND, True)
        more = RefundRequest(
            number="refund-2",
            transaction_id=paid.transaction_id,
            amount=RefundAmount(refund=10_001, total=12_800),
        )
        with pytest.raises(PayError) as caught:
            await till.pay.refund(more)
        assert caught.value.code == "INVALID_REQUEST"
        with pytest.raises(PayError) as caught:
            await till.pay.refund_of("refund-2")
        assert caught.value.advice is Advice.GONE
        assert len((await met.control("GET", "pay/refunds"))["items"]) == 1


async def test_notices_are_proven_and_replays_change_nothing(met: Meeting) -> None:
    async with open_till(met) as till:
        till.address.statuses = [500]
        await till.settle("order-0001")
        # the log has an attempt when its answer was read: then WeChat Pay waits for 15 seconds
        while not (await met.control("GET", "log?kind=callback"))["items"]:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        await met.advance(16)
        clock = FixedClock(await met.now())
        pay = WeChatPay(till.pay.merchant, clock, base=met.base)
        try:
            till.address.pay = pay
            first = await till.address.notice()
            headers, body = till.address.posted[-1]
            assert await pay.notice(headers, body) == first  # taken twice, it says the same
            shouting = {name.upper(): value for name, value in headers.items()}
            assert (await pay.notice(shouting, body)).id == first.id
            for bad_headers, bad_body in (
                (headers, body.replace(b"TRANSACTION.SUCCESS", b"TRANSACTION.SUCCESs")),
                (headers | {"wechatpay-timestamp": "1"}, body),
                (headers | {"wechatpay-timestamp": "soon"}, body),
                (headers | {"wechatpay-nonce": "other"}, body),
                (headers | {"wechatpay-serial": "PUB_KEY_ID_other"}, body),
                (headers | {"wechatpay-serial": "00"}, body),
                (headers | {"wechatpay-signature": "WECHATPAY/SIGNTEST/x"}, body),
                (headers | {"wechatpay-signature-type": "none"}, body),
                ({}, body),
                (headers, b"\xff"),
            ):
                with pytest.raises(NoticeRefused):
                    await pay.notice(bad_headers, bad_body)
            clock.advance(timedelta(minutes=6))
            with pytest.raises(NoticeStale):
                await pay.notice(headers, body)
        finally:
            pay.close_threads()


async def test_wrong_keys_are_the_admins_to_repair(met: Meeting) -> None:
    async with open_till(met) as till:
        merchant = till.pay.merchant
        strangers = WeChatPay(replace(merchant, serial="00"), SystemClock(), base=met.base)
        with pytest.raises(PayError) as caught:
            await strangers.transaction(number="order-0001")
        assert (caught.value.status, caught.value.advice) == (401, Advice.ASK_ADMIN)
        strangers.close_threads()
        foreign = replace(merchant, app_id="wx0000000000000000")
        elsewhere = WeChatPay(foreign, SystemClock(), base=met.base)
        with pytest.raises(PayError) as caught:
            await elsewhere.order(till.order("order-0001"))
        assert (caught.value.code, caught.value.advice) == (
            "APPID_MCHID_NOT_MATCH",
            Advice.ASK_ADMIN,
        )
        elsewhere.close_threads()
        # an answer that somebody else signed is no answer
        lost = replace(merchant, public_key_id="PUB_KEY_ID_other")
        doubting = WeChatPay(lost, SystemClock(), base=met.base)
        with pytest.raises(PayUnreadable):
            await doubting.order(till.order("order-0001"))
        doubting.close_threads()
        with pytest.raises(PayRefused):
            await till.pay.order(till.order("../../etc"))
        with pytest.raises(PayRefused):
            await till.pay.close("a/b")
        assert (await met.control("GET", "pay/orders"))["items"][0]["number"] == "order-0001"
