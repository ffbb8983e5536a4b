"""Codes with a parameter (带参数二维码): `account.codes`. Who scans one follows, and says which."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Final
from urllib.parse import quote

from siyu.channels.wechat.rows import Row
from siyu.channels.wecom.endpoint import Reply, Request
from siyu.channels.wecom.limits import Between, Chars, OneOf

if TYPE_CHECKING:
    from siyu.channels.wechat.api import WeChatApi

PICTURE_BASE: Final = "https://mp.weixin.qq.com"
LONGEST_SECONDS: Final = 2_592_000
_TEMPORARY: Final = "QR_STR_SCENE"
_PERMANENT: Final = "QR_LIMIT_STR_SCENE"


class Scene(Request, kw_only=True, frozen=True):
    """The parameter, as it comes back in the push of who scans."""

    scene_str: Annotated[str, Chars(64, 1)]


class ActionInfo(Request, kw_only=True, frozen=True):
    """Holds the parameter."""

    scene: Scene


class CodeRequest(Request, kw_only=True, frozen=True):
    """A code for up to 30 days, or for ever (at most 100,000 of an account)."""

    action_name: Annotated[str, OneOf((_TEMPORARY, _PERMANENT))]
    action_info: ActionInfo
    expire_seconds: Annotated[int, Between(1, LONGEST_SECONDS)] | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation where a permanent code should end."""
        if self.action_name == _PERMANENT and self.expire_seconds is not None:
            yield "expire_seconds", "永久二维码没有有效期"


class CodeReply(Reply, kw_only=True, frozen=True):
    """A code: `url` is what it says, `ticket` fetches its picture; `expire_seconds` 0: for ever."""

    ticket: str
    url: str = ""
    expire_seconds: int = 0


# a repeat makes a second code with the same parameter, of which the first is never seen
CREATE: Final = Row("POST", "/cgi-bin/qrcode/create", CodeRequest, CodeReply, idempotent=False)
ROWS: Final = (CREATE,)


class Codes:
    """Codes that say where a follower came from."""

    def __init__(self, api: "WeChatApi") -> None:
        self._api = api

    async def temporary(self, scene: str, seconds: int = LONGEST_SECONDS) -> CodeReply:
        """Make a code that works for up to 30 days."""
        return await self._create(_TEMPORARY, scene, seconds)

    async def permanent(self, scene: str) -> CodeReply:
        """Make a code that works for ever; an account has at most 100,000."""
        return await self._create(_PERMANENT, scene, None)

    async def _create(self, action: str, scene: str, seconds: int | None) -> CodeReply:
        info = ActionInfo(scene=Scene(scene_str=scene))
        request = CodeRequest(action_name=action, action_info=info, expire_seconds=seconds)
        return await self._api.call(CREATE, request)


def picture_url(ticket: str, *, base: str = PICTURE_BASE) -> str:
    """Return the address of a code's picture; it needs no token."""
    return f"{base.rstrip('/')}/cgi-bin/showqrcode?ticket={quote(ticket, safe='')}"
