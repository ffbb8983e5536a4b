"""Figures of customer groups, counted from what happened in the world (doc 92133)."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.api.groups import owners_asked
from siyu.sandbox.world import group_records as g
from siyu.sandbox.world import groups
from siyu.sandbox.world.days import DAY, day_of
from siyu.sandbox.world.state import World

_DAYS_BACK = 180
_MOST, _DEFAULT = 1000, 500
_ORDERS = {1: "new_chat_cnt", 2: "chat_total", 3: "new_member_cnt", 4: "member_total"}


class _Owners(msgspec.Struct):
    userid_list: list[str] = []


class _Asked(msgspec.Struct):
    day_begin_time: int = 0
    day_end_time: int = 0
    owner_filter: _Owners | None = None
    order_by: int = 1
    order_asc: int = 0
    offset: int = 0
    limit: int = _DEFAULT


def _days(call: Call, asked: _Asked) -> tuple[int, int]:
    """Return the first and the last day asked for; from 180 days ago to yesterday."""
    today = day_of(call.world.now())
    first = day_of(asked.day_begin_time)
    last = day_of(asked.day_end_time or asked.day_begin_time)
    if not today - _DAYS_BACK * DAY <= first <= last < today:
        raise ApiError(40058, "day_begin_time or day_end_time")
    return first, last


def _figures(world: World, found: Iterable[g.Group], start: float, end: float) -> dict[str, int]:
    """Count groups, members and messages within ``[start, end)``."""
    counted: dict[str, int] = dict.fromkeys(
        (
            "new_chat_cnt", "chat_total", "chat_has_msg", "new_member_cnt", "member_total",
            "member_has_msg", "msg_total",
        ),
        0,
    )  # fmt: skip
    for group in found:
        if group.created >= end:
            continue
        said = [
            m.sender
            for m in world.chats[group.chat_id]
            if start <= m.at < end and m.kind != "system"
        ]
        stays = world.stays[group.chat_id]
        counted["new_chat_cnt"] += group.created >= start
        counted["chat_total"] += group.dismissed is None or group.dismissed >= end
        counted["chat_has_msg"] += bool(said)
        counted["new_member_cnt"] += sum(start <= stay.joined < end for stay in stays)
        counted["member_total"] += len(groups.members(world, group, end))
        counted["member_has_msg"] += len(set(said))
        counted["msg_total"] += len(said)
    return counted


def _by_owner(call: Call, asked: _Asked) -> dict[str, list[g.Group]]:
    if asked.owner_filter is None or not asked.owner_filter.userid_list:
        raise ApiError(40058, "owner_filter")
    owners = owners_asked(call, asked.owner_filter.userid_list)
    found: dict[str, list[g.Group]] = defaultdict(list)
    for group in call.world.groups:
        if group.face.owner in owners:
            found[group.face.owner].append(group)
    return found


def _statistic(call: Call) -> Answer:
    asked = call.read(_Asked)
    first, last = _days(call, asked)
    if asked.order_by not in _ORDERS or asked.offset < 0:
        raise ApiError(40058, "order_by or offset")
    items: list[dict[str, Any]] = [
        {"owner": owner, "data": _figures(call.world, found, first, last + DAY)}
        for owner, found in sorted(_by_owner(call, asked).items())
    ]
    key = _ORDERS[asked.order_by]
    items.sort(key=lambda item: item["data"][key], reverse=not asked.order_asc)
    limit = asked.limit if 0 < asked.limit <= _MOST else _DEFAULT
    end = min(asked.offset + limit, len(items))
    return {"total": len(items), "next_offset": end, "items": items[asked.offset : end]}


def _by_day(call: Call) -> Answer:
    asked = call.read(_Asked)
    first, last = _days(call, asked)
    found = [group for owned in _by_owner(call, asked).values() for group in owned]
    return {
        "items": [
            {"stat_time": day, "data": _figures(call.world, found, day, day + DAY)}
            for day in range(first, last + DAY, DAY)
        ]
    }


_PATH = "/cgi-bin/externalcontact/groupchat"
ENDPOINTS = (
    Endpoint("POST", f"{_PATH}/statistic", _statistic, needs="customer_contact"),
    Endpoint("POST", f"{_PATH}/statistic_group_by_day", _by_day, needs="customer_contact"),
)
