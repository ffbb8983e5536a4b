"""What each errcode of WeCom means for the caller, and which permission the admin has to grant.

A table, because that is what it is. Codes not named fall to their range; whatever is left is given
up, with WeCom's own title of the code from ``errcodes.tsv`` (the official list) where it has one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from siyu.channels.wecom.permissions import (
    ACQUISITION,
    API_ACCESS,
    APP,
    ARCHIVE,
    CALLBACK,
    CONTACT_SCOPE,
    CORP,
    FEATURE,
    KF_API,
    LICENCE,
    MINI_PROGRAM,
    OPEN_PLATFORM,
    PAYMENT,
    SECRET,
    TRUSTED_DOMAIN,
    TRUSTED_IP,
    VISIBILITY,
    Permission,
    needed_for,
)

_TITLES: Final = Path(__file__).with_name("errcodes.tsv")


class Action(StrEnum):
    """The five things one can do about a failure; every errcode has exactly one."""

    RETRY = "retry"
    REFRESH_TOKEN = "refresh_token"  # noqa: S105  not a secret
    WAIT = "wait"
    ASK_ADMIN = "ask_admin"
    GIVE_UP = "give_up"

    @property
    def label(self) -> str:
        """The action in Chinese."""
        return _ACTION_TITLES[self]


_ACTION_TITLES: Final = {
    Action.RETRY: "稍后重试",
    Action.REFRESH_TOKEN: "更新访问凭证后重试一次",
    Action.WAIT: "等额度恢复后继续",
    Action.ASK_ADMIN: "请企业微信管理员处理",
    Action.GIVE_UP: "放弃，重试没有用",
}


class Advice(StrEnum):
    """What to do about a failure."""

    RETRY = "retry"  # it may work in a moment
    REFRESH_TOKEN = "refresh_token"  # noqa: S105  fetch a new access token, once
    WAIT = "wait"  # a quota is used up; come back at a known time
    ASK_ADMIN = "ask_admin"  # a permission or setting in the admin console is missing
    GONE = "gone"  # what the request names does not exist (any more): read it anew
    GIVE_UP = "give_up"  # WeCom refuses for good; nothing to repair
    BUG = "bug"  # the request breaks a documented rule: siyu is wrong

    @property
    def action(self) -> Action:
        """What is done; what is gone or wrong is given up, for different reasons."""
        return Action.GIVE_UP if self in {Advice.GONE, Advice.BUG} else Action(self.value)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The advice for an errcode. `subject` names what is gone or refused, where that matters."""

    advice: Advice
    sentence: str = ""
    permission: Permission | None = None
    subject: str = ""


TOKEN_CODES: Final = frozenset({40014, 42001, 41001})
QUOTA_CODE: Final = 45009
CONCURRENCY_CODE: Final = 45033
SIGN_IN_CODES: Final = frozenset({40029, 42003, 42022})


_Verdicts = tuple[tuple[int, ...], Verdict]


def _say(
    advice: Advice,
    sentence: str,
    *codes: int,
    permission: Permission | None = None,
    subject: str = "",
) -> _Verdicts:
    return codes, Verdict(advice, sentence, permission, subject)


