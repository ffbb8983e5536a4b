"""Drawing an article."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec
import nh3
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from siyu.content.cleaning import ATTRIBUTES, TAGS

_HERE: Final = Path(__file__).parent
_PAGES: Final = Environment(
    loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)
_ARTICLE: Final = _PAGES.get_template("article.html")

TRACKER: Final = (_HERE / "tracker.js").read_bytes()
TRACKER_PATH: Final = "/static/tracker.js"
_TRACKER_URL: Final = f"{TRACKER_PATH}?v={hashlib.sha256(TRACKER).hexdigest()[:12]}"

TOUCH_PARAMETER: Final = "t"
"""The query parameter that carries a touch's public name to the shop and back with the order."""


@dataclass(frozen=True)
class StaffFace:
    """Who is at hand on the page."""

    name: str
    avatar_url: str
    position: str


@dataclass(frozen=True)
class ArticlePage:
    """All that stands on an article's page."""

    title: str
    summary: str
    body: str
    cover: str | None
    origin: str
    url: str
    enterprise: str
    published_at: datetime | None
    staff: StaffFace | None = None
    add_code: str | None = None
    track: dict[str, Any] | None = None
    jweixin: str | None = None


def render(page: ArticlePage) -> str:
    """Return the page as HTML."""
    members = {name: getattr(page, name) for name in page.__dataclass_fields__}
    return _ARTICLE.render(
        **{
            **members,
            # The body was cleaned when it was written; nothing else enters unescaped.
            "body": Markup(page.body),  # noqa: S704
            "date": page.published_at and f"{page.published_at:%Y-%m-%d}",
            "track": page.track and _script_json(page.track),
            "tracker": _TRACKER_URL,
        }
    )


def _script_json(value: dict[str, Any]) -> Markup:
    text = msgspec.json.encode(value).decode()
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - no character that could end the script is left


@lru_cache(maxsize=2_000)
def body_with_touch(body: str, touch_slug: str) -> str:
    """Return an article whose links to other sites carry the touch, so orders bring it back."""

    def carry(tag: str, attribute: str, value: str) -> str:
        return with_touch(value, touch_slug) if (tag, attribute) == ("a", "href") else value

    return nh3.clean(
        body,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        attribute_filter=carry,
        link_rel="noopener nofollow",
    )


def with_touch(url: str, touch_slug: str) -> str:
    """Return a web address that carries a touch, in place of any it carried before."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"}:
        return url
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name != TOUCH_PARAMETER
    ]
    query.append((TOUCH_PARAMETER, touch_slug))
    return urlunsplit(parts._replace(query=urlencode(query)))
