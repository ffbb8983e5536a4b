"""A customer group itself: found or made, locked, changed and ended, each told once.

Nobody waits for anything while holding a group: whoever needs customers locked locks them first.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from siyu.accounts.connections.refresh import ask_for_directory
from siyu.accounts.models import StaffAccount
from siyu.channels.wecom.endpoints import groups as wecom
from siyu.core.context import Context
from siyu.facts.groups import GroupChange, GroupCreated, GroupDismissed, GroupUpdated
from siyu.people.groups.models import GroupChat, GroupMember
from siyu.people.identity.phones import mask_phones


class Head(NamedTuple):
    """What WeCom says of a group apart from its members."""

    name: str
    notice: str
    owner: str
    admins: list[str]

    @classmethod
    def of(cls, picture: wecom.GroupChat) -> "Head":
        """Return the head of a group as WeCom shows it."""
        admins = sorted(admin.userid for admin in picture.admin_list if admin.userid)
        return cls(mask_phones(picture.name), mask_phones(picture.notice), picture.owner, admins)


async def ensure(ctx: Context, chat_id: str, began_at: datetime, *, observed: bool) -> None:
    """Let a group be known; a new one is told of."""
    number = await ctx.session.scalar(
        insert(GroupChat)
        .values(
            tenant_id=ctx.tenant_id,
            chat_id=chat_id,
            created_at=began_at,
            watched_since=ctx.now(),
        )
        .on_conflict_do_nothing()
        .returning(GroupChat.id)
    )
    if number is not None:
        ctx.announce(GroupCreated(group_id=number, observed=observed), occurred_at=began_at)


async def locked(ctx: Context, chat_id: str, *, patient: bool) -> GroupChat | None:
    """Return a group for this transaction alone; without patience nothing while another has it."""
    group: GroupChat | None = await ctx.session.scalar(
        select(GroupChat)
        .where(GroupChat.tenant_id == ctx.tenant_id, GroupChat.chat_id == chat_id)
        .with_for_update(skip_locked=not patient)
        .execution_options(populate_existing=True)
    )
    return group


async def owner_of(ctx: Context, userid: str) -> int | None:
    """Return the staff account that owns a group; an unknown one has the directory read."""
    if not userid:
        return None
    found = await ctx.session.scalar(
        select(StaffAccount.id).where(
            StaffAccount.tenant_id == ctx.tenant_id, StaffAccount.userid == userid
        )
    )
    if found is None:
        await ask_for_directory(ctx)
    return found


def describe(ctx: Context, group: GroupChat, head: Head, owner_id: int | None) -> None:
    """Write what WeCom says of a group, and tell what differs from what was read before."""
    before = Head(group.name, group.notice, group.owner_userid, group.admins)
    changes: list[GroupChange] = []
    fields: tuple[GroupChange, ...] = ("name", "notice", "owner", "admins")
    for field, old, new in zip(fields, before, head, strict=True):
        if old != new:
            changes.append(field)
    group.name, group.notice, group.owner_userid, group.admins = head
    if changes and group.pulled_at is not None:
        ctx.announce(GroupUpdated(group_id=group.id, changes=changes), staff_account_id=owner_id)


def succeed(ctx: Context, group: GroupChat, status: int, owner_id: int | None) -> None:
    """Note how a group stands with its owner."""
    if status != group.succession:
        group.succession = status
        ctx.announce(
            GroupUpdated(group_id=group.id, changes=["succession"]), staff_account_id=owner_id
        )


async def dismiss(ctx: Context, group: GroupChat, at: datetime, *, observed: bool) -> bool:
    """End a group and the stays in it; tells whether it had not ended before."""
    if group.state == "dismissed":
        return False
    group.state, group.dismissed_at = "dismissed", at
    group.members = group.customers = 0
    await ctx.session.execute(
        update(GroupMember)
        .where(
            GroupMember.tenant_id == ctx.tenant_id,
            GroupMember.group_id == group.id,
            GroupMember.left_at.is_(None),
        )
        .values(left_at=func.greatest(GroupMember.joined_at, at), quit="dismissed")
        .execution_options(synchronize_session=False)
    )
    ctx.announce(
        GroupDismissed(group_id=group.id, observed=observed),
        staff_account_id=await owner_of(ctx, group.owner_userid),
        occurred_at=at,
    )
    return True
