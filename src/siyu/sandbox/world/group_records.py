"""Customer groups, the codes that lead into them, and what greets who joins."""

from typing import Any

import msgspec

DIRECT, LINK, QR = 1, 2, 3
"""How someone came: invited by a member, by an invitation link, by a code (``join_scene``)."""


class GroupFace(msgspec.Struct, kw_only=True):
    """What a group was like from ``since`` on. ``version`` changes with each change of members."""

    since: float
    name: str
    owner: str
    version: str
    notice: str = ""
    admins: list[str] = []


class HandOver(msgspec.Struct, kw_only=True):
    """A group was given to another owner through the API."""

    at: float
    to: str
    on_job: bool


class Group(msgspec.Struct, kw_only=True):
    """A customer group. The last of ``faces`` is the present one.

    ``heir`` inherits at ``heir_at`` what a staff account left behind, and has when ``inherited``.
    ``welcome`` is the template in use.
    """

    chat_id: str
    opengid: str
    created: float
    faces: list[GroupFace]
    dismissed: float | None = None
    handed: list[HandOver] = []
    heir: str = ""
    heir_at: float = 0.0
    inherited: bool = False
    welcome: str = ""

    @property
    def face(self) -> GroupFace:
        """What the group is like now."""
        return self.faces[-1]


class Membership(msgspec.Struct, kw_only=True):
    """One stay of ``who`` (``p-17``, ``s-linxiaoyue``) in a group; ``left`` None while it lasts.

    ``invitor`` is a userid, empty when nobody of the corporation invited.
    """

    id: int
    chat_id: str
    who: str
    joined: float
    scene: int
    invitor: str = ""
    state: str = ""
    nickname: str = ""
    left: float | None = None


class JoinWay(msgspec.Struct, kw_only=True):
    """A code that leads into groups (客户群「加入群聊」); ``rooms`` it made when all were full."""

    config_id: str
    scene: int
    created: int
    chat_ids: list[str]
    remark: str = ""
    auto_create_room: int = 1
    room_base_name: str = ""
    room_base_id: int = 0
    state: str = ""
    mark_source: bool = True
    rooms: list[str] = []
    scans: int = 0


class GroupWelcome(msgspec.Struct, kw_only=True):
    """A template of what greets who joins.

    ``part`` is the one thing attached, of ``kind``, as the app sent it; ``shown`` how it looks.
    """

    template_id: str
    agentid: int
    text: str = ""
    kind: str = ""
    part: dict[str, Any] = {}
    shown: dict[str, str] = {}
