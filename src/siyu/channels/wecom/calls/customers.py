"""Customers beyond single reads: `client.customers`."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from siyu.channels.wecom.endpoints import contacts
from siyu.channels.wecom.endpoints import identities as rows

if TYPE_CHECKING:
    from siyu.channels.wecom.client import WecomClient

_PER_PAGE: Final = 1000


class Customers:
    """Ids of customers, all who were served, figures of staff (docs 95926, 99434, 92132)."""

    def __init__(self, client: "WecomClient") -> None:
        self._client = client

    async def served(self) -> AsyncIterator[contacts.Served]:
        """Yield everyone served: customers, and members of customer groups."""
        request = contacts.ServedRequest(limit=_PER_PAGE)
        async for page in self._client.pages(contacts.LIST_SERVED, request):
            for person in page.info_list:
                yield person

    async def by_unionid(self, unionid: str) -> str:
        """Return a customer's id; 84061 for who is none."""
        request = rows.UnionidRequest(unionid=unionid)
        return (await self._client.call(rows.GET_BY_UNIONID, request)).external_userid

    async def of_wechat_user(
        self, unionid: str, openid: str, subject: rows.Subject = rows.Subject.CORPORATION
    ) -> rows.ConvertUnionidReply:
        """Return the id of a WeChat user, or the one that waits for them to be a customer."""
        request = rows.ConvertUnionidRequest(unionid=unionid, openid=openid, subject_type=subject)
        return await self._client.call(rows.CONVERT_UNIONID, request)

    async def pending_ids(
        self, external_userids: Sequence[str], chat_id: str | None = None
    ) -> dict[str, str]:
        """Return the ids under which at most 100 customers waited, of those who did."""
        request = rows.PendingIdsRequest(external_userid=list(external_userids), chat_id=chat_id)
        found = (await self._client.call(rows.GET_PENDING_IDS, request)).result
        return {one.external_userid: one.pending_id for one in found}

    async def openid(self, external_userid: str) -> str:
        """Return the id to pay a customer by."""
        request = rows.CustomerRequest(external_userid=external_userid)
        return (await self._client.call(rows.GET_OPENID, request)).openid

    async def service_id(self, external_userid: str) -> str:
        """Return a customer's id of the provider."""
        request = rows.CustomerRequest(external_userid=external_userid)
        return (await self._client.call(rows.GET_SERVICE_ID, request)).external_userid

    async def new_ids(self, external_userids: Sequence[str]) -> dict[str, str]:
        """Return the ids of the provider of at most 1,000 customers, of those known."""
        request = rows.CustomersRequest(external_userid_list=list(external_userids))
        found = (await self._client.call(rows.GET_NEW_IDS, request)).items
        return {one.external_userid: one.new_external_userid for one in found}

    async def behaviour(
        self,
        start: datetime,
        end: datetime,
        *,
        userids: Sequence[str] = (),
        departments: Sequence[int] = (),
    ) -> tuple[rows.Behaviour, ...]:
        """Return what staff did together on each day from that of `start` to that of `end`."""
        request = rows.BehaviourRequest(
            start_time=int(start.timestamp()),
            end_time=int(end.timestamp()),
            userid=list(userids) or None,
            partyid=list(departments) or None,
        )
        return (await self._client.call(rows.GET_BEHAVIOUR, request)).behavior_data
