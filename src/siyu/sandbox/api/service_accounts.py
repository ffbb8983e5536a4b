"""Accounts of WeChat customer service (docs 94661 to 94665, 94645 to 94647, 94674)."""

import re
from typing import Any

import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint, check_length
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world import ids, service
from siyu.sandbox.world import records as r
from siyu.sandbox.world import service_records as s
from siyu.sandbox.world.contacts import departments_below

_NAME = 16
_PAGE = 100
_UNVERIFIED = 10
_SERVICERS, _DEPARTMENTS, _AT_ONCE = 2000, 20, 100
_SCENE = re.compile(r"[0-9a-zA-Z_-]{0,32}")
_MEMBER, _GROUP = 1, 2


class _Account(msgspec.Struct):
    open_kfid: str = ""
    name: str = ""
    media_id: str = ""


def account_asked(call: Call, open_kfid: str) -> s.ServiceAccount:
    """Return an account that the app may act for, or 95000, 95004, 60030."""
    if not open_kfid:
        raise ApiError(95000)
    account = call.world.service.accounts.get(open_kfid)
    if account is None or account.deleted is not None:
        raise ApiError(95004)
    if call.caller.agentid not in account.agents:
        raise ApiError(60030)
    return account


def session_asked(call: Call, account: s.ServiceAccount, external_userid: str) -> s.ServiceSession:
    """Return the chat of a customer with an account, or 41035, 40096."""
    person = call.customer(external_userid)
    session = call.world.service.session(account.open_kfid, person.id)
    if session is None:
        raise ApiError(40096)
    return session


def _check_name(name: str) -> None:
    if len(name) > _NAME:
        raise ApiError(95006)


def _avatar(call: Call, media_id: str) -> str:
    media = call.world.media.get(media_id)
    if media is None or media.type != "image" or (media.expires or 0) <= call.world.now():
        raise ApiError(40007)
    return f"{call.world.base_url}/media/{media_id}"


def _add(call: Call) -> Answer:
    asked, switches = call.read(_Account), call.world.switches
    if not asked.name:
        raise ApiError(95006)
    _check_name(asked.name)
    avatar = _avatar(call, asked.media_id)
    there = len(service.living(call.world))
    if there >= switches.service_account_cap:
        raise ApiError(95005)
    if not switches.corp_verified and there >= _UNVERIFIED:
        raise ApiError(95027)
    agents = [call.caller.agentid]
    account = service.create_account(call.world, asked.name, avatar, agents, told=False)
    return {"open_kfid": account.open_kfid}


def _update(call: Call) -> Answer:
    asked = call.read(_Account)
    account = account_asked(call, asked.open_kfid)
    _check_name(asked.name)
    if asked.media_id:
        account.avatar = _avatar(call, asked.media_id)
    account.name = asked.name or account.name
    call.world.service.accounts.save(account)
    return {}


def _delete(call: Call) -> Answer:
    service.delete_account(call.world, account_asked(call, call.read(_Account).open_kfid))
    return {}


class _List(msgspec.Struct):
    offset: int = 0
    limit: int = _PAGE


def _list(call: Call) -> Answer:
    return _page_of_accounts(call, call.read(_List))


def _list_by_query(call: Call) -> Answer:
    try:
        return _page_of_accounts(call, msgspec.convert(call.query, _List, strict=False))
    except msgspec.ValidationError as error:
        raise ApiError(40035, str(error)) from error


def _page_of_accounts(call: Call, asked: _List) -> Answer:
    if asked.offset < 0 or not 1 <= asked.limit <= _PAGE:
        raise ApiError(40058, "offset or limit")
    found = service.living(call.world)[asked.offset : asked.offset + asked.limit]
    agent = call.caller.agentid
    return {
        "account_list": [
            {
                "open_kfid": account.open_kfid, "name": account.name, "avatar": account.avatar,
                "manage_privilege": agent in account.agents,
            }
            for account in found
        ]
    }  # fmt: skip


class _Way(msgspec.Struct):
    open_kfid: str = ""
    scene: str = ""


def _add_way(call: Call) -> Answer:
    asked = call.read(_Way)
    account = account_asked(call, asked.open_kfid)
    if _SCENE.fullmatch(asked.scene) is None:
        raise ApiError(40058, "scene")
    ways = call.world.service.ways
    same = (w for w in ways if (w.open_kfid, w.scene) == (account.open_kfid, asked.scene))
    way = next(same, None) or ways.save(
        s.ServiceWay(
            code=f"ENC{ids.random_text(32)}", open_kfid=account.open_kfid, scene=asked.scene,
            created=call.world.now(),
        )
    )  # fmt: skip
    return {"url": service.url_of(call.world, way)}


class _Servicers(msgspec.Struct):
    open_kfid: str = ""
    userid_list: list[str] = []
    department_id_list: list[int] = []


def _servicers_asked(call: Call) -> tuple[s.ServiceAccount, _Servicers]:
    asked = call.read(_Servicers)
    account = account_asked(call, asked.open_kfid)
    if not asked.userid_list and not asked.department_id_list:
        raise ApiError(40063, "userid_list or department_id_list")
    if max(len(asked.userid_list), len(asked.department_id_list)) > _AT_ONCE:
        raise ApiError(40058, f"at most {_AT_ONCE}")
    return account, asked


def _result(name: str, key: str | int, code: int) -> dict[str, Any]:
    message = str(ApiError(code)) if code else "success"
    return {name: key, "errcode": code, "errmsg": message}


