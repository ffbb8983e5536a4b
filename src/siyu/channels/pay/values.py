"""What is asked of WeChat Pay and what it answers. Money is in fen, always a whole number."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Final

import msgspec

from siyu.channels.wecom.endpoint import Part, Reply, Request
from siyu.channels.wecom.limits import Between, Bytes, Chars

_MOST_FEN: Final = 100_000_000_00
Fen = Annotated[int, Between(1, _MOST_FEN)]
NUMBER: Final = r"[0-9A-Za-z_\-*|@]+\Z"


@dataclass(frozen=True, slots=True)
class Merchant:
    """A merchant (直连商户) and the account (`app_id`) in which it is paid.

    `private_key` is the PEM of the merchant's API certificate with number `serial`, `api_key` its
    APIv3 key of 32 characters. `public_key` with its id (``PUB_KEY_ID_…``) proves answers and
    notices; merchants that still have platform certificates leave both out, and the certificates
    are fetched.
    """

    merchant_id: str
    app_id: str
    serial: str
    private_key: str = field(repr=False)
    api_key: str = field(repr=False)
    public_key_id: str | None = None
    public_key: str | None = field(default=None, repr=False)


class TradeState(StrEnum):
    """What became of an order; WeChat may add others."""

    SUCCESS = "SUCCESS"
    REFUND = "REFUND"
    NOTPAY = "NOTPAY"
    CLOSED = "CLOSED"
    REVOKED = "REVOKED"
    USERPAYING = "USERPAYING"
    PAYERROR = "PAYERROR"


class RefundStatus(StrEnum):
    """What became of a refund; WeChat may add others."""

    SUCCESS = "SUCCESS"
    PROCESSING = "PROCESSING"
    CLOSED = "CLOSED"
    ABNORMAL = "ABNORMAL"


class Total(Request, kw_only=True, frozen=True):
    """An amount in fen."""

    total: Fen
    currency: str = "CNY"


class Payer(Request, kw_only=True, frozen=True):
    """Who pays: the openid in the account that the order names."""

    openid: Annotated[str, Chars(128, 1)]


class Order(Request, kw_only=True, frozen=True):
    """An order that a person pays inside WeChat. `number` is the shop's own, used once.

    WeChat Pay posts the outcome to `notify_url`, which must be https and carry no query.
    `time_expire` is a time in RFC 3339.
    """

    description: Annotated[str, Bytes(127, 1)]
    number: Annotated[str, Chars(32, 6)] = msgspec.field(name="out_trade_no")
    amount: Total
    payer: Payer
    notify_url: Annotated[str, Chars(255, 1)]
    attach: Annotated[str, Chars(128)] | None = None
    time_expire: str | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation for an address that WeChat Pay would not call."""
        if "?" in self.notify_url or not self.notify_url.startswith(("http://", "https://")):
            yield "notify_url", "通知地址须是完整的 https 地址，不能带参数"


class RefundAmount(Request, kw_only=True, frozen=True):
    """How much goes back out of how much, in fen."""

    refund: Fen
    total: Fen
    currency: str = "CNY"


class RefundRequest(Request, kw_only=True, frozen=True):
    """A refund of an order, named by either number. `number` is the shop's own, used once."""

    number: Annotated[str, Chars(64, 1)] = msgspec.field(name="out_refund_no")
    amount: RefundAmount
    transaction_id: Annotated[str, Chars(32, 1)] | None = None
    order: Annotated[str, Chars(32, 6)] | None = msgspec.field(name="out_trade_no", default=None)
    reason: Annotated[str, Bytes(80)] | None = None
    notify_url: Annotated[str, Chars(255, 1)] | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation unless exactly one order is meant, and not more than it cost."""
        if (self.transaction_id is None) == (self.order is None):
            yield "transaction_id", "微信支付订单号和商户订单号须填一个"
        if self.amount.refund > self.amount.total:
            yield "amount.refund", "退款金额不能大于订单金额"


class Prepaid(Reply, kw_only=True, frozen=True):
    """An order that waits to be paid, for two hours."""

    prepay_id: str


class PaidAmount(Part, kw_only=True, frozen=True):
    """What an order cost, and what the person paid after coupons; fen."""

    total: int = 0
    payer_total: int = 0
    currency: str = "CNY"


class PaidBy(Part, kw_only=True, frozen=True):
    """Who paid."""

    openid: str = ""


class Transaction(Reply, kw_only=True, frozen=True):
    """An order as WeChat Pay knows it; `state` is a `TradeState` or one added later.

    `transaction_id` is WeChat's number, empty before it is paid.
    """

    number: str = msgspec.field(name="out_trade_no")
    transaction_id: str = ""
    app_id: str = msgspec.field(name="appid", default="")
    merchant_id: str = msgspec.field(name="mchid", default="")
    state: str = msgspec.field(name="trade_state", default="")
    state_text: str = msgspec.field(name="trade_state_desc", default="")
    success_time: datetime | None = None
    attach: str = ""
    amount: PaidAmount = PaidAmount()
    payer: PaidBy = PaidBy()

    @property
    def is_paid(self) -> bool:
        """Whether money has come, part of which may have gone back since."""
        return self.state in {TradeState.SUCCESS, TradeState.REFUND}


class RefundedAmount(Part, kw_only=True, frozen=True):
    """What an order cost and what of it goes back; fen. `payer_refund` is what the person gets."""

    total: int = 0
    refund: int = 0
    payer_total: int = 0
    payer_refund: int = 0


class Refund(Reply, kw_only=True, frozen=True):
    """A refund; `status` is a `RefundStatus` or one added later. Notices call it refund_status."""

    number: str = msgspec.field(name="out_refund_no")
    refund_id: str = ""
    order: str = msgspec.field(name="out_trade_no", default="")
    transaction_id: str = ""
    status: str = ""
    refund_status: str = ""
    success_time: datetime | None = None
    user_received_account: str = ""
    amount: RefundedAmount = RefundedAmount()

    @property
    def outcome(self) -> str:
        """The status, whichever of the two names it came under."""
        return self.status or self.refund_status


class Notice(msgspec.Struct, kw_only=True, frozen=True):
    """A notice that WeChat Pay signed. `subject` is None for kinds unknown here; `raw` is all.

    A notice may come many times, and a recorded one may be sent again by others: `id` is the same
    for each. What it says is a state, so to take it twice changes nothing.
    """

    id: str
    event: str
    subject: Transaction | Refund | None
    raw: dict[str, Any]


class PaySheet(msgspec.Struct, kw_only=True, frozen=True):
    """What a page hands to ``WeixinJSBridge`` (getBrandWCPayRequest) or ``wx.requestPayment``.

    ``wx.chooseWXPay`` writes ``timestamp`` small.
    """

    app_id: str = msgspec.field(name="appId")
    timestamp: str = msgspec.field(name="timeStamp")
    nonce: str = msgspec.field(name="nonceStr")
    package: str
    sign_type: str = msgspec.field(name="signType", default="RSA")
    signature: str = msgspec.field(name="paySign")