_ROWS: Final = (
    _say(
        Advice.RETRY, "企业微信系统繁忙，稍后会自动重试",
        -1, 6000, 81026, 90304, 90409, 90419, 301022, 301026, 301057, 301064, 302005, 770007,
    ),
    _say(Advice.RETRY, "任务正在派发中，稍后会自动重试", 41063, 41079),
    _say(Advice.RETRY, "订单或激活码正在处理，稍后会自动重试", 701022, 701033, 701081, 701085),
    _say(Advice.RETRY, "相同的操作正在进行，稍后会自动重试", 301096, 400301),

    _say(Advice.REFRESH_TOKEN, "访问凭证已失效，会自动更新一次", 40014, 41001, 42001),
    _say(Advice.REFRESH_TOKEN, "服务商凭证已失效，请重新获取", 40082, 41022, 42009),
    _say(
        Advice.REFRESH_TOKEN, "设备凭证已失效，请重新获取",
        40106, 42021, 710400, 710401, 710403,
    ),

    _say(Advice.WAIT, "调用次数已达企业微信上限，稍后继续", 45009, 640019, 640035, 2400007),
    _say(Advice.WAIT, "同时进行的调用过多，稍后继续", 45033),
    _say(Advice.WAIT, "操作过于频繁，稍后继续", 41094, 84055, 84066, 90313, 701134),
    _say(Advice.WAIT, "进行中的任务已达上限，等它们结束后继续", 41078, 302008, 670022),
    _say(Advice.WAIT, "今天的次数已用完，明天继续", 90431, 670023),

    _say(
        Advice.ASK_ADMIN, "企业ID或应用Secret不正确",
        40001, 40013, 40091, 41002, 41004, permission=SECRET,
    ),
    _say(Advice.ASK_ADMIN, "应用Secret不够安全，请在后台重置", 45031, permission=SECRET),
    _say(Advice.ASK_ADMIN, "本系统的出口IP不在可信名单", 60020, 301042, permission=TRUSTED_IP),
    _say(
        Advice.ASK_ADMIN, "网页域名未登记为可信域名或未通过校验",
        50001, 80001, 85005, 85008, 40094, 85111, permission=TRUSTED_DOMAIN,
    ),
    _say(
        Advice.ASK_ADMIN, "成员或部门不在应用可见范围",
        50002, 60011, 60021, 60030, 60217, 65024, 71056, 71058, 71059, 71060, 81011, 81012,
        92000, 660003, 660004, 660005, 670001, 701088, 701089, permission=VISIBILITY,
    ),
    _say(
        Advice.ASK_ADMIN, "应用不可用或 AgentId 不正确",
        40056, 41011, 50003, 50006, 60031, 60246, 301002, 40133, 40134, 84085, 85009,
        permission=APP,
    ),
    _say(
        Advice.ASK_ADMIN, "应用的试用或服务已到期，或使用人数超限",
        40136, 40137, 40138, 40139, 90302, 90303, permission=APP,
    ),
    _say(Advice.ASK_ADMIN, "应用没有设置接收消息", 43012, 85010, 85011, permission=CALLBACK),
    _say(Advice.ASK_ADMIN, "成员没有客户联系权限", 84074, 84083, permission=CONTACT_SCOPE),
    _say(
        Advice.ASK_ADMIN, "企业没有绑定微信开发者账号，或绑定的账号主体不一致",
        41057, 610015, 610017, 610018, 845002, 845003, permission=OPEN_PLATFORM,
    ),
    _say(Advice.ASK_ADMIN, "小程序没有关联到企业", 90206, 90208, permission=MINI_PROGRAM),
    _say(
        Advice.ASK_ADMIN, "对外收款没有启用，或商户号没有配置好",
        60240, 90306, 90348, 660009, 660011, 660013, permission=PAYMENT,
    ),
    _say(Advice.ASK_ADMIN, "获客助手没有授权给本应用", 41098, permission=ACQUISITION),
    _say(
        Advice.ASK_ADMIN, "应用没有微信客服接口权限",
        48007, 95011, 95012, 95017, 95023, 95032, permission=KF_API,
    ),
    _say(Advice.ASK_ADMIN, "会话内容存档未开通或已过期", 301052, 301053, permission=ARCHIVE),
    _say(Advice.ASK_ADMIN, "成员没有有效的互通账号许可", 701008, 701099, permission=LICENCE),
    _say(
        Advice.ASK_ADMIN, "企业未认证或不可用",
        301007, 43009, 610016, 84157, 95027, 40141, permission=CORP,
    ),
    _say(
        Advice.ASK_ADMIN, "企业没有开通或启用这个功能",
        84062, 84072, 301056, 400028, 400218, 400219, 400226, 640017, 640018, 680106, 730007,
        751001, 770005, permission=FEATURE,
    ),
    _say(
        Advice.ASK_ADMIN, "应用没有这项数据或操作的权限",
        65022, 65023, 71046, 84127, 84128, 90472, 92001, 92008, 301055, 301062, 301088, 640004,
        640008, 670030, 790004, 2400005, 2400006, permission=API_ACCESS,
    ),

    _say(Advice.GONE, "该成员与客户已不是好友", 84061, 84084, subject="relation"),
    _say(Advice.GONE, "成员不存在或已离职", 40003, 46004, 60111, 301021, subject="staff"),
    _say(Advice.GONE, "标签不存在或已删除", 40068, 40070, subject="tag"),
    _say(Advice.GONE, "部门不存在", 60003, 60123, subject="department"),
    _say(Advice.GONE, "素材不存在或已过期", 40007, 301015, subject="media"),
    _say(
        Advice.GIVE_UP, "素材的类型或大小不合要求，请换一个文件重新上传",
        40004, 40006, 40009, 40011, 40123, 41080, 41081, 41082, 41090, 45001, 45007,
        subject="media",
    ),
    _say(Advice.GONE, "朋友圈不存在", 41060, subject="moment"),
    _say(Advice.GIVE_UP, "企业朋友圈尚未被该成员发表", 41061, 41062, subject="moment"),
    _say(Advice.GONE, "敏感词规则不存在或已删除", 41070, 41071, subject="rule"),
    _say(Advice.GONE, "商品图册不存在或已删除", 41074, 41075, subject="product"),
    _say(Advice.GONE, "任务不存在或结果已清理", 40088, 40089, 770006, 790000, subject="job"),
    _say(Advice.GONE, "客服账号不存在", 60252, 95000, 95004, subject="service_account"),
    _say(
        Advice.GIVE_UP, "没有权限修改这条群欢迎语，只有创建它的应用可以",
        41058, subject="group_welcome",
    ),
    _say(Advice.GIVE_UP, "群欢迎语数量已达企业微信上限（100 条）", 41055, subject="group_welcome"),
    _say(Advice.GONE, "联系方式不存在或已删除", 41044, subject="contact_way"),
    _say(Advice.GONE, "客户不存在", 40096, 41056, 610004, subject="customer"),
    _say(
        Advice.GONE, "群聊不存在或已解散",
        40050, 49008, 86003, 90501, 90509, 90511, subject="group_chat",
    ),
    _say(Advice.GONE, "群发任务不存在", 41047, subject="mass_message"),
    _say(Advice.GONE, "翻页位置已失效，需从头读取", 50100, 701105, subject="cursor"),

    _say(Advice.GIVE_UP, "欢迎语凭证无效、已过期或已被使用", 41049, 41050, subject="welcome"),
    _say(Advice.GIVE_UP, "客户与成员已经开始聊天", 41051, subject="welcome"),
    _say(Advice.GIVE_UP, "其他应用正在发送欢迎语", 41096, subject="welcome"),
    _say(Advice.GIVE_UP, "欢迎语不能再发送", 41052, 41053, subject="welcome"),
    _say(Advice.GIVE_UP, "该成员尚未激活企业微信", 41054, subject="staff"),
    _say(
        Advice.GIVE_UP, "登录已失效，请重新打开页面",
        40029, 42003, 42022, 40205, 42007, 42013, 43016, 43017, 84014, 84015, 90307,
        subject="sign_in",
    ),
    _say(
        Advice.GIVE_UP, "客服会话现在不能发送：客户 48 小时内没有来访，或已达五条",
        95001, 95002, 95003, 95018, 95031, subject="service_session",
    ),
    _say(Advice.GIVE_UP, "客服会话已经结束", 95013, subject="service_session"),
    _say(Advice.GIVE_UP, "客服会话不能这样转移", 95014, 95016, 95019, subject="service_session"),
    _say(
        Advice.GIVE_UP,
        "卡片或消息已过期，或已更新过",
        42014,
        42016,
        42052,
        60140,
        subject="message",
    ),
    _say(Advice.GIVE_UP, "没有可以接收消息的成员", 81013, subject="staff"),
    _say(Advice.GIVE_UP, "「联系我」数量已达企业微信上限", 41045, subject="contact_way"),
    _say(Advice.GIVE_UP, "「联系我」的使用成员超过限制", 41041, subject="contact_way"),
    _say(Advice.GIVE_UP, "企业标签数量已达上限", 40126, subject="tag"),
    _say(Advice.GIVE_UP, "已有同名的标签或标签组，或名称不合要求", 40071, subject="tag_name"),
    _say(Advice.GIVE_UP, "标签名称长度不合要求（最多 30 字）", 40072, subject="tag_name"),
    _say(
        Advice.GIVE_UP, "内容包含敏感信息，被企业微信拦截", 40201, 40204, 85002, subject="content"
    ),
    _say(
        Advice.GIVE_UP, "客户或客户群当前不能转接",
        40097, 40098, 40099, 40100, 40128, 40129, 40130, 40131, 40143,
        90500, 90502, 90503, 90504, 90507, 90508, 90510, subject="transfer",
    ),
    _say(Advice.GIVE_UP, "没有可发送的客户", 41048, subject="mass_message"),
    _say(Advice.GIVE_UP, "群发任务已取消", 41093, subject="mass_message"),
    _say(Advice.GIVE_UP, "获客链接数量已达上限", 41095, subject="acquisition"),
    _say(Advice.GIVE_UP, "该接口已停用", 48005, 660014),
)  # fmt: skip


