"""How orders are made, paid, closed and refunded. Money is in fen."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec

from siyu.sandbox.pay.keys import is_signed, merchant_of
from siyu.sandbox.wechat.accounts import Account
from siyu.sandbox.world import ids
from siyu.sandbox.world import pay_records as p
from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.state import World
from siyu.sandbox.world.wechat import openid_of

_NUMBER = re.compile(r"[0-9A-Za-z_\-*|@]{6,32}\Z")
_REFUND_NUMBER = re.compile(r"[0-9A-Za-z_\-*|@]{1,64}\Z")
_DESCRIPTION = 127
_PREPAY_SECONDS = 7200.0
_CHINA = timezone(timedelta(hours=8))
_TEXTS = {
    p.NOTPAY: "订单未支付",
    p.SUCCESS: "支付成功",
    p.REFUND: "转入退款",
    p.CLOSED: "订单已关闭",
}


class Problem(Exception):
    """WeChat Pay refuses a call, with a HTTP status and a code in words."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class _Amount(msgspec.Struct):
    total: int
    refund: int = 0
    currency: str = "CNY"


class _Payer(msgspec.Struct):
    openid: str


class NewOrder(msgspec.Struct):
    """Body of an order."""

    appid: str
    mchid: str
    description: str
    out_trade_no: str
    notify_url: str
    amount: _Amount
    payer: _Payer
    attach: str = ""


class NewRefund(msgspec.Struct):
    """Body of a refund."""

    out_refund_no: str
    amount: _Amount
    transaction_id: str = ""
    out_trade_no: str = ""
    reason: str = ""
    notify_url: str = ""


class Sheet(msgspec.Struct):
    """What a page hands to the pay sheet."""

    appId: str  # noqa: N815  the names on the wire
    timeStamp: str  # noqa: N815
    nonceStr: str  # noqa: N815
    package: str
    paySign: str  # noqa: N815
    signType: str = "RSA"  # noqa: N815


def account_of(world: World, appid: str) -> Account | None:
    """Return the account bound to the merchant."""
    accounts: tuple[Account, ...] = (world.official, world.wechat.mini)
    return next((a for a in accounts if a.appid == appid), None)


def place(world: World, asked: NewOrder) -> p.PayOrder:
    """Make an order, or return the same one when it is asked for again."""
    if asked.mchid != merchant_of(world).mchid or account_of(world, asked.appid) is None:
        raise Problem(400, "APPID_MCHID_NOT_MATCH", "商户号和appid没有绑定关系")
    if _NUMBER.match(asked.out_trade_no) is None or asked.amount.currency != "CNY":
        raise Problem(400, "PARAM_ERROR", "商户订单号或币种不符合规则")
    if not 0 < len(asked.description.encode()) <= _DESCRIPTION or asked.amount.total < 1:
        raise Problem(400, "PARAM_ERROR", "商品描述或金额不符合规则")
    person = world.by_openid.get(asked.payer.openid)
    if person is None or person.openids.get(asked.appid) != asked.payer.openid:
        raise Problem(400, "PARAM_ERROR", "appid和openid不匹配")
    known = world.pay.orders.get(asked.out_trade_no)
    if known is not None:
        return _again(known, asked)
    now = world.now()
    order = p.PayOrder(
        number=asked.out_trade_no, appid=asked.appid, description=asked.description,
        notify_url=asked.notify_url, total=asked.amount.total, openid=asked.payer.openid,
        prepay_id=f"wx{ids.random_text(34)}", created=now, expires=now + _PREPAY_SECONDS,
        attach=asked.attach,
    )  # fmt: skip
    world.feed.publish("pay_order", order)
    return world.pay.orders.save(order)


def _again(known: p.PayOrder, asked: NewOrder) -> p.PayOrder:
    if known.state == p.CLOSED:
        raise Problem(400, "ORDER_CLOSED", "订单已关闭")
    if known.state != p.NOTPAY:
        raise Problem(400, "ORDERPAID", "该订单已支付")
    same = (known.total, known.appid, known.openid, known.description) == (
        asked.amount.total, asked.appid, asked.payer.openid, asked.description,
    )  # fmt: skip
    if not same:
        raise Problem(400, "INVALID_REQUEST", "请求重入时，参数与首次请求时不一致")
    return known


def order_by(world: World, *, number: str = "", transaction_id: str = "") -> p.PayOrder:
    """Return an order by either number, or 404 ORDER_NOT_EXIST."""
    orders = world.pay.orders
    order = (
        next((o for o in orders if o.transaction_id == transaction_id), None)
        if transaction_id
        else orders.get(number)
    )
    if order is None:
        raise Problem(404, "ORDER_NOT_EXIST", "订单不存在")
    return order


def close(world: World, order: p.PayOrder) -> None:
    """Close an order nobody has paid."""
    if order.state in {p.SUCCESS, p.REFUND}:
        raise Problem(400, "ORDERPAID", "该订单已支付")
    order.state = p.CLOSED
    world.pay.orders.save(order)
    world.feed.publish("pay_order", order)


def check_sheet(world: World, person: r.Person, sheet: Sheet) -> p.PayOrder:
    """Return the order a pay sheet is for; raises `WorldRefused` where the person cannot pay it."""
    merchant = merchant_of(world)
    signed = (sheet.appId, sheet.timeStamp, sheet.nonceStr, sheet.package)
    if sheet.signType != "RSA" or not is_signed(merchant, sheet.paySign, *signed):
        raise WorldRefused("支付验证签名失败")
    prepay_id = sheet.package.removeprefix("prepay_id=")
    order = next((o for o in world.pay.orders if o.prepay_id == prepay_id), None)
    if order is None or order.appid != sheet.appId or order.expires <= world.now():
        raise WorldRefused("支付订单不存在或已过期")
    if order.state != p.NOTPAY:
        raise WorldRefused(f"不能支付:{_TEXTS[order.state]}")
    if openid_of(world, person, order.appid) != order.openid:
        raise WorldRefused("下单账号与支付账号不一致")
    return order


