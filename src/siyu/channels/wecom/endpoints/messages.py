"""Messages of the application to staff (发送应用消息), and what changes them afterwards.

WeCom drops, without telling, what exceeds 30 messages per minute or 1,000 per hour to one member.
"""

from collections.abc import Iterator
from typing import Annotated, Final

from siyu.channels.wecom.endpoint import Endpoint, Reply, Request
from siyu.channels.wecom.endpoints.content import Media, Url
from siyu.channels.wecom.endpoints.template_cards import TemplateCard
from siyu.channels.wecom.limits import Between, Bytes, Chars, Items, OneOf

MAX_RECEIVERS: Final = 1000
_MAX_GROUPS: Final = 100
_CONTENTS: Final = (
    "text",
    "image",
    "voice",
    "video",
    "file",
    "textcard",
    "news",
    "mpnews",
    "markdown",
    "miniprogram_notice",
    "template_card",
)


class MessageText(Request, kw_only=True, frozen=True):
    """A text of at most 2,048 bytes; links in ``<a href>`` work."""

    content: Annotated[str, Bytes(2048, 1)]


class Video(Media, kw_only=True, frozen=True):
    """A video with what stands beside it."""

    title: Annotated[str, Bytes(128)] | None = None
    description: Annotated[str, Bytes(512)] | None = None


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


class StoredArticle(Request, kw_only=True, frozen=True):
    """An article whose text WeCom keeps; `content` may hold HTML."""

    title: Annotated[str, Bytes(128, 1)]
    thumb_media_id: Annotated[str, Bytes(512, 1)]
    content: Annotated[str, Bytes(666 * 1024, 1)]
    author: Annotated[str, Bytes(64)] | None = None
    content_source_url: Annotated[str, Bytes(2048)] | None = None
    digest: Annotated[str, Bytes(512)] | None = None


class StoredNews(Request, kw_only=True, frozen=True):
    """One to eight articles whose text WeCom keeps."""

    articles: Annotated[list[StoredArticle], Items(8, 1)]


class NoticeItem(Request, kw_only=True, frozen=True):
    """A key with a value."""

    key: Annotated[str, Chars(10, 1)]
    value: Annotated[str, Chars(30, 1)]


class MiniProgramNotice(Request, kw_only=True, frozen=True):
    """A notice of a mini program bound to the application; never to ``@all``."""

    appid: Annotated[str, Bytes(64, 1)]
    title: Annotated[str, Chars(12, 4)]
    page: Annotated[str, Bytes(1024)] | None = None
    description: Annotated[str, Chars(12, 4)] | None = None
    emphasis_first_item: bool | None = None
    content_item: Annotated[list[NoticeItem], Items(10)] | None = None


class Content(Request, kw_only=True, frozen=True):
    """One content, of the type that `msgtype` names."""

    msgtype: Annotated[str, OneOf(_CONTENTS)]
    text: MessageText | None = None
    image: Media | None = None
    voice: Media | None = None
    video: Video | None = None
    file: Media | None = None
    textcard: TextCard | None = None
    news: News | None = None
    mpnews: StoredNews | None = None
    markdown: MessageText | None = None
    safe: Annotated[int, OneOf((0, 1, 2))] = 0

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when type and content differ."""
        if [name for name in _CONTENTS if getattr(self, name, None) is not None] != [self.msgtype]:
            yield "msgtype", "消息类型与内容不一致"


class MessageRequest(Content, kw_only=True, frozen=True):
    """One message to staff accounts, departments or directory tags, ids joined by ``|``.

    `touser` ``@all`` means everyone who sees the application. With `enable_duplicate_check` 1 the
    same message within `duplicate_check_interval` seconds is sent once.
    """

    agentid: int
    touser: str | None = None
    toparty: str | None = None
    totag: str | None = None
    miniprogram_notice: MiniProgramNotice | None = None
    template_card: TemplateCard | None = None
    enable_id_trans: Annotated[int, OneOf((0, 1))] = 0
    enable_duplicate_check: Annotated[int, OneOf((0, 1))] = 0
    duplicate_check_interval: Annotated[int, Between(1, 4 * 3600)] | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield violations about receivers and content."""
        yield from super().broken_rules()
        if not self.touser and not self.toparty and not self.totag:
            yield "touser", "请选择接收人"
        if self.miniprogram_notice is not None and self.touser == "@all":
            yield "touser", "小程序通知不能发送给全员"
        for field, most in (
            ("touser", MAX_RECEIVERS),
            ("toparty", _MAX_GROUPS),
            ("totag", _MAX_GROUPS),
        ):
            if (getattr(self, field) or "").count("|") >= most:
                yield field, f"最多 {most} 个接收对象"


class MessageReply(Reply, kw_only=True, frozen=True):
    """Who did not get it, ids joined by ``|``; `response_code` changes a card once, for 72 h."""

    msgid: str = ""
    invaliduser: str = ""
    invalidparty: str = ""
    invalidtag: str = ""
    unlicenseduser: str = ""
    response_code: str = ""


class RecallRequest(Request, kw_only=True, frozen=True):
    """A message of the last 24 hours."""

    msgid: Annotated[str, Bytes(128, 1)]


class ReplacedButton(Request, kw_only=True, frozen=True):
    """What the button says from now on; it cannot be pressed any more."""

    replace_name: Annotated[str, Bytes(256, 1)]


class UpdateCardRequest(Request, kw_only=True, frozen=True):
    """Change a template card for some of its receivers, or all: its button, or all of it."""

    agentid: int
    response_code: Annotated[str, Bytes(512, 1)]
    userids: Annotated[list[str], Items(100)] | None = None
    partyids: Annotated[list[int], Items(100)] | None = None
    tagids: Annotated[list[int], Items(100)] | None = None
    atall: Annotated[int, OneOf((0, 1))] | None = None
    enable_id_trans: Annotated[int, OneOf((0, 1))] = 0
    button: ReplacedButton | None = None
    template_card: TemplateCard | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield violations of what goes together."""
        if (self.button is None) == (self.template_card is None):
            yield "button", "按钮文案和新卡片请只填写一项"
        if not (self.userids or self.partyids or self.tagids or self.atall):
            yield "userids", "请选择要更新的成员"


class UpdateCardReply(Reply, kw_only=True, frozen=True):
    """Whose card did not change."""

    invaliduser: tuple[str, ...] = ()


# a repeat would reach people twice
SEND_MESSAGE: Final = Endpoint(
    "POST", "/cgi-bin/message/send", "90236", MessageRequest, MessageReply, idempotent=False
)
RECALL_MESSAGE: Final = Endpoint("POST", "/cgi-bin/message/recall", "94867", RecallRequest, Reply)
# the code works once, a repeat would be refused though the first attempt worked
UPDATE_CARD: Final = Endpoint(
    "POST",
    "/cgi-bin/message/update_template_card",
    "94888",
    UpdateCardRequest,
    UpdateCardReply,
    idempotent=False,
)