def _table(rows: Iterable[_Verdicts]) -> dict[int, Verdict]:
    table: dict[int, Verdict] = {}
    for codes, found in rows:
        for code in codes:
            if table.setdefault(code, found) is not found:
                raise ValueError(f"{code} has two verdicts")
    return table


_TABLE: Final = _table(_ROWS)

# (first code, last code, advice) for all codes the table does not name
_RANGES: Final = (
    (40004, 42099, Advice.BUG),  # a parameter is wrong or missing
    (43000, 43999, Advice.ASK_ADMIN),
    (44000, 45099, Advice.BUG),  # a content is empty or too long
    (47000, 47999, Advice.BUG),  # the body is not what it should be
    (48001, 48999, Advice.ASK_ADMIN),
    (50000, 50099, Advice.ASK_ADMIN),
    (81014, 82099, Advice.BUG),
    (86001, 86224, Advice.BUG),  # chats of the application
    (90100, 90106, Advice.BUG),
    (90200, 90205, Advice.BUG),  # mini program notices
    (95005, 95009, Advice.BUG),  # accounts and menus of customer service
)


@cache
def titles() -> Mapping[int, str]:
    """Return what WeCom calls each errcode of its official list."""
    lines = (line.split("\t") for line in _TITLES.read_text("utf-8").splitlines())
    return {int(code): title for code, title in lines}


def verdict(errcode: int, path: str = "") -> Verdict:
    """Return what an errcode means for a call of `path`; unknown codes are given up."""
    if (known := _TABLE.get(errcode)) is not None:
        return known
    ranges = (advice for first, last, advice in _RANGES if first <= errcode <= last)
    advice = next(ranges, Advice.GIVE_UP)
    if advice is Advice.ASK_ADMIN:
        permission = needed_for(path)
        return Verdict(advice, f"应用没有「{permission.title}」权限", permission)
    title = titles().get(errcode)
    return Verdict(advice, f"企业微信拒绝了请求：{title}" if title else "")
