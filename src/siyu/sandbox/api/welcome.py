"""The welcome message (doc 92137): one use across all apps, 20 seconds, first caller wins."""

from typing import Any

import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint, check_bytes
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world import records as r
from siyu.sandbox.world.state import World, staff_chat

_TEXT_BYTES = 4000
_ATTACHMENTS = 9
_TYPES = ("image", "link", "miniprogram", "video", "file")


class _Text(msgspec.Struct):
    content: str = ""


class _Welcome(msgspec.Struct):
    welcome_code: str = ""
    text: _Text | None = None
    attachments: list[dict[str, Any]] = []


def _open_code(world: World, code: str) -> r.WelcomeCode:
    if not code:
        raise ApiError(41049)
    welcome = world.welcome_codes.get(code)
    if welcome is None or welcome.expires <= world.now():
        raise ApiError(41050)
    if code in world.sending:
        raise ApiError(41096)
    relation = world.relation(welcome.userid, welcome.person)
    if welcome.status == "used" or relation is None or relation.chatting:
        raise ApiError(41051)
    return welcome


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _check_media(world: World, media_id: str, kind: str) -> None:
    media = world.media.get(media_id)
    if media is None or media.expires is None or media.expires <= world.now():
        raise ApiError(40007)
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


async def _send(call: Call) -> Answer:
    world, asked = call.world, call.read(_Welcome)
    welcome = _open_code(world, asked.welcome_code)
    text = asked.text.content if asked.text else ""
    if not text and not asked.attachments:
        raise ApiError(40063, "text or attachments required")
    check_bytes("text", text, _TEXT_BYTES)
    if len(asked.attachments) > _ATTACHMENTS:
        raise ApiError(41064)
    parts = [_attachment(world, attachment) for attachment in asked.attachments]
    world.sending.add(welcome.code)
    chat, sender = staff_chat(welcome.userid, welcome.person), f"s-{welcome.userid}"
    if text:
        world.post_message(chat, sender, "text", "welcome", text=text)
    for kind, part in parts:
        world.post_message(chat, sender, kind, "welcome", **part)
    welcome.status, welcome.sent = "used", world.now()
    world.welcome_codes.save(welcome)
    relation = world.relation(welcome.userid, welcome.person)
    if relation is not None:
        relation.welcomed = True
        world.relations.save(relation)
    try:
        await world.journal.settled()
        call.settled = True
    finally:
        world.sending.discard(welcome.code)
    return {}


ENDPOINTS = (
    Endpoint("POST", "/cgi-bin/externalcontact/send_welcome_msg", _send, needs="customer_contact"),
)
