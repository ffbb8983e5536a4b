"""Hand-over of customers: on the job and after leaving (docs 92125, 94088, 94081, 94082, 92124)."""

from typing import Any

import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint, check_length, page, page_bounds
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world import ids, transfers
from siyu.sandbox.world import records as r
from siyu.sandbox.world import transfer_records as t
from siyu.sandbox.world.groups import has_left

_CUSTOMERS = 100
_MESSAGE = 200
_TIMES = 2
_PAGE = 1000


class _Start(msgspec.Struct):
    handover_userid: str = ""
    takeover_userid: str = ""
    external_userid: list[str] = []
    transfer_success_msg: str = ""


def _former(call: Call, userid: str, *, resigned: bool) -> r.Staff:
    """Return who hands over: on the job, or gone (40097 who is still there)."""
    if not resigned:
        return call.service_staff(userid)
    if not userid:
        raise ApiError(41009)
    staff = call.world.staff.get(userid)
    if staff is None:
        raise ApiError(40003)
    if not has_left(staff):
        raise ApiError(40097)
    return staff


def _start(call: Call, *, resigned: bool) -> Answer:
    world, asked = call.world, call.read(_Start)
    transfers.settle_due(world)
    former = _former(call, asked.handover_userid, resigned=resigned)
    heir = call.staff(asked.takeover_userid)
    if former.userid == heir.userid:
        raise ApiError(40058, "handover_userid and takeover_userid are the same")
    if not 0 < len(asked.external_userid) <= _CUSTOMERS:
        raise ApiError(40058, "external_userid")
    check_length("transfer_success_msg", asked.transfer_success_msg, _MESSAGE)
    told = []
    for external_userid in dict.fromkeys(asked.external_userid):
        relation = _relation(call, former, external_userid)
        code = 40096 if relation is None else _obstacle(call, relation, heir, resigned=resigned)
        if relation is not None and not code:
            message = "" if resigned else asked.transfer_success_msg
            transfers.start(world, relation, heir.userid, resigned=resigned, message=message)
        told.append({"external_userid": external_userid, "errcode": code})
    return {"customer": told}


def _relation(call: Call, former: r.Staff, external_userid: str) -> r.Relation | None:
    person = call.world.by_external.get(external_userid)
    relation = call.world.relation(former.userid, person.id) if person else None
    return relation if relation and relation.staff_has and not relation.pending else None


def _obstacle(call: Call, relation: r.Relation, heir: r.Staff, *, resigned: bool) -> int:
    """Return why one customer cannot be handed over, 0 where they can."""
    world = call.world
    if not heir.can_contact or heir.status != 1:
        return 84083
    if transfers.waiting(world, relation.userid, relation.person) is not None:
        return 40129
    if not transfers.has_room(world, heir.userid):
        return 40099
    if not resigned and transfers.on_the_job(world, relation.person) >= _TIMES:
        return 40128
    return 0


class _Result(msgspec.Struct):
    handover_userid: str = ""
    takeover_userid: str = ""
    cursor: str = ""


def _results(call: Call, *, resigned: bool) -> Answer:
    asked = call.read(_Result)
    transfers.settle_due(call.world)
    former = _former(call, asked.handover_userid, resigned=resigned)
    heir = call.staff(asked.takeover_userid)
    start, limit = page_bounds(asked.cursor, _PAGE, _PAGE, _PAGE)
    found = [
        _shown(call, transfer)
        for transfer in transfers.between(call.world, former.userid, heir.userid)
        if transfer.resigned == resigned
    ]
    return page("customer", found, start, limit)


def _shown(call: Call, transfer: t.Transfer) -> dict[str, Any]:
    """Show a hand-over; who waits has the time at which it will be done."""
    person = call.world.people.get(str(transfer.person))
    done = transfer.status in {t.DONE, t.WAITING}
    return {
        "external_userid": person.external_userid if person else "",
        "status": transfer.status,
        "takeover_time": int(transfer.due) if done else 0,
    }


class _Unassigned(msgspec.Struct):
    page_id: int = 0
    page_size: int = _PAGE
    cursor: str = ""


def _unassigned(call: Call) -> Answer:
    asked = call.read(_Unassigned)
    transfers.settle_due(call.world)
    start, limit = page_bounds(asked.cursor, asked.page_size, _PAGE, _PAGE)
    if not asked.cursor:
        start = max(asked.page_id, 0) * limit
    info = [
        {
            "handover_userid": staff.userid,
            "external_userid": person.external_userid,
            "dimission_time": staff.left,
        }
        for relation, staff in transfers.unassigned(call.world)
        if (person := call.world.people.get(str(relation.person))) is not None
    ]
    more = start + limit < len(info)
    return {
        "info": info[start : start + limit],
        "is_last": not more,
        "next_cursor": ids.cursor_text(start + limit) if more else "",
    }


def _start_on_the_job(call: Call) -> Answer:
    return _start(call, resigned=False)


def _start_resigned(call: Call) -> Answer:
    return _start(call, resigned=True)


def _results_on_the_job(call: Call) -> Answer:
    return _results(call, resigned=False)


def _results_resigned(call: Call) -> Answer:
    return _results(call, resigned=True)


_CONTACT = "customer_contact"
_PATH = "/cgi-bin/externalcontact"
ENDPOINTS = (
    Endpoint("POST", f"{_PATH}/transfer_customer", _start_on_the_job, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/transfer_result", _results_on_the_job, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/resigned/transfer_customer", _start_resigned, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/resigned/transfer_result", _results_resigned, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/get_unassigned_list", _unassigned, needs=_CONTACT),
)
