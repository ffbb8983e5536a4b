"""What a welcome says; the stage that owns the live codes answers, wired at the roof."""

from collections.abc import Collection, Mapping
from typing import Final, Protocol

import msgspec

from siyu.channels.wecom.endpoints.content import (
    Attachment,
    Image,
    ImageAttachment,
    Link,
    LinkAttachment,
)
from siyu.core.context import Context
from siyu.messaging.touches import with_touch

NICKNAME: Final = "{客户昵称}"
"""Stands for the customer's nickname in a welcome's text."""


class PlannedLink(msgspec.Struct, frozen=True, kw_only=True):
    """A link card; the welcome's touch is added to its address."""

    title: str
    url: str
    description: str = ""
    picture_url: str = ""


class WelcomePlan(msgspec.Struct, frozen=True, kw_only=True):
    """A welcome, ready to be sent: its media were uploaded ahead and are named by id."""

    live_code_id: int
    channel_id: int
    text: str = ""
    links: tuple[PlannedLink, ...] = ()
    image_media_ids: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.text or self.links or self.image_media_ids)

    @property
    def personal(self) -> bool:
        """Whether the customer's nickname must be known."""
        return NICKNAME in self.text

    def text_for(self, nickname: str) -> str:
        """Return the text for a customer; without a nickname the text reads on without it."""
        return self.text.replace(NICKNAME, nickname)

    def attachments(self, touch_slug: str) -> list[Attachment]:
        """Return what is attached, with the touch's slug in every link."""
        pictures: list[Attachment] = [
            ImageAttachment(image=Image(media_id=media_id)) for media_id in self.image_media_ids
        ]
        cards: list[Attachment] = [
            LinkAttachment(
                link=Link(
                    title=link.title,
                    url=with_touch(link.url, touch_slug),
                    desc=link.description or None,
                    picurl=link.picture_url or None,
                )
            )
            for link in self.links
        ]
        return pictures + cards


class WelcomePlans(Protocol):
    """Finds what to say to whom came through which code."""

    async def by_state(self, ctx: Context, states: Collection[str]) -> Mapping[str, WelcomePlan]:
        """Return the plans of live codes by the State that WeCom reports."""
        ...

    async def by_live_code(
        self, ctx: Context, live_code_ids: Collection[int]
    ) -> Mapping[int, WelcomePlan]:
        """Return the plans of live codes by their number."""
        ...
