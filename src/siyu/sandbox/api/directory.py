"""Departments, members and the app itself (docs 90208, 90196, 90201, 90227)."""

from typing import Any

import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint, page_bounds
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world import ids
from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import departments_below
from siyu.sandbox.world.groups import has_left

_LIST_IDS = 10_000


def _department(call: Call, department: r.Department) -> dict[str, Any]:
    leaders = [
        s.userid
        for s in call.world.staff
        if s.leader and s.department == department.id and not has_left(s)
    ]
    return {
        "id": department.id,
        "name": department.name,
        "name_en": "",
        "department_leader": leaders,
        "parentid": department.parent,
        "order": department.order,
    }


def _visible_departments(call: Call) -> list[r.Department]:
    """Departments the app sees, below ``id`` when given (60003 when unknown)."""
    seen = departments_below(call.world, call.caller.departments)
    if root := call.query.get("id", ""):
        if not root.isdigit() or root not in call.world.departments:
            raise ApiError(60003)
        seen &= departments_below(call.world, [int(root)])
    return [d for d in call.world.departments if d.id in seen]


def _department_list(call: Call) -> Answer:
    return {"department": [_department(call, d) for d in _visible_departments(call)]}


def _department_simplelist(call: Call) -> Answer:
    return {
        "department_id": [
            {"id": d.id, "parentid": d.parent, "order": d.order} for d in _visible_departments(call)
        ]
    }


def _department_get(call: Call) -> Answer:
    wanted = call.query.get("id", "")
    found = call.world.departments.get(wanted)
    if found is None or found not in _visible_departments(call):
        raise ApiError(60003)
    return {"department": _department(call, found)}


def _member(call: Call, staff: r.Staff) -> dict[str, Any]:
    """Return a member as apps made after 2022-06-20 get it: no portrait, gender, phone, address."""
    world = call.world
    member: dict[str, Any] = {
        "userid": staff.userid,
        "name": staff.name,
        "department": [staff.department],
        "order": [0],
        "position": staff.position,
        "status": staff.status,
        "is_leader_in_dept": [int(staff.leader)],
        "direct_leader": [],
        "main_department": staff.department,
        "alias": staff.alias,
        "telephone": "",
        "extattr": {"attrs": []},
        "external_position": staff.position,
        "external_profile": {"external_corp_name": world.corp.name, "external_attr": []},
    }
    if not world.switches.new_app_privacy:
        member |= {
            "gender": str(staff.gender),
            "mobile": staff.mobile.removeprefix("+86"),
            "avatar": f"{world.base_url}/avatar/s-{staff.userid}.svg",
            "thumb_avatar": f"{world.base_url}/avatar/s-{staff.userid}.svg",
            "qr_code": f"{world.base_url}/qr/staff/{staff.userid}.png",
        }
    return member


def _user_get(call: Call) -> Answer:
    return _member(call, call.staff(call.query.get("userid", "")))


def _members(call: Call) -> list[r.Staff]:
    root = call.query.get("department_id", "")
    if not root.isdigit() or root not in call.world.departments:
        raise ApiError(60003)
    wanted = {int(root)}
    if call.query.get("fetch_child") == "1":
        wanted = departments_below(call.world, [int(root)])
    return [
        s for s in call.world.staff if s.department in wanted and call.sees(s) and not has_left(s)
    ]


def _user_list(call: Call) -> Answer:
    return {"userlist": [_member(call, staff) for staff in _members(call)]}


def _user_simplelist(call: Call) -> Answer:
    return {
        "userlist": [
            {"userid": s.userid, "name": s.name, "department": [s.department]}
            for s in _members(call)
        ]
    }


class _ListIds(msgspec.Struct):
    cursor: str = ""
    limit: int = _LIST_IDS


def _user_list_id(call: Call) -> Answer:
    asked = call.read(_ListIds)
    start, limit = page_bounds(asked.cursor, asked.limit, _LIST_IDS, _LIST_IDS)
    everyone = [s for s in call.world.staff if call.sees(s) and not has_left(s)]
    page = everyone[start : start + limit]
    answer: dict[str, Any] = {
        "dept_user": [{"userid": s.userid, "department": s.department} for s in page]
    }
    if start + limit < len(everyone):
        answer["next_cursor"] = ids.cursor_text(start + limit)
    return answer


def _agent_get(call: Call) -> Answer:
    app = call.caller
    wanted = call.query.get("agentid", "")
    if not wanted:
        raise ApiError(41011)
    if wanted not in call.world.apps:
        raise ApiError(40056)
    if wanted != str(app.agentid):
        raise ApiError(301002)
    return {
        "agentid": app.agentid,
        "name": app.name,
        "square_logo_url": f"{call.world.base_url}/avatar/app-{app.agentid}.svg",
        "description": app.description,
        "allow_userinfos": {"user": []},
        "allow_partys": {"partyid": app.departments},
        "allow_tags": {"tagid": []},
        "close": 0,
        "redirect_domain": app.trusted_domain,
        "report_location_flag": 0,
        "isreportenter": 0,
        "home_url": app.home_url,
        "customized_publish_status": 1,
    }


def _agent_list(call: Call) -> Answer:
    app = call.caller
    logo = f"{call.world.base_url}/avatar/app-{app.agentid}.svg"
    return {"agentlist": [{"agentid": app.agentid, "name": app.name, "square_logo_url": logo}]}


ENDPOINTS = (
    Endpoint("GET", "/cgi-bin/department/list", _department_list, needs="directory"),
    Endpoint("GET", "/cgi-bin/department/simplelist", _department_simplelist, needs="directory"),
    Endpoint("GET", "/cgi-bin/department/get", _department_get, needs="directory"),
    Endpoint("GET", "/cgi-bin/user/get", _user_get, needs="directory"),
    Endpoint("GET", "/cgi-bin/user/list", _user_list, needs="directory"),
    Endpoint("GET", "/cgi-bin/user/simplelist", _user_simplelist, needs="directory"),
    Endpoint("POST", "/cgi-bin/user/list_id", _user_list_id, needs="directory"),
    Endpoint("GET", "/cgi-bin/agent/get", _agent_get),
    Endpoint("GET", "/cgi-bin/agent/list", _agent_list),
)
