"""Chats of WeChat customer service (docs 94669, 94670, 94677, 95122, 95159)."""

import re
from typing import Any

import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint, check_bytes
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.api.service_accounts import account_asked, session_asked
from siyu.sandbox.world import ids, service
from siyu.sandbox.world import service_records as s
from siyu.sandbox.world.days import DAY
from siyu.sandbox.world.state import World

_PAGE = 1000
_KEPT = 3 * DAY
_BEFORE_ANSWER = 5
_MENU_ITEMS = 10
_CUSTOMERS = 100
_TEXT_BYTES = 2048
_MSGID = re.compile(r"[0-9a-zA-Z_-]{0,32}")
_MENU_TYPES = {"click", "view", "miniprogram", "text"}
_FILES = {"image", "voice", "video", "file"}
# msgtype → the fields it cannot do without
_NEEDED = {
    "text": ("content",), "link": ("title", "url", "thumb_media_id"),
    "miniprogram": ("appid", "pagepath", "thumb_media_id"), "msgmenu": ("list",),
    "location": ("latitude", "longitude"), "business_card": ("userid",), "ca_link": ("link_url",),
    **dict.fromkeys(_FILES, ("media_id",)),
}  # fmt: skip


class _Message(msgspec.Struct):
    touser: str = ""
    open_kfid: str = ""
    code: str = ""
    msgid: str = ""
    msgtype: str = ""


class _Move(msgspec.Struct):
    open_kfid: str = ""
    external_userid: str = ""
    service_state: int = -1
    servicer_userid: str = ""


def _get_state(call: Call) -> Answer:
    asked = call.read(_Move)
    session = session_asked(call, account_asked(call, asked.open_kfid), asked.external_userid)
    answer: dict[str, Any] = {"service_state": session.state}
    if session.servicer:
        answer["servicer_userid"] = session.servicer
    return answer


def _move(call: Call) -> Answer:
    asked = call.read(_Move)
    account = account_asked(call, asked.open_kfid)
    session = session_asked(call, account, asked.external_userid)
    if asked.service_state not in service.MOVES[session.state]:
        raise ApiError(95016)
    if asked.service_state == s.STAFF:
        _check_servicer(call, account, session, asked.servicer_userid)
    code = service.move(call.world, account, session, asked.service_state, asked.servicer_userid)
    return {"msg_code": code} if code else {}


def _check_servicer(
    call: Call, account: s.ServiceAccount, session: s.ServiceSession, userid: str
) -> None:
    if not service.serves(call.world, account, call.staff(userid)):
        raise ApiError(95014)
    if userid in account.resting:
        raise ApiError(95019)
    if session.state == s.STAFF and session.servicer == userid:
        raise ApiError(95016)


class _Sync(msgspec.Struct):
    cursor: str = ""
    token: str = ""
    limit: int = _PAGE
    voice_format: int = 0
    open_kfid: str = ""


def _sync(call: Call) -> Answer:
    asked, world = call.read(_Sync), call.world
    if not 1 <= asked.limit <= _PAGE or asked.voice_format not in {0, 1}:
        raise ApiError(40058, "limit or voice_format")
    after = ids.cursor_position(asked.cursor)
    if after is None:
        raise ApiError(40035, "invalid cursor")
    if asked.token:
        _check_token(call, asked.token)
    since = world.now() - _KEPT
    found = [
        item
        for open_kfid in _asked_accounts(call, asked.open_kfid)
        for item in world.service.said[open_kfid]
        if item.id > after and item.at > since and item.origin != s.API
    ]
    found.sort(key=lambda item: item.id)
    page = found[: asked.limit]
    return {
        "next_cursor": ids.cursor_text(page[-1].id if page else after),
        "has_more": int(len(found) > len(page)),
        "msg_list": [_shown(world, item) for item in page],
    }


def _asked_accounts(call: Call, open_kfid: str) -> list[str]:
    if open_kfid:
        return [account_asked(call, open_kfid).open_kfid]
    agent = call.caller.agentid
    return [x.open_kfid for x in service.living(call.world) if agent in x.agents]


def _check_token(call: Call, token: str) -> None:
    grant = call.world.grants.get(token)
    if (
        grant is None
        or grant.kind != "service_token"
        or grant.agentid != call.caller.agentid
        or grant.expires <= call.world.now()
    ):
        raise ApiError(95007)


def _shown(world: World, item: s.ServiceItem) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "msgid": item.msgid, "send_time": int(item.at), "origin": item.origin,
        "msgtype": item.msgtype, item.msgtype: item.body,
    }  # fmt: skip
    if item.origin != s.SYSTEM:
        person = world.people.get(str(item.person))
        shown["open_kfid"] = item.open_kfid
        shown["external_userid"] = person.external_userid if person else ""
    if item.servicer:
        shown["servicer_userid"] = item.servicer
    return shown


def _content(call: Call, asked: _Message, types: set[str]) -> dict[str, Any]:
    """Return what stands under the msgtype of a message, or refuse it."""
    if _MSGID.fullmatch(asked.msgid) is None:
        raise ApiError(40058, "msgid")
    msgtype = asked.msgtype
    if msgtype not in types:
        raise ApiError(40008)
    body = msgspec.json.decode(call.body).get(msgtype)
    if not isinstance(body, dict) or any(body.get(x) in (None, "") for x in _NEEDED[msgtype]):
        raise ApiError(40063, msgtype)
    if msgtype in _FILES:
        _check_media(call.world, body["media_id"], msgtype)
    if "thumb_media_id" in body:
        _check_media(call.world, body["thumb_media_id"], "image")
    if msgtype == "text":
        check_bytes("content", str(body["content"]), _TEXT_BYTES)
    if msgtype == "msgmenu":
        _check_menu(body)
    return body


