"""Failures of calls to WeCom: each says what to do about it and has a sentence for a person."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from siyu.channels.wecom.permissions import TRUSTED_IP, Permission
from siyu.channels.wecom.verdicts import Advice, verdict
from siyu.core.http import Trouble

_SHOWN_ERRMSG: Final = 160
_EGRESS: Final = re.compile(r"from ip:\s*([0-9a-fA-F.:]+)")
_TROUBLES: Final = {
    Trouble.CONNECT: "连接不上企业微信，请检查网络和接口地址",
    Trouble.TIMEOUT: "企业微信没有及时应答",
    Trouble.BROKEN: "与企业微信的连接中断",
    Trouble.SERVER: "企业微信服务器出错",
    Trouble.OVERSIZED: "企业微信的应答过大",
}


class WeComFailure(Exception):
    """A call that did not succeed: what to do (`advice`) and what to tell a person (`sentence`).

    `endpoint` is the path. Nothing here holds a token, a secret or personal data.
    """

    def __init__(self, message: str, advice: Advice, sentence: str, endpoint: str) -> None:
        super().__init__(message)
        self.advice = advice
        self.sentence = sentence
        self.endpoint = endpoint


class WeComError(WeComFailure):
    """WeCom answered with an errcode.

    `permission` says what the admin has to grant where, `subject` what is gone or refused.
    `after_unknown` is true when an earlier attempt of this call got no answer: the call may have
    worked then, and this errcode may only say that it cannot work twice.
    """

    def __init__(
        self, errcode: int, errmsg: str, endpoint: str, *, after_unknown: bool = False
    ) -> None:
        found = verdict(errcode, endpoint)
        self.errcode = errcode
        self.errmsg = errmsg[:_SHOWN_ERRMSG]
        self.permission: Permission | None = found.permission
        self.subject = found.subject
        self.after_unknown = after_unknown
        sentence = found.sentence or "企业微信拒绝了请求"
        super().__init__(
            f"{endpoint} answered {errcode}: {self.errmsg}",
            found.advice,
            f"{sentence}（错误码 {errcode}）",
            endpoint,
        )

    @property
    def egress(self) -> str:
        """The address that calls come from, where WeCom names it as not trusted."""
        found = _EGRESS.search(self.errmsg) if self.permission is TRUSTED_IP else None
        return found[1] if found else ""

    @property
    def fix(self) -> str:
        """Where the admin repairs it, in Chinese; empty where the admin cannot."""
        if self.permission is None:
            return ""
        return "：".join(filter(None, (self.permission.where, self.egress)))


class WeComUnreachable(WeComFailure):
    """No usable answer came. `sent` tells whether WeCom may have acted on the call."""

    def __init__(self, trouble: Trouble, endpoint: str, *, sent: bool) -> None:
        super().__init__(f"{endpoint}: {trouble}", Advice.RETRY, _TROUBLES[trouble], endpoint)
        self.trouble = trouble
        self.sent = sent


class QuotaUnknown(WeComUnreachable):
    """Nobody can say what may still be called, so nothing was."""

    def __init__(self, endpoint: str) -> None:
        super().__init__(Trouble.CONNECT, endpoint, sent=False)
        self.sentence = "暂时读不到调用额度的记录，稍后自动重试"


class WeComUnreadable(WeComFailure):
    """An answer came, but not of the documented shape."""

    def __init__(self, reason: str, endpoint: str) -> None:
        sentence = "企业微信的应答无法识别，请检查接口地址是否正确"
        super().__init__(f"{endpoint}: {reason}", Advice.GIVE_UP, sentence, endpoint)


class QuotaExhausted(WeComFailure):
    """The quota of this corporation and endpoint has no room before the caller's patience ends."""

    def __init__(self, retry_at: datetime, endpoint: str) -> None:
        sentence = "企业微信的调用额度已用完，稍后自动继续"
        super().__init__(f"{endpoint}: no quota before {retry_at}", Advice.WAIT, sentence, endpoint)
        self.retry_at = retry_at


class Violation(NamedTuple):
    """A documented rule the request breaks: a dotted path and a Chinese sentence."""

    field: str
    message: str


class RequestRefused(WeComFailure):
    """The request breaks documented rules and was not sent."""

    def __init__(self, violations: Sequence[Violation], endpoint: str) -> None:
        self.violations = tuple(violations)
        fields = ", ".join(violation.field for violation in violations)
        sentence = "；".join(violation.message for violation in violations)
        super().__init__(
            f"{endpoint}: not sent because of {fields}", Advice.BUG, sentence, endpoint
        )
