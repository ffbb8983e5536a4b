"""What of customer groups goes over HTTP."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from siyu.people.customers.schemas import StaffRef

GroupState = Literal["active", "owner_left", "inheriting", "dismissed"]
JoinScene = Literal["invited", "link", "code", "unknown"]
Quit = Literal["left", "removed", "dismissed", "unknown"]


class GroupRow(Struct):
    """A customer group in the list.

    `owner` is null while the directory does not know the account. `state` `inheriting` means that
    the group of an owner who left is being handed over. `members` and `customers` are null until
    the group has been read.
    """

    id: int
    name: str
    owner: StaffRef | None
    state: GroupState
    members: int | None
    customers: int | None
    created_at: datetime


class GroupView(Struct):
    """Everything about one group but its members; `read_at` says as of when."""

    id: int
    name: str
    notice: str
    owner: StaffRef | None
    admins: list[StaffRef]
    state: GroupState
    members: int | None
    customers: int | None
    created_at: datetime
    dismissed_at: datetime | None
    watched_since: datetime
    read_at: datetime | None


class MemberRow(Struct):
    """A stay in a group.

    `customer_id` is null for staff, and for customers the reader may not see. `left_at` and `quit`
    are null while the stay lasts.
    """

    id: int
    kind: Literal["customer", "staff"]
    name: str
    avatar_url: str | None
    nickname: str | None
    customer_id: int | None
    owner: bool
    scene: JoinScene
    invitor: str | None
    joined_at: datetime
    left_at: datetime | None
    quit: Quit | None


class GroupOfCustomer(Struct):
    """A group that a customer is or was in, on the page about the customer."""

    id: int
    name: str
    owner: str | None
    scene: JoinScene
    joined_at: datetime
    left_at: datetime | None
