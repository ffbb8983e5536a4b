"""WeChat customer service: `client.service`."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from siyu.channels.wecom.endpoint import Nothing
from siyu.channels.wecom.endpoints import service_accounts as desk
from siyu.channels.wecom.endpoints import service_messages as rows
from siyu.channels.wecom.errors import WeComUnreadable

if TYPE_CHECKING:
    from siyu.channels.wecom.client import WecomClient

_ACCOUNTS_PER_PAGE: Final = 100


class CustomerService:
    """Accounts of 微信客服, who serves, and their chats (docs 94638 to 95490)."""

    def __init__(self, client: "WecomClient") -> None:
        self._client = client

    # accounts

    async def add_account(self, name: str, media_id: str) -> str:
        """Make an account; return its id. After a `WeComUnreachable` one may exist unknown."""
        request = desk.AddAccountRequest(name=name, media_id=media_id)
        return (await self._client.call(desk.ADD_ACCOUNT, request)).open_kfid

    async def update_account(
        self, open_kfid: str, *, name: str | None = None, media_id: str | None = None
    ) -> None:
        """Give an account another name or picture."""
        request = desk.UpdateAccountRequest(open_kfid=open_kfid, name=name, media_id=media_id)
        await self._client.call(desk.UPDATE_ACCOUNT, request)

    async def delete_account(self, open_kfid: str) -> None:
        """End an account."""
        request = desk.AccountRequest(open_kfid=open_kfid)
        await self._client.call(desk.DELETE_ACCOUNT, request)

    async def accounts(self) -> AsyncIterator[desk.Account]:
        """Yield the accounts of the corporation."""
        offset = 0
        while True:
            request = desk.AccountsRequest(offset=offset, limit=_ACCOUNTS_PER_PAGE)
            page = (await self._client.call(desk.LIST_ACCOUNTS, request)).account_list
            for account in page:
                yield account
            if len(page) < _ACCOUNTS_PER_PAGE:
                return
            offset += len(page)

    async def add_way(self, open_kfid: str, scene: str | None = None) -> str:
        """Return a link into the chat with an account."""
        request = desk.AddWayRequest(open_kfid=open_kfid, scene=scene)
        return (await self._client.call(desk.ADD_WAY, request)).url

    async def add_servicers(
        self, open_kfid: str, userids: Sequence[str] = (), departments: Sequence[int] = ()
    ) -> tuple[desk.ServicerResult, ...]:
        """Let staff accounts and departments serve; returns a result for each."""
        request = _servicers(open_kfid, userids, departments)
        return (await self._client.call(desk.ADD_SERVICERS, request)).result_list

    async def delete_servicers(
        self, open_kfid: str, userids: Sequence[str] = (), departments: Sequence[int] = ()
    ) -> tuple[desk.ServicerResult, ...]:
        """Let staff accounts and departments serve no more; returns a result for each."""
        request = _servicers(open_kfid, userids, departments)
        return (await self._client.call(desk.DELETE_SERVICERS, request)).result_list

    async def servicers(self, open_kfid: str) -> tuple[desk.Servicer, ...]:
        """Return who serves for an account."""
        request = desk.AccountRequest(open_kfid=open_kfid)
        return (await self._client.call(desk.LIST_SERVICERS, request)).servicer_list

    async def figures(
        self, first: datetime, last: datetime, open_kfid: str | None = None
    ) -> tuple[desk.FiguresOfDay, ...]:
        """Return the figures of at most 31 days of an account, or of all."""
        request = desk.FiguresRequest(
            start_time=int(first.timestamp()), end_time=int(last.timestamp()), open_kfid=open_kfid
        )
        return (await self._client.call(desk.GET_FIGURES, request)).statistic_list

    async def servicer_figures(
        self,
        first: datetime,
        last: datetime,
        userid: str | None = None,
        open_kfid: str | None = None,
    ) -> tuple[desk.FiguresOfDay, ...]:
        """Return the figures of at most 31 days of a staff account, or of all."""
        request = desk.ServicerFiguresRequest(
            start_time=int(first.timestamp()),
            end_time=int(last.timestamp()),
            servicer_userid=userid,
            open_kfid=open_kfid,
        )
        return (await self._client.call(desk.GET_SERVICER_FIGURES, request)).statistic_list

    # chats

    async def sync(
        self,
        open_kfid: str | None = None,
        *,
        cursor: str | None = None,
        token: str | None = None,
        voice_format: int | None = None,
    ) -> AsyncIterator[rows.SyncReply]:
        """Yield pages of what came after `cursor`; keep each page's `next_cursor`.

        Of one account, or of all that the application may act for.
        """
        more = True
        while more:
            request = rows.SyncRequest(
                cursor=cursor, token=token, voice_format=voice_format, open_kfid=open_kfid
            )
            page = await self._client.call(rows.SYNC, request)
            yield page
            more = page.has_more
            if more and page.next_cursor in ("", cursor):
                raise WeComUnreadable("the next page is the same page", rows.SYNC.path)
            cursor = page.next_cursor

    async def session(self, open_kfid: str, external_userid: str) -> rows.SessionReply:
        """Return where the session of a customer is."""
        request = rows.SessionRequest(open_kfid=open_kfid, external_userid=external_userid)
        return await self._client.call(rows.GET_SESSION, request)

    async def move(
        self, open_kfid: str, external_userid: str, state: rows.State, userid: str | None = None
    ) -> str:
        """Move a session, see `State`; returns the code for a message about it, or nothing."""
        request = rows.MoveSessionRequest(
            open_kfid=open_kfid,
            external_userid=external_userid,
            service_state=state,
            servicer_userid=userid,
        )
        return (await self._client.call(rows.MOVE_SESSION, request)).msg_code

    async def send(self, request: rows.SendRequest) -> str:
        """Send a message; returns its id. After a `WeComUnreachable` it may have been sent."""
        return (await self._client.call(rows.SEND, request)).msgid

    async def send_on_event(self, request: rows.SendOnEventRequest) -> str:
        """Send the one message that an event allows; returns its id."""
        return (await self._client.call(rows.SEND_ON_EVENT, request)).msgid

    # customers

    async def customers(
        self, external_userids: Sequence[str], *, with_context: bool = False
    ) -> rows.CustomersReply:
        """Return at most 100 customers, on request with how they came in last."""
        request = rows.CustomersRequest(
            external_userid_list=list(external_userids),
            need_enter_session_context=1 if with_context else None,
        )
        return await self._client.call(rows.GET_CUSTOMERS, request)

    async def upgrade_config(self) -> desk.UpgradeConfigReply:
        """Return which staff accounts and groups customers may be advised to."""
        return await self._client.call(desk.GET_UPGRADE_CONFIG, Nothing())

    async def upgrade(self, request: desk.UpgradeRequest) -> None:
        """Advise a customer to add a staff account or join a group."""
        await self._client.call(desk.UPGRADE, request)

    async def cancel_upgrade(self, open_kfid: str, external_userid: str) -> None:
        """Take the advice back."""
        request = desk.CancelUpgradeRequest(open_kfid=open_kfid, external_userid=external_userid)
        await self._client.call(desk.CANCEL_UPGRADE, request)


def _servicers(
    open_kfid: str, userids: Sequence[str], departments: Sequence[int]
) -> desk.ServicersRequest:
    return desk.ServicersRequest(
        open_kfid=open_kfid,
        userid_list=list(userids) or None,
        department_id_list=list(departments) or None,
    )
