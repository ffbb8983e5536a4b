"""The shop's own system: it takes orders and reports them, signed, to siyu's order API."""

import asyncio
import hashlib
import hmac
import json
import secrets
import time
from datetime import UTC, datetime
from typing import Any

import httpx

from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.log import shown
from siyu.sandbox.world.state import World

_ATTEMPTS = 3
_PAUSE_SECONDS = 1.0
_SERVER_ERROR = 500
_OK_BELOW = 300
IDENTIFIERS = ("unionid", "phone", "member")


class ShopSystem:
    """Sells and reports. A report that fails is repeated with the same idempotency key."""

    def __init__(self, world: World, http: httpx.AsyncClient) -> None:
        self._world = world
        self._http = http

    async def buy(
        self,
        person: r.Person,
        sku: str,
        *,
        quantity: int,
        touch: str,
        identifiers: list[str],
        external_id: str = "",
    ) -> r.Order:
        """Sell to ``person`` and report it; ``identifiers`` say what the shop knows of the buyer.

        ``external_id`` makes a sale repeatable without a second order; without it a new one.
        Raises `WorldRefused` for an unknown product or before the shop was connected.
        """
        world, product = self._world, self._product(sku)
        order = r.Order(
            external_id=external_id or f"XJY{int(world.now())}{secrets.randbelow(10**6):06d}",
            person=person.id,
            sku=product.sku,
            quantity=quantity,
            amount_fen=product.price_fen * quantity,
            status="paid",
            at=world.now(),
            touch=touch,
        )
        world.orders.save(order)
        await self._report(order, self._paid(order, product, person, identifiers))
        return order

    async def refund(self, order: r.Order, refund_fen: int | None = None) -> r.Order:
        """Give the money (or a part of it) back and report it."""
        left = order.amount_fen - order.refund_fen
        amount = left if refund_fen is None else refund_fen
        if not 0 < amount <= left:
            raise WorldRefused("退款金额超过了可退金额")
        order.refund_fen += amount
        order.status = "refunded"
        self._world.orders.save(order)
        await self._report(
            order,
            {
                "external_id": order.external_id,
                "status": "refunded",
                "refund_fen": amount,
                "refunded_at": _rfc3339(self._world.now()),
            },
        )
        return order

    def _product(self, sku: str) -> r.Product:
        shop = self._world.shop
        if not shop.orders_url:
            raise WorldRefused("商城还没有设置订单接口地址")
        for product in shop.products:
            if product.sku == sku:
                return product
        raise WorldRefused("商城没有这个商品")

    def _paid(
        self, order: r.Order, product: r.Product, person: r.Person, identifiers: list[str]
    ) -> dict[str, Any]:
        buyer: dict[str, str] = {}
        if "unionid" in identifiers:
            buyer["unionid"] = person.unionid
        if "phone" in identifiers:
            buyer["phone"] = person.phone
        if "member" in identifiers and person.member_id:
            buyer["external_member_id"] = person.member_id
        body: dict[str, Any] = {
            "external_id": order.external_id,
            "status": "paid",
            "paid_at": _rfc3339(order.at),
            "amount_fen": order.amount_fen,
            "currency": "CNY",
            "items": [
                {
                    "sku": product.sku,
                    "name": product.name,
                    "quantity": order.quantity,
                    "amount_fen": order.amount_fen,
                }
            ],
            "buyer": buyer,
        }
        if order.touch:
            body["touch"] = order.touch
        return body

    async def _report(self, order: r.Order, body: dict[str, Any]) -> None:
        content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        key = f"{order.external_id}-{body['status']}-{order.refund_fen}"
        for attempt in range(_ATTEMPTS):
            if attempt:
                await asyncio.sleep(_PAUSE_SECONDS)
            status = await self._post(content, key, attempt + 1)
            if status is not None and status < _SERVER_ERROR:
                break
        order.answer_status = status
        order.reported = status is not None and status < _OK_BELOW
        self._world.orders.save(order)
        self._world.feed.publish("order", order)
        await self._world.journal.settled()

    async def _post(self, content: bytes, key: str, attempt: int) -> int | None:
        shop, world = self._world.shop, self._world
        timestamp = str(int(world.now()))
        signature = hmac.new(
            shop.secret.encode(), timestamp.encode() + b"." + content, hashlib.sha256
        ).hexdigest()
        started = time.perf_counter()
        status: int | None = None
        try:
            response = await self._http.post(
                shop.orders_url,
                content=content,
                headers={
                    "Content-Type": "application/json",
                    "X-Siyu-Key": shop.key,
                    "X-Siyu-Timestamp": timestamp,
                    "X-Siyu-Signature": signature,
                    "Idempotency-Key": key,
                },
            )
            status, answer = response.status_code, response.text
        except httpx.HTTPError as error:
            answer = f"{type(error).__name__} {error}"
        world.log.add(
            world.now(),
            "order",
            sender="shop",
            receiver="siyu",
            method="POST",
            path=shop.orders_url,
            request=shown(content),
            response=shown(answer),
            status=status,
            milliseconds=round((time.perf_counter() - started) * 1000, 2),
            note=f"attempt {attempt}",
        )
        return status


def _rfc3339(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")
