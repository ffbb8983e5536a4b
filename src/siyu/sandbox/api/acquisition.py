"""The acquisition assistant (docs 97297, 97298, 97375, 100130).

SDKs disagree on whether quota and statistic are read by GET or POST; both are answered.
"""

from typing import Any

import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint, page, page_bounds
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world import acquisition, ids
from siyu.sandbox.world import acquisition_records as a
from siyu.sandbox.world.days import DAY, day_of

_LINKS_MOST, _CUSTOMERS_MOST = 100, 1000
_STAFF_MOST = 500
_NAME = 30
_DAYS_BACK, _SPAN_DAYS = 180, 30
_PRIORITIES = {1, 2}
_SILENT, _SPOKE = 0, 1


class _Range(msgspec.Struct):
    user_list: list[str] = []
    department_list: list[int] = []


class _Priority(msgspec.Struct):
    priority_type: int = 0
    priority_userid_list: list[str] = []


class _Fields(msgspec.Struct):
    """A link as it is asked for; None: not given."""

    link_id: str = ""
    link_name: str | None = None
    range: _Range | None = None
    skip_verify: bool | None = None
    mark_source: bool | None = None
    priority_option: _Priority | None = None


def _check(call: Call, asked: _Fields) -> None:
    if asked.link_name is not None and not 0 < len(asked.link_name) <= _NAME:
        raise ApiError(40058, "link_name")
    if asked.priority_option is not None:
        _check_priority(call, asked.priority_option)
    if asked.range is None:
        return
    users, departments = asked.range.user_list, asked.range.department_list
    for userid in users:
        call.service_staff(userid)
    if any(str(number) not in call.world.departments for number in departments):
        raise ApiError(60003)
    if not 0 < len(acquisition.staff_of(call.world, users, departments)) <= _STAFF_MOST:
        raise ApiError(40058, f"range must hold 1 to {_STAFF_MOST} users")


def _check_priority(call: Call, asked: _Priority) -> None:
    if asked.priority_type not in _PRIORITIES:
        raise ApiError(40058, "priority_type")
    for userid in asked.priority_userid_list:
        call.service_staff(userid)


def _write(link: a.Link, asked: _Fields) -> None:
    if asked.link_name is not None:
        link.name = asked.link_name
    if asked.range is not None:
        link.users, link.departments = asked.range.user_list, asked.range.department_list
    if asked.skip_verify is not None:
        link.skip_verify = asked.skip_verify
    if asked.mark_source is not None:
        link.mark_source = asked.mark_source
    if asked.priority_option is not None:
        link.priority_type = asked.priority_option.priority_type
        link.priority_users = asked.priority_option.priority_userid_list


def _shown(call: Call, link: a.Link) -> dict[str, Any]:
    return {
        "link_id": link.link_id,
        "link_name": link.name,
        "url": acquisition.url_of(call.world, link),
        "create_time": link.created,
        "skip_verify": link.skip_verify,
        "mark_source": link.mark_source,
    }


def _link(call: Call, link_id: str) -> a.Link:
    link = call.world.acquisition.links.get(link_id)
    if link is None:
        raise ApiError(40058, "invalid link_id")
    return link


def _create(call: Call) -> Answer:
    asked = call.read(_Fields)
    if not asked.link_name or asked.range is None:
        raise ApiError(40063, "link_name and range")
    _check(call, asked)
    world = call.world
    if len(world.acquisition.links) >= world.switches.acquisition_link_cap:
        raise ApiError(41095)
    link = a.Link(link_id=ids.link_id(), name=asked.link_name, created=int(world.now()))
    _write(link, asked)
    acquisition.save(world, link)
    return {"link": _shown(call, link)}


def _get(call: Call) -> Answer:
    link = _link(call, call.read(_Fields).link_id)
    answer: dict[str, Any] = {
        "link": _shown(call, link),
        "range": {"user_list": link.users, "department_list": link.departments},
    }
    if link.priority_type:
        answer["priority_option"] = {
            "priority_type": link.priority_type,
            "priority_userid_list": link.priority_users,
        }
    return answer


def _update(call: Call) -> Answer:
    asked = call.read(_Fields)
    link = _link(call, asked.link_id)
    _check(call, asked)
    _write(link, asked)
    acquisition.save(call.world, link)
    acquisition.check_links(call.world)
    return {}


def _delete(call: Call) -> Answer:
    acquisition.delete(call.world, _link(call, call.read(_Fields).link_id))
    return {}


