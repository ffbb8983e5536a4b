"""Messages of the application to staff (发送应用消息).

WeCom drops, without telling, what exceeds 30 messages per minute or 1,000 per hour to one member.
"""

from collections.abc import Iterator
from typing import Annotated, Final

from siyu.channels.wecom.endpoint import Endpoint, Reply, Request
from siyu.channels.wecom.endpoints.content import Url
from siyu.channels.wecom.limits import Between, Bytes, Chars, Items, OneOf

MAX_RECEIVERS: Final = 1000
_MAX_GROUPS: Final = 100
_CONTENTS: Final = ("text", "textcard", "news")


class MessageText(Request, kw_only=True, frozen=True):
    """A text of at most 2,048 bytes; links in ``<a href>`` work."""

    content: Annotated[str, Bytes(2048, 1)]


class TextCard(Request, kw_only=True, frozen=True):
    """A card with a title, a description and one link."""

    title: Annotated[str, Bytes(128, 1)]
    description: Annotated[str, Bytes(512, 1)]
    url: Url
    btntxt: Annotated[str, Chars(4)] | None = None


class Article(Request, kw_only=True, frozen=True):
    """One article of a news message; opens a page or a mini program."""

    title: Annotated[str, Bytes(128, 1)]
    description: Annotated[str, Bytes(512)] | None = None
    url: Annotated[str, Bytes(2048)] | None = None
    picurl: Annotated[str, Bytes(2048)] | None = None
    appid: str | None = None
    pagepath: Annotated[str, Bytes(128)] | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when the article opens nothing."""
        if not self.url and not (self.appid and self.pagepath):
            yield "url", "请填写链接或小程序"


class News(Request, kw_only=True, frozen=True):
    """One to eight articles."""

    articles: Annotated[list[Article], Items(8, 1)]


class MessageRequest(Request, kw_only=True, frozen=True):
    """One message to staff accounts, departments or directory tags, ids joined by ``|``.

    `touser` ``@all`` means everyone who sees the application. With `enable_duplicate_check` 1 the
    same message within `duplicate_check_interval` seconds is sent once.
    """

    agentid: int
    msgtype: Annotated[str, OneOf(_CONTENTS)]
    touser: str | None = None
    toparty: str | None = None
    totag: str | None = None
    text: MessageText | None = None
    textcard: TextCard | None = None
    news: News | None = None
    safe: Annotated[int, OneOf((0, 1, 2))] = 0
    enable_id_trans: Annotated[int, OneOf((0, 1))] = 0
    enable_duplicate_check: Annotated[int, OneOf((0, 1))] = 0
    duplicate_check_interval: Annotated[int, Between(1, 4 * 3600)] | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield violations about receivers and content."""
        if not self.touser and not self.toparty and not self.totag:
            yield "touser", "请选择接收人"
        for field, most in (
            ("touser", MAX_RECEIVERS),
            ("toparty", _MAX_GROUPS),
            ("totag", _MAX_GROUPS),
        ):
            if (getattr(self, field) or "").count("|") >= most:
                yield field, f"最多 {most} 个接收对象"
        if [name for name in _CONTENTS if getattr(self, name) is not None] != [self.msgtype]:
            yield "msgtype", "消息类型与内容不一致"


class MessageReply(Reply, kw_only=True, frozen=True):
    """Who did not get it, ids joined by ``|``."""

    msgid: str = ""
    invaliduser: str = ""
    invalidparty: str = ""
    invalidtag: str = ""
    unlicenseduser: str = ""
    response_code: str = ""


# a repeat would reach people twice
SEND_MESSAGE: Final = Endpoint(
    "POST", "/cgi-bin/message/send", "90236", MessageRequest, MessageReply, idempotent=False
)
