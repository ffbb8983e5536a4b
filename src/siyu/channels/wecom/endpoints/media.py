"""Files handed to WeCom (素材管理)."""

from collections.abc import Iterator
from typing import Annotated, Final

from siyu.channels.wecom.endpoint import (
    Download,
    Endpoint,
    FileRequest,
    Part,
    Reply,
    Request,
    Upload,
    Window,
)
from siyu.channels.wecom.endpoints.content import Url
from siyu.channels.wecom.limits import Between, Bytes, OneOf

_MEBIBYTE: Final = 1024 * 1024
_SMALLEST: Final = 6  # "more than 5 bytes"
MEDIA_SIZES: Final = {
    "image": 10 * _MEBIBYTE,
    "voice": 2 * _MEBIBYTE,
    "video": 10 * _MEBIBYTE,
    "file": 20 * _MEBIBYTE,
}
ATTACHMENT_SIZE: Final = 10 * _MEBIBYTE
FOR_MOMENTS: Final = 1
FOR_ALBUM: Final = 2
FOR_GROUP_WELCOMES: Final = 1
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


class UploadAttachmentRequest(Upload, kw_only=True, frozen=True):
    """A picture or video for a Moment (`FOR_MOMENTS`), or a picture for the album (`FOR_ALBUM`).

    For Moments pictures of at most 1440 × 1080 pixels and videos of at most 30 s. The media id is
    good for that use only.
    """

    media_type: Annotated[str, OneOf(("image", "video", "file"))]
    attachment_type: Annotated[int, OneOf((FOR_MOMENTS, FOR_ALBUM))]

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when the size is not what WeCom takes."""
        yield from _size(self.content, ATTACHMENT_SIZE)


class UploadFromAddressRequest(Request, kw_only=True, frozen=True):
    """A video or file of at most 200 MB that WeCom fetches; its server must answer ranges."""

    scene: Annotated[int, OneOf((FOR_GROUP_WELCOMES,))]
    type: Annotated[str, OneOf(("video", "file"))]
    filename: Annotated[str, Bytes(128, 1)]
    url: Url
    md5: Annotated[str, Bytes(32)] | None = None


class UploadJobReply(Reply, kw_only=True, frozen=True):
    """The job to ask for, or to wait for by the callback ``upload_media_job_finish``."""

    jobid: str


class UploadJobRequest(Request, kw_only=True, frozen=True):
    """One job."""

    jobid: Annotated[str, Bytes(128, 1)]


class UploadJobDetail(Part, kw_only=True, frozen=True):
    """What a job brought: a media id good for three days, or `errcode` says why none.

    830001: no usable address; 830002: too large; 830003: the file could not be fetched.
    """

    errcode: int = 0
    errmsg: str = ""
    media_id: str = ""
    created_at: int = 0


class UploadJobStateReply(Reply, kw_only=True, frozen=True):
    """How far a job is: `status` 1 fetching, 2 done, 3 failed."""

    status: int = 0
    detail: UploadJobDetail | None = None


class MediaRequest(FileRequest, kw_only=True, frozen=True):
    """A file by its media id, whole or in part; the parts of a large one are fetched in turn."""

    media_id: Annotated[str, Bytes(512, 1)]
    first: Annotated[int, Between(0, 1 << 40)] | None = None
    last: Annotated[int, Between(0, 1 << 40)] | None = None


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
UPLOAD_ATTACHMENT: Final = Endpoint(
    "POST",
    "/cgi-bin/media/upload_attachment",
    "95098",
    UploadAttachmentRequest,
    UploadMediaReply,
    seconds=60.0,
    in_flight=5,
)
UPLOAD_FROM_ADDRESS: Final = Endpoint(
    "POST",
    "/cgi-bin/media/upload_by_url",
    "96219",
    UploadFromAddressRequest,
    UploadJobReply,
    idempotent=False,
)
GET_UPLOAD_JOB: Final = Endpoint(
    "POST",
    "/cgi-bin/media/get_upload_by_url_result",
    "96219",
    UploadJobRequest,
    UploadJobStateReply,
)
GET_MEDIA: Final = Endpoint(
    "GET",
    "/cgi-bin/media/get",
    "90254",
    MediaRequest,
    Download,
    seconds=60.0,
    in_flight=5,
)
