"""Contact ways 「联系我」 (doc 92228)."""

from typing import Any

import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint, check_bytes, check_length, page_bounds
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world import ids
from siyu.sandbox.world import records as r
from siyu.sandbox.world.state import World

_DAY = 86_400
_STATE = 30
_STAFF = 100
_LIST_DAYS = 90
_SINGLE, _MULTI = 1, 2
_MINI_PROGRAM, _QR = 1, 2
_STYLES = 4
_CONCLUSION_BYTES = 4000


class _Fields(msgspec.Struct):
    """What may be changed later; None: not given."""

    config_id: str = ""
    style: int | None = None
    remark: str | None = None
    skip_verify: bool | None = None
    state: str | None = None
    user: list[str] | None = None
    party: list[int] | None = None
    expires_in: int | None = None
    chat_expires_in: int | None = None
    unionid: str | None = None
    conclusions: dict[str, Any] | None = None
    mark_source: bool | None = None


class _Add(_Fields):
    type: int | None = None
    scene: int | None = None
    is_temp: bool = False
    is_exclusive: bool = False


def _check(call: Call, asked: _Fields, kind: int) -> None:
    check_length("remark", asked.remark, _STATE)
    check_length("state", asked.state, _STATE)
    if asked.style is not None and not 1 <= asked.style <= _STYLES:
        raise ApiError(41042)
    _check_receivers(call, asked, kind)
    for seconds in (asked.expires_in, asked.chat_expires_in):
        if seconds is not None and not 0 < seconds <= 14 * _DAY:
            raise ApiError(40058, "expires_in")
    text = (asked.conclusions or {}).get("text")
    if isinstance(text, dict):
        check_bytes("conclusions.text", str(text.get("content", "")), _CONCLUSION_BYTES)


def _check_receivers(call: Call, asked: _Fields, kind: int) -> None:
    for userid in asked.user or ():
        staff = call.world.staff.get(userid)
        if staff is None:
            raise ApiError(40003)
        if not call.sees(staff) or not staff.can_contact:
            raise ApiError(84074)
    if any(str(party) not in call.world.departments for party in asked.party or ()):
        raise ApiError(60003)
    if len(asked.user or ()) > _STAFF:
        raise ApiError(41041)
    if kind == _SINGLE and asked.user is not None and len(asked.user) != 1:
        raise ApiError(41041, "exactly one user for type 1")


def _add(call: Call) -> Answer:
    world, asked = call.world, call.read(_Add)
    if asked.type is None:
        raise ApiError(41037)
    if asked.scene is None:
        raise ApiError(41038)
    if asked.type not in {_SINGLE, _MULTI}:
        raise ApiError(41039)
    if asked.scene not in {_MINI_PROGRAM, _QR}:
        raise ApiError(41040)
    _check(call, asked, asked.type)
    if not asked.user and not (asked.type == _MULTI and asked.party):
        raise ApiError(40063, "user")
    if asked.is_temp and asked.type != _SINGLE:
        raise ApiError(40058, "a temporary way takes one user")
    if not asked.is_temp and lasting_ways(world) >= world.switches.way_cap:
        raise ApiError(41045)
    way = r.ContactWay(
        config_id=ids.config_id(),
        type=asked.type,
        scene=asked.scene,
        created=int(world.now()),
        is_temp=asked.is_temp,
        is_exclusive=asked.is_exclusive,
    )
    _apply(way, asked)
    world.ways.save(way)
    world.feed.publish("way", way)
    answer = {"config_id": way.config_id}
    if way.scene == _QR:
        answer["qr_code"] = qr_picture(call.world.base_url, way)
    return answer


def lasting_ways(world: World) -> int:
    """Return how many ways count towards the cap: those to staff and those into groups."""
    return sum(not way.is_temp for way in world.ways) + len(world.join_ways)


def _apply(way: r.ContactWay, asked: _Fields) -> None:
    given = {
        name: value
        for name in _Fields.__struct_fields__
        if name != "config_id" and (value := getattr(asked, name)) is not None
    }
    for name, value in given.items():
        setattr(way, name, value)
    if asked.user is not None and asked.party is None:
        way.party = []  # user and party are overwritten together
    if asked.party is not None and asked.user is None:
        way.user = []


def qr_picture(base_url: str, way: r.ContactWay) -> str:
    """Return the address of the code's picture."""
    return f"{base_url}/qr/way/{way.config_id}.png"


def _found(call: Call, config_id: str) -> r.ContactWay:
    if not config_id:
        raise ApiError(41043)
    way = call.world.ways.get(config_id)
    if way is None:
        raise ApiError(41044)
    return way


def _get(call: Call) -> Answer:
    way = _found(call, call.read(_Fields).config_id)
    shown: dict[str, Any] = {
        "config_id": way.config_id,
        "type": way.type,
        "scene": way.scene,
        "style": way.style,
        "remark": way.remark,
        "skip_verify": way.skip_verify,
        "state": way.state,
        "user": way.user,
        "party": way.party,
        "is_temp": way.is_temp,
        "expires_in": way.expires_in,
        "chat_expires_in": way.chat_expires_in,
        "unionid": way.unionid,
        "is_exclusive": way.is_exclusive,
        "mark_source": way.mark_source,
        "conclusions": way.conclusions,
    }
    if way.scene == _QR:
        shown["qr_code"] = qr_picture(call.world.base_url, way)
    return {"contact_way": shown}


def _update(call: Call) -> Answer:
    asked = call.read(_Fields)
    way = _found(call, asked.config_id)
    _check(call, asked, way.type)
    _apply(way, asked)
    call.world.ways.save(way)
    call.world.feed.publish("way", way)
    return {}


def _delete(call: Call) -> Answer:
    way = _found(call, call.read(_Fields).config_id)
    call.world.ways.drop(way.config_id)
    call.world.feed.publish("way", {"config_id": way.config_id, "deleted": True})
    return {}


class _List(msgspec.Struct):
    start_time: int = 0
    end_time: int = 0
    cursor: str = ""
    limit: int = 100


def _list(call: Call) -> Answer:
    asked, now = call.read(_List), int(call.world.now())
    end = asked.end_time or now
    start = max(asked.start_time or end - _LIST_DAYS * _DAY, end - _LIST_DAYS * _DAY)
    position, limit = page_bounds(asked.cursor, asked.limit, 100, 1000)
    found = [w for w in call.world.ways if not w.is_temp and start <= w.created <= end]
    answer: dict[str, Any] = {
        "contact_way": [{"config_id": w.config_id} for w in found[position : position + limit]]
    }
    if position + limit < len(found):
        answer["next_cursor"] = ids.cursor_text(position + limit)
    return answer


class _TempChat(msgspec.Struct):
    userid: str = ""
    external_userid: str = ""


def _close_temp_chat(call: Call) -> Answer:
    asked = call.read(_TempChat)
    call.relation(asked.userid, asked.external_userid)
    return {}


_CONTACT = "customer_contact"
_PATH = "/cgi-bin/externalcontact"
ENDPOINTS = (
    Endpoint("POST", f"{_PATH}/add_contact_way", _add, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/get_contact_way", _get, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/update_contact_way", _update, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/del_contact_way", _delete, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/list_contact_way", _list, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/close_temp_chat", _close_temp_chat, needs=_CONTACT),
)
