"""Internal groups of an app (docs 90245, 90246, 90247, 90248); it must see the root department."""

import msgspec

from siyu.sandbox.api import app_contents
from siyu.sandbox.api.call import Answer, Call, Endpoint
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world import app_records as p
from siyu.sandbox.world import ids
from siyu.sandbox.world.state import app_group_chat

_ROOT = 1
_FEWEST, _MOST = 2, 2000
_NAME, _ID = 50, 32
_TYPES = (
    "text", "image", "voice", "video", "file", "textcard", "news", "mpnews", "markdown",
)  # fmt: skip


class _Chat(msgspec.Struct):
    chatid: str = ""
    name: str | None = None
    owner: str = ""
    userlist: list[str] = []
    add_user_list: list[str] = []
    del_user_list: list[str] = []


def _check_rights(call: Call) -> None:
    if _ROOT not in call.caller.departments:
        raise ApiError(60011)


def _own(call: Call, chatid: str) -> p.AppChat:
    _check_rights(call)
    if not chatid:
        raise ApiError(86201)
    chat = call.world.apps_said.chats.get(chatid)
    if chat is None:
        raise ApiError(86003)
    if chat.agentid != call.caller.agentid:
        raise ApiError(86008)
    return chat


def _check(call: Call, chat: p.AppChat) -> None:
    if len(chat.name) > _NAME:
        raise ApiError(86004)
    if not _FEWEST <= len(chat.users) <= _MOST:
        raise ApiError(86006)
    for userid in chat.users:
        staff = call.world.staff.get(userid)
        if staff is None or not call.sees(staff):
            raise ApiError(86007, userid)
    if chat.owner not in chat.users:
        raise ApiError(86207)


def _create(call: Call) -> Answer:
    asked = call.read(_Chat)
    _check_rights(call)
    if len(asked.chatid) > _ID:
        raise ApiError(86205)
    if asked.chatid and not (asked.chatid.isascii() and asked.chatid.isalnum()):
        raise ApiError(86001)
    if asked.chatid in call.world.apps_said.chats:
        raise ApiError(86215)
    users = list(dict.fromkeys(asked.userlist))
    if not users:
        raise ApiError(86204)
    chat = p.AppChat(
        chatid=asked.chatid or ids.random_text(_ID), agentid=call.caller.agentid,
        name=asked.name or "", owner=asked.owner or call.world.random.choice(users),
        users=users, created=call.world.now(),
    )  # fmt: skip
    _check(call, chat)
    call.world.apps_said.chats.save(chat)
    return {"chatid": chat.chatid}


def _update(call: Call) -> Answer:
    asked = call.read(_Chat)
    old = _own(call, asked.chatid)
    gone = set(asked.del_user_list)
    users = dict.fromkeys([*(u for u in old.users if u not in gone), *asked.add_user_list])
    new = msgspec.structs.replace(
        old,
        name=old.name if asked.name is None else asked.name,
        owner=asked.owner or old.owner,
        users=list(users),
    )
    _check(call, new)
    call.world.apps_said.chats.save(new)
    return {}


def _get(call: Call) -> Answer:
    chat = _own(call, call.query.get("chatid", ""))
    return {
        "chat_info": {
            "chatid": chat.chatid, "name": chat.name, "owner": chat.owner, "userlist": chat.users,
        }
    }  # fmt: skip


class _Send(app_contents.Content):
    chatid: str = ""


def _send(call: Call) -> Answer:
    asked = call.read(_Send)
    chat = _own(call, asked.chatid)
    if asked.msgtype not in _TYPES:
        raise ApiError(40008)
    call.world.post_message(
        app_group_chat(chat.chatid), f"app-{chat.agentid}",
        "text" if asked.msgtype == "text" else "card", "app", **app_contents.shown(call, asked),
    )  # fmt: skip
    return {}


_NEEDS = "app_message"
ENDPOINTS = (
    Endpoint("POST", "/cgi-bin/appchat/create", _create, needs=_NEEDS),
    Endpoint("POST", "/cgi-bin/appchat/update", _update, needs=_NEEDS),
    Endpoint("GET", "/cgi-bin/appchat/get", _get, needs=_NEEDS),
    Endpoint("POST", "/cgi-bin/appchat/send", _send, needs=_NEEDS),
)
