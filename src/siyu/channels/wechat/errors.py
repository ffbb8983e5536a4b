"""Failures of calls to WeChat: each says what to do about it and has a sentence for a person."""

from collections.abc import Sequence
from typing import Final

from siyu.channels.wecom.errors import Violation
from siyu.channels.wecom.verdicts import Advice
from siyu.core.http import Trouble

_SHOWN_ERRMSG: Final = 160
TOKEN_CODES: Final = frozenset({40001, 40014, 42001, 41001})
_WHERE: Final = "微信公众平台「设置与开发 → 基本配置」"
_VERDICTS: Final = {
    -1: (Advice.RETRY, "微信系统繁忙，请稍后再试"),
    40001: (Advice.REFRESH_TOKEN, "访问凭证已失效，会自动更新一次"),
    40014: (Advice.REFRESH_TOKEN, "访问凭证已失效，会自动更新一次"),
    42001: (Advice.REFRESH_TOKEN, "访问凭证已失效，会自动更新一次"),
    41001: (Advice.REFRESH_TOKEN, "访问凭证已失效，会自动更新一次"),
    40013: (Advice.ASK_ADMIN, f"公众号 AppID 不正确，请在{_WHERE}核对"),
    40125: (Advice.ASK_ADMIN, f"公众号 AppSecret 不正确，请在{_WHERE}核对或重置"),
    41002: (Advice.ASK_ADMIN, f"缺少公众号 AppID，请在{_WHERE}查看"),
    41004: (Advice.ASK_ADMIN, f"缺少公众号 AppSecret，请在{_WHERE}查看"),
    40164: (Advice.ASK_ADMIN, f"本系统的出口IP不在白名单，请在{_WHERE}的IP白名单中加入"),
    40243: (Advice.ASK_ADMIN, f"公众号 AppSecret 已被冻结，请在{_WHERE}解冻"),
    48001: (Advice.ASK_ADMIN, "公众号没有该接口权限，请完成认证后在「接口权限」中查看"),
    50001: (Advice.ASK_ADMIN, "公众号没有该接口权限，请完成认证后在「接口权限」中查看"),
    10003: (Advice.ASK_ADMIN, "网页授权域名不一致，请在「功能设置 → 网页授权域名」中填写"),
    40029: (Advice.GIVE_UP, "登录已失效，请重新打开页面"),
    40163: (Advice.GIVE_UP, "登录已失效，请重新打开页面"),
    42003: (Advice.GIVE_UP, "登录已失效，请重新打开页面"),
    40226: (Advice.GIVE_UP, "该用户的小程序登录被微信拦截"),
    40003: (Advice.GONE, "用户不存在"),
    43004: (Advice.GONE, "用户没有关注公众号"),
    43101: (Advice.GIVE_UP, "用户没有同意接收这条订阅消息，或同意的次数已用完"),
    43107: (Advice.GIVE_UP, "用户关闭了订阅消息"),
    40037: (Advice.ASK_ADMIN, "消息模板不存在或已删除，请在微信公众平台核对模板ID"),
    47003: (Advice.BUG, "消息内容与模板的字段不符"),
    41030: (Advice.BUG, "小程序页面路径不正确"),
    40165: (Advice.BUG, "小程序页面路径不正确"),
    40212: (Advice.BUG, "小程序页面参数不正确"),
    40053: (Advice.BUG, "二维码参数不正确"),
    45029: (Advice.GIVE_UP, "永久二维码数量已达微信上限"),
    46003: (Advice.GONE, "公众号还没有自定义菜单"),
    65301: (Advice.GONE, "个性化菜单不存在"),
    65303: (Advice.ASK_ADMIN, "请先创建默认菜单，再创建个性化菜单"),
    85079: (Advice.ASK_ADMIN, "小程序尚未发布，请先在小程序后台发布"),
    85400: (Advice.GIVE_UP, "长期有效的小程序链接数量已达微信上限"),
    85401: (Advice.BUG, "小程序链接的有效期最长30天"),
    85402: (Advice.WAIT, "今天生成的小程序链接已达微信上限，明天继续"),
    44990: (Advice.WAIT, "生成小程序链接过于频繁，稍后继续"),
    44993: (Advice.WAIT, "今天生成的小程序链接已达微信上限，明天继续"),
    45009: (Advice.WAIT, "调用次数已达微信上限，稍后继续"),
    45011: (Advice.WAIT, "调用过于频繁，稍后继续"),
}
_TROUBLES: Final = {
    Trouble.CONNECT: "连接不上微信，请检查网络和接口地址",
    Trouble.TIMEOUT: "微信没有及时应答",
    Trouble.BROKEN: "与微信的连接中断",
    Trouble.SERVER: "微信服务器出错",
    Trouble.OVERSIZED: "微信的应答过大",
}


class WeChatFailure(Exception):
    """A call that did not succeed: what to do (`advice`) and what to tell a person (`sentence`)."""

    def __init__(self, message: str, advice: Advice, sentence: str) -> None:
        super().__init__(message)
        self.advice = advice
        self.sentence = sentence


class WeChatError(WeChatFailure):
    """WeChat answered with an errcode."""

    def __init__(self, errcode: int, errmsg: str, path: str) -> None:
        advice, sentence = _VERDICTS.get(errcode, (Advice.GIVE_UP, "微信拒绝了请求"))
        self.errcode = errcode
        self.errmsg = errmsg[:_SHOWN_ERRMSG]
        super().__init__(
            f"{path} answered {errcode}: {self.errmsg}", advice, f"{sentence}（错误码 {errcode}）"
        )


class WeChatUnreachable(WeChatFailure):
    """No usable answer came. `sent` tells whether WeChat may have acted on the call."""

    def __init__(self, trouble: Trouble, path: str, *, sent: bool) -> None:
        super().__init__(f"{path}: {trouble}", Advice.RETRY, _TROUBLES[trouble])
        self.trouble = trouble
        self.sent = sent


class WeChatUnreadable(WeChatFailure):
    """An answer came, but not of the documented shape."""

    def __init__(self, reason: str, path: str) -> None:
        sentence = "微信的应答无法识别，请检查接口地址是否正确"
        super().__init__(f"{path}: {reason}", Advice.GIVE_UP, sentence)


class WeChatRefused(WeChatFailure):
    """The request breaks documented rules and was not sent."""

    def __init__(self, violations: Sequence[Violation], path: str) -> None:
        self.violations = tuple(violations)
        fields = ", ".join(violation.field for violation in violations)
        sentence = "；".join(violation.message for violation in violations)
        super().__init__(f"{path}: not sent because of {fields}", Advice.BUG, sentence)


class SnapshotVisitor(WeChatFailure):
    """The page was opened in WeChat's snapshot mode: the ids belong to nobody.

    WeChat shows a made-up account there until the visitor chooses to use the whole service, so
    the answer proves nothing about a person.
    """

    def __init__(self) -> None:
        super().__init__(
            "snapshot visitor", Advice.GIVE_UP, "当前为快照页，请点击「使用完整服务」后继续"
        )
