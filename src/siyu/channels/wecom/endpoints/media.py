"""Files handed to WeCom (素材管理)."""

from collections.abc import Iterator
from typing import Annotated, Final

from siyu.channels.wecom.endpoint import Endpoint, Reply, Upload, Window
from siyu.channels.wecom.limits import OneOf

_MEBIBYTE: Final = 1024 * 1024
_SMALLEST: Final = 6  # "more than 5 bytes"
MEDIA_SIZES: Final = {
    "image": 10 * _MEBIBYTE,
    "voice": 2 * _MEBIBYTE,
    "video": 10 * _MEBIBYTE,
    "file": 20 * _MEBIBYTE,
}
_DAY: Final = 24 * 3600


class UploadMediaRequest(Upload, kw_only=True, frozen=True):
    """A picture (JPG, PNG), voice (AMR), video (MP4) or file."""

    type: Annotated[str, OneOf(tuple(MEDIA_SIZES))]

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when the size is not what WeCom takes for the type."""
        yield from _size(self.content, MEDIA_SIZES.get(self.type, _SMALLEST))


class UploadMediaReply(Reply, kw_only=True, frozen=True):
    """The media id works three days from `created_at` (seconds), in the whole corporation."""

    media_id: str
    type: str = ""
    created_at: int = 0


class UploadImageRequest(Upload, kw_only=True, frozen=True):
    """A picture for a permanent address."""

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when the size is not what WeCom takes."""
        yield from _size(self.content, 2 * _MEBIBYTE)


class UploadImageReply(Reply, kw_only=True, frozen=True):
    """A permanent address, for use inside WeCom's messages."""

    url: str


def _size(content: bytes, most: int) -> Iterator[tuple[str, str]]:
    if not _SMALLEST <= len(content) <= most:
        yield "content", f"文件大小应在 {_SMALLEST} 字节到 {most // _MEBIBYTE} MB 之间"


UPLOAD_MEDIA: Final = Endpoint(
    "POST",
    "/cgi-bin/media/upload",
    "90253",
    UploadMediaRequest,
    UploadMediaReply,
    seconds=60.0,
    in_flight=5,
)
UPLOAD_IMAGE: Final = Endpoint(
    "POST",
    "/cgi-bin/media/uploadimg",
    "90256",
    UploadImageRequest,
    UploadImageReply,
    seconds=60.0,
    in_flight=5,
    windows=(Window(1000, _DAY), Window(3000, 30 * _DAY)),
)
