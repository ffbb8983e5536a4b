"""The world's side of the script stand-ins: signatures are checked, messages are delivered.

Signature: SHA-1 over ``jsapi_ticket=T&noncestr=N&timestamp=TS&url=U`` in this order, the url
without its fragment (docs 90506, 90539). ``config`` signs with the corporation's (or the official
account's) ticket, ``agentConfig`` with the app's.
"""

import hashlib
import hmac
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from siyu.sandbox.hosts import Who, parse_who, split_host
from siyu.sandbox.world import ids
from siyu.sandbox.world import records as r
from siyu.sandbox.world.state import World, staff_chat

_SESSION_SECONDS = 7200.0
_SCRIPTS = Path(__file__).parent / "scripts"
_CHOOSABLE = 100
_SHARE = ("title", "desc", "link", "imgUrl")


def script(name: str, base_url: str) -> str:
    """Return the stand-in ``jweixin.js`` or ``jssdk.js`` with the world's address in it."""
    parts = (_SCRIPTS / "core.js", _SCRIPTS / name)
    text = "\n".join(part.read_text(encoding="utf-8") for part in parts)
    return text.replace("__BASE__", base_url)


class Check(msgspec.Struct):
    """What a page presents in ``wx.config`` or ``wx.agentConfig``."""

    kind: str = ""
    appid: str = ""
    agentid: str = ""
    timestamp: str = ""
    noncestr: str = ""
    signature: str = ""
    url: str = ""
    apis: list[str] = []


class JsCall(msgspec.Struct):
    """A script interface called by a page whose signature was accepted."""

    session: str = ""
    name: str = ""
    data: dict[str, Any] = {}
    url: str = ""


def check(world: World, asked: Check) -> dict[str, Any]:
    """Check a signature; answers ``<kind>:ok`` with a session, or why not."""
    found = _ticket(world, asked)
    if isinstance(found, str):
        return {"errMsg": f"{asked.kind}:{found}"}
    text = (
        f"jsapi_ticket={found[0]}&noncestr={asked.noncestr}"
        f"&timestamp={asked.timestamp}&url={asked.url.partition('#')[0]}"
    )
    expected = hashlib.sha1(text.encode()).hexdigest()  # noqa: S324  the protocol fixes SHA-1
    matches = hmac.compare_digest(expected.encode(), asked.signature.encode())
    if not found[0] or not matches:  # a ticket nobody ever asked for signs nothing
        return {"errMsg": f"{asked.kind}:invalid signature", "errCode": 40093}
    who, host = split_host(urlsplit(asked.url).netloc)
    if host.lower() != found[1]:
        return {"errMsg": f"{asked.kind}:invalid url domain", "errCode": 85005}
    grant = world.grants.save(
        r.Grant(
            key=ids.random_text(43), kind="js", appid=asked.appid,
            who=who.label if who else "", expires=world.now() + _SESSION_SECONDS,
            scope=asked.kind, agentid=int(asked.agentid) if asked.agentid.isdigit() else None,
        )
    )  # fmt: skip
    return {"errMsg": f"{asked.kind}:ok", "session": grant.key}


def _ticket(world: World, asked: Check) -> tuple[str, str] | str:
    """Return the ticket to sign with and the host allowed, or why there is none."""
    if asked.kind == "agentConfig":
        app = world.apps.get(asked.agentid)
        if asked.appid != world.corp.corpid or app is None:
            return "invalid corpid or agentid"
        return app.ticket, app.trusted_domain
    if asked.kind != "config":
        return "invalid call"
    if asked.appid == world.corp.corpid:
        hosts = {app.trusted_domain for app in world.apps if app.trusted_domain}
        host = split_host(urlsplit(asked.url).netloc)[1].lower()
        return world.corp.jsapi_ticket, host if host in hosts else ""
    if asked.appid == world.official.appid:
        return world.official.jsapi_ticket, world.official.domain
    return "invalid appid"


def call(world: World, asked: JsCall) -> dict[str, Any]:
    """Answer one script interface."""
    grant = world.grants.get(asked.session)
    if grant is None or grant.kind != "js" or grant.expires <= world.now():
        return {"errMsg": f"{asked.name}:permission denied"}
    who = parse_who(grant.who)
    if asked.name in _ANYONE:
        return _ANYONE[asked.name](world, who, asked)
    if who is None or not who.is_staff or grant.scope != "agentConfig":
        return {"errMsg": f"{asked.name}:permission denied"}
    if asked.name in _STAFF:
        return _STAFF[asked.name](world, who, asked)
    return {"errMsg": f"{asked.name}:function not exist"}


