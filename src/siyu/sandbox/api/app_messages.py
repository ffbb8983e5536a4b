"""Messages of an app to staff accounts (docs 90236, 94888, 94867)."""

import hashlib
from typing import Any

import msgspec

from siyu.sandbox.api import app_contents
from siyu.sandbox.api.call import Answer, Call, Endpoint
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.api.licences import unlicensed
from siyu.sandbox.world import app_messages, ids
from siyu.sandbox.world import app_records as p
from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import departments_below

_USERS, _GROUPS = 1000, 100
_INTERVAL, _LONGEST_INTERVAL = 1800, 4 * 3600
_TYPES = (
    "text", "image", "voice", "video", "file", "textcard", "news", "mpnews", "markdown",
    "miniprogram_notice", "template_card",
)  # fmt: skip


class _Send(app_contents.Content):
    touser: str = ""
    toparty: str = ""
    totag: str = ""
    agentid: int | None = None
    template_card: dict[str, Any] = msgspec.field(default_factory=dict)
    miniprogram_notice: dict[str, Any] = msgspec.field(default_factory=dict)
    enable_duplicate_check: int = 0
    duplicate_check_interval: int = _INTERVAL


class _Receivers(msgspec.Struct):
    """Who gets a message, and the ids that lead to nobody."""

    staff: list[r.Staff]
    users: list[str] = []
    parties: list[str] = []
    tags: list[str] = []


def _own_agent(call: Call, agentid: int | None) -> r.App:
    app = call.caller
    if agentid is None:
        raise ApiError(41011)
    if agentid != app.agentid:
        raise ApiError(301002 if str(agentid) in call.world.apps else 40056)
    return app


def _send(call: Call) -> Answer:
    asked = call.read(_Send)
    app = _own_agent(call, asked.agentid)
    if asked.msgtype not in _TYPES:
        raise ApiError(40008)
    if asked.msgtype == "miniprogram_notice" and asked.touser == "@all":
        raise ApiError(40058, "miniprogram_notice cannot be sent to @all")
    shown = app_contents.shown(call, asked)
    found = _receivers(call, asked)
    if not found.staff:
        raise ApiError(81013)
    message = p.AppMessage(
        msgid=ids.random_text(43), agentid=app.agentid, at=call.world.now(),
        msgtype=asked.msgtype, content=asked.part, print=_print(asked),
    )  # fmt: skip
    without = [staff.userid for staff in found.staff if unlicensed(call.world, staff)]
    receivers = [staff for staff in found.staff if staff.userid not in without]
    answer: dict[str, Any] = {"msgid": message.msgid}
    interval = min(asked.duplicate_check_interval, _LONGEST_INTERVAL)
    if not asked.enable_duplicate_check or not app_messages.sent_before(
        call.world, message, interval
    ):
        app_messages.deliver(call.world, message, receivers, shown)
        if asked.msgtype == app_messages.CARD and app_messages.can_be_changed(asked.part):
            answer["response_code"] = app_messages.response_code(call.world, message).code
    named = {
        "invaliduser": found.users, "invalidparty": found.parties, "invalidtag": found.tags,
        "unlicenseduser": without,
    }  # fmt: skip
    return answer | {name: "|".join(wrong) for name, wrong in named.items() if wrong}


def _print(asked: _Send) -> str:
    same = [asked.msgtype, asked.part, asked.touser, asked.toparty, asked.totag]
    return hashlib.sha256(msgspec.json.encode(same)).hexdigest()


def _receivers(call: Call, asked: _Send) -> _Receivers:
    world = call.world
    visible = {s.userid: s for s in world.staff if call.sees(s) and s.status == 1}
    if asked.touser == "@all":
        return _Receivers(list(visible.values()))
    users, parties, tags = (
        [one for one in joined.split("|") if one]
        for joined in (asked.touser, asked.toparty, asked.totag)
    )
    if len(users) > _USERS or len(parties) > _GROUPS or len(tags) > _GROUPS:
        raise ApiError(81017)
    wanted = set(users) | _in_tags(call, tags)
    below = departments_below(world, [int(one) for one in parties if one in world.departments])
    return _Receivers(
        [s for userid, s in visible.items() if userid in wanted or s.department in below],
        users=[userid for userid in users if userid not in visible],
        parties=[party for party in parties if party not in world.departments],
        tags=[tag for tag in tags if tag not in world.directory_tags],
    )


def _in_tags(call: Call, tags: list[str]) -> set[str]:
    """Return the accounts that carry a directory tag, themselves or by their department."""
    world = call.world
    found: set[str] = set()
    for number in tags:
        tag = world.directory_tags.get(number)
        if tag is not None:
            below = departments_below(world, tag.parties)
            found |= set(tag.users) | {s.userid for s in world.staff if s.department in below}
    return found


class _Recall(msgspec.Struct):
    msgid: str = ""


def _recall(call: Call) -> Answer:
    message = call.world.apps_said.messages.get(call.read(_Recall).msgid)
    if message is None or message.agentid != call.caller.agentid:
        raise ApiError(40058, "invalid msgid")
    if not app_messages.recall(call.world, message):
        raise ApiError(40058, "the message is older than 24 hours")
    return {}


class _Update(msgspec.Struct):
    agentid: int | None = None
    response_code: str = ""
    userids: list[str] = []
    partyids: list[int] = []
    tagids: list[int] = []
    atall: int = 0
    button: dict[str, Any] = {}
    template_card: dict[str, Any] = {}


def _update(call: Call) -> Answer:
    asked, world = call.read(_Update), call.world
    app = _own_agent(call, asked.agentid)
    code = app_messages.usable(world, asked.response_code)
    message = world.apps_said.messages.get(code.msgid) if code else None
    if code is None or message is None or message.agentid != app.agentid:
        raise ApiError(60140)
    if not asked.button.get("replace_name") and not asked.template_card:
        raise ApiError(40063, "button or template_card")
    if asked.template_card:
        app_contents.check_card(asked.template_card)
    wanted = _asked_users(call, asked, message)
    code.used = True
    world.apps_said.codes.save(code)
    replaced = {"replaced": str(asked.button.get("replace_name", ""))}
    wrong = [
        userid
        for userid in wanted
        if not app_messages.change_card(
            world, message, userid,
            asked.template_card or app_messages.card_of(message, userid) | replaced,
        )
    ]  # fmt: skip
    return {"invaliduser": wrong} if wrong else {}


def _asked_users(call: Call, asked: _Update, message: p.AppMessage) -> list[str]:
    if asked.atall:
        return list(message.shown)
    below = departments_below(call.world, asked.partyids)
    members = {s.userid for s in call.world.staff if s.department in below}
    members |= _in_tags(call, [str(tag) for tag in asked.tagids])
    return list(dict.fromkeys([*asked.userids, *sorted(members & message.shown.keys())]))


_NEEDS = "app_message"
ENDPOINTS = (
    Endpoint("POST", "/cgi-bin/message/send", _send, needs=_NEEDS),
    Endpoint("POST", "/cgi-bin/message/recall", _recall, needs=_NEEDS),
    Endpoint("POST", "/cgi-bin/message/update_template_card", _update, needs=_NEEDS),
)
