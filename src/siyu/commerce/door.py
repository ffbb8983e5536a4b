"""`POST /open/v1/orders`: shops post orders here, signed and repeatable.

A post is answered after its transaction has committed: whatever was answered with 2xx is
there, and a post without an answer may be repeated as it is.
"""

import hmac
from typing import Final

import msgspec

from siyu.accounts.tenants import Vaults
from siyu.commerce.matching import TouchRecipient
from siyu.commerce.models import OrderSource
from siyu.commerce.orders import Post, take
from siyu.commerce.schemas import OrderPost
from siyu.commerce.sources import SECRET_PURPOSE, SLUG_KIND, is_timely, signature
from siyu.core.clock import Clock
from siyu.core.context import Actor, Context
from siyu.core.db import Database
from siyu.core.db.directory import find_slug
from siyu.core.doors import Request, Response
from siyu.core.errors import Forbidden, Invalid, Unauthenticated
from siyu.core.validation import field_error

MOST_BYTES: Final = 256 * 1024
_LONGEST_KEY: Final = 128
_ORDER: Final = msgspec.json.Decoder(OrderPost)


class OrderDoor:
    """Verifies posts and takes them."""

    def __init__(
        self, db: Database, clock: Clock, vaults: Vaults, recipient: TouchRecipient
    ) -> None:
        self._db = db
        self._clock = clock
        self._vaults = vaults
        self._recipient = recipient

    async def handle(self, request: Request) -> Response:
        """Answer one request."""
        if request.method != "POST":
            return Response(405, headers=(("allow", "POST"),))
        body = await request.body(MOST_BYTES)
        key = request.header("x-siyu-key")
        async with self._db.system() as session:
            target = await find_slug(session, key) if key else None
        if target is None or target.kind != SLUG_KIND:
            raise _refusal()
        async with self._db.tenant(target.tenant_id) as session:
            source = await session.get_one(OrderSource, (target.tenant_id, target.target_id))
            vault = await self._vaults.of(session, target.tenant_id)
            self._verify(request, body, vault.decrypt(SECRET_PURPOSE, source.secret))
            if not source.enabled:
                raise Forbidden("order_source_disabled", "该订单来源已停用，请在控制台启用")
            ctx = Context(
                tenant_id=target.tenant_id,
                actor=Actor("api", source.id, source.name),
                clock=self._clock,
                session=session,
            )
            idempotency_key = request.header("idempotency-key")
            if len(idempotency_key) > _LONGEST_KEY:
                raise Invalid("idempotency_key_too_long", "Idempotency-Key 不能超过 128 个字符")
            post = Post(source, _read(body), body, idempotency_key)
            taken = await take(ctx, post, vault, self._recipient)
        return Response.json(taken, status=200 if taken.duplicate else 201)

    def _verify(self, request: Request, body: bytes, secret: str) -> None:
        timestamp = request.header("x-siyu-timestamp")
        expected = signature(secret, timestamp, body)
        given = request.header("x-siyu-signature").lower()
        if not hmac.compare_digest(expected.encode(), given.encode()):
            raise _refusal()
        # Only after the signature: an unsigned time would tell strangers about our clock.
        if not is_timely(timestamp, self._clock.now()):
            raise Unauthenticated(
                "timestamp_stale",
                "X-Siyu-Timestamp 与当前时间相差超过 5 分钟，请校准时钟",
            )


def _refusal() -> Unauthenticated:
    """Refuse alike whatever is wrong, so that nobody learns which part was right."""
    return Unauthenticated(
        "signature_invalid",
        '签名不正确：请核对 X-Siyu-Key 与密钥，签名内容为 时间戳 + "." + 原始请求体',
    )


def _read(body: bytes) -> OrderPost:
    try:
        return _ORDER.decode(body)
    except msgspec.ValidationError as error:
        found = field_error(error)
        raise Invalid("order_invalid", f"订单内容有误：{found.message}", errors=[found]) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Invalid("body_not_json", "请求体不是合法的 JSON") from error
