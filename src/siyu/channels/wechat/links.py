"""Links that open a mini program from outside WeChat or from a chat: `program.links`.

URL links and schemes live at most 30 days. An account makes 500,000 of both a day, which together
open 3,000,000 times a day; short links are for 30 days, or permanent, 100,000 in total.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Final

from siyu.channels.wechat.rows import Row
from siyu.channels.wecom.endpoint import Reply, Request
from siyu.channels.wecom.limits import Between, Bytes, Chars, OneOf

if TYPE_CHECKING:
    from siyu.channels.wechat.api import WeChatApi

LONGEST_DAYS: Final = 30
_AT, _AFTER_DAYS = 0, 1
Version = Annotated[str, OneOf(("release", "trial", "develop"))]


class LinkRequest(Request, kw_only=True, frozen=True):
    """When a link ends: at `expire_time` (Unix seconds), or after `expire_interval` days."""

    expire_type: int
    expire_time: int | None = None
    expire_interval: Annotated[int, Between(1, LONGEST_DAYS)] | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation unless the end stands where `expire_type` says."""
        given = {_AT: self.expire_time, _AFTER_DAYS: self.expire_interval}
        if given.get(self.expire_type) is None:
            yield "expire_type", "小程序链接需要有效期，最长 30 天"


class UrlLinkRequest(LinkRequest, kw_only=True, frozen=True):
    """A link for messages, mail and pages outside WeChat."""

    path: Annotated[str, Bytes(1024)] = ""
    query: Annotated[str, Bytes(1024)] = ""
    is_expire: bool = True
    env_version: Version | None = None


class UrlLinkReply(Reply, kw_only=True, frozen=True):
    """A link that starts with https."""

    url_link: str


class Jump(Request, kw_only=True, frozen=True):
    """The page that opens."""

    path: Annotated[str, Bytes(1024)] = ""
    query: Annotated[str, Bytes(1024)] = ""
    env_version: Version | None = None


class SchemeRequest(LinkRequest, kw_only=True, frozen=True):
    """A link that starts with weixin, for pages outside WeChat."""

    jump_wxa: Jump
    is_expire: bool = True


class SchemeReply(Reply, kw_only=True, frozen=True):
    """A link that starts with weixin."""

    openlink: str


class ShortLinkRequest(Request, kw_only=True, frozen=True):
    """A link for chats inside WeChat."""

    page_url: Annotated[str, Bytes(1024, 1)]
    page_title: Annotated[str, Chars(20)] | None = None
    is_permanent: bool | None = None


class ShortLinkReply(Reply, kw_only=True, frozen=True):
    """A text to put into a chat."""

    link: str


# a repeat makes a second link: nothing is lost but one of very many
URL_LINK: Final = Row("POST", "/wxa/generate_urllink", UrlLinkRequest, UrlLinkReply)
SCHEME: Final = Row("POST", "/wxa/generatescheme", SchemeRequest, SchemeReply)
SHORT_LINK: Final = Row(
    "POST", "/wxa/genwxashortlink", ShortLinkRequest, ShortLinkReply, idempotent=False
)
ROWS: Final = (URL_LINK, SCHEME, SHORT_LINK)


class Links:
    """Links into one mini program. `path` is a page of it, `query` what the page is told."""

    def __init__(self, api: "WeChatApi") -> None:
        self._api = api

    async def url_link(
        self,
        path: str = "",
        query: str = "",
        *,
        until: datetime | None = None,
        days: int = LONGEST_DAYS,
        version: str | None = None,
    ) -> str:
        """Return a link for messages, mail and pages outside WeChat.

        It ends `until` a time not more than 30 days ahead, or after `days`.
        """
        kind, at, after = self._end(until, days)
        request = UrlLinkRequest(
            path=path,
            query=query,
            env_version=version,
            expire_type=kind,
            expire_time=at,
            expire_interval=after,
        )
        return (await self._api.call(URL_LINK, request)).url_link

    async def scheme(
        self,
        path: str = "",
        query: str = "",
        *,
        until: datetime | None = None,
        days: int = LONGEST_DAYS,
        version: str | None = None,
    ) -> str:
        """Return a link that starts with weixin; ends as one of `url_link` does."""
        jump = Jump(path=path, query=query, env_version=version)
        kind, at, after = self._end(until, days)
        request = SchemeRequest(
            jump_wxa=jump, expire_type=kind, expire_time=at, expire_interval=after
        )
        return (await self._api.call(SCHEME, request)).openlink

    async def short_link(
        self, page_url: str, *, title: str | None = None, permanent: bool = False
    ) -> str:
        """Return a text that opens a page from a chat, for 30 days or for ever."""
        request = ShortLinkRequest(
            page_url=page_url, page_title=title, is_permanent=permanent or None
        )
        return (await self._api.call(SHORT_LINK, request)).link

    def _end(self, until: datetime | None, days: int) -> tuple[int, int | None, int | None]:
        if until is None:
            return _AFTER_DAYS, None, days
        if until > self._api.clock.now() + timedelta(days=LONGEST_DAYS):
            return _AT, None, None  # refused with a sentence, like an end that is missing
        return _AT, int(until.timestamp()), None
