"""The official account's server API (host api.weixin.qq.com): OAuth tokens, tokens, tickets."""

from typing import Any

import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.wechat.accounts import Account, check_token, save, with_secret
from siyu.sandbox.world import ids
from siyu.sandbox.world import records as r

_LIFE = 7200
_SNAPSHOT_NAME = "微信用户"


def _person(call: Call, who: str) -> r.Person:
    person = call.world.people.get(who.removeprefix("p-"))
    if person is None:
        raise ApiError(40029)
    return person


def _snapshot_openid(person: r.Person) -> str:
    """Return a snapshot user's virtual openid: stable, and leading to nobody."""
    return "o" + ids.random_text(27, ids.seeded(f"snapshot:{person.id}"))


def _access_token(call: Call) -> Answer:
    world, query = call.world, call.query
    with_secret(world, query.get("appid", ""), query.get("secret", ""))
    grant = world.grants.get(query.get("code", ""))
    if grant is None or grant.kind != "code" or grant.appid != world.official.appid:
        raise ApiError(40029)
    if grant.used:
        raise ApiError(40163)
    if grant.expires <= world.now():
        raise ApiError(42003)
    grant.used = True
    world.grants.save(grant)
    person = _person(call, grant.who)
    token = world.grants.save(
        r.Grant(
            key=ids.access_token()[:110], kind="sns", appid=grant.appid, who=grant.who,
            expires=world.now() + _LIFE, scope=grant.scope,
        )
    )  # fmt: skip
    call.free = True
    answer: dict[str, Any] = {
        "access_token": token.key,
        "expires_in": _LIFE,
        "refresh_token": ids.access_token()[:110],
        "openid": _snapshot_openid(person)
        if person.snapshot
        else person.openids[world.official.appid],
        "scope": grant.scope,
    }
    if person.snapshot:
        answer["is_snapshotuser"] = 1
    elif world.switches.open_platform_bound and (
        grant.scope == "snsapi_userinfo" or world.switches.unionid_in_base
    ):
        answer["unionid"] = person.unionid
    return answer


def _userinfo(call: Call) -> Answer:
    world = call.world
    grant = world.grants.get(call.query.get("access_token", ""))
    if grant is None or grant.kind != "sns":
        raise ApiError(40001)
    if grant.expires <= world.now():
        raise ApiError(42001)
    if grant.scope != "snsapi_userinfo":
        raise ApiError(48001, "api unauthorized")
    person = _person(call, grant.who)
    openid = _snapshot_openid(person) if person.snapshot else person.openids[grant.appid]
    if call.query.get("openid", "") != openid:
        raise ApiError(40003, "invalid openid")
    call.free = True
    face = "none" if person.snapshot else f"p-{person.id}"
    answer: dict[str, Any] = {
        "openid": openid,
        "nickname": _SNAPSHOT_NAME if person.snapshot else person.name,
        "sex": 0,
        "language": "",
        "city": "",
        "province": "",
        "country": "",
        "headimgurl": f"{world.base_url}/avatar/{face}.svg",
        "privilege": [],
    }
    if world.switches.open_platform_bound and not person.snapshot:
        answer["unionid"] = person.unionid
    return answer


def _new_token(call: Call, account: Account, *, fresh: bool) -> Answer:
    now = call.world.now()
    if fresh or not account.token or account.token_expires <= now:
        account.token, account.token_expires = ids.access_token()[:136], now + _LIFE
        save(call.world, account)
    call.free = True
    return {"access_token": account.token, "expires_in": int(account.token_expires - now)}


def _token(call: Call) -> Answer:
    if call.query.get("grant_type") != "client_credential":
        raise ApiError(40002, "invalid grant_type")
    account = with_secret(call.world, call.query.get("appid", ""), call.query.get("secret", ""))
    return _new_token(call, account, fresh=True)


class _Stable(msgspec.Struct):
    grant_type: str = ""
    appid: str = ""
    secret: str = ""
    force_refresh: bool = False


def _stable_token(call: Call) -> Answer:
    asked = call.read(_Stable)
    if asked.grant_type != "client_credential":
        raise ApiError(40002, "invalid grant_type")
    account = with_secret(call.world, asked.appid, asked.secret)
    return _new_token(call, account, fresh=asked.force_refresh)


def _ticket(call: Call) -> Answer:
    official, now = call.world.official, call.world.now()
    check_token(call, official)
    if call.query.get("type") != "jsapi":
        raise ApiError(40097, "invalid args")
    if not official.jsapi_ticket or official.jsapi_ticket_expires <= now:
        official.jsapi_ticket, official.jsapi_ticket_expires = ids.ticket(), now + _LIFE
        call.world.officials.save(official)
    return {
        "ticket": official.jsapi_ticket,
        "expires_in": int(official.jsapi_ticket_expires - now),
    }


ENDPOINTS = (
    Endpoint("GET", "/sns/oauth2/access_token", _access_token, token=False),
    Endpoint("GET", "/sns/userinfo", _userinfo, token=False),
    Endpoint("GET", "/cgi-bin/token", _token, token=False),
    Endpoint("POST", "/cgi-bin/stable_token", _stable_token, token=False),
    Endpoint("GET", "/cgi-bin/ticket/getticket", _ticket, token=False),
)
