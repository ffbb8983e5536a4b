"""OAuth inside WeCom and WeChat, and WeCom's sign-in for browsers (docs 91022, 98152).

Who asks is read from the host of the redirect address (``p-17.``, ``s-linxiaoyue.``); without such
a prefix a page asks. The redirect host must be the trusted domain, looking through the prefix.
"""

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode, urlsplit, urlunsplit

from siyu.sandbox.hosts import Who, parse_who, split_host
from siyu.sandbox.world import ids
from siyu.sandbox.world import records as r
from siyu.sandbox.world.state import World

_CODE_SECONDS = 300.0
_STATE_BYTES = 128
_PICKABLE = 60
_WECOM_SCOPES = ("snsapi_base", "snsapi_privateinfo")
_WECHAT_SCOPES = ("snsapi_base", "snsapi_userinfo")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the browser gets: a redirect to ``location``, or ``page`` (HTML) with ``status``."""

    location: str = ""
    page: str = ""
    status: int = 302
    note: str = ""


def authorize(world: World, query: dict[str, str]) -> Outcome:
    """Answer ``/connect/oauth2/authorize`` for the corporation and for the official account."""
    if refusal := _wrong_request(world, query):
        return refusal
    who, _ = split_host(urlsplit(query["redirect_uri"]).netloc)
    return _answer(world, query, who, staff_only=False)


def _wrong_request(world: World, query: dict[str, str]) -> Outcome | None:
    appid, redirect = query.get("appid", ""), query.get("redirect_uri", "")
    is_corp = appid == world.corp.corpid
    if not is_corp and appid != world.official.appid:
        return _refusal(10_013, "appid 不存在")
    scopes = _WECOM_SCOPES if is_corp else _WECHAT_SCOPES
    if query.get("response_type") != "code" or query.get("scope") not in scopes:
        return _refusal(10_005, "response_type 或 scope 参数错误")
    if len(query.get("state", "").encode()) > _STATE_BYTES:
        return _refusal(10_011, "state 参数过长")
    if is_corp and not _trusted(world, redirect, query.get("agentid", "")):
        return _refusal(50_001, "redirect_uri 与应用的可信域名不一致")
    if not is_corp and split_host(urlsplit(redirect).netloc)[1].lower() != world.official.domain:
        return _refusal(10_003, "redirect_uri 域名与后台配置不一致")
    return None


def login(world: World, query: dict[str, str]) -> Outcome:
    """Answer WeCom's sign-in page for browsers, where a real one shows a code to scan."""
    if query.get("appid") != world.corp.corpid:
        return _refusal(10_013, "appid 不存在")
    if not _trusted(world, query.get("redirect_uri", ""), query.get("agentid", "")):
        return _refusal(50_001, "redirect_uri 与应用的授权登录回调域不一致")
    who, _ = split_host(urlsplit(query["redirect_uri"]).netloc)
    return _answer(world, query, who, staff_only=True)


def _trusted(world: World, redirect: str, agentid: str) -> bool:
    host = split_host(urlsplit(redirect).netloc)[1].lower()
    apps = [app for app in world.apps if not agentid or str(app.agentid) == agentid]
    return bool(host) and any(app.trusted_domain == host for app in apps)


def _answer(world: World, query: dict[str, str], who: Who | None, *, staff_only: bool) -> Outcome:
    who = parse_who(query["as"]) if "as" in query else who
    if who is None:
        return Outcome(page=_picker(world, query, staff_only=staff_only), status=200)
    known = world.staff.get(who.key) if who.is_staff else world.people.get(who.key)
    wechat_only = query.get("appid") == world.official.appid
    if known is None or (who.is_staff and wechat_only) or (staff_only and not who.is_staff):
        return _refusal(10_016, "当前微信身份不能使用这个入口")
    grant = world.grants.save(
        r.Grant(
            key=ids.oauth_code(),
            kind="code",
            appid=query["appid"],
            who=who.label,
            expires=world.now() + _CODE_SECONDS,
            scope=query.get("scope", "snsapi_base"),
            agentid=int(query["agentid"]) if query.get("agentid", "").isdigit() else None,
        )
    )
    parts = urlsplit(query["redirect_uri"])
    added = urlencode({"code": grant.key, "state": query.get("state", "")})
    joined = f"{parts.query}&{added}" if parts.query else added
    return Outcome(location=urlunsplit(parts._replace(query=joined, fragment="")), note=who.label)


def _refusal(code: int, sentence: str) -> Outcome:
    html = page(
        "无法继续访问", f"<h1>无法继续访问</h1><p>{escape(sentence)}</p><p>错误码 {code}</p>"
    )
    return Outcome(page=html, status=200, note=f"{code} {sentence}")


def _picker(world: World, query: dict[str, str], *, staff_only: bool) -> str:
    def row(who: str, name: str, about: str) -> str:
        link = "?" + urlencode({**query, "as": who})
        return (
            f'<li><a href="{escape(link)}" data-who="{who}"><img src="/avatar/{who}.svg" alt="">'
            f"<b>{escape(name)}</b><span>{escape(about)}</span></a></li>"
        )

    staff = [row(f"s-{s.userid}", s.name, s.position) for s in world.staff]
    people = [
        row(f"p-{p.id}", p.name, "微信用户")
        for p in sorted(world.people, key=lambda p: -p.id)[:_PICKABLE]
    ]
    parts = ["<h1>你是谁?</h1><p>模拟世界里由谁打开这个页面</p>"]
    if query.get("appid") != world.official.appid:
        parts.append(f"<h2>员工账号</h2><ul>{''.join(staff)}</ul>")
    if not staff_only:
        parts.append(f"<h2>客户</h2><ul>{''.join(people)}</ul>")
    return page("你是谁?", "".join(parts))


def page(title: str, body: str) -> str:
    """Return a plain page in the world's own look."""
    return (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>"
        ":root{color-scheme:light dark;--ink:#17211F;--paper:#FAFAF7;--line:#E6E8E3;--jade:#0E8F7E}"
        "@media(prefers-color-scheme:dark){:root{--ink:#E9EFEC;--paper:#111715;--line:#2A3330;"
        "--jade:#3BC4AE}}"
        "body{font:16px/1.6 system-ui,'PingFang SC','Noto Sans SC',sans-serif;margin:0 auto;"
        "max-width:480px;padding:24px 16px;background:var(--paper);color:var(--ink)}"
        "h1{font-size:20px;margin:0}h2{font-size:14px;margin:24px 0 4px}p{margin:4px 0}"
        "ul{list-style:none;margin:0;padding:0}li{border-bottom:1px solid var(--line)}"
        "a{display:flex;gap:12px;align-items:center;padding:8px 0;color:inherit;"
        "text-decoration:none}a:focus-visible{outline:2px solid var(--jade)}"
        "img{width:40px;height:40px;border-radius:6px}span{margin-left:auto;font-size:13px;"
        f"opacity:.7}}</style><body>{body}</body></html>"
    )
