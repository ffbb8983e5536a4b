"""What staff did with customers, counted from what happened in the world (doc 92132)."""

from collections.abc import Iterable
from typing import Any

import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world import behaviour_records as b
from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import departments_below
from siyu.sandbox.world.days import DAY, day_of
from siyu.sandbox.world.state import World, staff_chat

_MOST = 100
_DAYS_BACK, _SPAN_DAYS = 180, 30
_BY_HAND = {"staff", "jssdk"}  # welcomes and mass messages are nobody's own words


class _Asked(msgspec.Struct):
    userid: list[str] = []
    partyid: list[int] = []
    start_time: int = 0
    end_time: int = 0


def _behaviour(call: Call) -> Answer:
    asked, world = call.read(_Asked), call.world
    first, last = day_of(asked.start_time), day_of(asked.end_time)
    today = day_of(world.now())
    if not today - _DAYS_BACK * DAY <= first <= last <= today:
        raise ApiError(40058, "start_time or end_time")
    if last - first > _SPAN_DAYS * DAY:
        raise ApiError(40058, f"at most {_SPAN_DAYS} days")
    staff = _staff(call, asked)
    days = range(first, last + 1, DAY)
    return {"behavior_data": [_day(world, staff, start) for start in days]}


def _staff(call: Call, asked: _Asked) -> set[str]:
    if not asked.userid and not asked.partyid:
        raise ApiError(40063, "userid or partyid")
    if len(asked.userid) > _MOST or len(asked.partyid) > _MOST:
        raise ApiError(40058, f"at most {_MOST}")
    named = {call.staff(userid).userid for userid in asked.userid}
    below = departments_below(call.world, asked.partyid)
    return named | {s.userid for s in call.world.staff if s.department in below and call.sees(s)}


def _day(world: World, staff: set[str], start: int) -> dict[str, Any]:
    end = start + DAY
    happened = [
        h.kind for h in world.behaviour.happenings if h.userid in staff and start <= h.at < end
    ]
    chats = [
        _Chat(relation.userid, said)
        for userid in sorted(staff)
        for relation in world.relations_of_staff[userid]
        if (said := _within(world.chats[staff_chat(userid, relation.person)], start, end))
    ]
    counted: dict[str, Any] = {
        "stat_time": start,
        "chat_cnt": sum(chat.own > 0 for chat in chats),
        "message_cnt": sum(chat.own for chat in chats),
        "negative_feedback_cnt": happened.count(b.DELETED),
        "new_apply_cnt": happened.count(b.ASKED),
        "new_contact_cnt": happened.count(b.ADDED),
    }
    asked = [chat for chat in chats if chat.asked_at is not None]
    waits = [chat.wait for chat in asked if chat.wait is not None]
    if asked:
        counted["reply_percentage"] = round(100 * len(waits) / len(asked), 2)
    if waits:
        counted["avg_reply_time"] = round(sum(waits) / len(waits) / 60)
    return counted


def _within(said: Iterable[r.Message], start: float, end: float) -> list[r.Message]:
    return [m for m in said if start <= m.at < end]


class _Chat:
    """A day of a chat: own messages, when the customer began it, how long the answer took."""

    def __init__(self, userid: str, said: list[r.Message]) -> None:
        own = [m.at for m in said if m.sender == f"s-{userid}" and m.source in _BY_HAND]
        theirs = [m.at for m in said if m.source == "customer"]
        self.own = len(own)
        began = bool(theirs) and (not own or theirs[0] < own[0])
        self.asked_at = theirs[0] if began else None
        self.wait = own[0] - theirs[0] if began and own else None


ENDPOINTS = (
    Endpoint(
        "POST",
        "/cgi-bin/externalcontact/get_user_behavior_data",
        _behaviour,
        needs="customer_contact",
    ),
)
