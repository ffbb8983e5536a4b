"""Mass messages 「企业群发」 (docs 92135, 93338, 97610, 97611)."""

from typing import Any

import msgspec

from siyu.sandbox.api.attachments import read_attachments
from siyu.sandbox.api.call import (
    Answer,
    Call,
    Endpoint,
    check_bytes,
    check_span,
    page,
    page_bounds,
)
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world import ids, mass
from siyu.sandbox.world import mass_records as m
from siyu.sandbox.world.mass_choice import Choice, choose_customers, choose_groups

_TEXT_BYTES = 4000
_CUSTOMERS = 10_000
_GROUPS = 2000
_TAGS = 100
_CORPORATION, _PERSONAL, _ALL = 0, 1, 2
_TASK_SENT = 2


class _Text(msgspec.Struct):
    content: str = ""


class _TagList(msgspec.Struct):
    tag_list: list[str] = []


class _TagFilter(msgspec.Struct):
    group_list: list[_TagList] = []


class _Add(msgspec.Struct):
    chat_type: str = m.SINGLE
    external_userid: list[str] = []
    chat_id_list: list[str] = []
    tag_filter: _TagFilter | None = None
    sender: str = ""
    allow_select: bool = False
    text: _Text | None = None
    attachments: list[dict[str, Any]] = []


def _add(call: Call) -> Answer:
    world, asked = call.world, call.read(_Add)
    text = asked.text.content if asked.text else ""
    if not text and not asked.attachments:
        raise ApiError(40063, "text or attachments required")
    check_bytes("text", text, _TEXT_BYTES)
    shown = read_attachments(world, asked.attachments)
    choice = _choice(call, asked)
    if not choice.receivers:
        raise ApiError(41048)
    own_choice = asked.chat_type == m.GROUP and not asked.chat_id_list
    message = m.MassMessage(
        msgid=ids.mass_message_id(),
        chat_type=asked.chat_type,
        created=world.now(),
        text=text,
        attachments=asked.attachments,
        shown=shown,
        allow_select=own_choice or (asked.allow_select and asked.chat_type == m.SINGLE),
    )
    mass.create(world, message, choice.receivers)
    return {"msgid": message.msgid, "fail_list": choice.failed}


def _choice(call: Call, asked: _Add) -> Choice:
    sender = call.service_staff(asked.sender).userid if asked.sender else ""
    if asked.chat_type == m.GROUP:
        if not sender:
            raise ApiError(40063, "sender")
        if len(asked.chat_id_list) > _GROUPS:
            raise ApiError(40058, "chat_id_list")
        return choose_groups(call.world, sender, asked.chat_id_list)
    if asked.chat_type != m.SINGLE:
        raise ApiError(40058, "chat_type")
    tag_filter = asked.tag_filter or _TagFilter()
    tag_lists = [group.tag_list for group in tag_filter.group_list]
    if not (sender or asked.external_userid or tag_lists):
        raise ApiError(40063, "external_userid, sender or tag_filter")
    if len(asked.external_userid) > _CUSTOMERS:
        raise ApiError(40058, "external_userid")
    _check_tags(call, tag_lists)
    return choose_customers(
        call.world,
        call.sees,
        sender=sender,
        external_userids=asked.external_userid,
        tag_lists=tag_lists,
    )


def _check_tags(call: Call, tag_lists: list[list[str]]) -> None:
    known = {tag.id for group in call.world.tag_groups for tag in group.tags}
    for tags in tag_lists:
        if not 0 < len(tags) <= _TAGS:
            raise ApiError(40058, "tag_list")
        if not known.issuperset(tags):
            raise ApiError(40068)


class _List(msgspec.Struct):
    chat_type: str = ""
    start_time: int = 0
    end_time: int = 0
    creator: str = ""
    filter_type: int = _ALL
    cursor: str = ""
    limit: int = 0


