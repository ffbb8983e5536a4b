"""What each errcode of WeCom means for the caller, and which permission the admin has to grant.

A table, because that is what it is. Codes not named fall to their range; whatever is unknown is
given up with WeCom's own words shown. Meanings from the official list of global errcodes.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Advice(StrEnum):
    """What to do about a failure."""

    RETRY = "retry"  # it may work in a moment
    REFRESH_TOKEN = "refresh_token"  # noqa: S105  fetch a new access token, once
    WAIT = "wait"  # a quota is used up; come back at a known time
    ASK_ADMIN = "ask_admin"  # a permission or setting in the admin console is missing
    GONE = "gone"  # what the request names does not exist (any more): read it anew
    GIVE_UP = "give_up"  # WeCom refuses for good; nothing to repair
    BUG = "bug"  # the request breaks a documented rule: siyu is wrong


@dataclass(frozen=True, slots=True)
class Permission:
    """A permission or setting of the WeCom admin console, and where to grant it (Chinese)."""

    key: str
    title: str
    where: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The advice for an errcode. `subject` names what is gone or refused, where that matters."""

    advice: Advice
    sentence: str = ""
    permission: Permission | None = None
    subject: str = ""


SECRET: Final = Permission(
    "secret",
    "企业ID和应用Secret",
    "企业ID：管理后台「我的企业 → 企业信息」最下方；Secret：「应用管理 → 自建 → 本应用 → Secret」",
)
TRUSTED_IP: Final = Permission(
    "trusted_ip",
    "企业可信IP",
    "管理后台「应用管理 → 自建 → 本应用 → 企业可信IP」，填入本系统的出口IP",
)
TRUSTED_DOMAIN: Final = Permission(
    "trusted_domain",
    "可信域名",
    "管理后台「应用管理 → 自建 → 本应用 → 网页授权及JS-SDK」，填写可信域名并完成归属校验",
)
VISIBILITY: Final = Permission(
    "visibility",
    "应用可见范围",
    "管理后台「应用管理 → 自建 → 本应用 → 可见范围」，加入相应的成员或部门",
)
APP: Final = Permission(
    "app", "应用状态", "管理后台「应用管理 → 自建 → 本应用」，确认应用已启用、AgentId 填写正确"
)
CONTACT_API: Final = Permission(
    "contact_api",
    "客户联系接口",
    "管理后台「客户与上下游 → 客户联系 → 客户 → API → 可调用接口的应用」，勾选本应用",
)
CONTACT_SCOPE: Final = Permission(
    "contact_scope",
    "客户联系使用范围",
    "管理后台「客户与上下游 → 客户联系 → 权限配置 → 使用范围」，加入该成员",
)
KF_API: Final = Permission(
    "kf_api", "微信客服接口", "管理后台「应用管理 → 微信客服 → API → 可调用接口的应用」，勾选本应用"
)
ARCHIVE: Final = Permission(
    "archive", "会话内容存档", "管理后台「管理工具 → 会话内容存档」，确认已开通且未过期"
)
ACQUISITION: Final = Permission(
    "acquisition", "获客助手", "管理后台「客户与上下游 → 获客助手 → 可调用接口的应用」，勾选本应用"
)
LICENCE: Final = Permission(
    "licence", "互通账号许可", "为使用客户联系的成员购买并激活互通账号的接口许可"
)
CORP: Final = Permission(
    "corp",
    "企业认证与状态",
    "管理后台「我的企业 → 企业信息」，完成企业验证或认证，确认企业状态正常",
)
API_ACCESS: Final = Permission(
    "api_access", "接口权限", "管理后台「应用管理 → 自建 → 本应用」，检查该接口所需的权限"
)

_BY_PATH: Final = (
    ("/cgi-bin/externalcontact/customer_acquisition", ACQUISITION),
    ("/cgi-bin/externalcontact/", CONTACT_API),
    ("/cgi-bin/kf/", KF_API),
    ("/cgi-bin/msgaudit/", ARCHIVE),
    ("/cgi-bin/user/", VISIBILITY),
    ("/cgi-bin/department/", VISIBILITY),
)

TOKEN_CODES: Final = frozenset({40014, 42001, 41001})
QUOTA_CODE: Final = 45009
CONCURRENCY_CODE: Final = 45033
SIGN_IN_CODES: Final = frozenset({40029, 42003, 42022})


