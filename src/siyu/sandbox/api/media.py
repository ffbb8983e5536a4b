"""Temporary media and permanent pictures (docs 90253, 90254, 90256)."""

from dataclasses import dataclass

from multipart import (  # type: ignore[import-untyped]
    MultipartError,
    MultipartSegment,
    PushMultipartParser,
    parse_options_header,
)

from siyu.sandbox.api.call import Answer, Call, Endpoint, File
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world import ids
from siyu.sandbox.world import records as r

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


def _keep(call: Call, upload: _Upload, kind: str, expires: float | None) -> r.Media:
    world = call.world
    media = world.media.save(
        r.Media(
            id=ids.media_id(), type=kind, filename=upload.filename,
            content_type=upload.content_type, size=len(upload.content),
            created=world.now(), expires=expires,
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
    media = _keep(call, upload, "image", None)
    return {"url": f"{call.world.base_url}/img/{media.id}"}


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
    return File(content, media.content_type, media.filename)


ENDPOINTS = (
    Endpoint("POST", "/cgi-bin/media/upload", _upload),
    Endpoint("POST", "/cgi-bin/media/uploadimg", _uploadimg),
    Endpoint("GET", "/cgi-bin/media/get", _get),
)
