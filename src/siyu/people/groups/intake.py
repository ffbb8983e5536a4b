"""What siyu does when WeCom tells of customer groups.

Who left, and that a group ended, is written at once, for no later reading would say how. All else
is read afterwards, within the quota.
"""

from collections.abc import Mapping, Sequence

from siyu.channels.wecom import events
from siyu.channels.wecom.events import CallbackEvent
from siyu.channels.wecom.reader import EventHandler
from siyu.core.context import Context
from siyu.people.groups.heads import dismiss, ensure, locked
from siyu.people.groups.kinds import REFRESH_GROUP, SETTLES, RefreshGroup
from siyu.people.groups.models import GroupChat
from siyu.people.groups.stays import end

_DEL_MEMBER = "del_member"


def group_handlers() -> Mapping[type[CallbackEvent], EventHandler]:
    """Return what to do with which event."""
    return {
        events.GroupChatCreated: created,
        events.GroupChatUpdated: updated,
        events.GroupChatDismissed: dismissed,
    }


async def created(ctx: Context, heard: Sequence[events.GroupChatCreated]) -> Sequence[str]:
    """Note that groups began, and have them read."""
    for event in heard:
        await ensure(ctx, event.chat_id, event.occurred_at, observed=True)
    return await _read(ctx, heard)


async def updated(ctx: Context, heard: Sequence[events.GroupChatUpdated]) -> Sequence[str]:
    """Note who left, and have the groups read."""
    for event in sorted(heard, key=lambda event: event.chat_id):
        group = await locked(ctx, event.chat_id, patient=True)
        if group is not None:
            await _note(ctx, group, event)
    return await _read(ctx, heard)


async def dismissed(ctx: Context, heard: Sequence[events.GroupChatDismissed]) -> Sequence[str]:
    """Note that groups ended."""
    fates = {}
    for event in sorted(heard, key=lambda event: event.chat_id):
        group = await locked(ctx, event.chat_id, patient=True)
        news = group is not None and await dismiss(ctx, group, event.occurred_at, observed=True)
        fates[event.chat_id] = "dismissed" if news else "repeat" if group else "unknown_group"
    return [fates[event.chat_id] for event in heard]


async def _note(ctx: Context, group: GroupChat, event: events.GroupChatUpdated) -> None:
    at = min(event.occurred_at, ctx.now())
    if group.announced_at is None or group.announced_at <= at:
        group.announced_at = at
        group.announced_version = event.current_member_version or group.announced_version
    if event.detail == _DEL_MEMBER:
        await end(ctx, group, event.changed_members, event.occurred_at, event.quit_scene)


async def _read(ctx: Context, heard: Sequence[events.GroupChatEvent]) -> Sequence[str]:
    for event in heard:
        job = RefreshGroup(event.chat_id)
        await ctx.enqueue(REFRESH_GROUP, job, key=event.chat_id, delay=SETTLES)
    return ["refresh"] * len(heard)
