"""Mass messages: `client.mass_messages`."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import TYPE_CHECKING, Final

from siyu.channels.wecom.endpoints import mass_messages as rows
from siyu.channels.wecom.endpoints.content import Source

if TYPE_CHECKING:
    from siyu.channels.wecom.client import WecomClient

_PER_PAGE: Final = 1000
_MESSAGES_PER_PAGE: Final = 100


class MassMessages:
    """Tasks for staff to send something to many customers or groups (docs 92135, 93338).

    A message just made is being dispatched for a while: until then reads answer 41063.
    """

    def __init__(self, client: "WecomClient") -> None:
        self._client = client

    async def create(self, request: rows.AddMassMessageRequest) -> rows.AddMassMessageReply:
        """Make a mass message. After a `WeComUnreachable` with `sent` one may exist unknown."""
        return await self._client.call(rows.ADD_MASS_MESSAGE, request)

    async def between(
        self,
        start: datetime,
        end: datetime,
        *,
        chat_type: str = rows.SINGLE,
        source: Source = Source.ALL,
        creator: str | None = None,
    ) -> AsyncIterator[rows.MassMessage]:
        """Yield the mass messages made in a span of at most a month."""
        request = rows.MassMessagesRequest(
            chat_type=chat_type,
            start_time=int(start.timestamp()),
            end_time=int(end.timestamp()),
            creator=creator,
            filter_type=source,
            limit=_MESSAGES_PER_PAGE,
        )
        async for page in self._client.pages(rows.LIST_MASS_MESSAGES, request):
            for message in page.group_msg_list:
                yield message

    async def tasks(self, msgid: str) -> AsyncIterator[rows.MassTask]:
        """Yield the staff accounts that have to confirm a message, and whether they have."""
        request = rows.MassTasksRequest(msgid=msgid, limit=_PER_PAGE)
        async for page in self._client.pages(rows.LIST_MASS_TASKS, request):
            for task in page.task_list:
                yield task

    async def results(self, msgid: str, userid: str) -> AsyncIterator[rows.MassResult]:
        """Yield what became of a message with each receiver of a staff account."""
        request = rows.MassResultsRequest(msgid=msgid, userid=userid, limit=_PER_PAGE)
        async for page in self._client.pages(rows.LIST_MASS_RESULTS, request):
            for result in page.send_list:
                yield result

    async def remind(self, msgid: str) -> None:
        """Remind the staff who have not confirmed; at most three times in 24 hours (41094)."""
        await self._client.call(rows.REMIND_MASS_MESSAGE, rows.MassMessageRequest(msgid=msgid))

    async def cancel(self, msgid: str) -> None:
        """Take the task away from the staff who have not confirmed; what was sent stays sent."""
        await self._client.call(rows.CANCEL_MASS_MESSAGE, rows.MassMessageRequest(msgid=msgid))
