"""The message archive's calls over HTTP (会话内容存档): who is archived and who agreed.

The messages themselves come through an adapter, see `siyu.channels.wecom.archive`.
"""

from enum import StrEnum
from typing import Annotated, Final

from siyu.channels.wecom.endpoint import Endpoint, Part, Reply, Request
from siyu.channels.wecom.endpoints.content import UserId
from siyu.channels.wecom.limits import Bytes, Items, OneOf

OFFICE: Final = 1
SERVICE: Final = 2
ENTERPRISE: Final = 3


class Consent(StrEnum):
    """What a customer said to being archived; an account without the question agrees by default."""

    AGREE = "Agree"
    DISAGREE = "Disagree"
    DEFAULT = "Default_Agree"


class PermitListRequest(Request, kw_only=True, frozen=True):
    """The edition: `OFFICE`, `SERVICE` or `ENTERPRISE`; all without."""

    type: Annotated[int, OneOf((OFFICE, SERVICE, ENTERPRISE))] | None = None


class PermitListReply(Reply, kw_only=True, frozen=True):
    """The staff accounts whose messages are kept."""

    ids: tuple[str, ...] = ()


class Pair(Request, kw_only=True, frozen=True):
    """A staff account and a customer; the name of the field is misspelt by WeCom."""

    userid: UserId
    exteranalopenid: Annotated[str, Bytes(64, 1)]


class PairsRequest(Request, kw_only=True, frozen=True):
    """At most 100 pairs (301060)."""

    info: Annotated[list[Pair], Items(100, 1)]


class RoomRequest(Request, kw_only=True, frozen=True):
    """A group."""

    roomid: Annotated[str, Bytes(64, 1)]


class Agreement(Part, kw_only=True, frozen=True):
    """What a customer said (see `Consent`), in a group without `userid`; the time in seconds."""

    exteranalopenid: str
    userid: str = ""
    agree_status: str = ""
    status_change_time: int = 0


class AgreementsReply(Reply, kw_only=True, frozen=True):
    """What the customers said."""

    agreeinfo: tuple[Agreement, ...] = ()


class RoomMember(Part, kw_only=True, frozen=True):
    """A member of an internal group."""

    memberid: str
    jointime: int = 0


class RoomReply(Reply, kw_only=True, frozen=True):
    """An internal group; of others nothing is told (301059)."""

    roomname: str = ""
    creator: str = ""
    room_create_time: int = 0
    notice: str = ""
    members: tuple[RoomMember, ...] = ()


class RobotRequest(Request, kw_only=True, frozen=True):
    """A robot that wrote in a group."""

    robot_id: Annotated[str, Bytes(64, 1)]


class Robot(Part, kw_only=True, frozen=True):
    """A robot and who made it."""

    robot_id: str
    name: str = ""
    creator_userid: str = ""


class RobotReply(Reply, kw_only=True, frozen=True):
    """The robot."""

    data: Robot


_PATH: Final = "/cgi-bin/msgaudit"

LIST_PERMITTED: Final = Endpoint(
    "POST", f"{_PATH}/get_permit_user_list", "91614", PermitListRequest, PermitListReply
)
CHECK_PAIRS: Final = Endpoint(
    "POST", f"{_PATH}/check_single_agree", "91782", PairsRequest, AgreementsReply
)
CHECK_ROOM: Final = Endpoint(
    "POST", f"{_PATH}/check_room_agree", "91782", RoomRequest, AgreementsReply
)
GET_ROOM: Final = Endpoint("POST", f"{_PATH}/groupchat/get", "92951", RoomRequest, RoomReply)
GET_ROBOT: Final = Endpoint("GET", f"{_PATH}/get_robot_info", "91774", RobotRequest, RobotReply)
