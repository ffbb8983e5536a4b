"""Join ways: the codes customers scan to come into groups (客户群「加入群聊」管理).

As with contact ways, those made here are invisible in the admin console and count towards the same
500,000, and a lost config_id is lost for good.
"""

from typing import Annotated, Final

from siyu.channels.wecom.endpoint import Endpoint, Part, Reply, Request
from siyu.channels.wecom.endpoints.contact_ways import MINI_PROGRAM, QR_CODE, ConfigId
from siyu.channels.wecom.limits import Chars, Items, OneOf


class AddJoinWayRequest(Request, kw_only=True, frozen=True):
    """A way into up to five groups.

    When all are full WeCom makes a new one, unless `auto_create_room` is 0, and calls it
    `room_base_name` followed by a number that counts up from `room_base_id`. `state` comes back
    with each member who came this way.
    """

    scene: Annotated[int, OneOf((MINI_PROGRAM, QR_CODE))]
    chat_id_list: Annotated[list[str], Items(5, 1)]
    remark: Annotated[str, Chars(30)] | None = None
    auto_create_room: Annotated[int, OneOf((0, 1))] | None = None
    room_base_name: Annotated[str, Chars(40)] | None = None
    room_base_id: int | None = None
    state: Annotated[str, Chars(30)] | None = None
    mark_source: bool | None = None


class UpdateJoinWayRequest(AddJoinWayRequest, kw_only=True, frozen=True):
    """A way as it is to be from now on: everything is overwritten, what is left out goes."""

    config_id: ConfigId


class AddJoinWayReply(Reply, kw_only=True, frozen=True):
    """The id to keep."""

    config_id: str


class JoinWayRequest(Request, kw_only=True, frozen=True):
    """One way."""

    config_id: ConfigId


class JoinWay(Part, kw_only=True, frozen=True):
    """A way as WeCom keeps it; `qr_code` is the address of the picture for scene `QR_CODE`."""

    config_id: str
    scene: int = 0
    remark: str = ""
    auto_create_room: int = 1
    room_base_name: str = ""
    room_base_id: int = 0
    chat_id_list: tuple[str, ...] = ()
    qr_code: str = ""
    state: str = ""
    mark_source: bool = True


class JoinWayReply(Reply, kw_only=True, frozen=True):
    """One way."""

    join_way: JoinWay


_PATH: Final = "/cgi-bin/externalcontact/groupchat"

# each repeat would make another way that nobody knows of
ADD_JOIN_WAY: Final = Endpoint(
    "POST", f"{_PATH}/add_join_way", "92229", AddJoinWayRequest, AddJoinWayReply, idempotent=False
)
GET_JOIN_WAY: Final = Endpoint(
    "POST", f"{_PATH}/get_join_way", "92229", JoinWayRequest, JoinWayReply
)
UPDATE_JOIN_WAY: Final = Endpoint(
    "POST", f"{_PATH}/update_join_way", "92229", UpdateJoinWayRequest, Reply
)
DELETE_JOIN_WAY: Final = Endpoint("POST", f"{_PATH}/del_join_way", "92229", JoinWayRequest, Reply)
