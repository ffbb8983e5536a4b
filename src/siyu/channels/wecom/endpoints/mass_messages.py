"""Mass messages (企业群发): tasks that staff confirm in their client; nothing leaves before that.

Every customer and group receives a limited number of mass messages, those of the corporation and
of its staff together: by default one for each day of the calendar month, or 7 a week, or 1 a day
as the corporation chose (doc 92135). What is beyond is not delivered, and told by the results.
"""

from collections.abc import Iterator
from enum import IntEnum
from typing import Annotated, Any, Final

from siyu.channels.wecom.endpoint import (
    Endpoint,
    PagedReply,
    PagedRequest,
    Part,
    Reply,
    Request,
)
from siyu.channels.wecom.endpoints.content import Attachment, RecordsRequest, Text, UserId
from siyu.channels.wecom.limits import Between, Bytes, Items, OneOf

SINGLE: Final = "single"
GROUP: Final = "group"

ChatType = Annotated[str, OneOf((SINGLE, GROUP))]
MessageId = Annotated[str, Bytes(128, 1)]


class TaskStatus(IntEnum):
    """What a staff account did with its task."""

    UNSENT = 0
    SENT = 2


class Delivery(IntEnum):
    """What became of a mass message for one customer or group.

    `NO_FRIEND` is how it shows that a customer deleted the staff account unnoticed; `SURPLUS` says
    that the receiver has had what the corporation's quota allows.
    """

    UNSENT = 0
    SENT = 1
    NO_FRIEND = 2
    SURPLUS = 3


class TagList(Request, kw_only=True, frozen=True):
    """Tags of which a customer carries at least one."""

    tag_list: Annotated[list[str], Items(100, 1)]


class TagFilter(Request, kw_only=True, frozen=True):
    """Tags of which a customer carries at least one from every list."""

    group_list: Annotated[list[TagList], Items(100, 1)]


class AddMassMessageRequest(Request, kw_only=True, frozen=True):
    """A message for customers (`SINGLE`) or groups (`GROUP`).

    To customers: those of `external_userid`, or all of the `sender`'s, or those that `tag_filter`
    finds. Without a sender each customer's task goes to the visible staff account that chatted with
    them last. `allow_select` lets staff leave customers out. To groups: those of `chat_id_list`, or
    those that the `sender` chooses among their own.
    """

    chat_type: ChatType = SINGLE
    external_userid: Annotated[list[str], Items(10_000, 1)] | None = None
    chat_id_list: Annotated[list[str], Items(2000, 1)] | None = None
    tag_filter: TagFilter | None = None
    sender: UserId | None = None
    allow_select: bool | None = None
    text: Text | None = None
    attachments: Annotated[list[Attachment], Items(9)] | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield violations of what goes together."""
        if self.text is None and not self.attachments:
            yield "text", "群发内容需要文字或附件"
        if self.chat_type == GROUP:
            yield from self._broken_for_groups()
            return
        if self.chat_id_list:
            yield "chat_id_list", "发送给客户时不能指定客户群"
        if not (self.external_userid or self.sender or self.tag_filter):
            yield "sender", "请指定客户、标签或发送的成员"
        if self.external_userid and self.tag_filter:
            yield "tag_filter", "指定客户后企业微信会忽略标签，请只选一种"

    def _broken_for_groups(self) -> Iterator[tuple[str, str]]:
        if not self.sender:
            yield "sender", "发送给客户群需要指定群主"
        if self.external_userid or self.tag_filter:
            yield "external_userid", "发送给客户群时不能指定客户或标签"
        if self.allow_select:
            yield "allow_select", "只有发送给客户时才能让成员重新选择"


class AddMassMessageReply(Reply, kw_only=True, frozen=True):
    """The id to follow the message with, and the receivers that cannot get it."""

    msgid: str
    fail_list: tuple[str, ...] = ()


class MassMessagesRequest(RecordsRequest, kw_only=True, frozen=True):
    """A page of the mass messages to customers or to groups."""

    chat_type: ChatType


class MassText(Part, kw_only=True, frozen=True):
    """The text of a mass message."""

    content: str = ""


class MassMessage(Part, kw_only=True, frozen=True):
    """A mass message. `creator` is empty when it was made through the API."""

    msgid: str
    creator: str = ""
    create_time: int = 0
    create_type: int = 0
    text: MassText | None = None
    attachments: tuple[dict[str, Any], ...] = ()


class MassMessagesReply(PagedReply, kw_only=True, frozen=True):
    """A page of mass messages."""

    group_msg_list: tuple[MassMessage, ...] = ()


class MassTasksRequest(PagedRequest, kw_only=True, frozen=True):
    """A page of the staff accounts that have to confirm a message."""

    msgid: MessageId
    limit: Annotated[int, Between(1, 1000)] | None = None


class MassTask(Part, kw_only=True, frozen=True):
    """A staff account and what it did: see `TaskStatus`; `send_time` when it sent."""

    userid: str
    status: int = 0
    send_time: int = 0


class MassTasksReply(PagedReply, kw_only=True, frozen=True):
    """A page of tasks."""

    task_list: tuple[MassTask, ...] = ()


class MassResultsRequest(PagedRequest, kw_only=True, frozen=True):
    """A page of what became of a message with the receivers of one staff account."""

    msgid: MessageId
    userid: UserId
    limit: Annotated[int, Between(1, 1000)] | None = None


class MassResult(Part, kw_only=True, frozen=True):
    """A customer, or a group (`chat_id`), and what became of it: see `Delivery`."""

    userid: str = ""
    external_userid: str = ""
    chat_id: str = ""
    status: int = 0
    send_time: int = 0


class MassResultsReply(PagedReply, kw_only=True, frozen=True):
    """A page of results."""

    send_list: tuple[MassResult, ...] = ()


class MassMessageRequest(Request, kw_only=True, frozen=True):
    """One mass message of the corporation."""

    msgid: MessageId


# each repeat would bother the staff with another task
ADD_MASS_MESSAGE: Final = Endpoint(
    "POST",
    "/cgi-bin/externalcontact/add_msg_template",
    "92135",
    AddMassMessageRequest,
    AddMassMessageReply,
    idempotent=False,
    seconds=30.0,
)
LIST_MASS_MESSAGES: Final = Endpoint(
    "POST",
    "/cgi-bin/externalcontact/get_groupmsg_list_v2",
    "93338",
    MassMessagesRequest,
    MassMessagesReply,
)
LIST_MASS_TASKS: Final = Endpoint(
    "POST",
    "/cgi-bin/externalcontact/get_groupmsg_task",
    "93338",
    MassTasksRequest,
    MassTasksReply,
)
LIST_MASS_RESULTS: Final = Endpoint(
    "POST",
    "/cgi-bin/externalcontact/get_groupmsg_send_result",
    "93338",
    MassResultsRequest,
    MassResultsReply,
)
# a message can be reminded of three times in 24 hours, so a repeat would cost one of them
REMIND_MASS_MESSAGE: Final = Endpoint(
    "POST",
    "/cgi-bin/externalcontact/remind_groupmsg_send",
    "97610",
    MassMessageRequest,
    Reply,
    idempotent=False,
)
CANCEL_MASS_MESSAGE: Final = Endpoint(
    "POST",
    "/cgi-bin/externalcontact/cancel_groupmsg_send",
    "97611",
    MassMessageRequest,
    Reply,
)
