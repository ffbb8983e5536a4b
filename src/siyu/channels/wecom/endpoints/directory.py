"""Departments, staff accounts and the application itself.

Applications made since 2022-06-20 get no avatar, gender, phone, mail, QR code or address of staff
here; those come only from a staff member's own consent (`GET_USER_DETAIL`). Some get no name.
"""

from typing import Annotated, Final

from siyu.channels.wecom.endpoint import Endpoint, PagedReply, PagedRequest, Part, Reply, Request
from siyu.channels.wecom.limits import Between, Bytes


class DepartmentsRequest(Request, kw_only=True, frozen=True):
    """A department whose whole tree is asked for; without one, everything visible."""

    id: int | None = None


class Department(Part, kw_only=True, frozen=True):
    """A department; the root has id 1 and parent 0."""

    id: int
    name: str = ""
    name_en: str = ""
    parentid: int = 0
    order: int = 0
    department_leader: tuple[str, ...] = ()


class DepartmentsReply(Reply, kw_only=True, frozen=True):
    """The departments the application may see."""

    department: tuple[Department, ...] = ()


class UserIdsRequest(PagedRequest, kw_only=True, frozen=True):
    """A page of memberships."""

    limit: Annotated[int, Between(1, 10_000)] | None = None


class Membership(Part, kw_only=True, frozen=True):
    """A staff account in a department; one in several departments comes several times."""

    userid: str
    department: int = 0


class UserIdsReply(PagedReply, kw_only=True, frozen=True):
    """A page of memberships."""

    dept_user: tuple[Membership, ...] = ()


class UserRequest(Request, kw_only=True, frozen=True):
    """One staff account."""

    userid: Annotated[str, Bytes(64, 1)]


class User(Reply, kw_only=True, frozen=True):
    """A staff account. `status`: 1 active, 2 disabled, 4 not yet active, 5 left."""

    userid: str
    name: str = ""
    alias: str = ""
    department: tuple[int, ...] = ()
    main_department: int = 0
    is_leader_in_dept: tuple[int, ...] = ()
    direct_leader: tuple[str, ...] = ()
    position: str = ""
    external_position: str = ""
    status: int = 0
    gender: int = 0
    mobile: str = ""
    email: str = ""
    biz_mail: str = ""
    avatar: str = ""
    thumb_avatar: str = ""
    qr_code: str = ""
    open_userid: str = ""


class UsersRequest(Request, kw_only=True, frozen=True):
    """The staff accounts of one department, without those below it unless asked."""

    department_id: int
    fetch_child: bool = False


class UsersReply(Reply, kw_only=True, frozen=True):
    """The staff accounts of a department."""

    userlist: tuple[User, ...] = ()


class AgentRequest(Request, kw_only=True, frozen=True):
    """The application."""

    agentid: int


class VisibleUser(Part, kw_only=True, frozen=True):
    """A staff account that the application was given by name."""

    userid: str


class VisibleUsers(Part, kw_only=True, frozen=True):
    """The staff accounts given by name."""

    user: tuple[VisibleUser, ...] = ()


class VisibleDepartments(Part, kw_only=True, frozen=True):
    """The departments given."""

    partyid: tuple[int, ...] = ()


class VisibleTags(Part, kw_only=True, frozen=True):
    """The directory tags given."""

    tagid: tuple[int, ...] = ()


class AgentReply(Reply, kw_only=True, frozen=True):
    """The application: whom it may see, whether it is switched off, its trusted domain."""

    agentid: int
    name: str = ""
    description: str = ""
    square_logo_url: str = ""
    allow_userinfos: VisibleUsers = VisibleUsers()
    allow_partys: VisibleDepartments = VisibleDepartments()
    allow_tags: VisibleTags = VisibleTags()
    close: bool = False
    redirect_domain: str = ""
    home_url: str = ""


LIST_DEPARTMENTS: Final = Endpoint(
    "GET", "/cgi-bin/department/list", "90208", DepartmentsRequest, DepartmentsReply, seconds=30
)
LIST_USER_IDS: Final = Endpoint(
    "POST", "/cgi-bin/user/list_id", "", UserIdsRequest, UserIdsReply, seconds=30
)
GET_USER: Final = Endpoint("GET", "/cgi-bin/user/get", "90196", UserRequest, User)
LIST_USERS: Final = Endpoint(
    "GET", "/cgi-bin/user/list", "90201", UsersRequest, UsersReply, seconds=30
)
GET_AGENT: Final = Endpoint("GET", "/cgi-bin/agent/get", "90227", AgentRequest, AgentReply)
