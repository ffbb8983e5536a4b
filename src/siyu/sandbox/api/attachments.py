"""What may hang on a message to customers (docs 92137, 92135): pictures, links, programs, files."""

from typing import Any

from siyu.sandbox.api.call import check_bytes
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world.state import World

_ATTACHMENTS = 9
_TYPES = ("image", "link", "miniprogram", "video", "file")

Shown = tuple[str, dict[str, str]]


def read_attachments(world: World, attachments: list[dict[str, Any]]) -> list[Shown]:
    """Return kind and parts of the message that each attachment becomes, or refuse them.

    41064: more than nine; 41065: the type is unknown or does not name its object; 40007: no such
    file, or one of another type; 40058, 45002: a text is missing or too long.
    """
    if len(attachments) > _ATTACHMENTS:
        raise ApiError(41064)
    return [_attachment(world, attachment) for attachment in attachments]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _check_media(world: World, media_id: str, kind: str) -> None:
    media = world.media.get(media_id)
    if media is None or media.expires is None or media.expires <= world.now():
        raise ApiError(40007)
    if media.scene:
        raise ApiError(41072)
    if media.type != kind:
        raise ApiError(40007, f"media is of type {media.type}")


def _image(world: World, part: dict[str, Any]) -> dict[str, str]:
    if media_id := _text(part.get("media_id")):  # media_id wins over pic_url
        _check_media(world, media_id, "image")
        return {"pic": f"{world.base_url}/media/{media_id}"}
    pic_url = _text(part.get("pic_url"))
    if not pic_url:
        raise ApiError(40007)
    if not pic_url.startswith(f"{world.base_url}/img/"):
        raise ApiError(40058, "pic_url must come from media/uploadimg")
    return {"pic": pic_url}


def _link(_world: World, part: dict[str, Any]) -> dict[str, str]:
    title, url, desc = (_text(part.get(name)) for name in ("title", "url", "desc"))
    if not title or not url:
        raise ApiError(40058, "link needs title and url")
    check_bytes("title", title, 128)
    check_bytes("desc", desc, 512)
    return {"title": title, "url": url, "desc": desc, "pic": _text(part.get("picurl"))}


def _miniprogram(world: World, part: dict[str, Any]) -> dict[str, str]:
    title, appid, page = (_text(part.get(name)) for name in ("title", "appid", "page"))
    media_id = _text(part.get("pic_media_id"))
    if not title or not appid or not page:
        raise ApiError(40058, "miniprogram needs title, appid, page and pic_media_id")
    check_bytes("title", title, 64)
    _check_media(world, media_id, "image")
    return {"title": title, "url": page, "desc": appid, "pic": f"{world.base_url}/media/{media_id}"}


def _file(kind: str, world: World, part: dict[str, Any]) -> dict[str, str]:
    media_id = _text(part.get("media_id"))
    _check_media(world, media_id, kind)
    media = world.media.get(media_id)
    return {"url": f"{world.base_url}/media/{media_id}", "title": media.filename if media else ""}


def _attachment(world: World, attachment: dict[str, Any]) -> tuple[str, dict[str, str]]:
    kind = _text(attachment.get("msgtype"))
    part = attachment.get(kind)
    if kind not in _TYPES or not isinstance(part, dict):
        raise ApiError(41065)
    if kind == "image":
        return kind, _image(world, part)
    if kind == "link":
        return kind, _link(world, part)
    if kind == "miniprogram":
        return kind, _miniprogram(world, part)
    return kind, _file(kind, world, part)
