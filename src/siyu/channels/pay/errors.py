"""Failures of calls to WeChat Pay: each says what to do about it and has a sentence for a person.

WeChat Pay answers failures with a HTTP status and a code in words. The table names the codes of the
endpoints used here; whatever it does not name follows the status.
"""

from collections.abc import Sequence
from typing import Final

from siyu.channels.wecom.errors import Violation
from siyu.channels.wecom.verdicts import Advice
from siyu.core.http import Trouble

_SHOWN: Final = 160
_WHERE: Final = "微信支付商户平台「账户中心 → API安全」"
_VERDICTS: Final = {
    "SYSTEM_ERROR": (Advice.RETRY, "微信支付系统繁忙，请用原单号稍后重试"),
    "BANK_ERROR": (Advice.RETRY, "银行系统异常，请用原单号稍后重试"),
    "BIZERR_NEED_RETRY": (Advice.RETRY, "微信支付正在处理，请用原单号稍后重试"),
    "USERPAYING": (Advice.RETRY, "用户正在支付，请稍后查询订单"),
    "FREQUENCY_LIMITED": (Advice.WAIT, "请求过于频繁，稍后继续"),
    "FREQUENCY_LIMIT_EXCEED": (Advice.WAIT, "请求过于频繁，稍后继续"),
    "RATELIMIT_EXCEEDED": (Advice.WAIT, "请求过于频繁，稍后继续"),
    "SIGN_ERROR": (Advice.ASK_ADMIN, f"签名验证失败，请在{_WHERE}核对商户证书与序列号"),
    "APPID_MCHID_NOT_MATCH": (
        Advice.ASK_ADMIN, "AppID 与商户号没有绑定，请在商户平台「产品中心 → AppID账号管理」中关联",
    ),
    "MCH_NOT_EXISTS": (Advice.ASK_ADMIN, "商户号不存在，请在商户平台核对"),
    "NO_AUTH": (Advice.ASK_ADMIN, "商户没有该接口权限，请在商户平台「产品中心」开通"),
    "RULE_LIMIT": (Advice.ASK_ADMIN, "受商户平台的业务规则限制，请在商户平台查看"),
    "RULELIMIT": (Advice.ASK_ADMIN, "受商户平台的业务规则限制，请在商户平台查看"),
    "ACCOUNT_ERROR": (Advice.ASK_ADMIN, "商户账号异常，请在商户平台查看"),
    "ACCOUNTERROR": (Advice.ASK_ADMIN, "商户账号异常，请在商户平台查看"),
    "NOT_ENOUGH": (Advice.ASK_ADMIN, "商户账户余额不足，请充值后用原退款单号重试"),
    "ORDER_NOT_EXIST": (Advice.GONE, "支付订单不存在"),
    "ORDERNOTEXIST": (Advice.GONE, "支付订单不存在"),
    "RESOURCE_NOT_EXISTS": (Advice.GONE, "要查询的单据不存在"),
    "ORDER_CLOSED": (Advice.GIVE_UP, "支付订单已关闭，请重新下单"),
    "ORDERCLOSED": (Advice.GIVE_UP, "支付订单已关闭，请重新下单"),
    "ORDERPAID": (Advice.GIVE_UP, "支付订单已支付"),
    "OUT_TRADE_NO_USED": (Advice.GIVE_UP, "商户订单号已被使用，请勿重复下单"),
    "OPENID_MISMATCH": (Advice.GIVE_UP, "付款人与 AppID 不匹配"),
    "USER_ACCOUNT_ABNORMAL": (Advice.GIVE_UP, "用户的微信支付账户异常，请线下退款"),
    "TRADE_ERROR": (Advice.GIVE_UP, "交易失败，请更换支付方式"),
    "INVALID_REQUEST": (Advice.GIVE_UP, "微信支付不允许这个操作"),
    "INVALID_TRANSACTIONID": (Advice.BUG, "微信支付订单号不正确"),
    "PARAM_ERROR": (Advice.BUG, "请求参数不正确"),
}  # fmt: skip
_BY_STATUS: Final = {
    401: (Advice.ASK_ADMIN, f"签名验证失败，请在{_WHERE}核对商户证书与序列号"),
    403: (Advice.ASK_ADMIN, "商户没有该接口权限，请在商户平台「产品中心」查看"),
    404: (Advice.GONE, "要查询的单据不存在"),
    429: (Advice.WAIT, "请求过于频繁，稍后继续"),
    500: (Advice.RETRY, "微信支付系统繁忙，请用原单号稍后重试"),
    502: (Advice.RETRY, "微信支付系统繁忙，请用原单号稍后重试"),
    503: (Advice.RETRY, "微信支付系统繁忙，请用原单号稍后重试"),
}
_TROUBLES: Final = {
    Trouble.CONNECT: "连接不上微信支付，请检查网络和接口地址",
    Trouble.TIMEOUT: "微信支付没有及时应答，请用原单号查询结果",
    Trouble.BROKEN: "与微信支付的连接中断，请用原单号查询结果",
}


class PayFailure(Exception):
    """A call that did not succeed: what to do (`advice`) and what to tell a person (`sentence`)."""

    def __init__(self, message: str, advice: Advice, sentence: str) -> None:
        super().__init__(message)
        self.advice = advice
        self.sentence = sentence


class PayError(PayFailure):
    """WeChat Pay answered with a failure: `status` of HTTP and `code` in words."""

    def __init__(self, status: int, code: str, message: str, path: str) -> None:
        unknown = (Advice.GIVE_UP, "微信支付拒绝了请求")
        advice, sentence = _VERDICTS.get(code) or _BY_STATUS.get(status, unknown)
        self.status = status
        self.code = code
        self.detail = message[:_SHOWN]
        shown = code or f"HTTP {status}"
        super().__init__(
            f"{path} answered {status} {code}: {self.detail}", advice, f"{sentence}（{shown}）"
        )


class PayUnreachable(PayFailure):
    """No usable answer came. `sent` tells whether WeChat Pay may have acted on the call.

    A repeat with the same numbers is harmless: an order or refund is made once for its number.
    """

    def __init__(self, trouble: Trouble, path: str, *, sent: bool) -> None:
        super().__init__(f"{path}: {trouble}", Advice.RETRY, _TROUBLES[trouble])
        self.trouble = trouble
        self.sent = sent


class PayUnreadable(PayFailure):
    """An answer came, but not of the documented shape, or not from WeChat Pay."""

    def __init__(self, reason: str, path: str) -> None:
        sentence = "微信支付的应答无法识别或签名不符，请检查接口地址和支付公钥"
        super().__init__(f"{path}: {reason}", Advice.GIVE_UP, sentence)


class PayRefused(PayFailure):
    """The request breaks documented rules and was not sent."""

    def __init__(self, violations: Sequence[Violation], path: str) -> None:
        self.violations = tuple(violations)
        fields = ", ".join(violation.field for violation in violations)
        sentence = "；".join(violation.message for violation in violations)
        super().__init__(f"{path}: not sent because of {fields}", Advice.BUG, sentence)


class NoticeRefused(Exception):
    """A notice that must not be trusted: answer 401 without details, and take it for nothing.

    The message holds no content. WeChat Pay probes addresses with false signatures
    (``WECHATPAY/SIGNTEST/…``), so one of these is no attack yet.
    """


class NoticeStale(NoticeRefused):
    """A genuine notice whose signed time is too far from the present: a replay, or a clock gone."""
