"""Changes of departments, staff accounts and directory tags (通讯录管理), and the rest of reading.

What is changed through the API is not told by callback. Writing needs the right to manage the
directory, which ordinary applications of newer corporations do not have (48002).
"""

from collections.abc import Iterator
from typing import Annotated, Any, Final

from siyu.channels.wecom.endpoint import Endpoint, Nothing, Part, Reply, Request
from siyu.channels.wecom.endpoints.content import UserId
from siyu.channels.wecom.endpoints.directory import Department, UserRequest
from siyu.channels.wecom.limits import Between, Bytes, Chars, Items, OneOf

DepartmentName = Annotated[str, Chars(64, 1)]
TagName = Annotated[str, Chars(32, 1)]
Order = Annotated[int, Between(0, 2**32 - 1)]


class CreateDepartmentRequest(Request, kw_only=True, frozen=True):
    """A department below another; without `id` one is given."""

    name: DepartmentName
    parentid: int
    name_en: Annotated[str, Chars(64)] | None = None
    order: Order | None = None
    id: int | None = None


class CreateDepartmentReply(Reply, kw_only=True, frozen=True):
    """The id of the new department."""

    id: int


class UpdateDepartmentRequest(Request, kw_only=True, frozen=True):
    """Changes of a department; what is left out stays."""

    id: int
    name: DepartmentName | None = None
    name_en: Annotated[str, Chars(64)] | None = None
    parentid: int | None = None
    order: Order | None = None


class DepartmentRequest(Request, kw_only=True, frozen=True):
    """One department; without one, for the list of ids, everything visible."""

    id: int | None = None


class DepartmentReply(Reply, kw_only=True, frozen=True):
    """The department asked for."""

    department: Department


class DepartmentId(Part, kw_only=True, frozen=True):
    """A department without its name."""

    id: int
    parentid: int = 0
    order: int = 0


class DepartmentIdsReply(Reply, kw_only=True, frozen=True):
    """The departments the application may see."""

    department_id: tuple[DepartmentId, ...] = ()


