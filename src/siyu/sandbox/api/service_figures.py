"""Figures of WeChat customer service (docs 95489, 95490): whole days, the last one yesterday."""

from collections.abc import Iterable
from typing import Any

import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint, check_span
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.api.service_accounts import account_asked
from siyu.sandbox.world import service
from siyu.sandbox.world import service_records as s
from siyu.sandbox.world.days import DAY, day_of
from siyu.sandbox.world.state import World

_LOOK_BACK = 180 * DAY
_HOUR = 3600


class _Asked(msgspec.Struct):
    open_kfid: str = ""
    servicer_userid: str = ""
    start_time: int = 0
    end_time: int = 0


def _days(world: World, asked: _Asked) -> range:
    check_span(asked.start_time, asked.end_time)
    first, now = day_of(asked.start_time), world.now()
    if first < day_of(now - _LOOK_BACK):
        raise ApiError(40058, "start_time")
    ready = day_of(now - world.switches.service_figures_hour * _HOUR)
    return range(first, min(day_of(asked.end_time) + DAY, ready), DAY)


def _items(call: Call, open_kfid: str) -> list[s.ServiceItem]:
    book = call.world.service
    if open_kfid:
        return book.said[account_asked(call, open_kfid).open_kfid]
    agent = call.caller.agentid
    mine = (x.open_kfid for x in service.living(call.world) if agent in x.agents)
    return [item for open_kfid in mine for item in book.said[open_kfid]]


def _corp(call: Call) -> Answer:
    asked = call.read(_Asked)
    found = _items(call, asked.open_kfid)
    return {
        "statistic_list": [
            {"stat_time": day, "statistic": _figures(call.world, _of_day(found, day), day)}
            for day in _days(call.world, asked)
        ]
    }


def _servicer(call: Call) -> Answer:
    asked = call.read(_Asked)
    if asked.servicer_userid:
        call.staff(asked.servicer_userid)
    wanted = asked.servicer_userid
    found = [
        item
        for item in _items(call, asked.open_kfid)
        if item.servicer and wanted in {"", item.servicer}
    ]
    return {
        "statistic_list": [
            {"stat_time": day, "statistic": _figures_of_staff(_of_day(found, day))}
            for day in _days(call.world, asked)
        ]
    }


def _of_day(items: Iterable[s.ServiceItem], day: int) -> list[s.ServiceItem]:
    return [item for item in items if day <= item.at < day + DAY]


def _figures(world: World, items: list[s.ServiceItem], day: int) -> dict[str, Any]:
    said = [item for item in items if item.origin == s.CUSTOMER]
    open_kfids = {item.open_kfid for item in items}
    upgraded = (
        session.upgraded is not None and day <= session.upgraded < day + DAY
        for session in world.service.sessions
        if session.open_kfid in open_kfids
    )
    refused = {item.person for item in items if item.body.get("event_type") == "msg_send_fail"}
    return {
        "session_cnt": sum(item.begins for item in said),
        "customer_cnt": len({item.person for item in said}),
        "customer_msg_cnt": len(said),
        "upgrade_service_customer_cnt": sum(upgraded),
        "msg_rejected_customer_cnt": len(refused),
    }


def _figures_of_staff(items: list[s.ServiceItem]) -> dict[str, Any]:
    """Figures of chats with staff; a chat of one customer on one day counts as one session."""
    asked = [item for item in items if item.origin == s.CUSTOMER]
    chats = {(item.open_kfid, item.person) for item in items}
    waits = [wait for chat in chats if (wait := _first_wait(items, chat)) is not None]
    figures: dict[str, Any] = {
        "session_cnt": len(chats),
        "customer_cnt": len({item.person for item in asked}),
        "customer_msg_cnt": len(asked),
    }
    if chats:
        figures["reply_rate"] = round(len(waits) / len(chats), 4)
    if waits:
        figures["first_reply_average_sec"] = round(sum(waits) / len(waits))
    return figures


def _first_wait(items: list[s.ServiceItem], chat: tuple[str, int]) -> float | None:
    """Return how long the first answer of a chat took, None without one."""
    asked_at: float | None = None
    for item in items:
        if (item.open_kfid, item.person) != chat:
            continue
        if item.origin == s.CUSTOMER and asked_at is None:
            asked_at = item.at
        elif item.origin == s.SERVICER:
            return item.at - asked_at if asked_at is not None else 0.0
    return None


_NEEDS = service.PERMISSION
ENDPOINTS = (
    Endpoint("POST", "/cgi-bin/kf/get_corp_statistic", _corp, needs=_NEEDS),
    Endpoint("POST", "/cgi-bin/kf/get_servicer_statistic", _servicer, needs=_NEEDS),
)
