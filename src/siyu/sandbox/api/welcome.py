"""The welcome message (doc 92137): one use across all apps, 20 seconds, first caller wins."""

from typing import Any

import msgspec

from siyu.sandbox.api.attachments import read_attachments
from siyu.sandbox.api.call import Answer, Call, Endpoint, check_bytes
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world import records as r
from siyu.sandbox.world.state import World, staff_chat

_TEXT_BYTES = 4000


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


async def _send(call: Call) -> Answer:
    world, asked = call.world, call.read(_Welcome)
    welcome = _open_code(world, asked.welcome_code)
    text = asked.text.content if asked.text else ""
    if not text and not asked.attachments:
        raise ApiError(40063, "text or attachments required")
    check_bytes("text", text, _TEXT_BYTES)
    parts = read_attachments(world, asked.attachments)
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
