"""Moments for customers (客户朋友圈): tasks that staff publish in their client.

A task is made by a job whose outcome is asked for later (doc 95094); a Moment of the corporation
becomes one post of every staff account that publishes it (doc 93333).
"""

from collections.abc import Iterator
from enum import IntEnum
from typing import Annotated, Final

from siyu.channels.wecom.endpoint import (
    Endpoint,
    PagedReply,
    PagedRequest,
    Part,
    Reply,
    Request,
    Window,
)
from siyu.channels.wecom.endpoints.content import Media, RecordsRequest, Url, UserId
from siyu.channels.wecom.limits import Between, Bytes, Chars, Items

_PICTURES: Final = 9

MomentId = Annotated[str, Bytes(128, 1)]


class JobStatus(IntEnum):
    """How far a job is."""

    STARTED = 1
    RUNNING = 2
    DONE = 3


class MomentText(Request, kw_only=True, frozen=True):
    """A text of at most 2,000 characters and 4,000 bytes."""

    content: Annotated[str, Chars(2000, 1), Bytes(4000)]


class MomentLink(Request, kw_only=True, frozen=True):
    """A card that opens a page; the picture comes from ``upload_attachment``."""

    url: Url
    title: Annotated[str, Bytes(64)] | None = None
    media_id: Annotated[str, Bytes(512, 1)]


class PictureInMoment(Request, kw_only=True, frozen=True, tag_field="msgtype", tag="image"):
    """A picture, handed over by ``upload_attachment``."""

    image: Media


class VideoInMoment(Request, kw_only=True, frozen=True, tag_field="msgtype", tag="video"):
    """A video of at most 30 s, handed over by ``upload_attachment``."""

    video: Media


class LinkInMoment(Request, kw_only=True, frozen=True, tag_field="msgtype", tag="link"):
    """A link card."""

    link: MomentLink


MomentAttachment = PictureInMoment | VideoInMoment | LinkInMoment


class Senders(Request, kw_only=True, frozen=True):
    """Staff accounts and departments that get the task."""

    user_list: Annotated[list[str], Items(100_000)] | None = None
    department_list: Annotated[list[int], Items(100_000)] | None = None


class Customers(Request, kw_only=True, frozen=True):
    """Customers that carry one of the tags."""

    tag_list: Annotated[list[str], Items(100_000)] | None = None


class VisibleRange(Request, kw_only=True, frozen=True):
    """Who publishes and who may see it.

    Senders only: all their customers. Tags only: the visible followers of those customers publish,
    seen by these. Both: the senders publish, seen by the tagged. Neither: all visible staff.
    """

    sender_list: Senders | None = None
    external_contact_list: Customers | None = None


class AddMomentRequest(Request, kw_only=True, frozen=True):
    """A text with up to nine pictures, one video or one link."""

    text: MomentText | None = None
    attachments: Annotated[list[MomentAttachment], Items(_PICTURES)] | None = None
    visible_range: VisibleRange | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield violations of what goes together."""
        attachments = self.attachments or []
        if self.text is None and not attachments:
            yield "text", "朋友圈需要文字或附件"
        if len({type(attachment) for attachment in attachments}) > 1:
            yield "attachments", "图片、视频、链接只能选一种"
        elif len(attachments) > 1 and not isinstance(attachments[0], PictureInMoment):
            yield "attachments", "视频或链接只能有一个"


class MomentJobReply(Reply, kw_only=True, frozen=True):
    """The job to ask for within 24 hours."""

    jobid: str


class MomentJobRequest(Request, kw_only=True, frozen=True):
    """One job."""

    jobid: Annotated[str, Bytes(64, 1)]


class InvalidSenders(Part, kw_only=True, frozen=True):
    """Senders that do not exist or are not visible."""

    user_list: tuple[str, ...] = ()
    department_list: tuple[int, ...] = ()


class InvalidCustomers(Part, kw_only=True, frozen=True):
    """Tags that do not exist."""

    tag_list: tuple[str, ...] = ()


class MomentJobResult(Part, kw_only=True, frozen=True):
    """What a finished job made: a Moment, or `errcode` says why none."""

    errcode: int = 0
    errmsg: str = ""
    moment_id: str = ""
    invalid_sender_list: InvalidSenders | None = None
    invalid_external_contact_list: InvalidCustomers | None = None


class MomentJobStateReply(Reply, kw_only=True, frozen=True):
    """How far a job is: see `JobStatus`; `result` once it is done."""

    status: int = 0
    type: str = ""
    result: MomentJobResult | None = None


class MomentsRequest(RecordsRequest, kw_only=True, frozen=True):
    """A page of the Moments of the corporation and its staff."""


class ShownText(Part, kw_only=True, frozen=True):
    """The text of a Moment."""

    content: str = ""


class ShownImage(Part, kw_only=True, frozen=True):
    """A picture of a Moment."""

    media_id: str = ""


class ShownVideo(Part, kw_only=True, frozen=True):
    """The video of a Moment and its cover."""

    media_id: str = ""
    thumb_media_id: str = ""


class ShownLink(Part, kw_only=True, frozen=True):
    """The link of a Moment."""

    title: str = ""
    url: str = ""


class ShownLocation(Part, kw_only=True, frozen=True):
    """Where a Moment says it was made; degrees, as texts or numbers."""

    latitude: float = 0.0
    longitude: float = 0.0
    name: str = ""


class Moment(Part, kw_only=True, frozen=True):
    """A Moment. `creator` is empty when it was made through the API.

    `create_type`: 0 by the corporation, 1 by a staff account. `visible_type`: 0 for some, 1 for
    all customers of whoever publishes.
    """

    moment_id: str
    creator: str = ""
    create_time: int = 0
    create_type: int = 0
    visible_type: int = 0
    text: ShownText | None = None
    image: tuple[ShownImage, ...] = ()
    video: ShownVideo | None = None
    link: ShownLink | None = None
    location: ShownLocation | None = None


class MomentsReply(PagedReply, kw_only=True, frozen=True):
    """A page of Moments."""

    moment_list: tuple[Moment, ...] = ()


class MomentTasksRequest(PagedRequest, kw_only=True, frozen=True):
    """A page of the staff accounts that have to publish a Moment of the corporation."""

    moment_id: MomentId
    limit: Annotated[int, Between(1, 1000)] | None = None


class MomentTask(Part, kw_only=True, frozen=True):
    """A staff account; `publish_status` 1 once it has published."""

    userid: str
    publish_status: int = 0

    @property
    def published(self) -> bool:
        """Whether the staff account has published."""
        return self.publish_status == 1


class MomentTasksReply(PagedReply, kw_only=True, frozen=True):
    """A page of tasks."""

    task_list: tuple[MomentTask, ...] = ()


class MomentChosenRequest(PagedRequest, kw_only=True, frozen=True):
    """A page of the customers a staff account's post is meant for."""

    moment_id: MomentId
    userid: UserId
    limit: Annotated[int, Between(1, 1000)] | None = None


