"""Codes that lead into customer groups 「加入群聊」 (doc 92229)."""

from typing import Any

import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint, check_length
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.api.groups import group_asked
from siyu.sandbox.api.ways import lasting_ways
from siyu.sandbox.world import group_records as g
from siyu.sandbox.world import ids

_SCENES = (1, 2)
_QR = 2
_CHATS = 5
_REMARK = 30
_STATE = 30
_BASE_NAME = 40


class _Fields(msgspec.Struct):
    config_id: str = ""
    scene: int | None = None
    remark: str = ""
    auto_create_room: int = 1
    room_base_name: str = ""
    room_base_id: int = 0
    chat_id_list: list[str] = []
    state: str = ""
    mark_source: bool = True


def _check(call: Call, asked: _Fields) -> None:
    if asked.scene is None:
        raise ApiError(41038)
    if asked.scene not in _SCENES:
        raise ApiError(41040)
    if not asked.chat_id_list:
        raise ApiError(40063, "chat_id_list")
    if len(asked.chat_id_list) > _CHATS:
        raise ApiError(41091)
    for chat_id in asked.chat_id_list:
        group_asked(call, chat_id)
    check_length("room_base_name", asked.room_base_name, _BASE_NAME)
    check_length("state", asked.state, _STATE)
    if asked.auto_create_room not in {0, 1}:
        raise ApiError(40058, "auto_create_room")


def _write(way: g.JoinWay, asked: _Fields) -> None:
    way.chat_ids = asked.chat_id_list
    way.remark = asked.remark[:_REMARK]  # what is longer is cut, not refused [D]
    for name in ("auto_create_room", "room_base_name", "room_base_id", "state", "mark_source"):
        setattr(way, name, getattr(asked, name))


def _add(call: Call) -> Answer:
    world, asked = call.world, call.read(_Fields)
    _check(call, asked)
    if lasting_ways(world) >= world.switches.way_cap:
        raise ApiError(41045)
    way = g.JoinWay(
        config_id=ids.config_id(), scene=asked.scene or _QR, created=int(world.now()), chat_ids=[]
    )
    _write(way, asked)
    world.join_ways.save(way)
    world.feed.publish("join_way", way)
    return {"config_id": way.config_id}


def _found(call: Call) -> tuple[g.JoinWay, _Fields]:
    asked = call.read(_Fields)
    if not asked.config_id:
        raise ApiError(41043)
    way = call.world.join_ways.get(asked.config_id)
    if way is None:
        raise ApiError(41044)
    return way, asked


def qr_picture(base_url: str, way: g.JoinWay) -> str:
    """Return the address of the code's picture."""
    return f"{base_url}/qr/group/{way.config_id}.png"


def _get(call: Call) -> Answer:
    way, _ = _found(call)
    rooms = way.rooms if call.world.switches.join_way_shows_new_rooms else []
    shown: dict[str, Any] = {
        "config_id": way.config_id,
        "scene": way.scene,
        "remark": way.remark,
        "auto_create_room": way.auto_create_room,
        "room_base_name": way.room_base_name,
        "room_base_id": way.room_base_id,
        "chat_id_list": [*way.chat_ids, *rooms],
        "state": way.state,
        "mark_source": way.mark_source,
    }
    if way.scene == _QR:
        shown["qr_code"] = qr_picture(call.world.base_url, way)
    return {"join_way": shown}


def _update(call: Call) -> Answer:
    way, asked = _found(call)
    _check(call, asked)
    way.scene = asked.scene or way.scene
    way.rooms = []
    _write(way, asked)
    call.world.join_ways.save(way)
    call.world.feed.publish("join_way", way)
    return {}


def _delete(call: Call) -> Answer:
    way, _ = _found(call)
    call.world.join_ways.drop(way.config_id)
    call.world.feed.publish("join_way", {"config_id": way.config_id, "deleted": True})
    return {}


_CONTACT = "customer_contact"
_PATH = "/cgi-bin/externalcontact/groupchat"
ENDPOINTS = (
    Endpoint("POST", f"{_PATH}/add_join_way", _add, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/get_join_way", _get, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/update_join_way", _update, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/del_join_way", _delete, needs=_CONTACT),
)