def pay(world: World, order: p.PayOrder) -> p.PayNotice:
    """Pay an order; the merchant is told."""
    order.state, order.paid = p.SUCCESS, world.now()
    day = datetime.fromtimestamp(world.now(), _CHINA).strftime("%Y%m%d")
    order.transaction_id = f"4200{ids.random_text(16, alphabet='0123456789')}{day}"
    world.pay.orders.save(order)
    world.feed.publish("pay_order", order)
    return _notify(
        world, order.notify_url, "TRANSACTION.SUCCESS", "transaction", "支付成功",
        order_view(world, order),
    )  # fmt: skip


def refund(world: World, asked: NewRefund) -> p.PayRefund:
    """Begin to give money back, or return the same refund when it is asked for again."""
    if _REFUND_NUMBER.match(asked.out_refund_no) is None or asked.amount.refund < 1:
        raise Problem(400, "PARAM_ERROR", "商户退款单号或退款金额不符合规则")
    try:
        order = order_by(world, number=asked.out_trade_no, transaction_id=asked.transaction_id)
    except Problem:
        raise Problem(404, "RESOURCE_NOT_EXISTS", "订单不存在") from None
    known = world.pay.refunds.get(asked.out_refund_no)
    if known is not None:
        if (known.order, known.refund) != (order.number, asked.amount.refund):
            raise Problem(400, "INVALID_REQUEST", "请求重入时，参数与首次请求时不一致")
        return known
    if order.state not in {p.SUCCESS, p.REFUND}:
        raise Problem(400, "INVALID_REQUEST", "订单未支付")
    given = sum(x.refund for x in world.pay.refunds_of(order))
    if asked.amount.total != order.total or given + asked.amount.refund > order.total:
        raise Problem(400, "INVALID_REQUEST", "退款金额大于可退金额，或订单金额不符")
    now = world.now()
    made = p.PayRefund(
        number=asked.out_refund_no, refund_id=f"5{ids.random_text(28, alphabet='0123456789')}",
        order=order.number, refund=asked.amount.refund, created=now, reason=asked.reason,
        due=now + world.switches.pay_refund_seconds, notify_url=asked.notify_url,
    )  # fmt: skip
    order.state = p.REFUND
    world.pay.orders.save(order)
    world.feed.publish("pay_refund", made)
    return world.pay.refunds.save(made)


def finish_refund(world: World, made: p.PayRefund) -> p.PayNotice | None:
    """Let the money arrive; the merchant is told where it wants to be."""
    made.status, made.finished = p.SUCCESS, world.now()
    world.pay.refunds.save(made)
    world.feed.publish("pay_refund", made)
    if not made.notify_url:
        return None
    view = refund_view(world, made)
    view["refund_status"] = view.pop("status")
    view["mchid"] = merchant_of(world).mchid
    return _notify(world, made.notify_url, "REFUND.SUCCESS", "refund", "退款成功", view)


def _notify(
    world: World, url: str, event: str, kind: str, summary: str, view: dict[str, Any]
) -> p.PayNotice:
    return world.pay.notices.save(
        p.PayNotice(
            id=ids.random_text(36), url=url, event=event, kind=kind, summary=summary,
            resource=msgspec.json.encode(view).decode(), created=world.now(),
        )
    )  # fmt: skip


def order_view(world: World, order: p.PayOrder) -> dict[str, Any]:
    """Show an order as the API does."""
    view: dict[str, Any] = {
        "appid": order.appid, "mchid": merchant_of(world).mchid, "out_trade_no": order.number,
        "trade_state": order.state, "trade_state_desc": _TEXTS[order.state],
        "attach": order.attach, "promotion_detail": [],
        "amount": {"total": order.total, "currency": "CNY"}, "payer": {"openid": order.openid},
    }  # fmt: skip
    if order.paid is not None:
        view |= {
            "transaction_id": order.transaction_id, "trade_type": "JSAPI", "bank_type": "OTHERS",
            "success_time": stamp(order.paid),
        }  # fmt: skip
        view["amount"] |= {"payer_total": order.total, "payer_currency": "CNY"}
    return view


def refund_view(world: World, made: p.PayRefund) -> dict[str, Any]:
    """Show a refund as the API does."""
    order = order_by(world, number=made.order)
    view: dict[str, Any] = {
        "refund_id": made.refund_id, "out_refund_no": made.number, "out_trade_no": made.order,
        "transaction_id": order.transaction_id, "channel": "ORIGINAL", "status": made.status,
        "user_received_account": "支付用户零钱", "create_time": stamp(made.created),
        "amount": {
            "total": order.total, "refund": made.refund, "payer_total": order.total,
            "payer_refund": made.refund, "settlement_refund": made.refund,
            "settlement_total": order.total, "discount_refund": 0, "currency": "CNY",
        },
    }  # fmt: skip
    if made.finished is not None:
        view["success_time"] = stamp(made.finished)
    return view


def stamp(at: float) -> str:
    """Return a time as WeChat Pay writes it."""
    return datetime.fromtimestamp(at, UTC).astimezone(_CHINA).isoformat(timespec="seconds")