def _add_servicers(call: Call) -> Answer:
    account, asked = _servicers_asked(call)
    if len({*account.servicers, *asked.userid_list}) > _SERVICERS:
        raise ApiError(40058, f"at most {_SERVICERS} servicers")
    if len({*account.departments, *asked.department_id_list}) > _DEPARTMENTS:
        raise ApiError(40058, f"at most {_DEPARTMENTS} departments")
    results = []
    for userid in dict.fromkeys(asked.userid_list):
        code = _refusal(call, userid)
        if not code and userid not in account.servicers:
            account.servicers.append(userid)
        results.append(_result("userid", userid, code))
    for number in dict.fromkeys(asked.department_id_list):
        code = 0 if str(number) in call.world.departments else 60003
        if not code and number not in account.departments:
            account.departments.append(number)
        results.append(_result("department_id", number, code))
    call.world.service.accounts.save(account)
    return {"result_list": results}


def _refusal(call: Call, userid: str) -> int:
    try:
        call.staff(userid)
    except ApiError as error:
        return error.code
    return 0


def _delete_servicers(call: Call) -> Answer:
    account, asked = _servicers_asked(call)
    results = [
        _result("userid", userid, 0 if userid in account.servicers else 95014)
        for userid in dict.fromkeys(asked.userid_list)
    ] + [
        _result("department_id", number, 0 if number in account.departments else 60003)
        for number in dict.fromkeys(asked.department_id_list)
    ]
    account.servicers = [x for x in account.servicers if x not in asked.userid_list]
    account.departments = [x for x in account.departments if x not in asked.department_id_list]
    call.world.service.accounts.save(account)
    return {"result_list": results}


def _list_servicers(call: Call) -> Answer:
    account = account_asked(call, call.query.get("open_kfid", ""))
    servicers: list[dict[str, Any]] = [
        {"userid": userid, "status": int(userid in account.resting)} for userid in account.servicers
    ]
    servicers += [{"department_id": number} for number in account.departments]
    return {"servicer_list": servicers}


def _upgrade_config(call: Call) -> Answer:
    allowed = call.world.service.upgrade_range
    return {
        "member_range": {
            "userid_list": allowed.userids, "department_id_list": allowed.departments,
        },
        "groupchat_range": {"chat_id_list": allowed.chat_ids},
    }  # fmt: skip


class _Member(msgspec.Struct):
    userid: str = ""
    wording: str = ""


class _Groupchat(msgspec.Struct):
    chat_id: str = ""
    wording: str = ""


class _Upgrade(msgspec.Struct):
    open_kfid: str = ""
    external_userid: str = ""
    type: int = 0
    member: _Member = msgspec.field(default_factory=_Member)
    groupchat: _Groupchat = msgspec.field(default_factory=_Groupchat)


def _upgrade(call: Call) -> Answer:
    asked = call.read(_Upgrade)
    account = account_asked(call, asked.open_kfid)
    session = session_asked(call, account, asked.external_userid)
    if call.world.now() - max(session.spoke, session.entered) > service.HOURS_48:
        raise ApiError(95002)
    if asked.type == _MEMBER:
        advised = {"member": _advised_member(call, asked.member.userid).userid}
        wording = asked.member.wording
    elif asked.type == _GROUP:
        if asked.groupchat.chat_id not in call.world.service.upgrade_range.chat_ids:
            raise ApiError(40050)
        advised = {"groupchat": asked.groupchat.chat_id}
        wording = asked.groupchat.wording
    else:
        raise ApiError(40058, "type")
    check_length("wording", wording, 256)
    session.upgrade = {**advised, "wording": wording}
    call.world.service.sessions.save(session)
    return {}


def _advised_member(call: Call, userid: str) -> r.Staff:
    staff, allowed = call.service_staff(userid), call.world.service.upgrade_range
    below = departments_below(call.world, allowed.departments) if allowed.departments else set()
    if staff.userid not in allowed.userids and staff.department not in below:
        raise ApiError(60021)
    return staff


def _cancel_upgrade(call: Call) -> Answer:
    asked = call.read(_Upgrade)
    session = session_asked(call, account_asked(call, asked.open_kfid), asked.external_userid)
    session.upgrade = {}
    call.world.service.sessions.save(session)
    return {}


_NEEDS = service.PERMISSION
_PATH = "/cgi-bin/kf"
ENDPOINTS = (
    Endpoint("POST", f"{_PATH}/account/add", _add, needs=_NEEDS),
    Endpoint("POST", f"{_PATH}/account/update", _update, needs=_NEEDS),
    Endpoint("POST", f"{_PATH}/account/del", _delete, needs=_NEEDS),
    # the documents disagree about the method
    Endpoint("GET", f"{_PATH}/account/list", _list_by_query, needs=_NEEDS),
    Endpoint("POST", f"{_PATH}/account/list", _list, needs=_NEEDS),
    Endpoint("POST", f"{_PATH}/add_contact_way", _add_way, needs=_NEEDS),
    Endpoint("POST", f"{_PATH}/servicer/add", _add_servicers, needs=_NEEDS),
    Endpoint("POST", f"{_PATH}/servicer/del", _delete_servicers, needs=_NEEDS),
    Endpoint("GET", f"{_PATH}/servicer/list", _list_servicers, needs=_NEEDS),
    Endpoint("GET", f"{_PATH}/customer/get_upgrade_service_config", _upgrade_config, needs=_NEEDS),
    Endpoint("POST", f"{_PATH}/customer/upgrade_service", _upgrade, needs=_NEEDS),
    Endpoint("POST", f"{_PATH}/customer/cancel_upgrade_service", _cancel_upgrade, needs=_NEEDS),
)
