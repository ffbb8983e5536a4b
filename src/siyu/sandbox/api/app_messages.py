"""Messages of an app to staff accounts (doc 90236)."""

from collections import defaultdict, deque
from typing import Any

import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint, check_bytes
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world import ids
from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import departments_below
from siyu.sandbox.world.state import app_chat

_MINUTE = 60.0
_TEXT_BYTES = 2048
_TYPES = (
    "text", "image", "voice", "video", "file", "textcard", "news", "mpnews", "markdown",
    "miniprogram_notice", "template_card",
)  # fmt: skip


class _Send(msgspec.Struct):
    touser: str = ""
    toparty: str = ""
    totag: str = ""
    msgtype: str = ""
    agentid: int | None = None
    text: dict[str, Any] = {}
    markdown: dict[str, Any] = {}
    textcard: dict[str, Any] = {}
    news: dict[str, Any] = {}
    template_card: dict[str, Any] = {}
    miniprogram_notice: dict[str, Any] = {}
    image: dict[str, Any] = {}
    voice: dict[str, Any] = {}
    video: dict[str, Any] = {}
    file: dict[str, Any] = {}
    mpnews: dict[str, Any] = {}


class Messenger:
    """Sends app messages and drops, without a word, what is beyond 30 per minute and member."""

    def __init__(self) -> None:
        self._sent: dict[str, deque[float]] = defaultdict(deque)

    def endpoints(self) -> tuple[Endpoint, ...]:
        """Return the rows of the endpoint table."""
        return (Endpoint("POST", "/cgi-bin/message/send", self._send, needs="app_message"),)

    def _send(self, call: Call) -> Answer:
        asked = call.read(_Send)
        app = call.caller
        if asked.agentid is None:
            raise ApiError(41011)
        if asked.agentid != app.agentid:
            raise ApiError(301002 if str(asked.agentid) in call.world.apps else 40056)
        if asked.msgtype not in _TYPES:
            raise ApiError(40008)
        shown = _shown(call, asked)
        receivers, bad_users, bad_parties = _receivers(call, asked)
        if not receivers:
            raise ApiError(81013)
        for staff in receivers:
            if self._may_send(staff.userid, call.world.now(), call):
                call.world.post_message(
                    app_chat(staff.userid), f"app-{app.agentid}", "card"
                    if asked.msgtype != "text" else "text", "app", **shown,
                )  # fmt: skip
        answer = {"msgid": ids.random_text(43)}
        if bad_users:
            answer["invaliduser"] = "|".join(bad_users)
        if bad_parties:
            answer["invalidparty"] = "|".join(bad_parties)
        return answer

    def _may_send(self, userid: str, now: float, call: Call) -> bool:
        sent = self._sent[userid]
        while sent and sent[0] <= now - _MINUTE:
            sent.popleft()
        if len(sent) >= call.world.switches.app_messages_per_minute:
            return False
        sent.append(now)
        return True


def _receivers(call: Call, asked: _Send) -> tuple[list[r.Staff], list[str], list[str]]:
    world = call.world
    visible = {s.userid: s for s in world.staff if call.sees(s)}
    if asked.touser == "@all":
        return list(visible.values()), [], []
    users = [userid for userid in asked.touser.split("|") if userid]
    parties = [party for party in asked.toparty.split("|") if party]
    found = {userid: visible[userid] for userid in users if userid in visible}
    bad_parties = [party for party in parties if party not in world.departments]
    wanted = departments_below(world, [int(p) for p in parties if p in world.departments])
    found |= {userid: s for userid, s in visible.items() if s.department in wanted}
    return list(found.values()), [u for u in users if u not in visible], bad_parties


def _shown(call: Call, asked: _Send) -> dict[str, str]:
    """Return what the staff account sees; refuses empty or overlong content."""
    if asked.msgtype in {"text", "markdown"}:
        part = asked.text if asked.msgtype == "text" else asked.markdown
        content = str(part.get("content", ""))
        if not content:
            raise ApiError(44004)
        # Longer texts are cut, not refused.
        return {"text": content.encode()[:_TEXT_BYTES].decode(errors="ignore")}
    if asked.msgtype == "textcard":
        card = asked.textcard
        title, desc, url = (str(card.get(k, "")) for k in ("title", "description", "url"))
        if not title or not desc or not url:
            raise ApiError(40063, "textcard needs title, description and url")
        check_bytes("title", title, 128)
        check_bytes("description", desc, 512)
        return {"title": title, "desc": desc, "url": url}
    if asked.msgtype == "news":
        articles = asked.news.get("articles")
        if not isinstance(articles, list) or not 1 <= len(articles) <= 8:  # noqa: PLR2004  90236
            raise ApiError(40063, "1 to 8 articles")
        first = articles[0] if isinstance(articles[0], dict) else {}
        return {
            "title": str(first.get("title", "")), "desc": str(first.get("description", "")),
            "url": str(first.get("url", "")), "pic": str(first.get("picurl", "")),
        }  # fmt: skip
    if asked.msgtype == "template_card":
        card = asked.template_card
        main = card.get("main_title") or {}
        action = card.get("card_action") or {}
        return {
            "title": str(main.get("title", "")), "desc": str(main.get("desc", "")),
            "text": str(card.get("sub_title_text", "")), "url": str(action.get("url", "")),
        }  # fmt: skip
    if asked.msgtype == "miniprogram_notice":
        notice = asked.miniprogram_notice
        return {"title": str(notice.get("title", "")), "desc": str(notice.get("description", ""))}
    return _media(call, getattr(asked, asked.msgtype))


def _media(call: Call, part: dict[str, Any]) -> dict[str, str]:
    media = call.world.media.get(str(part.get("media_id", "")))
    if media is None or media.expires is None or media.expires <= call.world.now():
        raise ApiError(40007)
    return {"title": media.filename, "url": f"{call.world.base_url}/media/{media.id}"}