def _table() -> dict[int, Verdict]:
    table: dict[int, Verdict] = {}

    def say(
        advice: Advice,
        sentence: str,
        *codes: int,
        permission: Permission | None = None,
        subject: str = "",
    ) -> None:
        for code in codes:
            table[code] = Verdict(advice, sentence, permission, subject)

    busy = "企业微信系统繁忙，稍后会自动重试"
    say(Advice.RETRY, busy, -1, 6000, 81026, 90304, 301057, 301064, 302005, 770007)
    say(Advice.RETRY, "任务正在派发中，稍后会自动重试", 41063, 41079)
    say(Advice.RETRY, "订单或激活码正在处理，稍后会自动重试", 701022, 701033, 701081, 701085)

    say(Advice.REFRESH_TOKEN, "访问凭证已失效，会自动更新一次", 40014, 41001, 42001)
    say(Advice.REFRESH_TOKEN, "服务商凭证已失效，会自动更新一次", 40082, 42009)

    say(Advice.WAIT, "调用次数已达企业微信上限，稍后继续", 45009, 640019, 2400007)
    say(Advice.WAIT, "同时进行的调用过多，稍后继续", 45033)
    say(Advice.WAIT, "操作过于频繁，稍后继续", 41094, 90313, 701134)

    wrong_secret = "企业ID或应用Secret不正确"  # noqa: S105
    say(Advice.ASK_ADMIN, wrong_secret, 40001, 40013, 40091, 41002, 41004, permission=SECRET)
    say(Advice.ASK_ADMIN, "应用Secret不够安全，请在后台重置", 45031, permission=SECRET)
    say(Advice.ASK_ADMIN, "本系统的出口IP不在可信名单", 60020, 301042, permission=TRUSTED_IP)
    say(
        Advice.ASK_ADMIN, "网页域名未登记为可信域名或未通过校验",
        50001, 80001, 85005, 85008, 40094, 85111, permission=TRUSTED_DOMAIN,
    )  # fmt: skip
    say(
        Advice.ASK_ADMIN, "成员或部门不在应用可见范围",
        50002, 60011, 60021, 60030, 92000, 81011, 81012, permission=VISIBILITY,
    )  # fmt: skip
    say(
        Advice.ASK_ADMIN, "应用不可用或 AgentId 不正确",
        40056, 41011, 50003, 50006, 60031, 301002, 40134, 84085, permission=APP,
    )  # fmt: skip
    say(Advice.ASK_ADMIN, "成员没有客户联系权限", 84074, 84083, permission=CONTACT_SCOPE)
    say(Advice.ASK_ADMIN, "应用没有微信客服接口权限", 48007, 95017, permission=KF_API)
    say(Advice.ASK_ADMIN, "会话内容存档未开通或已过期", 301052, 301053, permission=ARCHIVE)
    say(Advice.ASK_ADMIN, "成员没有有效的互通账号许可", 701008, 701099, permission=LICENCE)
    say(
        Advice.ASK_ADMIN, "企业未认证或不可用",
        301007, 43009, 610016, 95027, 40141, 40098, permission=CORP,
    )  # fmt: skip

    say(Advice.GONE, "该成员与客户已不是好友", 84061, 84084, subject="relation")
    say(Advice.GONE, "成员不存在或已离职", 40003, 46004, 60111, 301021, subject="staff")
    say(Advice.GONE, "标签不存在或已删除", 40068, 40070, 40071, subject="tag")
    say(Advice.GONE, "部门不存在", 60003, 60123, subject="department")
    say(Advice.GONE, "素材不存在或已过期", 40007, 301015, subject="media")
    say(Advice.GONE, "联系方式不存在或已删除", 41044, subject="contact_way")
    say(Advice.GONE, "客户不存在", 40096, 41056, 610004, subject="customer")
    say(Advice.GONE, "群聊不存在或已解散", 40050, 49008, 86003, 90501, subject="group_chat")
    say(Advice.GONE, "群发任务不存在", 41047, subject="mass_message")
    say(Advice.GONE, "翻页位置已失效，需从头读取", 50100, 701105, subject="cursor")

    say(Advice.GIVE_UP, "欢迎语凭证无效、已过期或已被使用", 41050, subject="welcome")
    say(Advice.GIVE_UP, "客户与成员已经开始聊天", 41051, subject="welcome")
    say(Advice.GIVE_UP, "其他应用正在发送欢迎语", 41096, subject="welcome")
    say(Advice.GIVE_UP, "该成员尚未激活企业微信", 41054, subject="staff")
    say(Advice.GIVE_UP, "登录已失效，请重新打开页面", 40029, 42003, 42022, subject="sign_in")
    say(Advice.GIVE_UP, "没有可以接收消息的成员", 81013, subject="staff")
    say(Advice.GIVE_UP, "「联系我」数量已达企业微信上限", 41045, subject="contact_way")
    say(Advice.GIVE_UP, "「联系我」的使用成员超过限制", 41041, subject="contact_way")
    say(Advice.GIVE_UP, "企业标签数量已达上限", 40126, subject="tag")
    say(Advice.GIVE_UP, "内容包含敏感信息，被企业微信拦截", 40201, 40204, 85002, subject="content")
    say(
        Advice.GIVE_UP, "客户当前不能转接",
        40097, 40099, 40100, 40128, 40129, 40130, 40131, 40143, subject="transfer",
    )  # fmt: skip
    say(Advice.GIVE_UP, "没有可发送的客户", 41048, subject="mass_message")
    say(Advice.GIVE_UP, "群发任务已取消", 41093, subject="mass_message")
    say(Advice.GIVE_UP, "获客链接数量已达上限", 41095, subject="acquisition")
    say(Advice.GIVE_UP, "该接口已停用", 48005, 660014)
    return table


_TABLE: Final = _table()

# (first code, last code, advice) for all codes the table does not name
_RANGES: Final = (
    (40004, 42099, Advice.BUG),  # a parameter is wrong or missing
    (43000, 43999, Advice.ASK_ADMIN),
    (44000, 45099, Advice.BUG),  # a content is empty or too long
    (47000, 47999, Advice.BUG),  # the body is not what it should be
    (48001, 48999, Advice.ASK_ADMIN),
    (50000, 50099, Advice.ASK_ADMIN),
    (81014, 82099, Advice.BUG),
    (90100, 90106, Advice.BUG),
)


def verdict(errcode: int, path: str = "") -> Verdict:
    """Return what an errcode means for a call of `path`; unknown codes are given up."""
    if (known := _TABLE.get(errcode)) is not None:
        return known
    for first, last, advice in _RANGES:
        if first <= errcode <= last:
            if advice is not Advice.ASK_ADMIN:
                return Verdict(advice)
            permission = next((p for prefix, p in _BY_PATH if path.startswith(prefix)), API_ACCESS)
            return Verdict(advice, f"应用没有「{permission.title}」权限", permission)
    return Verdict(Advice.GIVE_UP)
