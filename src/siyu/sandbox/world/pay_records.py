"""WeChat Pay: the merchant with the keys of both sides, orders, refunds, notices. Money in fen."""

from typing import Any

import msgspec

from siyu.sandbox.store.journal import Journal
from siyu.sandbox.store.shelf import Shelf

NOTPAY, SUCCESS, REFUND, CLOSED = "NOTPAY", "SUCCESS", "REFUND", "CLOSED"
PROCESSING = "PROCESSING"


class Merchant(msgspec.Struct, kw_only=True):
    """The shop as a merchant, and the platform it is paid through; keys and certificate in PEM."""

    mchid: str
    serial: str
    private_key: str
    api_key: str
    platform_key: str
    platform_serial: str
    platform_certificate: str
    public_key_id: str
    public_key: str
    wrong_signatures: int = 0


class PayOrder(msgspec.Struct, kw_only=True):
    """An order. ``expires`` is when its prepay id stops to work."""

    number: str
    appid: str
    description: str
    notify_url: str
    total: int
    openid: str
    prepay_id: str
    created: float
    expires: float
    attach: str = ""
    state: str = NOTPAY
    transaction_id: str = ""
    paid: float | None = None


class PayRefund(msgspec.Struct, kw_only=True):
    """Money on its way back; it is there at ``due``."""

    number: str
    refund_id: str
    order: str
    refund: int
    created: float
    due: float
    notify_url: str = ""
    reason: str = ""
    status: str = PROCESSING
    finished: float | None = None


class PayNotice(msgspec.Struct, kw_only=True):
    """A notice on its way to the merchant. ``status``: waiting, done, lost."""

    id: str
    url: str
    event: str
    kind: str
    summary: str
    resource: str
    created: float
    status: str = "waiting"
    attempts: int = 0


class PayBook:
    """All of it."""

    def __init__(self, journal: Journal) -> None:
        self.merchants = Shelf("merchant", Merchant, lambda m: m.mchid, journal)
        self.orders = Shelf("pay_orders", PayOrder, lambda o: o.number, journal)
        self.refunds = Shelf("pay_refunds", PayRefund, lambda x: x.number, journal)
        self.notices = Shelf("pay_notices", PayNotice, lambda n: n.id, journal)
        self.shelves: tuple[Shelf[Any], ...] = (
            self.merchants, self.orders, self.refunds, self.notices,
        )  # fmt: skip

    def refunds_of(self, order: PayOrder) -> list[PayRefund]:
        """Return the refunds of an order."""
        return [x for x in self.refunds if x.order == order.number]
