"""Template and subscription messages; they land in the person's phone."""

import re
from typing import Any

import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.wechat.accounts import mini, official, person_of
from siyu.sandbox.world import records as r
from siyu.sandbox.world import wechat_records as w
from siyu.sandbox.world.wechat import (
    is_following,
    mini_chat,
    official_chat,
    push_event,
    told_about,
)

_FIELD = re.compile(r"\{\{(\w+)\.DATA\}\}")
_ONCE_SECONDS = 600
_LONGEST = {
    "thing": 20, "number": 32, "letter": 32, "symbol": 5, "character_string": 32,
    "phone_number": 17, "car_number": 8, "name": 20, "phrase": 5,
}  # fmt: skip


class _Page(msgspec.Struct):
    appid: str
    pagepath: str = ""


class _Send(msgspec.Struct):
    touser: str
    template_id: str
    data: dict[str, dict[str, Any]] = {}
    url: str = ""
    page: str = ""
    miniprogram: _Page | None = None
    client_msg_id: str = ""


def _template(call: Call, asked: _Send, kind: str) -> w.Template:
    template = call.world.wechat.templates.get(asked.template_id)
    if template is None or template.kind != kind:
        raise ApiError(40037, "invalid template_id")
    return template


def _post(call: Call, person: r.Person, asked: _Send, template: w.Template, source: str) -> int:
    """Put the filled-in template into the phone; returns its number."""
    world = call.world
    if asked.miniprogram is not None and asked.miniprogram.appid != world.wechat.mini.appid:
        raise ApiError(40013, "invalid appid")
    values = {name: str(part.get("value", "")) for name, part in asked.data.items()}
    text = _FIELD.sub(lambda found: values.get(found[1], ""), template.content)
    page = asked.miniprogram.pagepath if asked.miniprogram else ""
    own = source == "mini"
    message = world.post_message(
        mini_chat(person.id) if own else official_chat(person.id), "mini" if own else "official",
        "template", "subscription" if template.kind != "template" else "template",
        title=template.title, text=text, url=page or asked.url or asked.page,
    )  # fmt: skip
    return message.id


def _send_template(call: Call) -> Answer:
    account, asked = official(call), call.read(_Send)
    person = person_of(call, asked.touser, account.appid)
    template = _template(call, asked, "template")
    if not is_following(call.world, person):
        raise ApiError(43004, "require subscribe")
    now, shelf = call.world.now(), call.world.wechat.sent
    sent = shelf.get(f"{person.id}:{asked.client_msg_id}")
    once = call.world.holds("template_once")
    if once and sent is not None and sent.at > now - _ONCE_SECONDS:
        return {"msgid": sent.number}
    number = _post(call, person, asked, template, "official")
    if asked.client_msg_id:
        shelf.save(w.Sent(person=person.id, client=asked.client_msg_id, number=number, at=now))
    told: dict[str, str | int] = {"MsgID": number, "Status": "success"}
    push_event(call.world, person, "TEMPLATESENDJOBFINISH", told)
    return {"msgid": number}


def _check_values(asked: _Send, template: w.Template) -> None:
    for name in _FIELD.findall(template.content):
        value = str(asked.data.get(name, {}).get("value", ""))
        most = _LONGEST.get(name.rstrip("0123456789"))
        if not value or (most is not None and len(value) > most):
            raise ApiError(47003, f"argument invalid! data.{name}.value")


def _subscription(call: Call, appid: str, kind: str) -> Answer:
    asked, world = call.read(_Send), call.world
    person = person_of(call, asked.touser, appid)
    template = _template(call, asked, kind)
    if world.holds("subscription_fields"):
        _check_values(asked, template)
    consent = world.wechat.consent(person.id, appid, template.id)
    if consent.left <= 0:
        raise ApiError(43101, "user refuse to accept the msg")
    number = _post(call, person, asked, template, kind)
    consent.left -= 1
    world.wechat.consents.save(consent)
    if kind == "official":
        told_about(
            world, person, "Sent", template.id, MsgID=str(number), ErrorCode="0",
            ErrorStatus="success",
        )  # fmt: skip
    return {}


def _send_official(call: Call) -> Answer:
    return _subscription(call, official(call).appid, "official")


def _send_mini(call: Call) -> Answer:
    return _subscription(call, mini(call).appid, "mini")


def _templates(call: Call) -> Answer:
    official(call)
    call.free = True
    return {
        "template_list": [
            {
                "template_id": t.id, "title": t.title, "primary_industry": "商业服务",
                "deputy_industry": "零售", "content": t.content, "example": "",
            }
            for t in call.world.wechat.templates if t.kind == "template"
        ]
    }  # fmt: skip


def _row(method: str, path: str, rule: Any) -> Endpoint:
    return Endpoint(method, f"/cgi-bin/{path}", rule, token=False, host="wechat")


ENDPOINTS = (
    _row("POST", "message/template/send", _send_template),
    _row("POST", "message/subscribe/bizsend", _send_official),
    _row("POST", "message/subscribe/send", _send_mini),
    _row("GET", "template/get_all_private_template", _templates),
)
