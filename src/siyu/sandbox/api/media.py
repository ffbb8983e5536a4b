"""Temporary media, permanent pictures, attachments (docs 90253, 90254, 90256, 95098)."""

import hashlib
import re
from dataclasses import dataclass

from multipart import (  # type: ignore[import-untyped]
    MultipartError,
    MultipartSegment,
    PushMultipartParser,
    parse_options_header,
)

from siyu.sandbox.api.call import Answer, Call, Endpoint, File
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.api.formats import is_mp4, picture_size, video_seconds
from siyu.sandbox.world import ids
from siyu.sandbox.world import records as r
from siyu.sandbox.world.days import day_of, month_of

_MB = 1024 * 1024
_LEAST = 5
_DAYS_3 = 3 * 86_400
# type → (most bytes, leading bytes it may start with; empty: any)
_KINDS: dict[str, tuple[int, tuple[bytes, ...]]] = {
    "image": (10 * _MB, (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")),
    "voice": (2 * _MB, (b"#!AMR",)),
    "video": (10 * _MB, ()),
    "file": (20 * _MB, ()),
}
_PICTURE_MOST = 2 * _MB
_ATTACHMENT_MOST = 10 * _MB
_LONGER_SIDE, _SHORTER_SIDE = 1440, 1080
_VIDEO_SECONDS = 30
# attachment_type → what for, and which types
_SCENES = {"1": ("moment", {"image", "video"}), "2": ("album", {"image"})}
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@dataclass(slots=True)
class _Upload:
    filename: str
    content_type: str
    content: bytes


def _uploaded(call: Call) -> _Upload:
    """Return the file of the form's field ``media`` (any field with a filename is taken)."""
    kind, options = parse_options_header(call.content_type)
    boundary = options.get("boundary")
    if kind != "multipart/form-data" or not boundary:
        raise ApiError(44001, "multipart/form-data required")
    file: MultipartSegment | None = None
    content = bytearray()
    reading = False
    try:
        with PushMultipartParser(boundary) as parser:
            for event in parser.parse(call.body):
                if isinstance(event, MultipartSegment):
                    reading = file is None and event.filename is not None
                    file = event if reading else file
                elif event and reading:
                    content += event
    except MultipartError as error:
        raise ApiError(44001, str(error)) from error
    if file is None or not content:
        raise ApiError(44001)
    filename = (file.filename or "file").replace('"', "").replace("\r", "").replace("\n", "")
    return _Upload(filename, file.content_type or "application/octet-stream", bytes(content))


def md5_of(content: bytes) -> str:
    """Return what WeCom tells of a file as its ``md5sum``."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def _keep(
    call: Call, upload: _Upload, kind: str, expires: float | None, scene: str = ""
) -> r.Media:
    world = call.world
    media = world.media.save(
        r.Media(
            id=ids.media_id(), type=kind, filename=upload.filename,
            content_type=upload.content_type, size=len(upload.content),
            created=world.now(), expires=expires, scene=scene, md5=md5_of(upload.content),
        )
    )  # fmt: skip
    world.journal.save_blob(media.id, upload.content)
    return media


def _upload(call: Call) -> Answer:
    kind = call.query.get("type", "")
    if kind not in _KINDS:
        raise ApiError(40004)
    upload = _uploaded(call)
    most, heads = _KINDS[kind]
    if len(upload.content) <= _LEAST:
        raise ApiError(40006)
    if len(upload.content) > most:
        raise ApiError(45001)
    if heads and not upload.content.startswith(heads):
        raise ApiError(40004, "content does not match type")
    media = _keep(call, upload, kind, call.world.now() + _DAYS_3)
    return {"type": kind, "media_id": media.id, "created_at": str(int(media.created))}


def _uploadimg(call: Call) -> Answer:
    upload = _uploaded(call)
    if not _LEAST < len(upload.content) <= _PICTURE_MOST:
        raise ApiError(40006)
    if not upload.content.startswith(_KINDS["image"][1]):
        raise ApiError(40004)
    _check_pictures(call)
    media = _keep(call, upload, "image", None)
    return {"url": f"{call.world.base_url}/img/{media.id}"}


def _check_pictures(call: Call) -> None:
    """Refuse more pictures than a day and a month may bring (45009)."""
    if not call.world.holds("pictures"):
        return
    now, switches = call.world.now(), call.world.switches
    made = [media.created for media in call.world.media if media.expires is None]
    for since, most in (
        (day_of(now), switches.pictures_per_day),
        (month_of(now), switches.pictures_per_month),
    ):
        if sum(at >= since for at in made) >= most:
            raise ApiError(45009)


def _upload_attachment(call: Call) -> Answer:
    kind = call.query.get("media_type", "")
    scene, kinds = _SCENES.get(call.query.get("attachment_type", ""), ("", set()))
    if not scene:
        raise ApiError(40058, "attachment_type")
    if kind not in kinds:
        raise ApiError(40004)
    upload = _uploaded(call)
    if len(upload.content) <= _LEAST:
        raise ApiError(40006)
    if len(upload.content) > _ATTACHMENT_MOST:
        raise ApiError(41080)
    _check_format(kind, scene, upload.content)
    media = _keep(call, upload, kind, call.world.now() + _DAYS_3, scene)
    return {"type": kind, "media_id": media.id, "created_at": int(media.created)}


def _check_format(kind: str, scene: str, content: bytes) -> None:
    if kind == "video":
        if not is_mp4(content):
            raise ApiError(41090)
        if (video_seconds(content) or 0.0) > _VIDEO_SECONDS:
            raise ApiError(41082)
        return
    if not content.startswith(_KINDS["image"][1]):
        raise ApiError(40004)
    sides = sorted(picture_size(content) or (0, 0))
    if scene == "moment" and (sides[0] > _SHORTER_SIDE or sides[1] > _LONGER_SIDE):
        raise ApiError(41081)


async def _get(call: Call) -> Answer:
    media_id = call.query.get("media_id", "")
    if not media_id:
        raise ApiError(41006)
    media = call.world.media.get(media_id)
    if media is None or media.expires is None or media.expires <= call.world.now():
        raise ApiError(40007)
    content = await call.world.blob(media_id)
    if content is None:
        raise ApiError(40007)
    return _part(File(content, media.content_type, media.filename), call.range)


def _part(file: File, asked: str) -> File:
    """Cut the bytes that the header ``Range`` asks for; 830002 for those there are not."""
    found = _RANGE.fullmatch(asked.strip())
    if found is None or found.groups() == ("", ""):
        return file
    size = len(file.content)
    if found[1]:
        first, last = int(found[1]), min(int(found[2] or size - 1), size - 1)
    else:  # the last so many
        first, last = max(size - int(found[2]), 0), size - 1
    if first > last:
        raise ApiError(830002)
    file.content, file.span = file.content[first : last + 1], f"bytes {first}-{last}/{size}"
    return file


ENDPOINTS = (
    Endpoint("POST", "/cgi-bin/media/upload", _upload),
    Endpoint("POST", "/cgi-bin/media/uploadimg", _uploadimg),
    Endpoint("POST", "/cgi-bin/media/upload_attachment", _upload_attachment),
    Endpoint("GET", "/cgi-bin/media/get", _get),
)
