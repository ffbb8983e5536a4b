"""Customers as staff accounts have them (docs 92571, 92113, 92114, 92994, 92115, 99434)."""

from collections.abc import Iterator
from typing import Any

import msgspec

from siyu.sandbox.api.app_contents import media_of
from siyu.sandbox.api.call import Answer, Call, Endpoint, check_length, page, page_bounds
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world import envelope, groups, ids
from siyu.sandbox.world import records as r

_FOLLOWERS_PER_PAGE = 500
_STAFF_PER_CALL = 100
_BATCH_DEFAULT = 50
_BATCH_MOST = 100
_SERVED_MOST = 1000
_REMARK = 20
_DESCRIPTION = 150
_WECHAT = 1


def _follow_users(call: Call) -> Answer:
    return {
        "follow_user": [
            s.userid for s in call.world.staff if s.can_contact and s.status == 1 and call.sees(s)
        ]
    }


def _list(call: Call) -> Answer:
    staff = call.service_staff(call.query.get("userid", ""))
    people = call.world.people
    found = [people.get(str(x.person)) for x in call.world.customers_of(staff.userid)]
    if not found:
        raise ApiError(84061)
    return {"external_userid": [p.external_userid for p in found if p is not None]}


def _contact(call: Call, person: r.Person) -> dict[str, Any]:
    contact: dict[str, Any] = {
        "external_userid": person.external_userid,
        "name": person.name,
        "type": _WECHAT,
        "avatar": f"{call.world.base_url}/avatar/p-{person.id}.svg",
        "gender": person.gender,
    }
    if call.world.switches.open_platform_bound:
        contact["unionid"] = person.unionid
    return contact


def _follow(relation: r.Relation) -> dict[str, Any]:
    follow: dict[str, Any] = {
        "userid": relation.userid,
        "remark": relation.remark,
        "description": relation.description,
        "createtime": relation.created,
        "remark_mobiles": relation.mobiles,
        "add_way": relation.add_way,
        "oper_userid": relation.oper,
    }
    if relation.company:
        follow["remark_corp_name"] = relation.company
    if relation.state:
        follow["state"] = relation.state
    return follow


def _tags(call: Call, relation: r.Relation) -> list[dict[str, Any]]:
    return [
        {"group_name": group.name, "tag_name": tag.name, "tag_id": tag.id, "type": 1}
        for group in call.world.tag_groups
        for tag in group.tags
        if tag.id in relation.tags
    ]


def _get(call: Call) -> Answer:
    person = call.customer(call.query.get("external_userid", ""))
    start, limit = page_bounds(
        call.query.get("cursor", ""), _FOLLOWERS_PER_PAGE, _FOLLOWERS_PER_PAGE, _FOLLOWERS_PER_PAGE
    )
    followers = [
        relation
        for relation in call.world.followers_of(person.id)
        if (staff := call.world.staff.get(relation.userid)) is not None and call.sees(staff)
    ]
    if not followers:
        raise ApiError(84061)
    answer: dict[str, Any] = {
        "external_contact": _contact(call, person),
        "follow_user": [
            _follow(relation) | {"tags": _tags(call, relation)}
            for relation in followers[start : start + limit]
        ],
    }
    if start + limit < len(followers):
        answer["next_cursor"] = ids.cursor_text(start + limit)
    return answer


class _Batch(msgspec.Struct):
    userid_list: list[str] = []
    cursor: str = ""
    limit: int = _BATCH_DEFAULT


def _batch(call: Call) -> Answer:
    asked = call.read(_Batch)
    if not asked.userid_list:
        raise ApiError(41009)
    if len(asked.userid_list) > _STAFF_PER_CALL:
        raise ApiError(40031, f"at most {_STAFF_PER_CALL} userids")
    start, limit = page_bounds(asked.cursor, asked.limit, _BATCH_DEFAULT, _BATCH_MOST)
    staff = [call.service_staff(userid) for userid in asked.userid_list]
    rows = [x for s in staff for x in call.world.relations_of_staff[s.userid]]
    found: list[dict[str, Any]] = []
    position = start
    while position < len(rows) and len(found) < limit:
        relation = rows[position]
        position += 1
        person = call.world.people.get(str(relation.person))
        if person is None or not relation.staff_has or relation.pending:
            continue
        found.append(
            {
                "external_contact": _contact(call, person),
                "follow_info": _follow(relation) | {"tag_id": relation.tags},
            }
        )
    if not found and start == 0:
        raise ApiError(84061)
    more = position < len(rows)
    return {
        "external_contact_list": found,
        "next_cursor": ids.cursor_text(position) if more else "",
    }


