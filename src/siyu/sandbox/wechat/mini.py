"""The mini program's server API: sign-in, phone numbers, links."""

from typing import Any

import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.wechat.accounts import mini, with_secret
from siyu.sandbox.world import ids
from siyu.sandbox.world import records as r
from siyu.sandbox.world import wechat_records as w
from siyu.sandbox.world.wechat import openid_of

_DAY = 86_400
_LONGEST_DAYS = 30
_BYTES = 1024
_TITLE = 20


def _redeem(call: Call, code: str, kind: str) -> r.Person:
    """Return whose code it is: it works once, and for five minutes."""
    world = call.world
    grant = world.grants.get(code)
    if grant is None or grant.kind != kind or grant.expires <= world.now():
        raise ApiError(40029)
    if grant.used:
        raise ApiError(40163)
    grant.used = True
    world.grants.save(grant)
    person = world.people.get(grant.who.removeprefix("p-"))
    if person is None:
        raise ApiError(40029)
    return person


def _session(call: Call) -> Answer:
    world, query = call.world, call.query
    account = with_secret(world, query.get("appid", ""), query.get("secret", ""))
    if account is not world.wechat.mini:
        raise ApiError(40013, "invalid appid")
    if query.get("grant_type") != "authorization_code":
        raise ApiError(40002, "invalid grant_type")
    person = _redeem(call, query.get("js_code", ""), "mini")
    call.free = True
    answer = {
        "session_key": f"{ids.random_text(22)}==",
        "openid": openid_of(world, person, account.appid),
    }
    return answer | ({"unionid": person.unionid} if world.switches.open_platform_bound else {})


class _Code(msgspec.Struct):
    code: str


def _phone(call: Call) -> Answer:
    account = mini(call)
    person = _redeem(call, call.read(_Code).code, "phone")
    return {
        "phone_info": {
            "phoneNumber": person.phone,
            "purePhoneNumber": person.phone,
            "countryCode": "86",
            "watermark": {"timestamp": int(call.world.now()), "appid": account.appid},
        }
    }


class _Jump(msgspec.Struct):
    path: str = ""
    query: str = ""
    env_version: str = "release"


class _Link(msgspec.Struct):
    path: str = ""
    query: str = ""
    env_version: str = "release"
    jump_wxa: _Jump = msgspec.field(default_factory=_Jump)
    expire_type: int = 0
    expire_time: int = 0
    expire_interval: int = 0


def _check_page(call: Call, path: str, query: str, version: str) -> None:
    if not call.world.holds("mini_page"):
        return
    if len(path.encode()) > _BYTES or "?" in path:
        raise ApiError(40165, "invalid weapp pagepath")
    if len(query.encode()) > _BYTES:
        raise ApiError(40212, "invalid query")
    if version not in {"release", "trial", "develop"}:
        raise ApiError(40097, "invalid args")


def _end(call: Call, asked: _Link) -> float:
    now = call.world.now()
    seconds = asked.expire_interval * _DAY if asked.expire_type else asked.expire_time - now
    limited = call.world.holds("mini_link_days")
    if seconds <= 0 or (limited and seconds > _LONGEST_DAYS * _DAY):
        raise ApiError(85401, "the expire time must be within 30 days")
    return now + seconds


def _keep(call: Call, kind: str, link: str, page: _Jump, end: float | None) -> str:
    world = call.world
    today = int(world.now()) // _DAY
    if kind != "short" and world.holds("mini_link_counts"):
        made = (x for x in world.wechat.links if x.kind != "short")
        if sum(int(x.created) // _DAY == today for x in made) >= world.switches.mini_links_per_day:
            raise ApiError(85402, "link count of the day out of limit")
    world.wechat.links.save(
        w.MiniLink(
            link=link, kind=kind, path=page.path, query=page.query, created=world.now(),
            expires=end,
        )
    )  # fmt: skip
    return link


def _url_link(call: Call) -> Answer:
    mini(call)
    asked = call.read(_Link)
    page = _Jump(asked.path, asked.query, asked.env_version)
    _check_page(call, page.path, page.query, page.env_version)
    link = f"https://wxaurl.cn/{ids.random_text(12)}"
    return {"url_link": _keep(call, "url", link, page, _end(call, asked))}


def _scheme(call: Call) -> Answer:
    mini(call)
    asked = call.read(_Link)
    page = asked.jump_wxa
    _check_page(call, page.path, page.query, page.env_version)
    link = f"weixin://dl/business/?t={ids.random_text(12)}"
    return {"openlink": _keep(call, "scheme", link, page, _end(call, asked))}


class _Short(msgspec.Struct):
    page_url: str
    page_title: str = ""
    is_permanent: bool = False


def _short_link(call: Call) -> Answer:
    account, world, asked = mini(call), call.world, call.read(_Short)
    path, _, query = asked.page_url.partition("?")
    if not path:
        raise ApiError(40066, "invalid url")
    if len(asked.page_title) > _TITLE and world.holds("mini_title"):
        raise ApiError(40225, "invalid page title")
    _check_page(call, path, query, "release")
    if asked.is_permanent and world.holds("mini_link_counts"):
        kept = sum(x.kind == "short" and x.expires is None for x in world.wechat.links)
        if kept >= world.switches.mini_permanent_links:
            raise ApiError(85400, "long-lived link count out of limit")
    end = None if asked.is_permanent else world.now() + _LONGEST_DAYS * _DAY
    link = f"#小程序://{account.name}/{ids.random_text(15)}"
    return {"link": _keep(call, "short", link, _Jump(path, query), end)}


def _row(path: str, rule: Any) -> Endpoint:
    return Endpoint("POST", f"/wxa/{path}", rule, token=False, host="wechat")


ENDPOINTS = (
    Endpoint("GET", "/sns/jscode2session", _session, token=False, host="wechat"),
    _row("business/getuserphonenumber", _phone),
    _row("generate_urllink", _url_link),
    _row("generatescheme", _scheme),
    _row("genwxashortlink", _short_link),
)
