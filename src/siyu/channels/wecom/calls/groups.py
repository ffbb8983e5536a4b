"""Customer groups, the codes into them, and what welcomes who joins: `client.groups`."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from siyu.channels.wecom.endpoints import group_welcomes, join_ways
from siyu.channels.wecom.endpoints import groups as rows
from siyu.channels.wecom.gateway import PATIENCE

if TYPE_CHECKING:
    from siyu.channels.wecom.client import WecomClient

_PER_PAGE: Final = 1000
_WITH_NAMES: Final = 1


class Groups:
    """Customer groups (docs 92120, 92122, 92229, 92366)."""

    def __init__(self, client: "WecomClient") -> None:
        self._client = client

    async def pages(
        self, owners: Sequence[str] = (), *, status: int | None = None, cursor: str | None = None
    ) -> AsyncIterator[rows.GroupsReply]:
        """Yield pages of the groups of at most 100 owners, or of all, from `cursor` on."""
        request = rows.GroupsRequest(
            limit=_PER_PAGE,
            status_filter=status,
            owner_filter=rows.OwnerFilter(userid_list=list(owners)) if owners else None,
            cursor=cursor,
        )
        async for page in self._client.pages(rows.LIST_GROUPS, request):
            yield page

    async def get(self, chat_id: str, *, patience: timedelta = PATIENCE) -> rows.GroupChat:
        """Return a group with its members and their names."""
        request = rows.GroupRequest(chat_id=chat_id, need_name=_WITH_NAMES)
        return (await self._client.call(rows.GET_GROUP, request, patience=patience)).group_chat

    async def chat_id_of(self, opengid: str) -> str:
        """Return the group that a mini program knows as `opengid`."""
        request = rows.OpengidRequest(opengid=opengid)
        return (await self._client.call(rows.OPENGID_TO_CHAT_ID, request)).chat_id

    async def transfer_on_job(
        self, chat_ids: Sequence[str], new_owner: str
    ) -> tuple[rows.GroupNotTransferred, ...]:
        """Give groups to another owner; return those that were not given, with the reason.

        A staff account is given at most 300 groups a day, a group at most twice in 90 days.
        """
        request = rows.TransferGroupsRequest(chat_id_list=list(chat_ids), new_owner=new_owner)
        return (await self._client.call(rows.TRANSFER_GROUPS_ON_JOB, request)).failed_chat_list

    async def transfer_of_resigned(
        self, chat_ids: Sequence[str], new_owner: str
    ) -> tuple[rows.GroupNotTransferred, ...]:
        """Give groups whose owner has left to another; return those that were not given."""
        request = rows.TransferGroupsRequest(chat_id_list=list(chat_ids), new_owner=new_owner)
        reply = await self._client.call(rows.TRANSFER_GROUPS_OF_RESIGNED, request)
        return reply.failed_chat_list

    async def figures(
        self, owners: Sequence[str], first: datetime, last: datetime
    ) -> AsyncIterator[rows.FiguresOfOwner]:
        """Yield the figures of at most 100 owners, over whole days from 180 days ago on."""
        request = rows.GroupFiguresRequest(
            day_begin_time=int(first.timestamp()),
            day_end_time=int(last.timestamp()),
            owner_filter=rows.OwnerFilter(userid_list=list(owners)),
            offset=0,
            limit=_PER_PAGE,
        )
        while True:
            page = await self._client.call(rows.GET_GROUP_FIGURES, request)
            for item in page.items:
                yield item
            if not page.items or page.next_offset >= page.total:
                return
            request = replace(request, offset=page.next_offset)

    async def days(
        self, owners: Sequence[str], first: datetime, last: datetime
    ) -> tuple[rows.FiguresOfDay, ...]:
        """Return the figures of at most 100 owners together, day by day."""
        request = rows.GroupDaysRequest(
            day_begin_time=int(first.timestamp()),
            day_end_time=int(last.timestamp()),
            owner_filter=rows.OwnerFilter(userid_list=list(owners)),
        )
        return (await self._client.call(rows.GET_GROUP_DAYS, request)).items

    async def add_join_way(self, request: join_ways.AddJoinWayRequest) -> str:
        """Make a code; return its id. After a `WeComUnreachable` one may exist unknown."""
        return (await self._client.call(join_ways.ADD_JOIN_WAY, request)).config_id

    async def join_way(self, config_id: str) -> join_ways.JoinWay:
        """Return a code as WeCom keeps it, with the address of its picture."""
        request = join_ways.JoinWayRequest(config_id=config_id)
        return (await self._client.call(join_ways.GET_JOIN_WAY, request)).join_way

    async def update_join_way(self, request: join_ways.UpdateJoinWayRequest) -> None:
        """Overwrite a code."""
        await self._client.call(join_ways.UPDATE_JOIN_WAY, request)

    async def delete_join_way(self, config_id: str) -> None:
        """End a code; it stops working."""
        request = join_ways.JoinWayRequest(config_id=config_id)
        await self._client.call(join_ways.DELETE_JOIN_WAY, request)

    async def add_welcome(self, request: group_welcomes.AddGroupWelcomeRequest) -> str:
        """Make a welcome; return its id. After a `WeComUnreachable` one may exist unknown."""
        return (await self._client.call(group_welcomes.ADD_GROUP_WELCOME, request)).template_id

    async def welcome(self, template_id: str) -> group_welcomes.GroupWelcomeReply:
        """Return what a welcome says."""
        request = group_welcomes.GroupWelcomeRequest(template_id=template_id)
        return await self._client.call(group_welcomes.GET_GROUP_WELCOME, request)

    async def edit_welcome(self, request: group_welcomes.EditGroupWelcomeRequest) -> None:
        """Let a welcome say something else."""
        await self._client.call(group_welcomes.EDIT_GROUP_WELCOME, request)

    async def delete_welcome(self, template_id: str) -> None:
        """Delete a welcome."""
        request = group_welcomes.DeleteGroupWelcomeRequest(template_id=template_id)
        await self._client.call(group_welcomes.DELETE_GROUP_WELCOME, request)
