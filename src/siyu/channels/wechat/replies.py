"""Answers to a push that WeChat shows in the chat at once (被动回复): make one, `PushDoor.answer`.

Who has nothing to say answers ``success``; WeChat tells the person that the account is out of
order when nothing comes within 5 seconds, three times.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from siyu.channels.wechat.errors import WeChatRefused
from siyu.channels.wechat.pushes import Push
from siyu.channels.wecom.errors import Violation
from siyu.channels.wecom.limits import Bytes

NOTHING: Final = "success"
_TEXT: Final = Bytes(2048, 1)


class Article(NamedTuple):
    """A card that opens a page; WeChat shows one as the answer to a message."""

    title: str
    description: str
    picture_url: str
    url: str


def text(push: Push, content: str, *, now: datetime) -> str:
    """Answer with a text of up to 2048 bytes."""
    if (complaint := _TEXT.complaint(content)) is not None:
        raise WeChatRefused([Violation("content", f"content：{complaint}")], "passive reply")
    return _xml(push, now, "text", _cdata("Content", content))


def image(push: Push, media_id: str, *, now: datetime) -> str:
    """Answer with an uploaded picture."""
    return _xml(push, now, "image", f"<Image>{_cdata('MediaId', media_id)}</Image>")


def articles(push: Push, cards: Sequence[Article], *, now: datetime) -> str:
    """Answer with cards: one, or up to 8 where the person follows or uses the menu."""
    items = "".join(
        f"<item>{_cdata('Title', card.title)}{_cdata('Description', card.description)}"
        f"{_cdata('PicUrl', card.picture_url)}{_cdata('Url', card.url)}</item>"
        for card in cards
    )
    count = f"<ArticleCount>{len(cards)}</ArticleCount>"
    return _xml(push, now, "news", f"{count}<Articles>{items}</Articles>")


def customer_service(push: Push, *, now: datetime) -> str:
    """Hand the conversation to the account's customer service."""
    return _xml(push, now, "transfer_customer_service", "")


def _xml(push: Push, now: datetime, kind: str, content: str) -> str:
    return (
        f"<xml>{_cdata('ToUserName', push.openid)}{_cdata('FromUserName', push.corp_id)}"
        f"<CreateTime>{int(now.timestamp())}</CreateTime>{_cdata('MsgType', kind)}{content}</xml>"
    )


def _cdata(name: str, value: str) -> str:
    safe = value.replace("]]>", "]]]]><![CDATA[>")
    return f"<{name}><![CDATA[{safe}]]></{name}>"
