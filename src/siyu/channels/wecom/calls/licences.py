"""Licences of staff accounts: `client.licences(provider_token)`."""

from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from siyu.channels.wecom.endpoints import licences as rows
from siyu.channels.wecom.errors import WeComUnreadable

if TYPE_CHECKING:
    from siyu.channels.wecom.client import WecomClient

_PER_PAGE: Final = 1000


async def provider_token(client: "WecomClient", corp_id: str, secret: str) -> str:
    """Return the token of a provider, which lives two hours."""
    request = rows.ProviderTokenRequest(corpid=corp_id, provider_secret=secret)
    return (await client.call(rows.GET_PROVIDER_TOKEN, request)).provider_access_token


class Licences:
    """Who of the client's corporation holds a licence (docs 95544, 95552, 95555)."""

    def __init__(self, client: "WecomClient", token: str) -> None:
        self._client = client
        self._token = token

    async def of_user(self, userid: str) -> rows.LicensedUserReply:
        """Return the licences that a staff account holds."""
        request = rows.LicensedUserRequest(corpid=self._corp, userid=userid)
        return await self._client.call(rows.GET_LICENCES_OF_USER, request, token=self._token)

    async def licence(self, active_code: str) -> rows.Licence:
        """Return one licence."""
        request = rows.LicenceRequest(corpid=self._corp, active_code=active_code)
        reply = await self._client.call(rows.GET_LICENCE, request, token=self._token)
        return reply.active_info

    async def licences(self, active_codes: Sequence[str]) -> rows.LicencesReply:
        """Return at most 1,000 licences, and which codes there are not."""
        request = rows.LicencesRequest(corpid=self._corp, active_code_list=list(active_codes))
        return await self._client.call(rows.GET_LICENCES, request, token=self._token)

    async def users(self) -> AsyncIterator[rows.LicensedUser]:
        """Yield the staff accounts that hold licences, once for each kind."""
        request = rows.LicensedUsersRequest(corpid=self._corp, limit=_PER_PAGE)
        while True:
            page = await self._client.call(rows.LIST_LICENSED_USERS, request, token=self._token)
            for user in page.account_list:
                yield user
            if not page.next_cursor:
                return
            if page.next_cursor == request.cursor:
                path = rows.LIST_LICENSED_USERS.path
                raise WeComUnreadable("the next page is the same page", path)
            request = replace(request, cursor=page.next_cursor)

    @property
    def _corp(self) -> str:
        return self._client.app.corp_id
