"""An official account (公众号): visitors, share cards, followers, codes, menus, messages."""

from functools import cached_property
from typing import Final

from siyu.channels.wechat.api import Account as OfficialAccountCredentials
from siyu.channels.wechat.api import WeChatApi
from siyu.channels.wechat.codes import Codes
from siyu.channels.wechat.errors import SnapshotVisitor
from siyu.channels.wechat.followers import Followers
from siyu.channels.wechat.menus import Menus
from siyu.channels.wechat.messages import OfficialMessages
from siyu.channels.wecom.endpoint import Reply
from siyu.channels.wecom.jssdk import PageSignature, page_signature
from siyu.channels.wecom.tokens import Token

__all__ = ["OfficialAccount", "OfficialAccountCredentials", "Profile", "Visitor"]

_ACCESS: Final = "/sns/oauth2/access_token"
_PROFILE: Final = "/sns/userinfo"
_TICKET: Final = "/cgi-bin/ticket/getticket"


class Visitor(Reply, kw_only=True, frozen=True):
    """Who came back from the authorization page.

    `unionid` comes only with scope snsapi_userinfo and an open platform account.
    """

    openid: str
    access_token: str
    expires_in: int = 0
    refresh_token: str = ""
    scope: str = ""
    unionid: str = ""
    is_snapshotuser: int = 0

    def __repr__(self) -> str:
        return f"Visitor(openid={self.openid!r}, scope={self.scope!r})"


class Profile(Reply, kw_only=True, frozen=True):
    """What a visitor agreed to show; for many accounts only placeholders."""

    openid: str
    nickname: str = ""
    headimgurl: str = ""
    sex: int = 0
    unionid: str = ""


class _TicketReply(Reply, kw_only=True, frozen=True):
    ticket: str
    expires_in: int


class OfficialAccount(WeChatApi):
    """Calls as one official account. Light: make one whenever needed.

    Every method raises a `siyu.channels.wechat.errors.WeChatFailure` when it does not succeed.
    """

    @cached_property
    def followers(self) -> Followers:
        """Who follows the account."""
        return Followers(self)

    @cached_property
    def codes(self) -> Codes:
        """Codes that say where a follower came from."""
        return Codes(self)

    @cached_property
    def menus(self) -> Menus:
        """The menu below the account's chat."""
        return Menus(self)

    @cached_property
    def messages(self) -> OfficialMessages:
        """Template and subscription messages."""
        return OfficialMessages(self)

    async def signed_in(self, code: str) -> Visitor:
        """Return who came back with `code`; raises `SnapshotVisitor` for ids of nobody.

        A code works once and lives 5 minutes: 40029 and 40163 mean the page must be opened again.
        """
        query = {
            "appid": self.account.app_id,
            "secret": self.account.secret,
            "code": code,
            "grant_type": "authorization_code",
        }
        visitor = await self.ask(Visitor, "GET", _ACCESS, query, again=False)
        if visitor.is_snapshotuser:
            raise SnapshotVisitor
        return visitor

    async def profile(self, visitor: Visitor) -> Profile:
        """Return what the visitor agreed to show; needs scope snsapi_userinfo."""
        query = {"access_token": visitor.access_token, "openid": visitor.openid, "lang": "zh_CN"}
        return await self.ask(Profile, "GET", _PROFILE, query)

    async def page_config(self, url: str) -> PageSignature:
        """Return what ``wx.config`` needs on the page at `url`, for its share card."""
        token = await self.tokens.obtain(
            f"wechat:jsapi-ticket:{self.account.key}", self._fetch_ticket
        )
        return page_signature(token.value, url, app_id=self.account.app_id, now=self.clock.now())

    async def _fetch_ticket(self) -> Token:
        asked_at = self.clock.now()

        async def once(token: str) -> _TicketReply:
            query = {"access_token": token, "type": "jsapi"}
            return await self.ask(_TicketReply, "GET", _TICKET, query)

        reply = await self.with_token(once)
        return Token.issued(reply.ticket, asked_at, reply.expires_in)
