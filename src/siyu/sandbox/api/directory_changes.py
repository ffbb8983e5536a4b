"""Changes of departments, staff accounts, directory tags and the app itself (docs 90205 to 90228).

Accounts of this world are in one department each; more are refused with 60110.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import msgspec
from msgspec.structs import replace

from siyu.sandbox.api.call import Answer, Call, Endpoint
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world import directory
from siyu.sandbox.world import directory_records as d
from siyu.sandbox.world import records as r
from siyu.sandbox.world.directory import DirectoryRefused

_USERS, _PARTIES, _BATCH = 1000, 100, 200
_TAG_NAME = 32
_DISABLED, _ACTIVE = 2, 1

Rule = Callable[[Call], Answer]


def _answering(rule: Rule) -> Rule:
    @wraps(rule)
    def answer(call: Call) -> Answer:
        try:
            return rule(call)
        except DirectoryRefused as refused:
            raise ApiError(refused.code) from refused

    return answer


def _number(call: Call, name: str) -> str:
    wanted = call.query.get(name, "")
    if not wanted.isdigit():
        raise ApiError(40058, name)
    return wanted


class _Department(msgspec.Struct):
    id: int | None = None
    name: str | None = None
    parentid: int | None = None
    order: int | None = None


def _department(call: Call, number: int | str | None) -> r.Department:
    found = call.world.departments.get(str(number))
    if found is None:
        raise ApiError(60003)
    return found


@_answering
def _department_create(call: Call) -> Answer:
    asked, world = call.read(_Department), call.world
    if not asked.name or asked.parentid is None:
        raise ApiError(40063, "name and parentid")
    if asked.id is not None and str(asked.id) in world.departments:
        raise ApiError(60008)
    made = r.Department(
        id=asked.id or directory.next_department(world), name=asked.name,
        parent=asked.parentid, order=asked.order or 0,
    )  # fmt: skip
    return {"id": directory.put_department(world, made, told=False).id}


@_answering
def _department_update(call: Call) -> Answer:
    asked = call.read(_Department)
    old = _department(call, asked.id)
    changed = replace(
        old,
        name=old.name if asked.name is None else asked.name,
        parent=old.parent if asked.parentid is None else asked.parentid,
        order=old.order if asked.order is None else asked.order,
    )
    directory.put_department(call.world, changed, told=False)
    return {}


@_answering
def _department_delete(call: Call) -> Answer:
    department = _department(call, _number(call, "id"))
    directory.delete_department(call.world, department, told=False)
    return {}


class _User(msgspec.Struct):
    userid: str = ""
    name: str | None = None
    alias: str | None = None
    mobile: str | None = None
    email: str | None = None
    biz_mail: str | None = None
    gender: int | None = None
    position: str | None = None
    department: list[int] | None = None
    is_leader_in_dept: list[int] | None = None
    enable: int | None = None


def _given(asked: _User) -> dict[str, Any]:
    """Return what was given, under the names of the world's accounts."""
    names = ("name", "alias", "mobile", "email", "biz_mail", "gender", "position")
    given = {name: value for name in names if (value := getattr(asked, name)) is not None}
    if asked.department is not None:
        if not asked.department:
            raise ApiError(60127)
        if len(asked.department) > 1:
            raise ApiError(60110)
        given["department"] = asked.department[0]
    if asked.is_leader_in_dept is not None:
        if len(asked.is_leader_in_dept) != 1:
            raise ApiError(60132)
        given["leader"] = bool(asked.is_leader_in_dept[0])
    if asked.enable is not None:
        given["status"] = _ACTIVE if asked.enable else _DISABLED
    return given


@_answering
def _user_create(call: Call) -> Answer:
    asked = call.read(_User)
    if not asked.userid:
        raise ApiError(41009)
    given = {"name": "", "department": 0, "alias": "", "gender": 0, "position": "", "mobile": ""}
    if asked.department is None:
        raise ApiError(60127)
    staff = msgspec.convert(
        {"userid": asked.userid, "employee": asked.userid, **given, **_given(asked)}, r.Staff
    )
    directory.create_staff(call.world, staff, told=False)
    return {}


@_answering
def _user_update(call: Call) -> Answer:
    asked = call.read(_User)
    changed = replace(call.staff(asked.userid), **_given(asked))
    directory.change_staff(call.world, changed, told=False)
    return {}


@_answering
def _user_delete(call: Call) -> Answer:
    directory.leave(call.world, call.staff(call.query.get("userid", "")), told=False)
    return {}


class _Users(msgspec.Struct):
    useridlist: list[str] = []


@_answering
def _users_delete(call: Call) -> Answer:
    asked = call.read(_Users).useridlist
    if not 0 < len(asked) <= _BATCH:
        raise ApiError(40031)
    for staff in [call.staff(userid) for userid in dict.fromkeys(asked)]:
        directory.leave(call.world, staff, told=False)
    return {}


class _Tag(msgspec.Struct):
    tagid: int | None = None
    tagname: str = ""
    userlist: list[str] = []
    partylist: list[int] = []


def _tag(call: Call, number: int | str | None) -> d.DirectoryTag:
    found = call.world.directory_tags.get(str(number))
    if found is None:
        raise ApiError(40068)
    return found


