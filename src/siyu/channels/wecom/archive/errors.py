"""Failures of the archive: the ten codes of WeCom's library, each with what to do."""

from typing import Final

from siyu.channels.wecom.errors import WeComFailure
from siyu.channels.wecom.permissions import ARCHIVE, TRUSTED_IP, Permission
from siyu.channels.wecom.verdicts import Advice

ARGUMENT: Final = 10000
NETWORK: Final = 10001
UNREADABLE: Final = 10002
SYSTEM: Final = 10003
KEY: Final = 10004
FILE: Final = 10005
SEALED: Final = 10006
NO_KEY: Final = 10007
RANDOM_KEY: Final = 10008
ADDRESS: Final = 10009
EXPIRED: Final = 10010
CERTIFICATE: Final = 10011

_MEANINGS: Final[dict[int, tuple[Advice, str, Permission | None]]] = {
    ARGUMENT: (Advice.ASK_ADMIN, "企业ID或会话内容存档Secret不正确", ARCHIVE),
    NETWORK: (Advice.RETRY, "连接不上会话内容存档，稍后会自动重试", None),
    UNREADABLE: (Advice.RETRY, "会话内容存档的应答无法识别，稍后会自动重试", None),
    SYSTEM: (Advice.RETRY, "会话内容存档系统出错，稍后会自动重试", None),
    KEY: (Advice.GIVE_UP, "会话内容存档的密钥不合要求", None),
    FILE: (Advice.GONE, "会话文件不存在", None),
    SEALED: (Advice.GIVE_UP, "消息无法解密", None),
    NO_KEY: (Advice.ASK_ADMIN, "没有这个版本的会话内容存档私钥，请补上或在后台设置公钥", ARCHIVE),
    RANDOM_KEY: (Advice.ASK_ADMIN, "私钥与会话内容存档后台的公钥不一致", ARCHIVE),
    ADDRESS: (Advice.ASK_ADMIN, "本系统的出口IP不在会话内容存档的可信名单", TRUSTED_IP),
    EXPIRED: (Advice.GONE, "会话文件已过期", None),
    CERTIFICATE: (Advice.GIVE_UP, "会话内容存档的证书校验失败，请检查本机证书和时间", None),
}


class ArchiveError(WeComFailure):
    """The archive, or the opening of a message, failed with `code`."""

    def __init__(self, code: int, place: str, detail: str = "") -> None:
        advice, sentence, self.permission = _MEANINGS.get(
            code, (Advice.GIVE_UP, "会话内容存档拒绝了请求", None)
        )
        self.code = code
        super().__init__(
            f"{place}: {code} {detail}".rstrip(), advice, f"{sentence}（错误码 {code}）", place
        )
