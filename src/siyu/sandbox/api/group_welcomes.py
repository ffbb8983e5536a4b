"""Welcomes of customer groups 「入群欢迎语素材」 (doc 92366)."""

from typing import Any

import msgspec

from siyu.sandbox.api.attachments import read_attachments
from siyu.sandbox.api.call import Answer, Call, Endpoint, check_bytes
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world import group_records as g
from siyu.sandbox.world import ids
from siyu.sandbox.world.state import app_chat

_TEXT_BYTES = 3000
_KINDS = ("image", "link", "miniprogram", "file", "video")
"""Of several the first counts."""


class _Text(msgspec.Struct):
    content: str = ""


class _Fields(msgspec.Struct):
    template_id: str = ""
    text: _Text | None = None
    image: dict[str, Any] | None = None
    link: dict[str, Any] | None = None
    miniprogram: dict[str, Any] | None = None
    file: dict[str, Any] | None = None
    video: dict[str, Any] | None = None
    notify: int | bool = 1


def _write(call: Call, welcome: g.GroupWelcome, asked: _Fields) -> None:
    text = asked.text.content if asked.text else ""
    check_bytes("text", text, _TEXT_BYTES)
    kind = next((kind for kind in _KINDS if getattr(asked, kind)), "")
    if not text and not kind:
        raise ApiError(40063, "text or one of image, link, miniprogram, file, video")
    part = getattr(asked, kind) if kind else {}
    attached = read_attachments(call.world, [{"msgtype": kind, kind: part}] if kind else [])
    welcome.text, welcome.kind, welcome.part = text, kind, part
    welcome.shown = attached[0][1] if attached else {}


def _add(call: Call) -> Answer:
    world, asked = call.world, call.read(_Fields)
    if len(world.group_welcomes) >= world.switches.group_welcome_cap:
        raise ApiError(41055)
    welcome = g.GroupWelcome(template_id=ids.template_id(), agentid=call.caller.agentid)
    _write(call, welcome, asked)
    world.group_welcomes.save(welcome)
    if asked.notify:
        for staff in world.staff:
            if staff.can_contact and staff.status == 1 and call.sees(staff):
                world.post_message(
                    app_chat(staff.userid), "app", "system", "system",
                    text="管理员创建了新的入群欢迎语,可以应用到你的客户群",
                )  # fmt: skip
    return {"template_id": welcome.template_id}


def _found(call: Call, asked: _Fields) -> g.GroupWelcome:
    welcome = call.world.group_welcomes.get(asked.template_id)
    if welcome is None:
        raise ApiError(40058, "invalid template_id")
    return welcome


def _own(call: Call, asked: _Fields) -> g.GroupWelcome:
    welcome = _found(call, asked)
    if welcome.agentid != call.caller.agentid:
        raise ApiError(41058)
    return welcome


def _edit(call: Call) -> Answer:
    asked = call.read(_Fields)
    welcome = _own(call, asked)
    _write(call, welcome, asked)
    call.world.group_welcomes.save(welcome)
    return {}


def _get(call: Call) -> Answer:
    welcome = _found(call, call.read(_Fields))
    shown: dict[str, Any] = {}
    if welcome.text:
        shown["text"] = {"content": welcome.text}
    if welcome.kind:
        shown[welcome.kind] = welcome.part
    return shown


def _delete(call: Call) -> Answer:
    welcome = _own(call, call.read(_Fields))
    call.world.group_welcomes.drop(welcome.template_id)
    return {}


_CONTACT = "customer_contact"
_PATH = "/cgi-bin/externalcontact/group_welcome_template"
ENDPOINTS = (
    Endpoint("POST", f"{_PATH}/add", _add, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/edit", _edit, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/get", _get, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/del", _delete, needs=_CONTACT),
)
