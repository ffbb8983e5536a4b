"""What a message of an app may hold (docs 90236, 90248)."""

from typing import Any

import msgspec

from siyu.sandbox.api.call import Call, check_bytes
from siyu.sandbox.api.errors import ApiError

_TEXT_BYTES = 2048
_ARTICLES = 8
_NOTICE_ITEMS = 10
_BUTTONS, _OPTIONS, _SELECTS = 6, 20, 3
_CARDS = {
    "text_notice": ("card_action",),
    "news_notice": ("main_title", "card_action"),
    "button_interaction": ("main_title", "button_list", "task_id"),
    "vote_interaction": ("main_title", "checkbox", "submit_button", "task_id"),
    "multiple_interaction": ("main_title", "select_list", "submit_button", "task_id"),
}


class Content(msgspec.Struct):
    """A content of each type; one of them is used."""

    msgtype: str = ""
    text: dict[str, Any] = {}
    markdown: dict[str, Any] = {}
    textcard: dict[str, Any] = {}
    news: dict[str, Any] = {}
    image: dict[str, Any] = {}
    voice: dict[str, Any] = {}
    video: dict[str, Any] = {}
    file: dict[str, Any] = {}
    mpnews: dict[str, Any] = {}

    @property
    def part(self) -> dict[str, Any]:
        """The content of the type."""
        found: dict[str, Any] = getattr(self, self.msgtype)
        return found


def shown(call: Call, asked: Content) -> dict[str, str]:
    """Return what is seen on the phone; refuses empty or overlong content."""
    part = asked.part
    if asked.msgtype in {"text", "markdown"}:
        return _text(part)
    if asked.msgtype == "textcard":
        return _text_card(part)
    if asked.msgtype in {"news", "mpnews"}:
        return _articles(call, part, stored=asked.msgtype == "mpnews")
    if asked.msgtype == "template_card":
        return _template_card(part)
    if asked.msgtype == "miniprogram_notice":
        return _notice(part)
    media = media_of(call, part.get("media_id"), asked.msgtype)
    return {"title": media.filename, "url": f"{call.world.base_url}/media/{media.id}"}


def media_of(call: Call, media_id: Any, kind: str) -> Any:
    """Return an uploaded file of a type that has not ended, or 40007."""
    media = call.world.media.get(str(media_id or ""))
    if media is None or media.expires is None or media.expires <= call.world.now():
        raise ApiError(40007)
    if media.type != kind:
        raise ApiError(40007, f"the media is a {media.type}")
    return media


def _text(part: dict[str, Any]) -> dict[str, str]:
    content = str(part.get("content", ""))
    if not content:
        raise ApiError(44004)
    # Longer texts are cut, not refused.
    return {"text": content.encode()[:_TEXT_BYTES].decode(errors="ignore")}


def _text_card(card: dict[str, Any]) -> dict[str, str]:
    title, desc, url = (str(card.get(k, "")) for k in ("title", "description", "url"))
    if not title or not desc or not url:
        raise ApiError(40063, "textcard needs title, description and url")
    check_bytes("title", title, 128)
    check_bytes("description", desc, 512)
    return {"title": title, "desc": desc, "url": url}


def _articles(call: Call, part: dict[str, Any], *, stored: bool) -> dict[str, str]:
    articles = part.get("articles")
    if not isinstance(articles, list) or not 1 <= len(articles) <= _ARTICLES:
        raise ApiError(40063, f"1 to {_ARTICLES} articles")
    for article in articles:
        if not isinstance(article, dict) or not article.get("title"):
            raise ApiError(40063, "title")
        check_bytes("title", str(article["title"]), 128)
        if stored:
            media_of(call, article.get("thumb_media_id"), "image")
    first = articles[0]
    return {
        "title": str(first.get("title", "")),
        "desc": str(first.get("digest" if stored else "description", "")),
        "url": str(first.get("content_source_url" if stored else "url", "")),
        "pic": str(first.get("picurl", "")),
    }


def _notice(part: dict[str, Any]) -> dict[str, str]:
    if not part.get("appid") or not part.get("title"):
        raise ApiError(40063, "miniprogram_notice needs appid and title")
    items = part.get("content_item") or []
    if len(items) > _NOTICE_ITEMS:
        raise ApiError(40058, f"at most {_NOTICE_ITEMS} items")
    return {"title": str(part["title"]), "desc": str(part.get("description", ""))}


def _template_card(card: dict[str, Any]) -> dict[str, str]:
    check_card(card)
    main, action = card.get("main_title") or {}, card.get("card_action") or {}
    return {
        "title": str(main.get("title", "")), "desc": str(main.get("desc", "")),
        "text": str(card.get("sub_title_text", "")), "url": str(action.get("url", "")),
    }  # fmt: skip


def check_card(card: dict[str, Any]) -> None:
    """Refuse a card that lacks what its kind needs, or has too much of it."""
    needed = _CARDS.get(str(card.get("card_type", "")))
    if needed is None:
        raise ApiError(40058, "card_type")
    if missing := [name for name in needed if not card.get(name)]:
        raise ApiError(40063, f"template_card needs {missing[0]}")
    if card.get("action_menu") and not card.get("task_id"):
        raise ApiError(40063, "task_id")
    options = (card.get("checkbox") or {}).get("option_list") or []
    counts = (
        ("button_list", len(card.get("button_list") or []), _BUTTONS),
        ("select_list", len(card.get("select_list") or []), _SELECTS),
        ("option_list", len(options), _OPTIONS),
    )
    for name, count, most in counts:
        if count > most:
            raise ApiError(40058, f"{name}: at most {most}")
