"""The merchant's door (host api.mch.weixin.qq.com): signatures are checked, answers are signed.

The merchant signs with the machine's time, which the world's clock may be far from; so that time is
compared with the machine's.
"""

import re
import time
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.params import FromPath

from siyu.sandbox.control.parts import TheNotices, TheWorld
from siyu.sandbox.pay import rules
from siyu.sandbox.pay.keys import headers, is_signed, merchant_of, sealed
from siyu.sandbox.pay.notices import PayNotices, proof_serial
from siyu.sandbox.world.log import shown
from siyu.sandbox.world.state import World

_AUTHORIZATION = re.compile(r'(\w+)="([^"]*)"')
_SCHEME = "WECHATPAY2-SHA256-RSA2048 "
_WINDOW = 300.0
_OK, _NO_CONTENT = 200, 204

Asked = TypeVar("Asked", bound=msgspec.Struct)
Web = Request[Any, Any, Any]
Answered = Response[bytes]


def _check_signature(world: World, request: Web, body: bytes) -> None:
    authorization = request.headers.get("authorization", "")
    parts = dict(_AUTHORIZATION.findall(authorization))
    merchant = merchant_of(world)
    stamp = parts.get("timestamp", "")
    target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    said = body.decode("utf-8", "replace")  # whatever is no text was not signed as such either
    lines = (request.method, target, stamp, parts.get("nonce_str", ""), said)
    known = (merchant.mchid, merchant.serial)
    if (
        not authorization.startswith(_SCHEME)
        or (parts.get("mchid"), parts.get("serial_no")) != known
        or not stamp.isdigit()
        or abs(world.agenda.machine() - int(stamp)) > _WINDOW
        or not is_signed(merchant, parts.get("signature", ""), *lines)
    ):
        raise rules.Problem(401, "SIGN_ERROR", "签名错误，请检查后再试")


def _read(body: bytes, kind: type[Asked]) -> Asked:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise rules.Problem(400, "PARAM_ERROR", str(error)) from error


async def _answer(
    world: World, request: Web, rule: Callable[[bytes], dict[str, Any] | None]
) -> Answered:
    started, body = time.perf_counter(), await request.body()
    try:
        _check_signature(world, request, body)
        content = rule(body)
        status = _OK if content is not None else _NO_CONTENT
    except rules.Problem as problem:
        content, status = {"code": problem.code, "message": str(problem)}, problem.status
    await world.journal.settled()
    text = msgspec.json.encode(content) if content is not None else b""
    world.log.add(
        world.now(), "api", sender="merchant", receiver="pay", method=request.method,
        path=request.url.path, request=shown(body), response=shown(text), status=status,
        milliseconds=round((time.perf_counter() - started) * 1000, 2),
    )  # fmt: skip
    merchant = merchant_of(world)
    asked_for = request.headers.get("wechatpay-serial", "")
    serial = asked_for if asked_for == merchant.public_key_id else proof_serial(world, merchant)
    signed = headers(merchant, text.decode(), world.now(), serial=serial)
    return Response(text, status_code=status, media_type="application/json", headers=signed)


class PayDoor(Controller):
    """Orders, refunds, certificates."""

    path = "/v3"

    @post("/pay/transactions/jsapi")
    async def order(self, world: TheWorld, request: Web) -> Answered:
        """Make an order."""
        return await _answer(
            world, request,
            lambda body: {"prepay_id": rules.place(world, _read(body, rules.NewOrder)).prepay_id},
        )  # fmt: skip

    @get("/pay/transactions/id/{number:str}")
    async def by_id(self, world: TheWorld, request: Web, number: FromPath[str]) -> Answered:
        """Show an order by WeChat's number."""

        def rule(_: bytes) -> dict[str, Any]:
            _check_merchant(world, request)
            return rules.order_view(world, rules.order_by(world, transaction_id=number))

        return await _answer(world, request, rule)

    @get("/pay/transactions/out-trade-no/{number:str}")
    async def by_number(self, world: TheWorld, request: Web, number: FromPath[str]) -> Answered:
        """Show an order by the merchant's number."""

        def rule(_: bytes) -> dict[str, Any]:
            _check_merchant(world, request)
            return rules.order_view(world, rules.order_by(world, number=number))

        return await _answer(world, request, rule)

    @post("/pay/transactions/out-trade-no/{number:str}/close")
    async def close(self, world: TheWorld, request: Web, number: FromPath[str]) -> Answered:
        """Close an order."""
        return await _answer(
            world, request, lambda _: rules.close(world, rules.order_by(world, number=number))
        )

    @post("/refund/domestic/refunds")
    async def refund(self, world: TheWorld, notices: TheNotices, request: Web) -> Answered:
        """Begin a refund."""
        return await _answer(world, request, lambda body: _refund(world, notices, body))

    @get("/refund/domestic/refunds/{number:str}")
    async def refund_of(self, world: TheWorld, request: Web, number: FromPath[str]) -> Answered:
        """Show a refund."""

        def rule(_: bytes) -> dict[str, Any]:
            made = world.pay.refunds.get(number)
            if made is None:
                raise rules.Problem(404, "RESOURCE_NOT_EXISTS", "退款单不存在")
            return rules.refund_view(world, made)

        return await _answer(world, request, rule)

    @get("/certificates")
    async def certificates(self, world: TheWorld, request: Web) -> Answered:
        """Give out the platform's certificate, encrypted."""
        return await _answer(world, request, lambda _: _certificates(world))


def _check_merchant(world: World, request: Web) -> None:
    if request.query_params.get("mchid") != merchant_of(world).mchid:
        raise rules.Problem(400, "PARAM_ERROR", "mchid 不正确")


def _refund(world: World, notices: PayNotices, body: bytes) -> dict[str, Any]:
    asked = _read(body, rules.NewRefund)
    is_new = asked.out_refund_no not in world.pay.refunds
    made = rules.refund(world, asked)
    if is_new:
        notices.await_refund(made)
    return rules.refund_view(world, made)


def _certificates(world: World) -> dict[str, Any]:
    merchant, now = merchant_of(world), world.now()
    sealed_one = sealed(merchant, merchant.platform_certificate, "certificate")
    return {
        "data": [
            {
                "serial_no": merchant.platform_serial,
                "effective_time": rules.stamp(now - 86_400),
                "expire_time": rules.stamp(now + 86_400 * 365),
                "encrypt_certificate": sealed_one,
            }
        ]
    }