def _context(world: World, who: Who | None, _asked: JsCall) -> dict[str, Any]:
    staff = world.staff.get(who.key) if who and who.is_staff else None
    entry = "single_chat_tools" if staff and staff.current is not None else "normal"
    return {"errMsg": "getContext:ok", "entry": entry}


def _share_data(world: World, who: Who | None, asked: JsCall) -> dict[str, Any]:
    person = world.people.get(who.key) if who and not who.is_staff else None
    if person is not None:
        person.share = {name: str(asked.data.get(name, "")) for name in _SHARE}
        person.share["page"] = asked.url
        world.people.save(person)
    return {"errMsg": f"{asked.name}:ok"}


def _current(world: World, who: Who, _asked: JsCall) -> dict[str, Any]:
    staff = world.staff.get(who.key)
    person = world.people.get(str(staff.current)) if staff and staff.current else None
    if person is None:
        return {"errMsg": "getCurExternalContact:fail no external contact in this context"}
    return {"errMsg": "getCurExternalContact:ok", "userId": person.external_userid}


def _send(world: World, who: Who, asked: JsCall) -> dict[str, Any]:
    staff = world.staff.get(who.key)
    if staff is None:
        return {"errMsg": f"{asked.name}:permission denied"}
    chosen = asked.data.get("person")
    if asked.name == "sendChatMessage":  # only beside a chat; shareAppMessage always asks whom
        chosen = staff.current
        if chosen is None:
            return {"errMsg": "sendChatMessage:fail not in a chat"}
    elif chosen is None:
        contacts = [
            {"id": person.id, "name": relation.remark or person.name}
            for relation in reversed(list(world.customers_of(staff.userid)))
            if (person := world.people.get(str(relation.person))) is not None
        ]
        return {"errMsg": f"{asked.name}:choose", "contacts": contacts[:_CHOOSABLE]}
    relation = world.relation(staff.userid, chosen) if isinstance(chosen, int) else None
    if relation is None or not relation.staff_has:
        return {"errMsg": f"{asked.name}:fail not your customer"}
    kind, parts = _content(asked)
    if not parts:
        return {"errMsg": f"{asked.name}:fail invalid parameters"}
    staff_sends(world, relation, kind, "jssdk", parts)
    return {"errMsg": f"{asked.name}:ok"}


_ANYONE = {
    "getContext": _context,
    "updateAppMessageShareData": _share_data,
    "updateTimelineShareData": _share_data,
}
_STAFF = {"getCurExternalContact": _current, "sendChatMessage": _send, "shareAppMessage": _send}


def _content(asked: JsCall) -> tuple[str, dict[str, str]]:
    """Translate the interface's parameters into a message."""
    kind = str(asked.data.get("msgtype", "news"))
    if kind == "text":
        part = asked.data.get("text")
        content = str(part.get("content", "")) if isinstance(part, dict) else ""
        return "text", {"text": content} if content else {}
    part = asked.data if asked.name == "shareAppMessage" else asked.data.get(kind)
    if not isinstance(part, dict):
        return kind, {}
    link = str(part.get("link") or part.get("page") or "")
    shown = {
        "title": str(part.get("title", "")), "desc": str(part.get("desc", "")), "url": link,
        "pic": str(part.get("imgUrl", "")),
    }  # fmt: skip
    return ("link" if kind == "news" else kind), shown if link else {}


def staff_sends(
    world: World, relation: r.Relation, kind: str, source: str, parts: dict[str, str]
) -> r.Message:
    """Write to a customer as a staff account; who deleted the account does not get it."""
    chat = staff_chat(relation.userid, relation.person)
    message = world.post_message(chat, f"s-{relation.userid}", kind, source, **parts)
    if not relation.customer_has:
        world.post_message(
            chat, "system", "system", "system",
            text="对方还不是你的联系人,消息未送达",
        )  # fmt: skip
    elif not relation.chatting:
        relation.chatting = True
        world.relations.save(relation)
    return message