def _check_menu(body: dict[str, Any]) -> None:
    items = body["list"]
    if not isinstance(items, list):
        raise ApiError(40058, "list")
    if len(items) > _MENU_ITEMS:
        raise ApiError(95008)
    for item in items:
        kind = item.get("type") if isinstance(item, dict) else None
        if kind not in _MENU_TYPES or not isinstance(item.get(kind), dict):
            raise ApiError(95009)


def _check_media(world: World, media_id: Any, kind: str) -> None:
    media = world.media.get(media_id) if isinstance(media_id, str) else None
    if media is None or media.type != kind or (media.expires or 0) <= world.now():
        raise ApiError(40007)


def _check_new(call: Call, account: s.ServiceAccount, msgid: str) -> None:
    if msgid and (account.open_kfid, msgid) in call.world.service.by_msgid:
        raise ApiError(40058, "msgid was used before")


def _send(call: Call) -> Answer:
    asked = call.read(_Message)
    account = account_asked(call, asked.open_kfid)
    person = call.customer(asked.touser)
    body = _content(call, asked, set(_NEEDED))
    _check_new(call, account, asked.msgid)
    session = call.world.service.session(account.open_kfid, person.id)
    if session is None or not session.spoke:
        raise ApiError(95002)
    if session.state not in {s.NEW, s.BOT}:
        raise ApiError(95018)
    if call.world.now() - session.spoke > service.HOURS_48:
        raise ApiError(95002)
    if session.sent >= _BEFORE_ANSWER:
        raise ApiError(95001)
    session.sent += 1
    call.world.service.sessions.save(session)
    item = service.app_says(call.world, account, session, asked.msgid, asked.msgtype, body)
    return {"msgid": item.msgid}


def _send_on_event(call: Call) -> Answer:
    asked, world = call.read(_Message), call.world
    grant = world.grants.get(asked.code)
    if grant is None or grant.kind != "service_code" or grant.used or grant.expires <= world.now():
        raise ApiError(world.switches.service_code_error, "code")
    account = account_asked(call, grant.appid)
    session = world.service.session(account.open_kfid, int(grant.who[2:]))
    if session is None:
        raise ApiError(world.switches.service_code_error, "code")
    types = {"text"} if grant.scope == service.JOINED else {"text", "msgmenu"}
    body = _content(call, asked, types)
    _check_new(call, account, asked.msgid)
    grant.used = True
    world.grants.save(grant)
    if grant.scope == service.WELCOME:
        session.welcomed = world.now()
        world.service.sessions.save(session)
    item = service.app_says(world, account, session, asked.msgid, asked.msgtype, body)
    return {"msgid": item.msgid}


class _Customers(msgspec.Struct):
    external_userid_list: list[str] = []
    need_enter_session_context: int = 0


def _customers(call: Call) -> Answer:
    asked, world = call.read(_Customers), call.world
    if not 1 <= len(asked.external_userid_list) <= _CUSTOMERS:
        raise ApiError(40058, f"external_userid_list takes 1 to {_CUSTOMERS}")
    found, unknown = [], []
    for external_userid in asked.external_userid_list:
        sessions = _sessions_of(call, external_userid)
        if not sessions:
            unknown.append(external_userid)
            continue
        person = world.by_external[external_userid]
        shown: dict[str, Any] = {
            "external_userid": external_userid, "nickname": person.name,
            "avatar": f"{world.base_url}/avatar/p-{person.id}.svg", "gender": person.gender,
        }  # fmt: skip
        if world.switches.open_platform_bound:
            shown["unionid"] = person.unionid
        latest = max(sessions, key=lambda session: session.entered)
        if asked.need_enter_session_context and latest.entered > world.now() - service.HOURS_48:
            shown["enter_session_context"] = {
                "scene": latest.scene, "scene_param": latest.scene_param,
            }  # fmt: skip
        found.append(shown)
    return {"customer_list": found, "invalid_external_userid": unknown}


def _sessions_of(call: Call, external_userid: str) -> list[s.ServiceSession]:
    world = call.world
    person = world.by_external.get(external_userid)
    if person is None:
        return []
    accounts = _asked_accounts(call, "")
    sessions = (world.service.session(open_kfid, person.id) for open_kfid in accounts)
    return [session for session in sessions if session is not None]


_NEEDS = service.PERMISSION
_PATH = "/cgi-bin/kf"
ENDPOINTS = (
    Endpoint("POST", f"{_PATH}/service_state/get", _get_state, needs=_NEEDS),
    Endpoint("POST", f"{_PATH}/service_state/trans", _move, needs=_NEEDS),
    Endpoint("POST", f"{_PATH}/sync_msg", _sync, needs=_NEEDS),
    Endpoint("POST", f"{_PATH}/send_msg", _send, needs=_NEEDS),
    Endpoint("POST", f"{_PATH}/send_msg_on_event", _send_on_event, needs=_NEEDS),
    Endpoint("POST", f"{_PATH}/customer/batchget", _customers, needs=_NEEDS),
)
