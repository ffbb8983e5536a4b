"""Welcomes of customer groups (入群欢迎语素材): at most 100.

Only the application that made one may change or delete it.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Final

from siyu.channels.wecom.endpoint import Endpoint, Part, Reply, Request
from siyu.channels.wecom.endpoints.content import Image, Link, Media, MiniProgram
from siyu.channels.wecom.limits import Bytes, OneOf

TemplateId = Annotated[str, Bytes(128, 1)]


class GroupWelcomeText(Request, kw_only=True, frozen=True):
    """A text of at most 3,000 bytes; ``%NICKNAME%`` (in capitals) stands for who joined."""

    content: Annotated[str, Bytes(3000, 1)]


class _Words(Request, kw_only=True, frozen=True):
    text: GroupWelcomeText | None = None
    image: Image | None = None
    link: Link | None = None
    miniprogram: MiniProgram | None = None
    file: Media | None = None
    video: Media | None = None
    agentid: int | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield violations: nothing said, or more than one thing attached."""
        attached = (self.image, self.link, self.miniprogram, self.file, self.video)
        count = sum(part is not None for part in attached)
        if self.text is None and not count:
            yield "text", "请填写文字，或附上图片、链接、小程序、文件、视频之一"
        if count > 1:
            yield "attachment", "图片、链接、小程序、文件、视频只能附上一种"


class AddGroupWelcomeRequest(_Words, kw_only=True, frozen=True):
    """A new welcome. WeCom tells the staff about it unless `notify` is 0."""

    notify: Annotated[int, OneOf((0, 1))] | None = None


class EditGroupWelcomeRequest(_Words, kw_only=True, frozen=True):
    """What a welcome says from now on."""

    template_id: TemplateId


class AddGroupWelcomeReply(Reply, kw_only=True, frozen=True):
    """The id to keep: there is no list of welcomes."""

    template_id: str


class GroupWelcomeRequest(Request, kw_only=True, frozen=True):
    """One welcome."""

    template_id: TemplateId


class DeleteGroupWelcomeRequest(GroupWelcomeRequest, kw_only=True, frozen=True):
    """One welcome, to be deleted; `agentid` is for old suites of several applications."""

    agentid: int | None = None


class WelcomeTextShown(Part, kw_only=True, frozen=True):
    """The text of a welcome."""

    content: str = ""


class GroupWelcomeReply(Reply, kw_only=True, frozen=True):
    """What a welcome says; the attached part as WeCom keeps it."""

    text: WelcomeTextShown | None = None
    image: dict[str, Any] | None = None
    link: dict[str, Any] | None = None
    miniprogram: dict[str, Any] | None = None
    file: dict[str, Any] | None = None
    video: dict[str, Any] | None = None


_PATH: Final = "/cgi-bin/externalcontact/group_welcome_template"

# each repeat would make another one that nobody knows of
ADD_GROUP_WELCOME: Final = Endpoint(
    "POST", f"{_PATH}/add", "92366", AddGroupWelcomeRequest, AddGroupWelcomeReply, idempotent=False
)
EDIT_GROUP_WELCOME: Final = Endpoint(
    "POST", f"{_PATH}/edit", "92366", EditGroupWelcomeRequest, Reply
)
GET_GROUP_WELCOME: Final = Endpoint(
    "POST", f"{_PATH}/get", "92366", GroupWelcomeRequest, GroupWelcomeReply
)
DELETE_GROUP_WELCOME: Final = Endpoint(
    "POST", f"{_PATH}/del", "92366", DeleteGroupWelcomeRequest, Reply
)
