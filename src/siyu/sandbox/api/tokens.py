"""Access tokens, tickets and identities behind OAuth codes (docs 91039, 90506, 91023, 95833)."""

import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.hosts import parse_who
from siyu.sandbox.world import ids
from siyu.sandbox.world import records as r

_LIFE = 7200
_WRONG_PER_HOUR = 2000
_TICKET_LIFE = 1800
_LOOPBACK_IPS = ["127.0.0.1"]


def _gettoken(call: Call) -> Answer:
    world, corpid = call.world, call.query.get("corpid", "")
    secret = call.query.get("corpsecret", "")
    if not corpid:
        raise ApiError(41002)
    if not secret:
        raise ApiError(41004)
    if corpid != world.corp.corpid:
        raise ApiError(40013)
    app = next((app for app in world.apps if app.secret == secret), None)
    if app is None:
        _count_wrong_secret(call)
        raise ApiError(40001)
    now = world.now()
    if not app.token or app.token_expires <= now:
        app.token, app.token_expires = ids.access_token(), now + _LIFE
        world.apps.save(app)
        world.tokens.save(r.Token(token=app.token, owner=app.agentid, expires=app.token_expires))
    return {"access_token": app.token, "expires_in": int(app.token_expires - now)}


def _count_wrong_secret(call: Call) -> None:
    corp, hour = call.world.corp, int(call.world.now()) // 3600
    if corp.wrong_secrets_hour != hour:
        corp.wrong_secrets_hour, corp.wrong_secrets = hour, 0
    corp.wrong_secrets += 1
    call.world.corps.save(corp)
    if corp.wrong_secrets > _WRONG_PER_HOUR:
        raise ApiError(45009)


def _corp_ticket(call: Call) -> Answer:
    corp, now = call.world.corp, call.world.now()
    if not corp.jsapi_ticket or corp.jsapi_ticket_expires <= now:
        corp.jsapi_ticket, corp.jsapi_ticket_expires = ids.ticket(), now + _LIFE
        call.world.corps.save(corp)
    return {"ticket": corp.jsapi_ticket, "expires_in": int(corp.jsapi_ticket_expires - now)}


def _app_ticket(call: Call) -> Answer:
    if call.query.get("type") != "agent_config":
        raise ApiError(40035, "invalid type")
    app, now = call.caller, call.world.now()
    if not app.ticket or app.ticket_expires <= now:
        app.ticket, app.ticket_expires = ids.ticket(), now + _LIFE
        call.world.apps.save(app)
    return {"ticket": app.ticket, "expires_in": int(app.ticket_expires - now)}


def _identity(call: Call) -> tuple[r.Grant, r.Staff | r.Person]:
    """Use up an OAuth code: 41008, 40029, 42022, 42003."""
    world, code = call.world, call.query.get("code", "")
    if not code:
        raise ApiError(41008)
    grant = world.grants.get(code)
    if grant is None or grant.kind != "code" or grant.appid != world.corp.corpid:
        raise ApiError(40029)
    if grant.used:
        raise ApiError(42022)
    if grant.expires <= world.now():
        raise ApiError(42003)
    who = parse_who(grant.who)
    found: r.Staff | r.Person | None = None
    if who is not None:
        found = world.staff.get(who.key) if who.is_staff else world.people.get(who.key)
    if found is None:
        raise ApiError(40029)
    grant.used = True
    world.grants.save(grant)
    return grant, found


def _getuserinfo(call: Call) -> Answer:
    grant, found = _identity(call)
    if isinstance(found, r.Person):
        answer = {"openid": found.openids[call.world.corp.corpid]}
        followers = [call.world.staff.get(x.userid) for x in call.world.followers_of(found.id)]
        if any(staff is not None and call.sees(staff) for staff in followers):
            answer["external_userid"] = found.external_userid
        return answer
    if not call.sees(found):
        raise ApiError(60021)
    if grant.scope != "snsapi_privateinfo":
        return {"userid": found.userid}
    ticket = call.world.grants.save(
        r.Grant(
            key=ids.ticket(), kind="ticket", appid=grant.appid, who=grant.who,
            expires=call.world.now() + _TICKET_LIFE,
        )
    )  # fmt: skip
    return {"userid": found.userid, "user_ticket": ticket.key}


def _legacy_getuserinfo(call: Call) -> Answer:
    answer = _getuserinfo(call)
    if not isinstance(answer, dict):
        return answer
    names = {"userid": "UserId", "openid": "OpenId"}
    return {names.get(key, key): value for key, value in answer.items()} | {"DeviceId": ""}


class _Detail(msgspec.Struct):
    user_ticket: str = ""


def _getuserdetail(call: Call) -> Answer:
    world = call.world
    grant = world.grants.get(call.read(_Detail).user_ticket)
    if grant is None or grant.kind != "ticket" or grant.expires <= world.now():
        raise ApiError(40078)
    staff = world.staff.get(grant.who.partition("-")[2])
    if staff is None:
        raise ApiError(60111)
    return {
        "userid": staff.userid,
        "gender": str(staff.gender),
        "avatar": f"{world.base_url}/avatar/s-{staff.userid}.svg",
        "qr_code": f"{world.base_url}/qr/staff/{staff.userid}.png",
        "mobile": staff.mobile.removeprefix("+86"),
        "email": "",
        "biz_mail": f"{staff.userid}@xiaojingyu.example",
        "address": "",
    }


def _addresses(_call: Call) -> Answer:
    return {"ip_list": _LOOPBACK_IPS}


ENDPOINTS = (
    Endpoint("GET", "/cgi-bin/gettoken", _gettoken, token=False),
    Endpoint("GET", "/cgi-bin/get_jsapi_ticket", _corp_ticket, needs="jssdk"),
    Endpoint("GET", "/cgi-bin/ticket/get", _app_ticket, needs="jssdk"),
    Endpoint("GET", "/cgi-bin/auth/getuserinfo", _getuserinfo, needs="oauth"),
    Endpoint("GET", "/cgi-bin/user/getuserinfo", _legacy_getuserinfo, needs="oauth"),
    Endpoint("POST", "/cgi-bin/auth/getuserdetail", _getuserdetail, needs="oauth"),
    Endpoint("GET", "/cgi-bin/getcallbackip", _addresses),
    Endpoint("GET", "/cgi-bin/get_api_domain_ip", _addresses),
)
