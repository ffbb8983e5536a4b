"""WeChat Pay against keys of our own making: signatures, odd notices, failures."""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given, settings
from hypothesis import strategies as st
from played import DROP, PlayedServer

from siyu.channels.pay.errors import (
    NoticeRefused,
    NoticeStale,
    PayError,
    PayRefused,
    PayUnreachable,
)
from siyu.channels.pay.gateway import WeChatPay
from siyu.channels.pay.values import (
    Merchant,
    Order,
    Payer,
    Refund,
    RefundAmount,
    RefundRequest,
    Total,
    Transaction,
)
from siyu.channels.wecom.lenient import read
from siyu.channels.wecom.verdicts import Advice
from siyu.core.clock import FixedClock, SystemClock
from tests.ports import reserved_port

API_KEY = "k" * 32
OURS, THEIRS = generate_private_key(65537, 2048), generate_private_key(65537, 2048)


def pem(key: RSAPrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


MERCHANT = Merchant(
    "1900000001", "wx1", "AB12", pem(OURS), API_KEY, "PUB_KEY_ID_01",
    THEIRS.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode(),
)  # fmt: skip


@pytest.fixture(scope="module")
def pay() -> Iterator[WeChatPay]:
    made = WeChatPay(MERCHANT, SystemClock(), base="http://127.0.0.1:9")
    yield made
    made.close_threads()


def notice(content: object, *, event: str = "TRANSACTION.SUCCESS") -> tuple[dict[str, str], bytes]:
    """A notice as WeChat Pay posts it."""
    nonce = "n" * 12
    text = AESGCM(API_KEY.encode()).encrypt(nonce.encode(), json.dumps(content).encode(), b"x")
    body = json.dumps({
        "id": "EV-1", "event_type": event, "resource_type": "encrypt-resource",
        "resource": {
            "algorithm": "AEAD_AES_256_GCM", "nonce": nonce, "associated_data": "x",
            "ciphertext": base64.b64encode(text).decode(),
        },
    }).encode()  # fmt: skip
    stamp = str(int(SystemClock().now().timestamp()))
    signed = THEIRS.sign(f"{stamp}\nnonce\n".encode() + body + b"\n", PKCS1v15(), SHA256())
    return {
        "Wechatpay-Timestamp": stamp, "Wechatpay-Nonce": "nonce",
        "Wechatpay-Serial": "PUB_KEY_ID_01",
        "Wechatpay-Signature": base64.b64encode(signed).decode(),
        "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
    }, body  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(prepay_id=st.text("abcdefwx0123456789", min_size=1, max_size=64))
def test_the_pay_sheet_is_signed_for_exactly_what_it_says(prepay_id: str) -> None:
    pay = WeChatPay(MERCHANT, SystemClock())
    sheet = pay.pay_sheet(prepay_id)
    message = f"wx1\n{sheet.timestamp}\n{sheet.nonce}\nprepay_id={prepay_id}\n".encode()
    OURS.public_key().verify(base64.b64decode(sheet.signature), message, PKCS1v15(), SHA256())
    assert sheet.package == f"prepay_id={prepay_id}"
    pay.close_threads()


async def test_a_changed_notice_is_refused_wherever_it_was_changed(pay: WeChatPay) -> None:
    headers, body = notice({"out_trade_no": "order-0001", "trade_state": "SUCCESS"})
    good = await pay.notice(headers, body)
    assert isinstance(good.subject, Transaction)
    assert good.subject.number == "order-0001"
    for at in range(0, len(body), 17):
        changed = body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]
        with pytest.raises(NoticeRefused):
            await pay.notice(headers, changed)
    for name, value in headers.items():
        with pytest.raises(NoticeRefused):
            await pay.notice({**headers, name: value[::-1]}, body)
        with pytest.raises(NoticeRefused):
            await pay.notice({k: v for k, v in headers.items() if k != name}, body)


async def test_notices_grow_old() -> None:
    clock = FixedClock(SystemClock().now())
    pay = WeChatPay(MERCHANT, clock)
    headers, body = notice({"out_refund_no": "r1", "refund_status": "SUCCESS"}, event="REFUND.X")
    fresh = await pay.notice(headers, body)
    assert isinstance(fresh.subject, Refund)
    assert fresh.subject.outcome == "SUCCESS"
    clock.advance(timedelta(minutes=6))
    with pytest.raises(NoticeStale):
        await pay.notice(headers, body)
    pay.close_threads()
    early = WeChatPay(MERCHANT, FixedClock(SystemClock().now() - timedelta(minutes=6)))
    with pytest.raises(NoticeStale):
        await early.notice(headers, body)
    early.close_threads()


