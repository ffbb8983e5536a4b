"""Customer groups (客户群事件; doc 92130)."""

import msgspec

from siyu.channels.wecom.events.envelope import CallbackEvent, Needed, listed


class GroupChatEvent(CallbackEvent, frozen=True, kw_only=True):
    """What every event of a customer group says."""

    chat_id: Needed = msgspec.field(name="ChatId")


class GroupChatCreated(GroupChatEvent, frozen=True, kw_only=True):
    """A customer group began."""


class GroupChatDismissed(GroupChatEvent, frozen=True, kw_only=True):
    """A customer group ended."""


class GroupChatUpdated(GroupChatEvent, frozen=True, kw_only=True):
    """Members, owner, name or notice of a customer group changed.

    Where `last_member_version` differs from the stored version, changes were missed: read the
    group again. Group data settle some time after the event.
    """

    detail: str = msgspec.field(name="UpdateDetail", default="")
    join_scene: int = msgspec.field(name="JoinScene", default=0)
    quit_scene: int = msgspec.field(name="QuitScene", default=0)
    change_count: int = msgspec.field(name="MemChangeCnt", default=0)
    last_member_version: str = msgspec.field(name="LastMemVer", default="")
    current_member_version: str = msgspec.field(name="CurMemVer", default="")

    @property
    def changed_members(self) -> tuple[str, ...]:
        """The userids and external userids that joined or left."""
        return listed(self.raw.get("MemChangeList"), "Item")
