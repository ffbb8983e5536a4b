"""The message archive over HTTP: `client.archive`."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from siyu.channels.wecom.endpoints import archive as rows

if TYPE_CHECKING:
    from siyu.channels.wecom.client import WecomClient


class ArchiveCalls:
    """Who is archived and who agreed (docs 91614, 91782, 92951).

    The messages come through `siyu.channels.wecom.archive`.
    """

    def __init__(self, client: "WecomClient") -> None:
        self._client = client

    async def permitted(self, edition: int | None = None) -> tuple[str, ...]:
        """Return the staff accounts whose messages are kept, of one edition or of all."""
        request = rows.PermitListRequest(type=edition)
        return (await self._client.call(rows.LIST_PERMITTED, request)).ids

    async def agreements(self, pairs: Iterable[tuple[str, str]]) -> tuple[rows.Agreement, ...]:
        """Return what customers said to staff accounts; at most 100 pairs of both ids."""
        info = [rows.Pair(userid=userid, exteranalopenid=other) for userid, other in pairs]
        request = rows.PairsRequest(info=info)
        return (await self._client.call(rows.CHECK_PAIRS, request)).agreeinfo

    async def room_agreements(self, roomid: str) -> tuple[rows.Agreement, ...]:
        """Return what the customers of a group said."""
        request = rows.RoomRequest(roomid=roomid)
        return (await self._client.call(rows.CHECK_ROOM, request)).agreeinfo

    async def room(self, roomid: str) -> rows.RoomReply:
        """Return an internal group with its members."""
        return await self._client.call(rows.GET_ROOM, rows.RoomRequest(roomid=roomid))

    async def robot(self, robot_id: str) -> rows.Robot:
        """Return who a robot in a group is."""
        return (await self._client.call(rows.GET_ROBOT, rows.RobotRequest(robot_id=robot_id))).data
