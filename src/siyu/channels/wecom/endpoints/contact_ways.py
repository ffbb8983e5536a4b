"""Contact ways: the codes customers scan to add staff (客户联系「联系我」管理).

Ways made here are invisible in the admin console, and a lost config_id is lost for good. A
corporation may have 500,000 of them together with the ways into groups.
"""

from collections.abc import Iterator
from typing import Annotated, Final

from siyu.channels.wecom.endpoint import (
    Endpoint,
    PagedReply,
    PagedRequest,
    Part,
    Reply,
    Request,
)
from siyu.channels.wecom.endpoints.content import Image, Link, MiniProgram, Text
from siyu.channels.wecom.limits import Between, Bytes, Chars, Items, OneOf

SINGLE: Final = 1
MULTIPLE: Final = 2
MINI_PROGRAM: Final = 1
QR_CODE: Final = 2
_FORTNIGHT: Final = 14 * 24 * 3600

ConfigId = Annotated[str, Bytes(64, 1)]
Users = Annotated[list[str], Items(100)]
Parties = Annotated[list[int], Items(100)]
Lifetime = Annotated[int, Between(1, _FORTNIGHT)]


class Conclusion(Request, kw_only=True, frozen=True):
    """What a temporary chat ends with: a text, and the first of picture, link, mini program."""

    text: Text | None = None
    image: Image | None = None
    link: Link | None = None
    miniprogram: MiniProgram | None = None


class AddContactWayRequest(Request, kw_only=True, frozen=True):
    """A way to add one staff account (`SINGLE`) or one of several (`MULTIPLE`).

    `state` comes back in the callback of each customer who used the way. WeCom skips the
    confirmation unless `skip_verify` is false.
    """

    type: Annotated[int, OneOf((SINGLE, MULTIPLE))]
    scene: Annotated[int, OneOf((MINI_PROGRAM, QR_CODE))]
    style: int | None = None
    remark: Annotated[str, Chars(30)] | None = None
    skip_verify: bool | None = None
    state: Annotated[str, Chars(30)] | None = None
    user: Users | None = None
    party: Parties | None = None
    is_temp: bool | None = None
    expires_in: Lifetime | None = None
    chat_expires_in: Lifetime | None = None
    unionid: str | None = None
    is_exclusive: bool | None = None
    mark_source: bool | None = None
    conclusions: Conclusion | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield violations of what the types allow."""
        if self.type == SINGLE and (len(self.user or ()) != 1 or self.party):
            yield "user", "单人「联系我」需要且只能有一位成员"
        if self.type == MULTIPLE and not self.user and not self.party:
            yield "user", "请至少选择一位成员或一个部门"
        if self.is_temp and self.type != SINGLE:
            yield "type", "临时会话只支持单人"


class AddContactWayReply(Reply, kw_only=True, frozen=True):
    """The id to keep, and for scene `QR_CODE` the address of the picture."""

    config_id: str
    qr_code: str = ""


class ContactWayRequest(Request, kw_only=True, frozen=True):
    """One contact way."""

    config_id: ConfigId


class ContactWay(Part, kw_only=True, frozen=True):
    """A contact way as WeCom keeps it."""

    config_id: str
    type: int = 0
    scene: int = 0
    style: int = 0
    remark: str = ""
    skip_verify: bool = True
    state: str = ""
    qr_code: str = ""
    user: tuple[str, ...] = ()
    party: tuple[int, ...] = ()
    is_temp: bool = False
    expires_in: int = 0
    chat_expires_in: int = 0
    unionid: str = ""
    is_exclusive: bool = False
    mark_source: bool = True


class ContactWayReply(Reply, kw_only=True, frozen=True):
    """One contact way."""

    contact_way: ContactWay


class UpdateContactWayRequest(Request, kw_only=True, frozen=True):
    """Changes of a contact way; type and scene stay, `user` and `party` are overwritten."""

    config_id: ConfigId
    style: int | None = None
    remark: Annotated[str, Chars(30)] | None = None
    skip_verify: bool | None = None
    state: Annotated[str, Chars(30)] | None = None
    user: Users | None = None
    party: Parties | None = None
    expires_in: Lifetime | None = None
    chat_expires_in: Lifetime | None = None
    unionid: str | None = None
    mark_source: bool | None = None
    conclusions: Conclusion | None = None


class ContactWaysRequest(PagedRequest, kw_only=True, frozen=True):
    """A page of the ways made between two times in seconds; by default the last 90 days.

    Temporary ones and those made before 2021-07-10 are not listed.
    """

    start_time: int | None = None
    end_time: int | None = None
    limit: Annotated[int, Between(1, 1000)] | None = None


class ContactWayId(Part, kw_only=True, frozen=True):
    """The id of a contact way."""

    config_id: str


class ContactWaysReply(PagedReply, kw_only=True, frozen=True):
    """A page of ids."""

    contact_way: tuple[ContactWayId, ...] = ()


# each repeat would make another way that nobody knows of
ADD_CONTACT_WAY: Final = Endpoint(
    "POST",
    "/cgi-bin/externalcontact/add_contact_way",
    "92228",
    AddContactWayRequest,
    AddContactWayReply,
    idempotent=False,
)
GET_CONTACT_WAY: Final = Endpoint(
    "POST",
    "/cgi-bin/externalcontact/get_contact_way",
    "92228",
    ContactWayRequest,
    ContactWayReply,
)
LIST_CONTACT_WAYS: Final = Endpoint(
    "POST",
    "/cgi-bin/externalcontact/list_contact_way",
    "92228",
    ContactWaysRequest,
    ContactWaysReply,
)
UPDATE_CONTACT_WAY: Final = Endpoint(
    "POST",
    "/cgi-bin/externalcontact/update_contact_way",
    "92228",
    UpdateContactWayRequest,
    Reply,
)
DELETE_CONTACT_WAY: Final = Endpoint(
    "POST", "/cgi-bin/externalcontact/del_contact_way", "92228", ContactWayRequest, Reply
)
