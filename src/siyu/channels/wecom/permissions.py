"""The permissions and settings of the WeCom admin console that calls need, and where they are."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Permission:
    """A permission or setting of the WeCom admin console, and where to grant it (Chinese)."""

    key: str
    title: str
    where: str


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
CALLBACK: Final = Permission(
    "callback", "接收消息", "管理后台「应用管理 → 自建 → 本应用 → 接收消息 → 设置API接收」"
)
OPEN_PLATFORM: Final = Permission(
    "open_platform",
    "微信开发者ID",
    "管理后台「客户与上下游 → 客户联系 → 客户 → API → 微信开发者ID」，绑定所用的开放平台账号",
)
MINI_PROGRAM: Final = Permission(
    "mini_program", "关联小程序", "管理后台「应用管理 → 小程序 → 关联小程序」，关联该小程序"
)
PAYMENT: Final = Permission(
    "payment", "对外收款", "管理后台「应用管理 → 对外收款」，启用并在 API 中勾选本应用，核对商户号"
)
FEATURE: Final = Permission(
    "feature",
    "相应功能",
    "管理后台「应用管理」或「协作」中启用该功能，并把本应用加入其「可调用接口的应用」",
)
API_ACCESS: Final = Permission(
    "api_access", "接口权限", "管理后台「应用管理 → 自建 → 本应用」，检查该接口所需的权限"
)

_BY_PATH: Final = (
    ("/cgi-bin/externalcontact/customer_acquisition", ACQUISITION),
    ("/cgi-bin/externalcontact/", CONTACT_API),
    ("/cgi-bin/idconvert/unionid_to_external_userid", CONTACT_API),
    ("/cgi-bin/kf/", KF_API),
    ("/cgi-bin/msgaudit/", ARCHIVE),
    ("/cgi-bin/user/", VISIBILITY),
    ("/cgi-bin/department/", VISIBILITY),
    ("/cgi-bin/externalpay/", PAYMENT),
    ("/cgi-bin/miniapppay/", PAYMENT),
)


def needed_for(path: str) -> Permission:
    """Return the permission that calls of a path need beyond the general ones."""
    return next((granted for prefix, granted in _BY_PATH if path.startswith(prefix)), API_ACCESS)
