"""Customer groups (docs 92120, 92122, 94822, 95703, 92127)."""

from collections.abc import Callable
from typing import Any

import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint, page_bounds
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world import group_records as g
from siyu.sandbox.world import groups, ids
from siyu.sandbox.world import records as r
from siyu.sandbox.world.days import day_of

_OWNERS = 100
_LIST_MOST = 1000
_SEEN_MOST = 1000
_CHATS = 100
_STAFF, _EXTERNAL = 1, 2
_QUARTER = 90 * 86_400


class _Owners(msgspec.Struct):
    userid_list: list[str] = []


class _List(msgspec.Struct):
    status_filter: int = 0
    owner_filter: _Owners = msgspec.field(default_factory=_Owners)
    cursor: str = ""
    limit: int = 0


def owners_asked(call: Call, userids: list[str]) -> set[str]:
    """Return the owners asked for, or all the app sees; refuses ids it cannot see."""
    if len(userids) > _OWNERS:
        raise ApiError(40031, f"at most {_OWNERS} userids")
    return {call.staff(userid).userid for userid in userids} or {
        staff.userid for staff in call.world.staff if call.sees(staff)
    }


def _list(call: Call) -> Answer:
    asked = call.read(_List)
    if not 1 <= asked.limit <= _LIST_MOST or not 0 <= asked.status_filter <= 3:  # noqa: PLR2004
        raise ApiError(40058, "limit or status_filter")
    owners = owners_asked(call, asked.owner_filter.userid_list)
    if not asked.owner_filter.userid_list and len(owners) > _SEEN_MOST:
        raise ApiError(81017)
    start, limit = page_bounds(asked.cursor, asked.limit, _LIST_MOST, _LIST_MOST)
    groups.inherit_due(call.world)
    found = [
        {"chat_id": group.chat_id, "status": status}
        for group in call.world.groups
        if group.dismissed is None
        and groups.settled(call.world, group)[0].owner in owners
        and asked.status_filter in {0, (status := groups.status_of(call.world, group))}
    ]
    answer: dict[str, Any] = {"group_chat_list": found[start : start + limit]}
    if start + limit < len(found):
        answer["next_cursor"] = ids.cursor_text(start + limit)
    return answer


class _Get(msgspec.Struct):
    chat_id: str = ""
    need_name: int | bool = 0


def group_asked(call: Call, chat_id: str) -> g.Group:
    """Return a living group whose owner the app sees, or 40050."""
    group = call.world.groups.get(chat_id)
    owner = call.world.staff.get(group.face.owner) if group else None
    if group is None or group.dismissed is not None or (owner and not call.sees(owner)):
        raise ApiError(40050)
    return group


def _get(call: Call) -> Answer:
    asked = call.read(_Get)
    groups.inherit_due(call.world)
    group = group_asked(call, asked.chat_id)
    face, stays = groups.settled(call.world, group)
    return {
        "group_chat": {
            "chat_id": group.chat_id,
            "name": face.name,
            "owner": face.owner,
            "create_time": int(group.created),
            "notice": face.notice,
            "member_list": [_member(call, stay, named=bool(asked.need_name)) for stay in stays],
            "admin_list": [{"userid": userid} for userid in face.admins],
            "member_version": face.version,
        }
    }


def _member(call: Call, stay: g.Membership, *, named: bool) -> dict[str, Any]:
    world, key = call.world, stay.who[2:]
    person = world.people.get(key) if stay.who.startswith("p-") else None
    known = person or world.staff.get(key)
    shown: dict[str, Any] = {
        "userid": person.external_userid if person else key,
        "type": _EXTERNAL if person else _STAFF,
        "join_time": int(stay.joined),
        "join_scene": stay.scene,
        "group_nickname": stay.nickname,
    }
    if person is not None and world.switches.open_platform_bound:
        shown["unionid"] = person.unionid
    if stay.invitor:
        shown["invitor"] = {"userid": stay.invitor}
    if stay.state:
        shown["state"] = stay.state
    if named:
        shown["name"] = known.name if known else ""
    return shown


class _Opengid(msgspec.Struct):
    opengid: str = ""


def _chat_id(call: Call) -> Answer:
    opengid = call.read(_Opengid).opengid
    for group in call.world.groups:
        if opengid and group.opengid == opengid and group.dismissed is None:
            return {"chat_id": group.chat_id}
    raise ApiError(90511)


class _Transfer(msgspec.Struct):
    chat_id_list: list[str] = []
    new_owner: str = ""


def _transfer(call: Call, give: Callable[[Call, g.Group, r.Staff], None]) -> Answer:
    asked = call.read(_Transfer)
    groups.inherit_due(call.world)
    if not 1 <= len(asked.chat_id_list) <= _CHATS:
        raise ApiError(40058, f"chat_id_list takes 1 to {_CHATS}")
    owner = call.service_staff(asked.new_owner)
    failed = []
    for chat_id in asked.chat_id_list:
        try:
            give(call, _customer_group(call, chat_id), owner)
        except ApiError as error:
            failed.append({"chat_id": chat_id, "errcode": error.code, "errmsg": str(error)})
    return {"failed_chat_list": failed}


def _customer_group(call: Call, chat_id: str) -> g.Group:
    try:
        return group_asked(call, chat_id)
    except ApiError as error:
        raise ApiError(90501) from error


def _check_day(call: Call, owner: r.Staff) -> None:
    """Refuse more groups to one owner than a day allows."""
    now, switches = call.world.now(), call.world.switches
    given = sum(
        hand.to == owner.userid and day_of(hand.at) == day_of(now)
        for group in call.world.groups
        for hand in group.handed
    )
    if given >= switches.group_transfers_per_day:
        raise ApiError(switches.group_day_limit_code)


def _on_job(call: Call, group: g.Group, owner: r.Staff) -> None:
    world = call.world
    if groups.has_left(world.staff.get(group.face.owner)):
        raise ApiError(90502)
    if group.face.owner == owner.userid:
        raise ApiError(90504)
    since = world.now() - _QUARTER
    if (
        sum(hand.on_job and hand.at > since for hand in group.handed)
        >= world.switches.group_transfers_per_90_days
    ):
        raise ApiError(world.switches.group_90_days_limit_code)
    _check_day(call, owner)
    group.handed.append(g.HandOver(at=world.now(), to=owner.userid, on_job=True))
    groups.hand_over(world, group, owner, by_api=True)


def _resigned(call: Call, group: g.Group, owner: r.Staff) -> None:
    world = call.world
    status = groups.status_of(world, group)
    if status != 1:
        raise ApiError({2: 90507, 3: 90508}.get(status, 90500))
    _check_day(call, owner)
    group.handed.append(g.HandOver(at=world.now(), to=owner.userid, on_job=False))
    group.heir = owner.userid
    group.heir_at = world.now() + world.switches.group_inherit_seconds
    world.groups.save(group)
    groups.inherit_due(world)


def _onjob_transfer(call: Call) -> Answer:
    return _transfer(call, _on_job)


def _resigned_transfer(call: Call) -> Answer:
    return _transfer(call, _resigned)


_CONTACT = "customer_contact"
_PATH = "/cgi-bin/externalcontact"
ENDPOINTS = (
    Endpoint("POST", f"{_PATH}/groupchat/list", _list, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/groupchat/get", _get, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/opengid_to_chatid", _chat_id, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/groupchat/onjob_transfer", _onjob_transfer, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/groupchat/transfer", _resigned_transfer, needs=_CONTACT),
)
