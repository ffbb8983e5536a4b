"""What the application may say to a customer in WeChat customer service (微信客服, doc 94677)."""

from typing import Annotated

import msgspec

from siyu.channels.wecom.endpoint import Request
from siyu.channels.wecom.endpoints.content import UserId
from siyu.channels.wecom.limits import Bytes, Items, OneOf


class SentText(Request, kw_only=True, frozen=True):
    """A text of at most 2,048 bytes: some 680 Chinese characters."""

    content: Annotated[str, Bytes(2048, 1)]


class SentFile(Request, kw_only=True, frozen=True):
    """An uploaded picture, voice, video or file."""

    media_id: Annotated[str, Bytes(128, 1)]


class SentLink(Request, kw_only=True, frozen=True):
    """A card that opens a page, with an uploaded picture."""

    title: Annotated[str, Bytes(128, 1)]
    url: Annotated[str, Bytes(2048, 1)]
    thumb_media_id: Annotated[str, Bytes(128, 1)]
    desc: Annotated[str, Bytes(512)] | None = None


class SentMiniProgram(Request, kw_only=True, frozen=True):
    """A card that opens a page of a mini program, with an uploaded picture."""

    appid: Annotated[str, Bytes(32, 1)]
    pagepath: Annotated[str, Bytes(1024, 1)]
    title: Annotated[str, Bytes(64)]
    thumb_media_id: Annotated[str, Bytes(128, 1)]


class MenuClick(Request, kw_only=True, frozen=True):
    """An item to tap; comes back as a text with `id` as its `menu_id`."""

    content: Annotated[str, Bytes(128, 1)]
    id: Annotated[str, Bytes(128)] | None = None


class MenuView(Request, kw_only=True, frozen=True):
    """An item that opens a page."""

    url: Annotated[str, Bytes(2048, 1)]
    content: Annotated[str, Bytes(1024, 1)]


class MenuMiniProgram(Request, kw_only=True, frozen=True):
    """An item that opens a mini program."""

    appid: Annotated[str, Bytes(32, 1)]
    pagepath: Annotated[str, Bytes(1024, 1)]
    content: Annotated[str, Bytes(1024, 1)]


class MenuText(Request, kw_only=True, frozen=True):
    """A line of text; with `no_newline` 1 the next item stands in the same line."""

    content: Annotated[str, Bytes(256, 1)]
    no_newline: Annotated[int, OneOf((0, 1))] | None = None


class ClickItem(Request, kw_only=True, frozen=True, tag_field="type", tag="click"):
    """See `MenuClick`."""

    click: MenuClick


class ViewItem(Request, kw_only=True, frozen=True, tag_field="type", tag="view"):
    """See `MenuView`."""

    view: MenuView


class MiniProgramItem(Request, kw_only=True, frozen=True, tag_field="type", tag="miniprogram"):
    """See `MenuMiniProgram`."""

    miniprogram: MenuMiniProgram


class TextItem(Request, kw_only=True, frozen=True, tag_field="type", tag="text"):
    """See `MenuText`."""

    text: MenuText


class SentMenu(Request, kw_only=True, frozen=True):
    """A menu of at most ten items between two texts."""

    head_content: Annotated[str, Bytes(1024)] | None = None
    items: Annotated[list[ClickItem | ViewItem | MiniProgramItem | TextItem], Items(10, 1)] = (
        msgspec.field(name="list")
    )
    tail_content: Annotated[str, Bytes(1024)] | None = None


class SentLocation(Request, kw_only=True, frozen=True):
    """A place on the map."""

    latitude: float
    longitude: float
    name: str | None = None
    address: str | None = None


class SentCard(Request, kw_only=True, frozen=True):
    """The business card of a staff account."""

    userid: UserId


class SentAcquisitionLink(Request, kw_only=True, frozen=True):
    """A link of the acquisition assistant (获客助手)."""

    link_url: Annotated[str, Bytes(2048, 1)]
