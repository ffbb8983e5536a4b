"""WeChat Pay as one merchant: orders, notices, refunds, and what a page needs to let people pay."""

import asyncio
import re
import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, Final, Literal, NamedTuple, TypeVar
from urllib.parse import urlsplit

import msgspec
import requests

from siyu.channels.pay.errors import (
    NoticeRefused,
    NoticeStale,
    PayError,
    PayRefused,
    PayUnreachable,
    PayUnreadable,
)
from siyu.channels.pay.v3 import METHODS, PayCore
from siyu.channels.pay.values import (
    NUMBER,
    Merchant,
    Notice,
    Order,
    PaySheet,
    Prepaid,
    Refund,
    RefundRequest,
    Transaction,
)
from siyu.channels.wecom.endpoint import Reply, Request
from siyu.channels.wecom.errors import Violation
from siyu.channels.wecom.lenient import read
from siyu.channels.wecom.limits import violations
from siyu.core.clock import Clock
from siyu.core.http import Trouble
from siyu.core.transport import is_this_machine

HOST: Final = "https://api.mch.weixin.qq.com"
_JSAPI: Final = "/v3/pay/transactions/jsapi"
_BY_ID: Final = "/v3/pay/transactions/id"
_BY_NUMBER: Final = "/v3/pay/transactions/out-trade-no"
_REFUNDS: Final = "/v3/refund/domestic/refunds"
_WINDOW: Final = timedelta(minutes=5)
_THREADS: Final = 8
_FAILED: Final = 300
_NUMBER: Final = re.compile(NUMBER)
KNOWN: Final = (
    ("POST", f"{HOST}{_JSAPI}"),
    ("GET", f"{HOST}{_BY_ID}/{{transaction_id}}"),
    ("GET", f"{HOST}{_BY_NUMBER}/{{out_trade_no}}"),
    ("POST", f"{HOST}{_BY_NUMBER}/{{out_trade_no}}/close"),
    ("POST", f"{HOST}{_REFUNDS}"),
    ("GET", f"{HOST}{_REFUNDS}/{{out_refund_no}}"),
)

_SUBJECTS: Final[Mapping[str, type[Transaction] | type[Refund]]] = {
    "TRANSACTION": Transaction,
    "REFUND": Refund,
}

R = TypeVar("R", bound=Reply)


class PayCall(NamedTuple):
    """A call that was answered: the endpoint, with its variable part named, and HTTP's status."""

    path: str
    status: int

    @property
    def errcode(self) -> int:
        """0 for a good answer, else HTTP's status."""
        return 0 if self.status < _FAILED else self.status


