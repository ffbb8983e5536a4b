"""A mini program (小程序): who uses it, their phone numbers, messages, links."""

from functools import cached_property
from typing import Annotated, Final

import msgspec

from siyu.channels.wechat.api import WeChatApi
from siyu.channels.wechat.links import Links
from siyu.channels.wechat.messages import MiniMessages
from siyu.channels.wechat.rows import Row
from siyu.channels.wecom.endpoint import Part, Reply, Request
from siyu.channels.wecom.limits import Chars

_SESSION: Final = "/sns/jscode2session"


class Session(Reply, kw_only=True, frozen=True):
    """Who logged in. `session_key` decrypts what the program hands over, and never leaves here.

    `unionid` comes where the program is bound to an open platform account.
    """

    openid: str
    session_key: str = ""
    unionid: str = ""

    def __repr__(self) -> str:
        return f"Session(openid={self.openid!r})"


class PhoneRequest(Request, kw_only=True, frozen=True):
    """The code of the button that asks for the phone number."""

    code: Annotated[str, Chars(512, 1)]


class Watermark(Part, kw_only=True, frozen=True):
    """For which program a number was told, and when (Unix seconds)."""

    appid: str = ""
    timestamp: int = 0


class Phone(Part, kw_only=True, frozen=True):
    """A phone number, with (`number`) and without its country code."""

    number: str = msgspec.field(name="phoneNumber", default="")
    bare_number: str = msgspec.field(name="purePhoneNumber")
    country_code: str = msgspec.field(name="countryCode", default="")
    watermark: Watermark = Watermark()

    def __repr__(self) -> str:
        return "Phone(…)"


class PhoneReply(Reply, kw_only=True, frozen=True):
    """The phone number behind a code."""

    phone_info: Phone

    def __repr__(self) -> str:
        return "PhoneReply(…)"


PHONE: Final = Row(
    "POST", "/wxa/business/getuserphonenumber", PhoneRequest, PhoneReply, idempotent=False
)
ROWS: Final = (PHONE,)


class MiniProgram(WeChatApi):
    """Calls as one mini program. Light: make one whenever needed.

    Every method raises a `siyu.channels.wechat.errors.WeChatFailure` when it does not succeed.
    """

    @cached_property
    def messages(self) -> MiniMessages:
        """Subscription messages."""
        return MiniMessages(self)

    @cached_property
    def links(self) -> Links:
        """Links that open the program."""
        return Links(self)

    async def signed_in(self, code: str) -> Session:
        """Return who logged in with the code of ``wx.login``: once, within 5 minutes."""
        query = {
            "appid": self.account.app_id,
            "secret": self.account.secret,
            "js_code": code,
            "grant_type": "authorization_code",
        }
        return await self.ask(Session, "GET", _SESSION, query, again=False)

    async def phone(self, code: str) -> Phone:
        """Return the number behind the code of the phone button: once, within 5 minutes."""
        return (await self.call(PHONE, PhoneRequest(code=code))).phone_info