def _named(asked: _Tag) -> str:
    if not 0 < len(asked.tagname) <= _TAG_NAME:
        raise ApiError(40072)
    return asked.tagname


@_answering
def _tag_create(call: Call) -> Answer:
    asked, world = call.read(_Tag), call.world
    if asked.tagid is not None and str(asked.tagid) in world.directory_tags:
        raise ApiError(40068)
    number = directory.next_tag(world) if asked.tagid is None else asked.tagid
    tag = d.DirectoryTag(tagid=number, name=_named(asked))
    return {"tagid": directory.put_tag(world, tag).tagid}


@_answering
def _tag_update(call: Call) -> Answer:
    asked = call.read(_Tag)
    directory.put_tag(call.world, replace(_tag(call, asked.tagid), name=_named(asked)))
    return {}


def _tag_delete(call: Call) -> Answer:
    call.world.directory_tags.drop(str(_tag(call, _number(call, "tagid")).tagid))
    return {}


def _tag_list(call: Call) -> Answer:
    tags = call.world.directory_tags
    return {"taglist": [{"tagid": tag.tagid, "tagname": tag.name} for tag in tags]}


def _tag_get(call: Call) -> Answer:
    tag, world = _tag(call, _number(call, "tagid")), call.world
    users = [s for s in world.staff if s.userid in tag.users and call.sees(s)]
    return {
        "tagname": tag.name,
        "userlist": [{"userid": s.userid, "name": s.name} for s in users],
        "partylist": tag.parties,
    }


def _tag_members(call: Call, *, add: bool) -> Answer:
    asked, world = call.read(_Tag), call.world
    tag = _tag(call, asked.tagid)
    if not asked.userlist and not asked.partylist:
        raise ApiError(40031)
    if len(asked.userlist) > _USERS or len(asked.partylist) > _PARTIES:
        raise ApiError(81014)
    visible = {s.userid for s in world.staff if call.sees(s) and s.status != directory.LEFT}
    users = [userid for userid in asked.userlist if userid in visible]
    parties = [number for number in asked.partylist if str(number) in world.departments]
    if not users and not parties:
        raise ApiError(40070)
    if add:
        directory.tag_members(world, tag, add=(users, parties), told=False)
    else:
        directory.tag_members(world, tag, remove=(users, parties), told=False)
    answer: dict[str, Any] = {}
    if wrong := [userid for userid in asked.userlist if userid not in visible]:
        answer["invalidlist"] = "|".join(wrong)
    if lost := [number for number in asked.partylist if number not in parties]:
        answer["invalidparty"] = lost
    return answer


def _tag_add(call: Call) -> Answer:
    return _tag_members(call, add=True)


def _tag_remove(call: Call) -> Answer:
    return _tag_members(call, add=False)


class _Agent(msgspec.Struct):
    agentid: int | None = None
    name: str | None = None
    description: str | None = None
    home_url: str | None = None
    redirect_domain: str | None = None


def _agent_set(call: Call) -> Answer:
    asked, app = call.read(_Agent), call.caller
    if asked.agentid is None:
        raise ApiError(41011)
    if asked.agentid != app.agentid:
        raise ApiError(301002 if str(asked.agentid) in call.world.apps else 40056)
    for name in ("name", "description", "home_url"):
        if (value := getattr(asked, name)) is not None:
            setattr(app, name, value)
    if asked.redirect_domain is not None:
        app.trusted_domain, app.domain_verified_at = asked.redirect_domain.lower(), None
    call.world.apps.save(app)
    return {}


_WRITE, _READ = "directory_write", directory.NEEDS
_ROOT = "/cgi-bin"
ENDPOINTS = (
    Endpoint("POST", f"{_ROOT}/department/create", _department_create, needs=_WRITE),
    Endpoint("POST", f"{_ROOT}/department/update", _department_update, needs=_WRITE),
    Endpoint("GET", f"{_ROOT}/department/delete", _department_delete, needs=_WRITE),
    Endpoint("POST", f"{_ROOT}/user/create", _user_create, needs=_WRITE),
    Endpoint("POST", f"{_ROOT}/user/update", _user_update, needs=_WRITE),
    Endpoint("GET", f"{_ROOT}/user/delete", _user_delete, needs=_WRITE),
    Endpoint("POST", f"{_ROOT}/user/batchdelete", _users_delete, needs=_WRITE),
    Endpoint("POST", f"{_ROOT}/tag/create", _tag_create, needs=_WRITE),
    Endpoint("POST", f"{_ROOT}/tag/update", _tag_update, needs=_WRITE),
    Endpoint("GET", f"{_ROOT}/tag/delete", _tag_delete, needs=_WRITE),
    Endpoint("POST", f"{_ROOT}/tag/addtagusers", _tag_add, needs=_WRITE),
    Endpoint("POST", f"{_ROOT}/tag/deltagusers", _tag_remove, needs=_WRITE),
    Endpoint("GET", f"{_ROOT}/tag/list", _tag_list, needs=_READ),
    Endpoint("GET", f"{_ROOT}/tag/get", _tag_get, needs=_READ),
    Endpoint("POST", f"{_ROOT}/agent/set", _agent_set),
)