class MomentShownRequest(PagedRequest, kw_only=True, frozen=True):
    """A page of the customers who can see a staff account's post."""

    moment_id: MomentId
    userid: UserId
    limit: Annotated[int, Between(1, 5000)] | None = None


class MomentCustomer(Part, kw_only=True, frozen=True):
    """A customer; `userid` is the staff account, where it is told."""

    external_userid: str
    userid: str = ""


class MomentCustomersReply(PagedReply, kw_only=True, frozen=True):
    """A page of customers."""

    customer_list: tuple[MomentCustomer, ...] = ()


class MomentReactionsRequest(Request, kw_only=True, frozen=True):
    """The post of one staff account."""

    moment_id: MomentId
    userid: UserId


class MomentReaction(Part, kw_only=True, frozen=True):
    """Who reacted and when: a customer or a staff account. What was written is not told."""

    external_userid: str = ""
    userid: str = ""
    create_time: int = 0


class MomentReactionsReply(Reply, kw_only=True, frozen=True):
    """Comments and likes of a post."""

    comment_list: tuple[MomentReaction, ...] = ()
    like_list: tuple[MomentReaction, ...] = ()


class MomentRequest(Request, kw_only=True, frozen=True):
    """One Moment of the corporation."""

    moment_id: MomentId


_MONTH: Final = 30 * 24 * 3600
_ROOT: Final = "/cgi-bin/externalcontact"

# each repeat would bother the staff with another task
ADD_MOMENT: Final = Endpoint(
    "POST",
    f"{_ROOT}/add_moment_task",
    "95094",
    AddMomentRequest,
    MomentJobReply,
    idempotent=False,
    windows=(Window(10, 60), Window(100_000, _MONTH)),
)
GET_MOMENT_JOB: Final = Endpoint(
    "GET",
    f"{_ROOT}/get_moment_task_result",
    "95094",
    MomentJobRequest,
    MomentJobStateReply,
)
LIST_MOMENTS: Final = Endpoint(
    "POST", f"{_ROOT}/get_moment_list", "93333", MomentsRequest, MomentsReply
)
LIST_MOMENT_TASKS: Final = Endpoint(
    "POST", f"{_ROOT}/get_moment_task", "93333", MomentTasksRequest, MomentTasksReply
)
LIST_MOMENT_CHOSEN: Final = Endpoint(
    "POST",
    f"{_ROOT}/get_moment_customer_list",
    "93333",
    MomentChosenRequest,
    MomentCustomersReply,
)
LIST_MOMENT_SHOWN: Final = Endpoint(
    "POST",
    f"{_ROOT}/get_moment_send_result",
    "93333",
    MomentShownRequest,
    MomentCustomersReply,
)
GET_MOMENT_REACTIONS: Final = Endpoint(
    "POST",
    f"{_ROOT}/get_moment_comments",
    "93333",
    MomentReactionsRequest,
    MomentReactionsReply,
)
CANCEL_MOMENT: Final = Endpoint(
    "POST", f"{_ROOT}/cancel_moment_task", "97612", MomentRequest, Reply
)
