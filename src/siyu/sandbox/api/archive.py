"""The message archive (docs 91614, 91782, 92951), and the way to its messages.

WeCom gives the messages through a library only; here ``/archive/chatdata`` and
``/archive/mediadata`` answer what ``GetChatData`` and ``GetMediaData`` return, with their codes.
"""

from bisect import bisect_right
from typing import Any

import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world import archive, groups

_PULL_MOST = 1000
_PAIRS = 100
_CHUNK = 512 * 1024
_EDITIONS = {0, 1, 2, 3}


class _Permitted(msgspec.Struct):
    type: int = 0


def _permitted(call: Call) -> Answer:
    edition = call.read(_Permitted).type
    if edition not in _EDITIONS:
        raise ApiError(40058, "type")
    office = call.world.archive.office
    if not office.permitted:
        raise ApiError(301053)
    return {"ids": [userid for userid, own in office.permitted.items() if edition in {0, own}]}


class _Pair(msgspec.Struct):
    userid: str = ""
    exteranalopenid: str = ""


class _Pairs(msgspec.Struct):
    info: list[_Pair] = []


def _pairs(call: Call) -> Answer:
    asked, world = call.read(_Pairs), call.world
    if not asked.info:
        raise ApiError(40063, "info")
    if len(asked.info) > _PAIRS:
        raise ApiError(301060)
    found = []
    for pair in asked.info:
        person = world.by_external.get(pair.exteranalopenid)
        if person is None or pair.userid not in world.staff:
            raise ApiError(301061)
        said = _said(pair.exteranalopenid, *archive.status_of(world, pair.userid, person.id))
        found.append({"userid": pair.userid, **said})
    return {"agreeinfo": found}


def _said(external_userid: str, status: str, at: float) -> dict[str, Any]:
    return {
        "exteranalopenid": external_userid, "agree_status": status, "status_change_time": int(at),
    }  # fmt: skip


class _RoomAsked(msgspec.Struct):
    roomid: str = ""


def _room_agreements(call: Call) -> Answer:
    world = call.world
    group = world.groups.get(call.read(_RoomAsked).roomid)
    if group is None:
        raise ApiError(40050)
    members = [stay.who for stay in groups.members(world, group)]
    people = [world.people.get(who[2:]) for who in members if who.startswith("p-")]
    return {
        "agreeinfo": [
            _said(person.external_userid, *archive.status_in_group(world, members, person.id))
            for person in people
            if person is not None
        ]
    }


def _room(call: Call) -> Answer:
    roomid = call.read(_RoomAsked).roomid
    room = call.world.archive.rooms.get(roomid)
    if room is None:
        raise ApiError(301059 if roomid in call.world.groups else 40050)
    return {
        "roomname": room.name,
        "creator": room.creator,
        "room_create_time": int(room.created),
        "notice": room.notice,
        "members": [
            {"memberid": userid, "jointime": int(at)} for userid, at in room.members.items()
        ],
    }


def _robot(call: Call) -> Answer:
    robot = call.world.archive.robots.get(call.query.get("robot_id", ""))
    if robot is None:
        raise ApiError(40058, "robot_id")
    return {
        "data": {
            "robot_id": robot.robot_id, "name": robot.name, "creator_userid": robot.creator,
        }
    }  # fmt: skip


class _Pull(msgspec.Struct):
    corpid: str = ""
    secret: str = ""
    seq: int = 0
    limit: int = 0
    sdkfileid: str = ""
    indexbuf: str = ""


def _pull_asked(call: Call) -> _Pull:
    """Return what is asked by who knows the archive's secret; 10000 otherwise."""
    try:
        asked = call.read(_Pull)
    except ApiError as error:
        raise ApiError(10000, "not the documented fields") from error
    if (asked.corpid, asked.secret) != (call.world.corp.corpid, call.world.archive.office.secret):
        raise ApiError(10000, "corpid or secret")
    return asked


def _chatdata(call: Call) -> Answer:
    asked, kept = _pull_asked(call), call.world.archive.kept
    if asked.seq < 0 or not 1 <= asked.limit <= _PULL_MOST:
        raise ApiError(10000, "seq or limit")
    since = call.world.now() - archive.KEPT
    start = bisect_right(kept, asked.seq, key=lambda sealed: sealed.seq)
    found = [sealed for sealed in kept[start:] if sealed.at >= since]
    return {
        "chatdata": [
            {
                "seq": sealed.seq, "msgid": sealed.msgid, "publickey_ver": sealed.publickey_ver,
                "encrypt_random_key": sealed.encrypt_random_key,
                "encrypt_chat_msg": sealed.encrypt_chat_msg,
            }
            for sealed in found[: asked.limit]
        ]
    }  # fmt: skip


async def _mediadata(call: Call) -> Answer:
    asked, world = _pull_asked(call), call.world
    said_at = world.archive.files.get(asked.sdkfileid)
    if said_at is None:
        raise ApiError(10005)
    if said_at < world.now() - archive.KEPT:
        raise ApiError(10010)
    start = int(asked.indexbuf or 0) if (asked.indexbuf or "0").isdecimal() else -1
    content = await world.blob(asked.sdkfileid)
    if content is None or not 0 <= start <= len(content):
        raise ApiError(10000, "indexbuf")
    end = start + _CHUNK
    return {
        "data": content[start:end],
        "outindexbuf": str(end),
        "is_finish": end >= len(content),
    }


_NEEDS = archive.PERMISSION
_PATH = "/cgi-bin/msgaudit"
ENDPOINTS = (
    Endpoint("POST", f"{_PATH}/get_permit_user_list", _permitted, needs=_NEEDS),
    Endpoint("POST", f"{_PATH}/check_single_agree", _pairs, needs=_NEEDS),
    Endpoint("POST", f"{_PATH}/check_room_agree", _room_agreements, needs=_NEEDS),
    Endpoint("POST", f"{_PATH}/groupchat/get", _room, needs=_NEEDS),
    Endpoint("GET", f"{_PATH}/get_robot_info", _robot, needs=_NEEDS),
    Endpoint("POST", "/archive/chatdata", _chatdata, token=False),
    Endpoint("POST", "/archive/mediadata", _mediadata, token=False),
)
