"""Licences of staff accounts as a provider asks for them (docs 91200, 95544, 95552, 95555)."""

from typing import Any

import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint, page_bounds
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world import ids
from siyu.sandbox.world import licences as x
from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import departments_below
from siyu.sandbox.world.state import World

_LIFE = 7200
_CODES, _PAGE, _DEFAULT = 1000, 1000, 500
_VALID, _EXPIRED = 2, 3
_EITHER = frozenset({x.BASE, x.INTERCONNECT})


def may_serve(world: World, app: r.App) -> bool:
    """Whether customers may be worked with: someone the app sees holds a valid licence."""
    if not world.switches.licences_needed:
        return True
    below, now = departments_below(world, app.departments), world.now()
    kinds = frozenset({x.INTERCONNECT})
    seen = (s.userid for s in world.staff if s.department in below and s.status == 1)
    return any(world.licensed.holds(userid, now, kinds) for userid in seen)


def unlicensed(world: World, staff: r.Staff) -> bool:
    """Whether an account gets no app messages because it holds no valid licence."""
    needed = world.switches.licences_needed
    return needed and not world.licensed.holds(staff.userid, world.now(), _EITHER)


class _Asked(msgspec.Struct):
    corpid: str = ""
    provider_secret: str = ""
    userid: str = ""
    active_code: str = ""
    active_code_list: list[str] = []
    cursor: str = ""
    limit: int = _DEFAULT


def _token(call: Call) -> Answer:
    asked, now = call.read(_Asked), call.world.now()
    provider = call.world.licensed.providers.get(asked.corpid)
    if provider is None:
        raise ApiError(40013)
    if provider.secret != asked.provider_secret:
        raise ApiError(40001)
    if provider.token_expires <= now:
        provider.token, provider.token_expires = ids.access_token(), now + _LIFE
        call.world.licensed.providers.save(provider)
    return {
        "provider_access_token": provider.token,
        "expires_in": int(provider.token_expires - now),
    }


def _asked(call: Call) -> _Asked:
    """Read what a provider asks about this corporation; 40014 for a wrong token."""
    token, now = call.query.get("provider_access_token", ""), call.world.now()
    if not token:
        raise ApiError(41001)
    if not any(p.token == token and p.token_expires > now for p in call.world.licensed.providers):
        raise ApiError(40014)
    asked = call.read(_Asked)
    if asked.corpid != call.world.corp.corpid:
        raise ApiError(40013)
    return asked


def _shown(call: Call, licence: x.Licence) -> dict[str, Any]:
    return {
        "active_code": licence.code,
        "type": licence.kind,
        "status": _VALID if licence.expires > call.world.now() else _EXPIRED,
        "userid": licence.userid,
        "create_time": licence.active,
        "active_time": licence.active,
        "expire_time": licence.expires,
    }


def _of_user(call: Call) -> Answer:
    asked = _asked(call)
    if asked.userid not in call.world.staff:
        raise ApiError(701019)
    found = [one for one in call.world.licensed.licences if one.userid == asked.userid]
    valid = any(one.expires > call.world.now() for one in found)
    return {"active_status": int(valid), "active_info_list": [_shown(call, one) for one in found]}


def _by_code(call: Call) -> Answer:
    licence = call.world.licensed.licences.get(_asked(call).active_code)
    if licence is None:
        raise ApiError(701021)
    return {"active_info": _shown(call, licence)}


def _by_codes(call: Call) -> Answer:
    asked = _asked(call).active_code_list
    if not asked:
        raise ApiError(701025)
    if len(asked) > _CODES:
        raise ApiError(701026)
    licences = call.world.licensed.licences
    return {
        "active_info_list": [
            _shown(call, found) for code in asked if (found := licences.get(code)) is not None
        ],
        "invalid_active_code_list": [code for code in asked if code not in licences],
    }


def _users(call: Call) -> Answer:
    asked = _asked(call)
    start, limit = page_bounds(asked.cursor, asked.limit, _DEFAULT, _PAGE)
    now = call.world.now()
    found = [one for one in call.world.licensed.licences if one.expires > now]
    more = start + limit < len(found)
    return {
        "account_list": [
            {
                "userid": one.userid,
                "type": one.kind,
                "active_time": one.active,
                "expire_time": one.expires,
            }
            for one in found[start : start + limit]
        ],
        "has_more": int(more),
        "next_cursor": ids.cursor_text(start + limit) if more else "",
    }


_ROOT = "/cgi-bin/license"
ENDPOINTS = (
    Endpoint("POST", "/cgi-bin/service/get_provider_token", _token, token=False),
    Endpoint("POST", f"{_ROOT}/get_active_info_by_user", _of_user, token=False),
    Endpoint("POST", f"{_ROOT}/get_active_info_by_code", _by_code, token=False),
    Endpoint("POST", f"{_ROOT}/batch_get_active_info_by_code", _by_codes, token=False),
    Endpoint("POST", f"{_ROOT}/list_actived_account", _users, token=False),
)