class WeChatPay:
    """Calls as one merchant; keep one per merchant, and close it.

    Every method raises a `siyu.channels.pay.errors.PayFailure` when it does not succeed. The
    library behind it blocks, so calls run on a few threads of their own. Names below ``localhost``
    as `base` mean this machine. `observe` is told of each call that was answered, on its thread.
    """

    def __init__(
        self,
        merchant: Merchant,
        clock: Clock,
        *,
        base: str = HOST,
        observe: Callable[[PayCall], None] = lambda _: None,
    ) -> None:
        self.merchant = merchant
        self._clock = clock
        self._core = PayCore(merchant, _reachable(base))
        self._observe = observe
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="wechat-pay")

    def close_threads(self) -> None:
        """Let go of the threads; calls under way end first."""
        self._threads.shutdown(wait=False)

    async def order(self, order: Order) -> str:
        """Make an order and return its prepay id, good for two hours.

        The same order may be made again under its number: WeChat Pay answers the same.
        """
        return (await self._post(Prepaid, _JSAPI, order, named=True)).prepay_id

    def pay_sheet(self, prepay_id: str) -> PaySheet:
        """Return what the page needs to let the person pay, signed for this minute."""
        timestamp, nonce = str(int(self._clock.now().timestamp())), secrets.token_hex(16)
        package = f"prepay_id={prepay_id}"
        signed = self._core.sign([self.merchant.app_id, timestamp, nonce, package])
        return PaySheet(
            app_id=self.merchant.app_id,
            timestamp=timestamp,
            nonce=nonce,
            package=package,
            signature=signed,
        )

    async def transaction(
        self, *, number: str | None = None, transaction_id: str | None = None
    ) -> Transaction:
        """Return an order by the shop's number or by WeChat's, whichever is given."""
        if (number is None) == (transaction_id is None):
            raise ValueError("give one number, the shop's or WeChat's")
        root, name, value = (
            (_BY_NUMBER, "out_trade_no", number or "")
            if transaction_id is None
            else (_BY_ID, "transaction_id", transaction_id)
        )
        path = f"{root}/{_checked(value, root)}?mchid={self.merchant.merchant_id}"
        return await self._ask(Transaction, "GET", path, f"{root}/{{{name}}}")

    async def close(self, number: str) -> None:
        """Close an order that was not paid; afterwards nobody can."""
        path = f"{_BY_NUMBER}/{_checked(number, _BY_NUMBER)}/close"
        body = {"mchid": self.merchant.merchant_id}
        await self._call("POST", path, f"{_BY_NUMBER}/{{out_trade_no}}/close", body)

    async def refund(self, request: RefundRequest) -> Refund:
        """Give money back; it is under way when the answer comes, and a notice tells the end.

        The same refund may be asked for again under its number: it happens once.
        """
        return await self._post(Refund, _REFUNDS, request, named=False)

    async def refund_of(self, number: str) -> Refund:
        """Return a refund by the shop's number for it."""
        path = f"{_REFUNDS}/{_checked(number, _REFUNDS)}"
        return await self._ask(Refund, "GET", path, f"{_REFUNDS}/{{out_refund_no}}")

    async def notice(self, headers: Mapping[str, str], body: bytes) -> Notice:
        """Return what a posted notice says; raises `NoticeRefused`.

        It must be signed by WeChat Pay within five minutes of the present, and be encrypted with
        our APIv3 key. Answer 204 once its content is stored; else WeChat Pay sends it again.
        """
        plain = {name.lower(): value for name, value in headers.items()}
        stamp = plain.get("wechatpay-timestamp", "")
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 10):  # noqa: PLR2004
            raise NoticeRefused("the timestamp is not a number of seconds")
        is_stale = abs(self._clock.now().timestamp() - int(stamp)) > _WINDOW.total_seconds()
        content = await self._in_thread(lambda: self._opened(plain, body))
        if is_stale:  # told only to who can sign: an unsigned time would tell about our clock
            raise NoticeStale("the signed time is too far from the present")
        return _notice(content)

    def _opened(self, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
        try:
            content = self._core.callback(headers, body)
        except Exception as error:
            raise NoticeRefused("not a notice of WeChat Pay") from error
        if not isinstance(content, dict) or not isinstance(content.get("resource"), dict):
            raise NoticeRefused("not signed by WeChat Pay, or not for this merchant")
        return content

    async def _post(self, kind: type[R], path: str, request: Request, *, named: bool) -> R:
        if broken := list(violations(request)):
            raise PayRefused(broken, path)
        body = msgspec.to_builtins(request)
        for field in ("out_trade_no", "out_refund_no", "transaction_id"):
            if field in body:
                _checked(body[field], path)
        if named:
            body |= {"appid": self.merchant.app_id, "mchid": self.merchant.merchant_id}
        return await self._ask(kind, "POST", path, path, body)

    async def _ask(
        self,
        kind: type[R],
        method: Literal["GET", "POST"],
        path: str,
        endpoint: str,
        body: dict[str, Any] | None = None,
    ) -> R:
        data = await self._call(method, path, endpoint, body)
        try:
            return read({**data, "raw": data}, kind)
        except msgspec.ValidationError as error:
            raise PayUnreadable(str(error), endpoint) from error

    async def _call(
        self, method: str, path: str, endpoint: str, body: dict[str, Any] | None
    ) -> dict[str, Any]:
        return await self._in_thread(lambda: self._exchanged(method, path, endpoint, body))

    def _exchanged(
        self, method: str, path: str, endpoint: str, body: dict[str, Any] | None
    ) -> dict[str, Any]:
        try:
            status, text = self._core.request(path, method=METHODS[method], data=body)
        except requests.Timeout as error:
            connecting = isinstance(error, requests.ConnectTimeout)
            trouble = Trouble.CONNECT if connecting else Trouble.TIMEOUT
            raise PayUnreachable(trouble, endpoint, sent=not connecting) from error
        except requests.RequestException as error:
            sent = not _never_left(error)
            trouble = Trouble.BROKEN if sent else Trouble.CONNECT
            raise PayUnreachable(trouble, endpoint, sent=sent) from error
        except Exception as error:  # the library raises nothing finer for a false signature
            raise PayUnreadable("the answer is not signed by WeChat Pay", endpoint) from error
        self._observe(PayCall(f"{HOST}{endpoint}", status))
        data = _object(text)
        if status >= _FAILED:
            data = data or {}
            raise PayError(
                status, str(data.get("code", "")), str(data.get("message", "")), endpoint
            )
        if data is None:
            raise PayUnreadable("the answer is not a JSON object", endpoint)
        return data

    async def _in_thread(self, work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)


def _notice(content: dict[str, Any]) -> Notice:
    event, resource = str(content.get("event_type", "")), content["resource"]
    kind: type[Transaction | Refund] | None = _SUBJECTS.get(event.partition(".")[0])
    try:
        subject = read({**resource, "raw": resource}, kind) if kind else None
    except msgspec.ValidationError as error:
        raise NoticeRefused("a notice without the number of its order") from error
    return Notice(id=str(content.get("id", "")), event=event, subject=subject, raw=content)


def _object(text: str | bytes) -> dict[str, Any] | None:
    """Return a JSON object; an empty answer (204) has no fields."""
    if not text:
        return {}
    try:
        data = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return None
    return data if isinstance(data, dict) else None


def _checked(number: str, path: str) -> str:
    """Return a number that may stand in a path as it is, or raise `PayRefused`."""
    if _NUMBER.match(number) is None:
        raise PayRefused([Violation("number", "单号只能由字母、数字和 _-*|@ 组成")], path)
    return number


def _reachable(base: str) -> str:
    """Return an address whose name the library's resolver knows: 127.0.0.1 for ``*.localhost``."""
    parts = urlsplit(base)
    host = parts.hostname or ""
    if not is_this_machine(host) or host == "::1":
        return base
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://127.0.0.1{port}{parts.path}"


def _never_left(error: requests.RequestException) -> bool:
    """Whether no connection was made; whatever is not known to have stayed here may have arrived.

    requests has one class for both, and wraps urllib3's, which says it.
    """
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return "NewConnectionError" in {kind.__name__ for kind in type(reason).__mro__}
