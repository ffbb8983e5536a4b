"""Facts about customer groups.

The staff account of a fact is the owner of the group.
"""

from typing import ClassVar, Literal

from siyu.facts.base import Fact

GroupChange = Literal["name", "notice", "owner", "admins", "succession"]


class GroupCreated(Fact, frozen=True, kw_only=True):
    """A customer group began.

    `observed` is false when siyu learnt of it by reading rather than while it happened.
    """

    type: ClassVar[str] = "group.created"
    title: ClassVar[str] = "建立客户群"

    group_id: int
    observed: bool


class GroupUpdated(Fact, frozen=True, kw_only=True):
    """Something of a customer group changed, other than its members."""

    type: ClassVar[str] = "group.updated"
    title: ClassVar[str] = "客户群变更"

    group_id: int
    changes: list[GroupChange]


class GroupDismissed(Fact, frozen=True, kw_only=True):
    """A customer group ended, and with it all stays in it."""

    type: ClassVar[str] = "group.dismissed"
    title: ClassVar[str] = "解散客户群"

    group_id: int
    observed: bool


class GroupReturned(Fact, frozen=True, kw_only=True):
    """A customer group that was taken for ended is there, and its stays go on as if never ended."""

    type: ClassVar[str] = "group.returned"
    title: ClassVar[str] = "客户群并未解散"

    group_id: int


class GroupMemberJoined(Fact, frozen=True, kw_only=True):
    """Somebody came into a customer group; `scene`: 1 invited, 2 by a link, 3 by a code."""

    type: ClassVar[str] = "group.member_joined"
    title: ClassVar[str] = "加入客户群"

    group_id: int
    member: Literal["customer", "staff"]
    scene: int
    customer_id: int | None = None


class GroupMemberLeft(Fact, frozen=True, kw_only=True):
    """Somebody went from a customer group. `by` tells how, where that is known."""

    type: ClassVar[str] = "group.member_left"
    title: ClassVar[str] = "退出客户群"

    group_id: int
    member: Literal["customer", "staff"]
    by: Literal["left", "removed", "unknown"]
    stayed_seconds: int
    customer_id: int | None = None