class CreateUserRequest(Request, kw_only=True, frozen=True):
    """A staff account; it needs a phone number or a mail address."""

    userid: UserId
    name: Annotated[str, Chars(64, 1)]
    department: Annotated[list[int], Items(100, 1)]
    alias: Annotated[str, Chars(64)] | None = None
    mobile: str | None = None
    email: Annotated[str, Bytes(64)] | None = None
    biz_mail: Annotated[str, Bytes(64)] | None = None
    gender: Annotated[int, OneOf((0, 1, 2))] | None = None
    position: Annotated[str, Chars(128)] | None = None
    telephone: Annotated[str, Bytes(32)] | None = None
    order: list[int] | None = None
    is_leader_in_dept: list[int] | None = None
    direct_leader: Annotated[list[str], Items(1)] | None = None
    main_department: int | None = None
    enable: Annotated[int, OneOf((0, 1))] | None = None
    to_invite: bool | None = None
    extattr: dict[str, Any] | None = None
    external_position: Annotated[str, Chars(12)] | None = None
    external_profile: dict[str, Any] | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when nobody could sign in with it."""
        if not self.mobile and not self.email:
            yield "mobile", "手机号和邮箱至少填写一项"


class UpdateUserRequest(Request, kw_only=True, frozen=True):
    """Changes of a staff account; what is left out stays."""

    userid: UserId
    new_userid: UserId | None = None
    name: Annotated[str, Chars(64, 1)] | None = None
    department: Annotated[list[int], Items(100, 1)] | None = None
    alias: Annotated[str, Chars(64)] | None = None
    mobile: str | None = None
    email: Annotated[str, Bytes(64)] | None = None
    biz_mail: Annotated[str, Bytes(64)] | None = None
    gender: Annotated[int, OneOf((0, 1, 2))] | None = None
    position: Annotated[str, Chars(128)] | None = None
    telephone: Annotated[str, Bytes(32)] | None = None
    order: list[int] | None = None
    is_leader_in_dept: list[int] | None = None
    direct_leader: Annotated[list[str], Items(1)] | None = None
    main_department: int | None = None
    enable: Annotated[int, OneOf((0, 1))] | None = None
    extattr: dict[str, Any] | None = None
    external_position: Annotated[str, Chars(12)] | None = None
    external_profile: dict[str, Any] | None = None


class DeleteUsersRequest(Request, kw_only=True, frozen=True):
    """Staff accounts that leave."""

    useridlist: Annotated[list[UserId], Items(200, 1)]


class CreateTagRequest(Request, kw_only=True, frozen=True):
    """A directory tag; without `tagid` one is given."""

    tagname: TagName
    tagid: int | None = None


class CreateTagReply(Reply, kw_only=True, frozen=True):
    """The id of the new tag."""

    tagid: int


class UpdateTagRequest(Request, kw_only=True, frozen=True):
    """Another name for a tag."""

    tagid: int
    tagname: TagName


class TagRequest(Request, kw_only=True, frozen=True):
    """One directory tag."""

    tagid: int


class DirectoryTag(Part, kw_only=True, frozen=True):
    """A directory tag."""

    tagid: int
    tagname: str = ""


class TagsReply(Reply, kw_only=True, frozen=True):
    """The directory tags."""

    taglist: tuple[DirectoryTag, ...] = ()


class TaggedUser(Part, kw_only=True, frozen=True):
    """A staff account that carries a tag."""

    userid: str
    name: str = ""


class TagReply(Reply, kw_only=True, frozen=True):
    """A tag with the visible accounts and departments that carry it."""

    tagname: str = ""
    userlist: tuple[TaggedUser, ...] = ()
    partylist: tuple[int, ...] = ()


class TagMembersRequest(Request, kw_only=True, frozen=True):
    """A tag, and accounts or departments."""

    tagid: int
    userlist: Annotated[list[UserId], Items(1000)] | None = None
    partylist: Annotated[list[int], Items(100)] | None = None

    def broken_rules(self) -> Iterator[tuple[str, str]]:
        """Yield a violation when nobody is named."""
        if not self.userlist and not self.partylist:
            yield "userlist", "请选择成员或部门"


class TagMembersReply(Reply, kw_only=True, frozen=True):
    """Who could not be taken: userids joined by ``|``, departments."""

    invalidlist: str = ""
    invalidparty: tuple[int, ...] = ()


class Agent(Part, kw_only=True, frozen=True):
    """An application."""

    agentid: int
    name: str = ""
    square_logo_url: str = ""


class AgentsReply(Reply, kw_only=True, frozen=True):
    """The applications that the token sees: one."""

    agentlist: tuple[Agent, ...] = ()


class SetAgentRequest(Request, kw_only=True, frozen=True):
    """Changes of the application; what is left out stays."""

    agentid: int
    name: Annotated[str, Chars(32, 1)] | None = None
    description: Annotated[str, Bytes(480, 4)] | None = None
    logo_mediaid: str | None = None
    redirect_domain: str | None = None
    home_url: Annotated[str, Bytes(2048)] | None = None
    report_location_flag: Annotated[int, OneOf((0, 1))] | None = None
    isreportenter: Annotated[int, OneOf((0, 1))] | None = None


_ROOT: Final = "/cgi-bin"

# a second attempt at what worked is refused as double or unknown, and hides that it worked
CREATE_DEPARTMENT: Final = Endpoint(
    "POST",
    f"{_ROOT}/department/create",
    "90205",
    CreateDepartmentRequest,
    CreateDepartmentReply,
    idempotent=False,
)
UPDATE_DEPARTMENT: Final = Endpoint(
    "POST", f"{_ROOT}/department/update", "90206", UpdateDepartmentRequest, Reply
)
DELETE_DEPARTMENT: Final = Endpoint(
    "GET", f"{_ROOT}/department/delete", "90207", DepartmentRequest, Reply, idempotent=False
)
GET_DEPARTMENT: Final = Endpoint(
    "GET", f"{_ROOT}/department/get", "95351", DepartmentRequest, DepartmentReply
)
LIST_DEPARTMENT_IDS: Final = Endpoint(
    "GET", f"{_ROOT}/department/simplelist", "95350", DepartmentRequest, DepartmentIdsReply
)
CREATE_USER: Final = Endpoint(
    "POST", f"{_ROOT}/user/create", "90195", CreateUserRequest, Reply, idempotent=False
)
UPDATE_USER: Final = Endpoint("POST", f"{_ROOT}/user/update", "90197", UpdateUserRequest, Reply)
DELETE_USER: Final = Endpoint(
    "GET", f"{_ROOT}/user/delete", "90198", UserRequest, Reply, idempotent=False
)
DELETE_USERS: Final = Endpoint(
    "POST", f"{_ROOT}/user/batchdelete", "90199", DeleteUsersRequest, Reply, idempotent=False
)
CREATE_TAG: Final = Endpoint(
    "POST", f"{_ROOT}/tag/create", "90210", CreateTagRequest, CreateTagReply, idempotent=False
)
UPDATE_TAG: Final = Endpoint("POST", f"{_ROOT}/tag/update", "90211", UpdateTagRequest, Reply)
DELETE_TAG: Final = Endpoint(
    "GET", f"{_ROOT}/tag/delete", "90212", TagRequest, Reply, idempotent=False
)
LIST_TAGS: Final = Endpoint("GET", f"{_ROOT}/tag/list", "90216", Nothing, TagsReply)
GET_TAG: Final = Endpoint("GET", f"{_ROOT}/tag/get", "90213", TagRequest, TagReply)
ADD_TAG_MEMBERS: Final = Endpoint(
    "POST", f"{_ROOT}/tag/addtagusers", "90214", TagMembersRequest, TagMembersReply
)
REMOVE_TAG_MEMBERS: Final = Endpoint(
    "POST", f"{_ROOT}/tag/deltagusers", "90215", TagMembersRequest, TagMembersReply
)
LIST_AGENTS: Final = Endpoint("GET", f"{_ROOT}/agent/list", "90227", Nothing, AgentsReply)
SET_AGENT: Final = Endpoint("POST", f"{_ROOT}/agent/set", "90228", SetAgentRequest, Reply)
