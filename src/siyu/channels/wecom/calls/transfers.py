"""Hand-over of customers: `client.transfers`."""

from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING

from siyu.channels.wecom.endpoints import transfers as rows

if TYPE_CHECKING:
    from siyu.channels.wecom.client import WecomClient


class Transfers:
    """Customers that go from one staff account to another (docs 92125, 94088, 94081, 92124).

    `resigned` says that the former account has left the corporation.
    """

    def __init__(self, client: "WecomClient") -> None:
        self._client = client

    async def start(
        self,
        handover: str,
        takeover: str,
        external_userids: Sequence[str],
        *,
        resigned: bool = False,
        message: str | None = None,
    ) -> tuple[rows.TransferStarted, ...]:
        """Begin to hand over at most 100 customers; returns what each of them answered.

        `message` greets the customers when they have followed; those of staff who left get none.
        """
        customers = list(external_userids)
        if resigned:
            gone = rows.TransferRequest(
                handover_userid=handover, takeover_userid=takeover, external_userid=customers
            )
            return (await self._client.call(rows.TRANSFER_RESIGNED, gone)).customer
        request = rows.TransferOnTheJobRequest(
            handover_userid=handover,
            takeover_userid=takeover,
            external_userid=customers,
            transfer_success_msg=message,
        )
        return (await self._client.call(rows.TRANSFER, request)).customer

    async def results(
        self, handover: str, takeover: str, *, resigned: bool = False
    ) -> AsyncIterator[rows.TransferResult]:
        """Yield the hand-overs between two accounts."""
        request = rows.TransferResultsRequest(handover_userid=handover, takeover_userid=takeover)
        row = rows.TRANSFER_RESIGNED_RESULTS if resigned else rows.TRANSFER_RESULTS
        async for page in self._client.pages(row, request):
            for customer in page.customer:
                yield customer

    async def unassigned(self) -> AsyncIterator[rows.Unassigned]:
        """Yield the customers that staff who left have left behind."""
        request = rows.UnassignedRequest()
        async for page in self._client.pages(rows.LIST_UNASSIGNED, request):
            for customer in page.info:
                yield customer