class _Page(msgspec.Struct):
    link_id: str = ""
    limit: int = 0
    cursor: str = ""


def _list(call: Call) -> Answer:
    asked = call.read(_Page)
    start, limit = page_bounds(asked.cursor, asked.limit, _LINKS_MOST, _LINKS_MOST)
    return page(
        "link_id_list", [link.link_id for link in call.world.acquisition.links], start, limit
    )


def _customers(call: Call) -> Answer:
    asked = call.read(_Page)
    link = _link(call, asked.link_id)
    start, limit = page_bounds(asked.cursor, asked.limit, _CUSTOMERS_MOST, _CUSTOMERS_MOST)
    latest = {
        (x.userid, x.person): x
        for x in call.world.acquisition.of_link[link.link_id]
        if x.added is not None
    }
    return page("customer_list", [_customer(call, x) for x in latest.values()], start, limit)


def _customer(call: Call, arrival: a.Arrival) -> dict[str, Any]:
    person = call.world.people.get(str(arrival.person))
    return {
        "external_userid": person.external_userid if person else "",
        "userid": arrival.userid,
        "chat_status": _SPOKE if arrival.spoken else _SILENT,
        "state": arrival.state,
    }


def _quota(call: Call) -> Answer:
    world = call.world
    return {
        "total": sum(quota.bought for quota in world.acquisition.quotas),
        "balance": acquisition.balance(world),
        "quota_list": [
            {"expire_date": quota.expires, "balance": quota.balance}
            for quota in acquisition.valid_quotas(world)
        ],
    }


class _Span(msgspec.Struct):
    link_id: str = ""
    start_time: int = 0
    end_time: int = 0


def _statistic(call: Call) -> Answer:
    asked = call.read(_Span) if call.body else msgspec.convert(call.query, _Span, strict=False)
    link = _link(call, asked.link_id)
    first, last = day_of(asked.start_time), day_of(asked.end_time)
    today = day_of(call.world.now())
    if not today - _DAYS_BACK * DAY <= first <= last <= today:
        raise ApiError(40058, "start_time or end_time")
    if last - first > _SPAN_DAYS * DAY:
        raise ApiError(40058, f"at most {_SPAN_DAYS} days")
    end = last + DAY
    book = call.world.acquisition
    clicked = {c.person for c in book.clicks if c.link_id == link.link_id and first <= c.at < end}
    added = {
        (x.userid, x.person)
        for x in book.of_link[link.link_id]
        if x.added is not None and first <= x.added < end
    }
    return {"click_link_customer_cnt": len(clicked), "new_customer_cnt": len(added)}


class _Key(msgspec.Struct):
    chat_key: str = ""


def _chat_info(call: Call) -> Answer:
    world = call.world
    key = world.acquisition.chat_keys.get(call.read(_Key).chat_key)
    if key is None or key.expires <= world.now():
        raise ApiError(40058, "invalid chat_key")
    arrival = world.acquisition.arrivals.get(str(key.arrival))
    person = world.people.get(str(arrival.person)) if arrival else None
    if arrival is None or person is None:
        raise ApiError(40058, "invalid chat_key")
    return {
        "userid": arrival.userid,
        "external_userid": person.external_userid,
        "chat_info": {
            "recv_msg_cnt": key.count,
            "link_id": arrival.link_id,
            "state": arrival.state,
        },
    }


_PATH = "/cgi-bin/externalcontact/customer_acquisition"
_NEEDS = acquisition.NEEDS
ENDPOINTS = (
    Endpoint("POST", f"{_PATH}/list_link", _list, needs=_NEEDS),
    Endpoint("POST", f"{_PATH}/get", _get, needs=_NEEDS),
    Endpoint("POST", f"{_PATH}/create_link", _create, needs=_NEEDS),
    Endpoint("POST", f"{_PATH}/update_link", _update, needs=_NEEDS),
    Endpoint("POST", f"{_PATH}/delete_link", _delete, needs=_NEEDS),
    Endpoint("POST", f"{_PATH}/customer", _customers, needs=_NEEDS),
    Endpoint("GET", f"{_PATH}_quota", _quota, needs=_NEEDS),
    Endpoint("POST", f"{_PATH}_quota", _quota, needs=_NEEDS),
    Endpoint("POST", f"{_PATH}/statistic", _statistic, needs=_NEEDS),
    Endpoint("GET", f"{_PATH}/statistic", _statistic, needs=_NEEDS),
    Endpoint("POST", f"{_PATH}/get_chat_info", _chat_info, needs=_NEEDS),
)
