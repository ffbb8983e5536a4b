"""The menu below an official account's chat (自定义菜单): `account.menus`."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec

from siyu.channels.wechat.rows import Row
from siyu.channels.wecom.endpoint import Nothing, Part, Reply, Request
from siyu.channels.wecom.limits import Bytes, Items

if TYPE_CHECKING:
    from siyu.channels.wechat.api import WeChatApi

_NEEDS: Final = {
    "view": ("url",),
    "miniprogram": ("url", "appid", "pagepath"),
    "media_id": ("media_id",),
    "view_limited": ("media_id",),
    "article_id": ("article_id",),
    "article_view_limited": ("article_id",),
}
_TOP_BYTES: Final = 16


class Button(Request, kw_only=True, frozen=True):
    """An entry: one that does something (`type` with what it needs), or one that opens others.

    ``click`` and the kinds that scan, photograph or locate need a `key`, which comes back in the
    push; ``view`` needs a `url`, ``miniprogram`` an `appid`, a `pagepath` and a `url` for old
    clients.
    """

    name: Annotated[str, Bytes(60, 1)]
    type: str | None = None
    key: Annotated[str, Bytes(128, 1)] | None = None
    url: Annotated[str, Bytes(1024, 1)] | None = None
    appid: str | None = None
    pagepath: str | None = None
    media_id: str | None = None
    article_id: str | None = None
    sub_button: Annotated[list["Button"], Items(5, 1)] | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation for an entry that does nothing, or two things."""
        if (self.type is None) == (self.sub_button is None):
            yield "type", "菜单项要么有动作，要么有子菜单"
        elif self.type is not None:
            for field in _NEEDS.get(self.type, ("key",)):
                if getattr(self, field) is None:
                    yield field, f"{self.type} 菜单项需要 {field}"
        if any(button.sub_button for button in self.sub_button or ()):
            yield "sub_button", "子菜单下不能再有子菜单"


class MenuRequest(Request, kw_only=True, frozen=True):
    """The menu everybody sees."""

    button: Annotated[list[Button], Items(3, 1)]

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation for names too long for the bar."""
        for index, button in enumerate(self.button):
            if len(button.name.encode()) > _TOP_BYTES:
                yield f"button.{index}.name", "一级菜单最多 16 字节（约 5 个汉字）"


class MatchRule(Request, kw_only=True, frozen=True):
    """Who sees a conditional menu: followers with a tag, on a kind of phone (1 iOS, 2 Android)."""

    tag_id: str | None = None
    client_platform_type: str | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation for a rule that matches everybody."""
        if self.tag_id is None and self.client_platform_type is None:
            yield "tag_id", "个性化菜单至少需要一个条件"


class ConditionalMenuRequest(MenuRequest, kw_only=True, frozen=True):
    """A menu for some."""

    matchrule: MatchRule


class MenuId(Request, kw_only=True, frozen=True):
    """Names a conditional menu."""

    menuid: str


class MenuIdReply(Reply, kw_only=True, frozen=True):
    """The number of a new conditional menu."""

    menuid: str


class TryRequest(Request, kw_only=True, frozen=True):
    """Whose menu is asked for: an openid or a WeChat name."""

    user_id: str


class Menu(Part, kw_only=True, frozen=True):
    """A menu as WeChat keeps it: entries are plain, with whatever fields WeChat has."""

    button: tuple[dict[str, Any], ...] = ()
    menuid: str = ""
    matchrule: dict[str, Any] = msgspec.field(default_factory=dict)


class MenusReply(Reply, kw_only=True, frozen=True):
    """The default menu and the conditional ones, the last made first."""

    menu: Menu = Menu()
    conditionalmenu: tuple[Menu, ...] = ()


class TryReply(Reply, kw_only=True, frozen=True):
    """The menu someone sees."""

    button: tuple[dict[str, Any], ...] = ()


CREATE: Final = Row("POST", "/cgi-bin/menu/create", MenuRequest, Reply)
GET: Final = Row("GET", "/cgi-bin/menu/get", Nothing, MenusReply)
DELETE: Final = Row("GET", "/cgi-bin/menu/delete", Nothing, Reply)
ADD_CONDITIONAL: Final = Row(
    "POST", "/cgi-bin/menu/addconditional", ConditionalMenuRequest, MenuIdReply, idempotent=False
)
DELETE_CONDITIONAL: Final = Row("POST", "/cgi-bin/menu/delconditional", MenuId, Reply)
TRY: Final = Row("POST", "/cgi-bin/menu/trymatch", TryRequest, TryReply)
ROWS: Final = (CREATE, GET, DELETE, ADD_CONDITIONAL, DELETE_CONDITIONAL, TRY)


class Menus:
    """The account's menus; phones show a change within a day, or when they follow anew."""

    def __init__(self, api: "WeChatApi") -> None:
        self._api = api

    async def create(self, buttons: Sequence[Button]) -> None:
        """Put the menu everybody sees in the place of the former one."""
        await self._api.call(CREATE, MenuRequest(button=list(buttons)))

    async def all(self) -> MenusReply:
        """Return the menus made through the API; 46003 when there are none."""
        return await self._api.call(GET, Nothing())

    async def delete(self) -> None:
        """Take all menus away, the conditional ones too."""
        await self._api.call(DELETE, Nothing())

    async def create_conditional(self, buttons: Sequence[Button], rule: MatchRule) -> str:
        """Add a menu for some, returns its number; a default menu must be there (65303)."""
        request = ConditionalMenuRequest(button=list(buttons), matchrule=rule)
        return (await self._api.call(ADD_CONDITIONAL, request)).menuid

    async def delete_conditional(self, menu_id: str) -> None:
        """Take one conditional menu away."""
        await self._api.call(DELETE_CONDITIONAL, MenuId(menuid=menu_id))

    async def seen_by(self, user_id: str) -> tuple[dict[str, Any], ...]:
        """Return the entries that an openid or WeChat name sees."""
        return (await self._api.call(TRY, TryRequest(user_id=user_id))).button