class _Remark(msgspec.Struct):
    userid: str = ""
    external_userid: str = ""
    remark: str | None = None
    description: str | None = None
    remark_company: str | None = None
    remark_mobiles: list[str] | None = None
    remark_pic_mediaid: str | None = None


def _remark(call: Call) -> Answer:
    asked = call.read(_Remark)
    relation = call.relation(asked.userid, asked.external_userid)
    given = (
        asked.remark, asked.description, asked.remark_company,
        asked.remark_mobiles, asked.remark_pic_mediaid,
    )  # fmt: skip
    if all(value is None for value in given):
        raise ApiError(40063)
    check_length("remark", asked.remark, _REMARK)
    check_length("description", asked.description, _DESCRIPTION)
    check_length("remark_company", asked.remark_company, _REMARK)
    if asked.remark_pic_mediaid:
        media_of(call, asked.remark_pic_mediaid, "image")
    if asked.remark is not None:
        relation.remark = asked.remark
    if asked.description is not None:
        relation.description = asked.description
    if asked.remark_company is not None:
        relation.company = asked.remark_company
    if asked.remark_mobiles is not None:
        relation.mobiles = [mobile for mobile in asked.remark_mobiles if mobile]
    call.world.relations.save(relation)
    call.world.feed.publish("relation", relation)
    if call.world.switches.api_calls_back:
        envelope.contact_event(call.world, "edit_external_contact", relation)
    return {}


class _Served(msgspec.Struct):
    limit: int = _SERVED_MOST
    cursor: str = ""


def _served(call: Call) -> Answer:
    asked = call.read(_Served)
    start, limit = page_bounds(asked.cursor, asked.limit, _SERVED_MOST, _SERVED_MOST)
    found = [*_served_alone(call), *_served_in_groups(call)]
    return page("info_list", found, start, limit)


def _served_alone(call: Call) -> Iterator[dict[str, Any]]:
    for relation in call.world.relations:
        staff = call.world.staff.get(relation.userid)
        person = call.world.people.get(str(relation.person))
        if not staff or not person or not call.sees(staff):
            continue
        if relation.staff_has and not relation.pending:
            yield {
                "is_customer": True,
                "tmp_openid": ids.tmp_openid(person.external_userid),
                "external_userid": person.external_userid,
                "name": person.name,
                "follow_userid": staff.userid,
                "add_time": relation.created,
            }


def _served_in_groups(call: Call) -> Iterator[dict[str, Any]]:
    """Yield members of groups; who is no customer has no id that lasts, and no name."""
    world = call.world
    for group in world.groups:
        owner = world.staff.get(group.face.owner)
        if group.dismissed is not None or owner is None or not call.sees(owner):
            continue
        for stay in groups.members(world, group):
            person = world.people.get(stay.who.removeprefix("p-"))
            if person is None:
                continue
            customer = any(world.followers_of(person.id))
            known = {"external_userid": person.external_userid, "name": person.name}
            yield {
                "is_customer": customer,
                "tmp_openid": ids.tmp_openid(person.external_userid),
                **(known if customer else {}),
                "chat_id": group.chat_id,
                "chat_name": group.face.name,
                "add_time": int(stay.joined),
            }


_CONTACT = "customer_contact"
_PATH = "/cgi-bin/externalcontact"
ENDPOINTS = (
    Endpoint("GET", f"{_PATH}/get_follow_user_list", _follow_users, needs=_CONTACT),
    Endpoint("GET", f"{_PATH}/list", _list, needs=_CONTACT),
    Endpoint("GET", f"{_PATH}/get", _get, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/batch/get_by_user", _batch, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/remark", _remark, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/contact_list", _served, needs=_CONTACT),
)
