"""Ids of one person or staff member for another (docs 93274, 95926, 92323, 95195, 90202, 91693)."""

from collections.abc import Iterator

import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world import behaviour_records as b
from siyu.sandbox.world import ids
from siyu.sandbox.world import records as r
from siyu.sandbox.world.days import DAY
from siyu.sandbox.world.state import World

_PENDING_DAYS = 90
_PENDING_MOST, _NEW_MOST = 100, 1000
_BUSINESS = 1


class _Asked(msgspec.Struct):
    unionid: str = ""
    openid: str = ""
    subject_type: int = 0
    external_userid: str = ""
    external_userid_list: list[str] = []
    userid: str = ""
    mobile: str = ""
    email: str = ""
    email_type: int = _BUSINESS


def _is_customer(call: Call, person: r.Person) -> bool:
    return any(
        (staff := call.world.staff.get(relation.userid)) is not None and call.sees(staff)
        for relation in call.world.followers_of(person.id)
    )


def _by_unionid(call: Call) -> Answer:
    unionid = call.read(_Asked).unionid
    for person in call.world.people:
        if person.unionid == unionid and _is_customer(call, person):
            return {"external_userid": person.external_userid}
    raise ApiError(84061)


def _convert_unionid(call: Call) -> Answer:
    asked, world = call.read(_Asked), call.world
    person = next((p for p in world.people if p.unionid == asked.unionid), None)
    if person is None or not world.switches.open_platform_bound:
        raise ApiError(610014)
    if world.by_openid.get(asked.openid) is not person:
        raise ApiError(610018)
    if _is_customer(call, person):
        return {"external_userid": person.external_userid}
    pending = _pending(world, person.id)
    if pending is None:
        pending = world.behaviour.pending.save(
            b.PendingId(
                id=ids.pending_id(), person=person.id, expires=world.now() + _PENDING_DAYS * DAY
            )
        )
    return {"pending_id": pending.id}


def _pending(world: World, person: int) -> b.PendingId | None:
    found = world.behaviour.pending.get(str(person))
    return found if found is not None and found.expires > world.now() else None


class _Pending(msgspec.Struct):
    external_userid: list[str] = []
    chat_id: str = ""


def _to_pending(call: Call) -> Answer:
    asked, world = call.read(_Pending), call.world
    if not 0 < len(asked.external_userid) <= _PENDING_MOST:
        raise ApiError(40058, "external_userid")
    if asked.chat_id and asked.chat_id not in world.groups:
        raise ApiError(40050)
    return {
        "result": [
            {"external_userid": person.external_userid, "pending_id": pending.id}
            for person in _known(world, asked.external_userid)
            if (pending := _pending(world, person.id)) is not None
        ]
    }


def _known(world: World, external_userids: list[str]) -> Iterator[r.Person]:
    for external_userid in dict.fromkeys(external_userids):
        person = world.by_external.get(external_userid)
        if person is not None:
            yield person


def _openid(call: Call) -> Answer:
    person = call.customer(call.read(_Asked).external_userid)
    return {"openid": person.openids[call.world.corp.corpid]}


def _service_id(call: Call) -> Answer:
    person = call.customer(call.read(_Asked).external_userid)
    return {"external_userid": ids.service_external_userid(person.external_userid)}


def _new_ids(call: Call) -> Answer:
    asked = call.read(_Asked).external_userid_list
    if not 0 < len(asked) <= _NEW_MOST:
        raise ApiError(40058, "external_userid_list")
    return {
        "items": [
            {
                "external_userid": person.external_userid,
                "new_external_userid": ids.service_external_userid(person.external_userid),
            }
            for person in _known(call.world, asked)
        ]
    }


def _staff_openid(call: Call) -> Answer:
    return {"openid": ids.staff_openid(call.staff(call.read(_Asked).userid).userid)}


def _staff_of_openid(call: Call) -> Answer:
    asked = call.read(_Asked).openid
    for staff in call.world.staff:
        if ids.staff_openid(staff.userid) == asked and call.sees(staff):
            return {"userid": staff.userid}
    raise ApiError(43004)


def _by_mobile(call: Call) -> Answer:
    mobile = call.read(_Asked).mobile.removeprefix("+86")
    for staff in call.world.staff:
        if staff.mobile.removeprefix("+86") == mobile and call.sees(staff):
            return {"userid": staff.userid}
    raise ApiError(46004)


def _by_email(call: Call) -> Answer:
    asked = call.read(_Asked)
    business = asked.email_type == _BUSINESS
    for staff in call.world.staff:
        address = staff.biz_mail if business else staff.email
        if address and address.lower() == asked.email.lower() and call.sees(staff):
            return {"userid": staff.userid}
    raise ApiError(60148 if business else 60147)


_CONTACT, _DIRECTORY = "customer_contact", "directory"
_PATH = "/cgi-bin/externalcontact"
ENDPOINTS = (
    Endpoint("POST", f"{_PATH}/unionid_to_external_userid", _by_unionid, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/convert_to_openid", _openid, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/to_service_external_userid", _service_id, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/get_new_external_userid", _new_ids, needs=_CONTACT),
    Endpoint(
        "POST", "/cgi-bin/idconvert/unionid_to_external_userid", _convert_unionid, needs=_CONTACT
    ),
    Endpoint(
        "POST",
        "/cgi-bin/idconvert/batch/external_userid_to_pending_id",
        _to_pending,
        needs=_CONTACT,
    ),
    Endpoint("POST", "/cgi-bin/user/convert_to_openid", _staff_openid, needs=_DIRECTORY),
    Endpoint("POST", "/cgi-bin/user/convert_to_userid", _staff_of_openid, needs=_DIRECTORY),
    Endpoint("POST", "/cgi-bin/user/getuserid", _by_mobile, needs=_DIRECTORY),
    Endpoint("POST", "/cgi-bin/user/get_userid_by_email", _by_email, needs=_DIRECTORY),
)
