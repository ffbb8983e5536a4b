"""Facts about content and its reading."""

from datetime import timedelta
from typing import ClassVar, Final

import msgspec

from siyu.facts.base import Fact


class MaterialPublished(Fact, frozen=True, kw_only=True):
    """A material may be shared."""

    type: ClassVar[str] = "material.published"
    title: ClassVar[str] = "素材发布"

    material_id: int


class MaterialShared(Fact, frozen=True, kw_only=True):
    """A staff member sent a material as a tracked link (the touch of this event)."""

    type: ClassVar[str] = "material.shared"
    title: ClassVar[str] = "分享素材"

    material_id: int
    tracked_link_id: int


class MaterialViewed(Fact, frozen=True, kw_only=True):
    """Someone opened a tracked link.

    Without an identity in the event, the reader is not known; `forwarded` is true when
    the reader is another person than the one the link was sent to. `anonymous`: the identity
    is a browser, in which nobody had signed in by then.
    """

    type: ClassVar[str] = "material.viewed"
    title: ClassVar[str] = "浏览素材"

    material_id: int
    tracked_link_id: int
    visit_id: int
    forwarded: bool = False
    anonymous: bool = False


READING: Final = timedelta(hours=12)
"""How long after its opening a visit may go on being read; all that is told of it lies within."""


class MaterialRead(Fact, frozen=True, kw_only=True):
    """A reading ended or reached a further mark; the latest one of a visit counts.

    `seconds` is the time the page was visible, `depth` the share scrolled, in percent.
    `anonymous` as in `material.viewed`.
    """

    type: ClassVar[str] = "material.read"
    title: ClassVar[str] = "阅读素材"

    material_id: int
    tracked_link_id: int
    visit_id: int
    seconds: int
    depth: int
    anonymous: bool = False


class LinkClicked(Fact, frozen=True, kw_only=True):
    """Someone followed a tracked link. Whether a page was shown, `material.viewed` tells."""

    type: ClassVar[str] = "link.clicked"
    title: ClassVar[str] = "点击链接"

    material_id: int
    tracked_link_id: int


class SiteEvent(Fact, frozen=True, kw_only=True):
    """Something happened on a web page of the enterprise's own, as its script reported it.

    `properties` are numbers, truth values and short texts without digits that could be a
    phone number.
    """

    type: ClassVar[str] = "site.event"
    title: ClassVar[str] = "网站行为"

    source_id: int
    name: str
    page: str = ""
    properties: dict[str, str | int | float | bool] = msgspec.field(default_factory=dict)
