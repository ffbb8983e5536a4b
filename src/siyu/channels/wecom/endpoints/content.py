"""Pieces of messages to customers that several endpoints share."""

from collections.abc import Iterator
from typing import Annotated

from siyu.channels.wecom.endpoint import Request
from siyu.channels.wecom.limits import Bytes

Url = Annotated[str, Bytes(2048, 1)]


class Text(Request, kw_only=True, frozen=True):
    """A text of at most 4,000 bytes: some 1,300 Chinese characters."""

    content: Annotated[str, Bytes(4000, 1)]


class Image(Request, kw_only=True, frozen=True):
    """An uploaded picture, or the address that the picture upload (not the media upload) gave."""

    media_id: str | None = None
    pic_url: str | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when there is no picture."""
        if not self.media_id and not self.pic_url:
            yield "media_id", "请选择图片"


class Link(Request, kw_only=True, frozen=True):
    """A card that opens a page."""

    title: Annotated[str, Bytes(128, 1)]
    url: Url
    picurl: Annotated[str, Bytes(2048)] | None = None
    desc: Annotated[str, Bytes(512)] | None = None


class MiniProgram(Request, kw_only=True, frozen=True):
    """A card that opens a page of a mini program bound to the corporation."""

    title: Annotated[str, Bytes(64, 1)]
    pic_media_id: Annotated[str, Bytes(512, 1)]
    appid: Annotated[str, Bytes(64, 1)]
    page: Annotated[str, Bytes(1024, 1)]


class Media(Request, kw_only=True, frozen=True):
    """An uploaded video or file."""

    media_id: Annotated[str, Bytes(512, 1)]


class ImageAttachment(Request, kw_only=True, frozen=True, tag_field="msgtype", tag="image"):
    """A picture."""

    image: Image


class LinkAttachment(Request, kw_only=True, frozen=True, tag_field="msgtype", tag="link"):
    """A link card."""

    link: Link


class MiniProgramAttachment(
    Request, kw_only=True, frozen=True, tag_field="msgtype", tag="miniprogram"
):
    """A mini program card."""

    miniprogram: MiniProgram


class VideoAttachment(Request, kw_only=True, frozen=True, tag_field="msgtype", tag="video"):
    """A video."""

    video: Media


class FileAttachment(Request, kw_only=True, frozen=True, tag_field="msgtype", tag="file"):
    """A file."""

    file: Media


Attachment = (
    ImageAttachment | LinkAttachment | MiniProgramAttachment | VideoAttachment | FileAttachment
)
