"""Pieces of messages to customers that several endpoints share."""

from collections.abc import Iterator
from enum import IntEnum
from typing import Annotated, Final

from siyu.channels.wecom.endpoint import PagedRequest, Request
from siyu.channels.wecom.limits import Between, Bytes, OneOf

_LONGEST_SPAN: Final = 31 * 24 * 3600

Url = Annotated[str, Bytes(2048, 1)]
UserId = Annotated[str, Bytes(64, 1)]


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


class Source(IntEnum):
    """Whose mass messages or Moments to list."""

    CORPORATION = 0
    PERSONAL = 1
    ALL = 2


class RecordsRequest(PagedRequest, kw_only=True, frozen=True):
    """A page of what was made between two times in seconds, a month apart at most."""

    start_time: int
    end_time: int
    creator: UserId | None = None
    filter_type: Annotated[int, OneOf(tuple(Source))] | None = None
    limit: Annotated[int, Between(1, 100)] | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when the span is not one."""
        if not 0 <= self.end_time - self.start_time <= _LONGEST_SPAN:
            yield "end_time", "起止时间应先后相继，间隔不超过一个月"
