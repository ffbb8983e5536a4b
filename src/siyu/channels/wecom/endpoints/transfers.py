"""Hand-over of customers from one staff account to another (客户继承).

A customer has a day to refuse; whoever does nothing follows. On the job a customer can be handed
over twice in 90 days.
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
)
from siyu.channels.wecom.endpoints.content import UserId
from siyu.channels.wecom.limits import Between, Chars, Items


class TransferStatus(IntEnum):
    """How far a hand-over is."""

    DONE = 1
    WAITING = 2
    REFUSED = 3
    FULL = 4
    UNKNOWN = 5


class TransferRequest(Request, kw_only=True, frozen=True):
    """Up to 100 customers of one staff account for another."""

    handover_userid: UserId
    takeover_userid: UserId
    external_userid: Annotated[list[str], Items(100, 1)]

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when nothing would change hands."""
        if self.handover_userid == self.takeover_userid:
            yield "takeover_userid", "接替成员不能是原跟进成员"


class TransferOnTheJobRequest(TransferRequest, kw_only=True, frozen=True):
    """A hand-over between two at work; the message greets the customer when it is done."""

    transfer_success_msg: Annotated[str, Chars(200)] | None = None


class TransferStarted(Part, kw_only=True, frozen=True):
    """A customer; `errcode` 0 says that the hand-over began."""

    external_userid: str
    errcode: int = 0


class TransferReply(Reply, kw_only=True, frozen=True):
    """What became of each customer asked for."""

    customer: tuple[TransferStarted, ...] = ()


class TransferResultsRequest(PagedRequest, kw_only=True, frozen=True):
    """A page of the hand-overs between two staff accounts."""

    handover_userid: UserId
    takeover_userid: UserId


class TransferResult(Part, kw_only=True, frozen=True):
    """A customer: see `TransferStatus`; `takeover_time` lies ahead while it waits."""

    external_userid: str
    status: int = 0
    takeover_time: int = 0


class TransferResultsReply(PagedReply, kw_only=True, frozen=True):
    """A page of hand-overs."""

    customer: tuple[TransferResult, ...] = ()


class UnassignedRequest(PagedRequest, kw_only=True, frozen=True):
    """A page of the customers that staff who left have left behind."""

    page_size: Annotated[int, Between(1, 1000)] | None = None


class Unassigned(Part, kw_only=True, frozen=True):
    """A customer, whose they were, and when that staff account left (seconds)."""

    handover_userid: str
    external_userid: str
    dimission_time: int = 0


class UnassignedReply(PagedReply, kw_only=True, frozen=True):
    """A page of customers nobody was given."""

    info: tuple[Unassigned, ...] = ()
    is_last: bool = False


_ROOT: Final = "/cgi-bin/externalcontact"

# a repeat would be refused for each customer (40129), and hide that the first attempt worked
TRANSFER: Final = Endpoint(
    "POST",
    f"{_ROOT}/transfer_customer",
    "92125",
    TransferOnTheJobRequest,
    TransferReply,
    idempotent=False,
)
TRANSFER_RESULTS: Final = Endpoint(
    "POST", f"{_ROOT}/transfer_result", "94088", TransferResultsRequest, TransferResultsReply
)
TRANSFER_RESIGNED: Final = Endpoint(
    "POST",
    f"{_ROOT}/resigned/transfer_customer",
    "94081",
    TransferRequest,
    TransferReply,
    idempotent=False,
)
TRANSFER_RESIGNED_RESULTS: Final = Endpoint(
    "POST",
    f"{_ROOT}/resigned/transfer_result",
    "94082",
    TransferResultsRequest,
    TransferResultsReply,
)
LIST_UNASSIGNED: Final = Endpoint(
    "POST", f"{_ROOT}/get_unassigned_list", "92124", UnassignedRequest, UnassignedReply
)