async def test_unknown_notices_are_kept_and_numberless_ones_refused(pay: WeChatPay) -> None:
    kept = await pay.notice(*notice({"anything": 1}, event="COMPLAINT.CREATE"))
    assert kept.subject is None
    assert kept.raw["resource"] == {"anything": 1}
    with pytest.raises(NoticeRefused):
        await pay.notice(*notice({"trade_state": "SUCCESS"}))
    with pytest.raises(NoticeRefused):
        await pay.notice(*notice([1]))


def test_odd_orders_are_read() -> None:
    odd = {
        "out_trade_no": 1001, "trade_state": None, "success_time": "", "amount": {"total": "12"},
        "payer": None, "new": 1,
    }  # fmt: skip
    found = read({**odd, "raw": odd}, Transaction)
    assert (found.number, found.amount.total, found.success_time) == ("1001", 12, None)
    assert found.payer.openid == ""
    assert not found.is_paid


@pytest.mark.parametrize(
    ("status", "code", "advice"),
    [
        (500, "SYSTEM_ERROR", Advice.RETRY),
        (503, "", Advice.RETRY),
        (429, "FREQUENCY_LIMITED", Advice.WAIT),
        (429, "NEW_WORD", Advice.WAIT),
        (401, "SIGN_ERROR", Advice.ASK_ADMIN),
        (403, "NOT_ENOUGH", Advice.ASK_ADMIN),
        (404, "ORDER_NOT_EXIST", Advice.GONE),
        (400, "ORDER_CLOSED", Advice.GIVE_UP),
        (400, "NEW_WORD", Advice.GIVE_UP),
    ],
)
def test_each_failure_says_what_to_do(status: int, code: str, advice: Advice) -> None:
    error = PayError(status, code, "why", "/v3")
    assert error.advice is advice
    assert any("\u4e00" <= letter <= "\u9fff" for letter in error.sentence)


async def test_nobody_there_and_nothing_sent() -> None:
    with reserved_port() as port:
        pay = WeChatPay(MERCHANT, SystemClock(), base=f"http://pay.localhost:{port}")
        with pytest.raises(PayUnreachable) as caught:
            await pay.transaction(number="order-0001")
        assert (caught.value.sent, caught.value.advice) == (False, Advice.RETRY)
        pay.close_threads()


async def test_a_call_that_was_cut_off_may_have_arrived(wecom: PlayedServer) -> None:
    wecom.play("/v3/refund/domestic/refunds", DROP)
    pay = WeChatPay(MERCHANT, SystemClock(), base=wecom.base)
    amount = RefundAmount(refund=1, total=1)
    with pytest.raises(PayUnreachable) as caught:
        await pay.refund(RefundRequest(number="r1", amount=amount, order="order-0001"))
    assert (caught.value.sent, caught.value.advice) == (True, Advice.RETRY)
    pay.close_threads()


async def test_what_breaks_a_rule_is_not_sent(pay: WeChatPay) -> None:
    payer, url = Payer(openid="o1"), "https://shop.example/paid"

    def order(**changed: object) -> Order:
        fields = {
            "description": "奶粉", "number": "order-0001", "amount": Total(total=1),
            "payer": payer, "notify_url": url,
        }  # fmt: skip
        return Order(**{**fields, **changed})

    amount = RefundAmount(refund=1, total=1)
    for wrong in (
        order(number="short"),
        order(number="order/0001"),
        order(amount=Total(total=0)),
        order(description="长" * 43),
        order(notify_url=f"{url}?a=1"),
    ):
        with pytest.raises(PayRefused):
            await pay.order(wrong)
    for bad in (
        RefundRequest(number="r1", amount=amount),
        RefundRequest(number="r1", amount=amount, order="order-0001", transaction_id="42"),
        RefundRequest(number="r1", amount=RefundAmount(refund=2, total=1), order="order-0001"),
        RefundRequest(number="r/1", amount=amount, order="order-0001"),
    ):
        with pytest.raises(PayRefused):
            await pay.refund(bad)
    with pytest.raises(ValueError, match="one number"):
        await pay.transaction()
