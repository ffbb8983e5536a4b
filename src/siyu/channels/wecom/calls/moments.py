"""Moments for customers: `client.moments`."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import TYPE_CHECKING, Final

from siyu.channels.wecom.endpoints import moments as rows
from siyu.channels.wecom.endpoints.content import Source

if TYPE_CHECKING:
    from siyu.channels.wecom.client import WecomClient

_PER_PAGE: Final = 1000
_MOMENTS_PER_PAGE: Final = 100
_SHOWN_PER_PAGE: Final = 5000


class Moments:
    """Tasks for staff to publish something to their customers (docs 95094, 93333)."""

    def __init__(self, client: "WecomClient") -> None:
        self._client = client

    async def create(self, request: rows.AddMomentRequest) -> str:
        """Start a job that makes a Moment; returns its id, good for 24 hours.

        After a `WeComUnreachable` with `sent` a Moment may come into being unknown. 41078 says
        that too many jobs of the corporation are running.
        """
        return (await self._client.call(rows.ADD_MOMENT, request)).jobid

    async def job(self, jobid: str) -> rows.MomentJobStateReply:
        """Return how far a job is."""
        return await self._client.call(rows.GET_MOMENT_JOB, rows.MomentJobRequest(jobid=jobid))

    async def between(
        self,
        start: datetime,
        end: datetime,
        *,
        source: Source = Source.ALL,
        creator: str | None = None,
    ) -> AsyncIterator[rows.Moment]:
        """Yield the Moments made in a span of at most a month."""
        request = rows.MomentsRequest(
            start_time=int(start.timestamp()),
            end_time=int(end.timestamp()),
            creator=creator,
            filter_type=source,
            limit=_MOMENTS_PER_PAGE,
        )
        async for page in self._client.pages(rows.LIST_MOMENTS, request):
            for moment in page.moment_list:
                yield moment

    async def tasks(self, moment_id: str) -> AsyncIterator[rows.MomentTask]:
        """Yield the staff accounts that have to publish a Moment of the corporation."""
        request = rows.MomentTasksRequest(moment_id=moment_id, limit=_PER_PAGE)
        async for page in self._client.pages(rows.LIST_MOMENT_TASKS, request):
            for task in page.task_list:
                yield task

    async def chosen(self, moment_id: str, userid: str) -> AsyncIterator[str]:
        """Yield the customers a staff account's post is meant for."""
        request = rows.MomentChosenRequest(moment_id=moment_id, userid=userid, limit=_PER_PAGE)
        async for page in self._client.pages(rows.LIST_MOMENT_CHOSEN, request):
            for customer in page.customer_list:
                yield customer.external_userid

    async def shown(self, moment_id: str, userid: str) -> AsyncIterator[str]:
        """Yield the customers who can see a staff account's post."""
        request = rows.MomentShownRequest(moment_id=moment_id, userid=userid, limit=_SHOWN_PER_PAGE)
        async for page in self._client.pages(rows.LIST_MOMENT_SHOWN, request):
            for customer in page.customer_list:
                yield customer.external_userid

    async def reactions(self, moment_id: str, userid: str) -> rows.MomentReactionsReply:
        """Return who commented on and liked a staff account's post."""
        request = rows.MomentReactionsRequest(moment_id=moment_id, userid=userid)
        return await self._client.call(rows.GET_MOMENT_REACTIONS, request)

    async def cancel(self, moment_id: str) -> None:
        """Take the task away from the staff who have not published; posts stay."""
        await self._client.call(rows.CANCEL_MOMENT, rows.MomentRequest(moment_id=moment_id))
