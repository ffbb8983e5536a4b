"""Template and subscription messages (模板消息、订阅消息): `account.messages`.

A subscription message needs the person's consent to its template; each consent to a one-time
template is good for one message.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Final

from siyu.channels.wechat.rows import Row
from siyu.channels.wecom.endpoint import Nothing, Part, Reply, Request
from siyu.channels.wecom.limits import Bytes, Chars, OneOf

if TYPE_CHECKING:
    from siyu.channels.wechat.api import WeChatApi

# how long a value of a subscription message may be, by the kind its field is named after
VALUE_LENGTHS: Final = {
    "thing": 20, "number": 32, "letter": 32, "symbol": 5, "character_string": 32,
    "phone_number": 17, "car_number": 8, "name": 20, "phrase": 5,
}  # fmt: skip
_KIND: Final = re.compile(r"([a-z_]+?)\d+\Z")
OpenId = Annotated[str, Chars(128, 1)]


class Value(Request, kw_only=True, frozen=True):
    """What stands in a field of the template."""

    value: str


class MiniProgramPage(Request, kw_only=True, frozen=True):
    """The page of a mini program that a message opens; the two must be linked."""

    appid: str
    pagepath: str | None = None


class TemplateRequest(Request, kw_only=True, frozen=True):
    """A template message to a follower.

    With `client_msg_id` WeChat sends a repeat within ten minutes only once.
    """

    touser: OpenId
    template_id: Annotated[str, Chars(128, 1)]
    data: dict[str, Value]
    url: Annotated[str, Bytes(2048)] | None = None
    miniprogram: MiniProgramPage | None = None
    client_msg_id: Annotated[str, Bytes(32, 1)] | None = None


class TemplateReply(Reply, kw_only=True, frozen=True):
    """The number of a message; a push `TemplateDelivered` tells what became of it."""

    msgid: int = 0


class SubscriptionRequest(Request, kw_only=True, frozen=True):
    """What the two kinds of subscription message have in common."""

    touser: OpenId
    template_id: Annotated[str, Chars(128, 1)]
    data: dict[str, Value]
    page: Annotated[str, Bytes(1024)] | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation for each value longer than its kind allows."""
        for field, value in self.data.items():
            kind = _KIND.match(field)
            most = VALUE_LENGTHS.get(kind[1]) if kind else None
            if most is not None and len(value.value) > most:
                yield f"data.{field}", f"最多 {most} 个字，现有 {len(value.value)} 个"


class OfficialSubscriptionRequest(SubscriptionRequest, kw_only=True, frozen=True):
    """A subscription message of an official account."""

    miniprogram: MiniProgramPage | None = None


class MiniSubscriptionRequest(SubscriptionRequest, kw_only=True, frozen=True):
    """A subscription message of a mini program; `page` is one of its own."""

    miniprogram_state: Annotated[str, OneOf(("formal", "trial", "developer"))] | None = None
    lang: Annotated[str, OneOf(("zh_CN", "en_US", "zh_HK", "zh_TW"))] | None = None


class Template(Part, kw_only=True, frozen=True):
    """A template of the account; its fields stand in `content` as ``{{thing1.DATA}}``."""

    template_id: str
    title: str = ""
    content: str = ""
    example: str = ""
    primary_industry: str = ""
    deputy_industry: str = ""


class TemplatesReply(Reply, kw_only=True, frozen=True):
    """The account's templates."""

    template_list: tuple[Template, ...] = ()


# a repeat sends a second message, or uses up a second consent
SEND_TEMPLATE: Final = Row(
    "POST", "/cgi-bin/message/template/send", TemplateRequest, TemplateReply, idempotent=False
)
SEND_OFFICIAL: Final = Row(
    "POST", "/cgi-bin/message/subscribe/bizsend", OfficialSubscriptionRequest, Reply,
    idempotent=False,
)  # fmt: skip
SEND_MINI: Final = Row(
    "POST", "/cgi-bin/message/subscribe/send", MiniSubscriptionRequest, Reply, idempotent=False
)
TEMPLATES: Final = Row("GET", "/cgi-bin/template/get_all_private_template", Nothing, TemplatesReply)
ROWS: Final = (SEND_TEMPLATE, SEND_OFFICIAL, SEND_MINI, TEMPLATES)


class OfficialMessages:
    """Messages of an official account. `data` gives each field of the template its text."""

    def __init__(self, api: "WeChatApi") -> None:
        self._api = api

    async def templates(self) -> tuple[Template, ...]:
        """Return the account's templates for template messages."""
        return (await self._api.call(TEMPLATES, Nothing())).template_list

    async def send_template(
        self,
        openid: str,
        template_id: str,
        data: Mapping[str, str],
        *,
        url: str | None = None,
        page: MiniProgramPage | None = None,
        client_msg_id: str | None = None,
    ) -> int:
        """Send a template message to a follower and return its number.

        Where both are given, `page` of a mini program is opened, and `url` by old clients.
        """
        request = TemplateRequest(
            touser=openid,
            template_id=template_id,
            data=_values(data),
            url=url,
            miniprogram=page,
            client_msg_id=client_msg_id,
        )
        return (await self._api.call(SEND_TEMPLATE, request)).msgid

    async def send_subscription(
        self,
        openid: str,
        template_id: str,
        data: Mapping[str, str],
        *,
        url: str | None = None,
        page: MiniProgramPage | None = None,
    ) -> None:
        """Send a subscription message; 43101 when the person's consents are used up."""
        request = OfficialSubscriptionRequest(
            touser=openid, template_id=template_id, data=_values(data), page=url, miniprogram=page
        )
        await self._api.call(SEND_OFFICIAL, request)


class MiniMessages:
    """Messages of a mini program."""

    def __init__(self, api: "WeChatApi") -> None:
        self._api = api

    async def send_subscription(
        self,
        openid: str,
        template_id: str,
        data: Mapping[str, str],
        *,
        page: str | None = None,
        state: str | None = None,
    ) -> None:
        """Send a subscription message; 43101 when the person's consents are used up.

        `state` says which version of the mini program opens: formal (default), trial, developer.
        """
        request = MiniSubscriptionRequest(
            touser=openid,
            template_id=template_id,
            data=_values(data),
            page=page,
            miniprogram_state=state,
        )
        await self._api.call(SEND_MINI, request)


def _values(data: Mapping[str, str]) -> dict[str, Value]:
    return {field: Value(value=text) for field, text in data.items()}
