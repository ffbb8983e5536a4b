"""The acquisition assistant: `client.acquisition`."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from siyu.channels.wecom.endpoint import Nothing
from siyu.channels.wecom.endpoints import acquisition as rows

if TYPE_CHECKING:
    from siyu.channels.wecom.client import WecomClient

_LINKS_PER_PAGE: Final = 100
_CUSTOMERS_PER_PAGE: Final = 1000


def with_channel(url: str, state: str) -> str:
    """Return a link's address for one channel, whose state comes back with every customer.

    Raises `ValueError` for a state of more than 64 bytes, which WeCom would cut.
    """
    if len(state.encode()) > rows.STATE_BYTES:
        raise ValueError(f"a channel has at most {rows.STATE_BYTES} bytes")
    return f"{url}{'&' if '?' in url else '?'}{urlencode({'customer_channel': state})}"


class Acquisition:
    """Links that add customers, who came by them, and the quota (docs 97297, 97298, 97375)."""

    def __init__(self, client: "WecomClient") -> None:
        self._client = client

    async def link_ids(self) -> AsyncIterator[str]:
        """Yield the ids of the links."""
        request = rows.LinksRequest(limit=_LINKS_PER_PAGE)
        async for page in self._client.pages(rows.LIST_LINKS, request):
            for link_id in page.link_id_list:
                yield link_id

    async def link(self, link_id: str) -> rows.LinkReply:
        """Return a link and whom it leads to."""
        return await self._client.call(rows.GET_LINK, rows.LinkRequest(link_id=link_id))

    async def create(self, request: rows.CreateLinkRequest) -> rows.Link:
        """Make a link. After a `WeComUnreachable` with `sent` one may exist unknown."""
        return (await self._client.call(rows.CREATE_LINK, request)).link

    async def update(self, request: rows.UpdateLinkRequest) -> None:
        """Change a link; what is left out stays."""
        await self._client.call(rows.UPDATE_LINK, request)

    async def delete(self, link_id: str) -> None:
        """End a link; WeCom tells this by callback too."""
        await self._client.call(rows.DELETE_LINK, rows.LinkRequest(link_id=link_id))

    async def customers(self, link_id: str) -> AsyncIterator[rows.LinkCustomer]:
        """Yield who came by a link."""
        request = rows.LinkCustomersRequest(link_id=link_id, limit=_CUSTOMERS_PER_PAGE)
        async for page in self._client.pages(rows.LIST_LINK_CUSTOMERS, request):
            for customer in page.customer_list:
                yield customer

    async def quota(self) -> rows.QuotaReply:
        """Return what was bought, and what is left until when."""
        return await self._client.call(rows.GET_ACQUISITION_QUOTA, Nothing())

    async def statistic(
        self, link_id: str, start: datetime, end: datetime
    ) -> rows.LinkStatisticReply:
        """Return the figures of a link from the day of `start` to the day of `end`."""
        request = rows.LinkStatisticRequest(
            link_id=link_id, start_time=int(start.timestamp()), end_time=int(end.timestamp())
        )
        return await self._client.call(rows.GET_LINK_STATISTIC, request)

    async def chat(self, chat_key: str) -> rows.ChatInfoReply:
        """Return the chat that a message event of the last 30 minutes was about."""
        return await self._client.call(rows.GET_LINK_CHAT, rows.ChatInfoRequest(chat_key=chat_key))