def _list(call: Call) -> Answer:
    asked = call.read(_List)
    if asked.chat_type not in {m.SINGLE, m.GROUP}:
        raise ApiError(40058, "chat_type")
    check_span(asked.start_time, asked.end_time)
    start, limit = page_bounds(asked.cursor, asked.limit, 50, 100)
    found = [
        message
        for message in call.world.mass.messages
        if message.chat_type == asked.chat_type
        and asked.start_time <= message.created <= asked.end_time
        and asked.filter_type in {_ALL, _PERSONAL if message.creator else _CORPORATION}
        and asked.creator in {"", message.creator}
    ]
    found.sort(key=lambda message: -message.created)
    return page("group_msg_list", [_shown(message) for message in found], start, limit)


def _shown(message: m.MassMessage) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "msgid": message.msgid,
        "create_time": int(message.created),
        "create_type": _PERSONAL if message.creator else _CORPORATION,
        "attachments": message.attachments,
    }
    if message.creator:
        shown["creator"] = message.creator
    if message.text:
        shown["text"] = {"content": message.text}
    return shown


class _Named(msgspec.Struct):
    msgid: str = ""
    userid: str = ""
    cursor: str = ""
    limit: int = 0


def _message(call: Call, msgid: str) -> m.MassMessage:
    if not msgid:
        raise ApiError(41046)
    message = call.world.mass.messages.get(msgid)
    if message is None:
        raise ApiError(41047)
    if not mass.dispatched(call.world, message):
        raise ApiError(41063)
    return message


def _tasks(call: Call) -> Answer:
    asked = call.read(_Named)
    message = _message(call, asked.msgid)
    start, limit = page_bounds(asked.cursor, asked.limit, 500, 1000)
    tasks = call.world.mass.of_message[message.msgid]
    return page("task_list", [_task(task) for task in tasks], start, limit)


def _task(task: m.MassTask) -> dict[str, Any]:
    if task.sent is None:
        return {"userid": task.userid, "status": 0}
    return {"userid": task.userid, "status": _TASK_SENT, "send_time": int(task.sent)}


def _results(call: Call) -> Answer:
    asked = call.read(_Named)
    message = _message(call, asked.msgid)
    start, limit = page_bounds(asked.cursor, asked.limit, 500, 1000)
    task = call.world.mass.task(message.msgid, call.staff(asked.userid).userid)
    receivers = task.receivers if task else []
    found = [_result(call, asked.userid, receiver) for receiver in receivers]
    return page("send_list", found, start, limit)


def _result(call: Call, userid: str, receiver: m.Receiver) -> dict[str, Any]:
    shown: dict[str, Any] = {"userid": userid, "status": receiver.status}
    if receiver.who.startswith("p-"):
        person = call.world.people.get(receiver.who[2:])
        shown["external_userid"] = person.external_userid if person else ""
    else:
        shown["chat_id"] = receiver.who
    if receiver.status == m.SENT:
        shown["send_time"] = int(receiver.at)
    return shown


def _corporate(call: Call) -> m.MassMessage:
    """Return a message of the corporation's that is not cancelled; staff's own cannot be."""
    message = _message(call, call.read(_Named).msgid)
    if message.creator:
        raise ApiError(41047)
    if message.cancelled:
        raise ApiError(41093)
    return message


def _remind(call: Call) -> Answer:
    if not mass.remind(call.world, _corporate(call)):
        raise ApiError(41094)
    return {}


def _cancel(call: Call) -> Answer:
    mass.cancel(call.world, _corporate(call))
    return {}


_CONTACT = "customer_contact"
_PATH = "/cgi-bin/externalcontact"
ENDPOINTS = (
    Endpoint("POST", f"{_PATH}/add_msg_template", _add, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/get_groupmsg_list_v2", _list, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/get_groupmsg_task", _tasks, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/get_groupmsg_send_result", _results, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/remind_groupmsg_send", _remind, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/cancel_groupmsg_send", _cancel, needs=_CONTACT),
)
