"""Which permissions the application has, found by calls that cannot change anything.

A write is probed with an id that cannot exist: WeCom looks at the permission first, so "no such
thing" proves the permission and 48002 its lack. What no call can show is reported as unknown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

from msgspec import Struct

from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.endpoint import Endpoint, Nothing, Request
from siyu.channels.wecom.endpoints import (
    archive,
    auth,
    contact_ways,
    contacts,
    directory,
    groups,
    messages,
    service_accounts,
    tags,
    welcome,
)
from siyu.channels.wecom.endpoints.content import Text
from siyu.channels.wecom.errors import WeComError, WeComFailure
from siyu.channels.wecom.permissions import (
    APP,
    CONTACT_SCOPE,
    SECRET,
    TRUSTED_DOMAIN,
    TRUSTED_IP,
    VISIBILITY,
    Permission,
)

State = Literal["granted", "missing", "unknown"]
_NOBODY: Final = "siyu-probe-nobody"
# "no such staff, customer, relation or tag", said only to those who may ask
_NO_SUCH: Final = frozenset({40003, 40068, 40096, 41056, 46004, 60021, 60111, 84061, 84084})


class Probe(Struct, kw_only=True, frozen=True):
    """The state of one permission; `errcode` is what WeCom answered, `fix` says where to grant.

    What `fix` says to people, the key of the `permission` and the `egress` address that is not
    trusted say to programs.
    """

    key: str
    title: str
    state: State
    errcode: int | None = None
    detail: str = ""
    fix: str = ""
    permission: str = ""
    egress: str = ""


@dataclass(frozen=True, slots=True)
class _Question:
    """A harmless call.

    An errcode of `granted` proves the permission though it is no success; `lacks` says from a
    successful answer what is missing all the same.
    """

    key: str
    title: str
    endpoint: Endpoint[Any, Any]
    request: Callable[[WecomClient], Request]
    granted: frozenset[int] = frozenset()
    lacks: Callable[[Any], tuple[str, Permission] | None] = lambda _reply: None
    optional: bool = False
    """Whether an enterprise may well do without: then its lack is no fault to repair."""


def _switched_off(agent: directory.AgentReply) -> tuple[str, Permission] | None:
    return ("应用已停用", APP) if agent.close else None


def _no_domain(agent: directory.AgentReply) -> tuple[str, Permission] | None:
    return None if agent.redirect_domain else ("还没有填写可信域名", TRUSTED_DOMAIN)


def _no_department(reply: directory.DepartmentsReply) -> tuple[str, Permission] | None:
    return None if reply.department else ("应用看不到任何部门", VISIBILITY)


def _no_follow_user(reply: contacts.FollowUsersReply) -> tuple[str, Permission] | None:
    return None if reply.follow_user else ("没有成员可以使用客户联系", CONTACT_SCOPE)


def _agent(client: WecomClient) -> Request:
    return directory.AgentRequest(agentid=client.app.agent_id)


def _message_to_nobody(client: WecomClient) -> Request:
    return messages.MessageRequest(
        agentid=client.app.agent_id,
        touser=_NOBODY,
        msgtype="text",
        text=messages.MessageText(content="权限检查"),
    )


_QUESTIONS: Final = (
    _Question("trusted_ip", TRUSTED_IP.title, auth.GET_API_DOMAIN_IP, lambda _: Nothing()),
    _Question("app", "应用状态与AgentId", directory.GET_AGENT, _agent, lacks=_switched_off),
    _Question(
        "trusted_domain", TRUSTED_DOMAIN.title, directory.GET_AGENT, _agent, lacks=_no_domain
    ),
    _Question(
        "directory",
        "通讯录可见范围",
        directory.LIST_DEPARTMENTS,
        lambda _: directory.DepartmentsRequest(),
        lacks=_no_department,
    ),
    _Question(
        "contacts",
        "读取客户",
        contacts.LIST_FOLLOW_USERS,
        lambda _: Nothing(),
        lacks=_no_follow_user,
    ),
    _Question("tags_read", "读取企业标签", tags.LIST_CORP_TAGS, lambda _: tags.CorpTagsRequest()),
    _Question(
        "tags_write",
        "给客户打标签",
        tags.MARK_TAG,
        lambda _: tags.MarkTagRequest(userid=_NOBODY, external_userid=_NOBODY, add_tag=[_NOBODY]),
        granted=_NO_SUCH,
    ),
    _Question(
        "contact_ways",
        "「联系我」活码",
        contact_ways.LIST_CONTACT_WAYS,
        lambda _: contact_ways.ContactWaysRequest(limit=1),
    ),
    _Question(
        "welcome",
        "发送欢迎语",
        welcome.SEND_WELCOME,
        lambda _: welcome.WelcomeRequest(welcome_code=_NOBODY, text=Text(content="权限检查")),
        granted=frozenset({41050}),
    ),
    _Question(
        "messages",
        "给成员发应用消息",
        messages.SEND_MESSAGE,
        _message_to_nobody,
        granted=_NO_SUCH | {81013},
    ),
    _Question(
        "groups",
        "读取客户群",
        groups.LIST_GROUPS,
        lambda _: groups.GroupsRequest(limit=1),
    ),
    _Question(
        "service",
        "微信客服（选用）",
        service_accounts.LIST_ACCOUNTS,
        lambda _: service_accounts.AccountsRequest(limit=1),
        optional=True,
    ),
    _Question(
        "archive",
        "会话内容存档（选用）",
        archive.LIST_PERMITTED,
        lambda _: archive.PermitListRequest(),
        optional=True,
    ),
)
TITLES: Final = {"secret": SECRET.title} | {question.key: question.title for question in _QUESTIONS}


async def diagnose(client: WecomClient) -> list[Probe]:
    """Return the state of every permission siyu uses, the secret first; never raises a failure."""
    secret = await _secret(client)
    if secret.state != "granted":
        detail = "先填写正确的企业ID和Secret" if secret.state == "missing" else secret.detail
        return [
            secret,
            *(
                Probe(key=question.key, title=question.title, state="unknown", detail=detail)
                for question in _QUESTIONS
            ),
        ]
    return [secret, *[await _ask(client, question) for question in _QUESTIONS]]


async def _secret(client: WecomClient) -> Probe:
    try:
        await client.call(auth.GET_API_DOMAIN_IP, Nothing())
    except WeComError as error:
        if error.endpoint == auth.GET_TOKEN.path:
            return _failed("secret", SECRET.title, error)
    except WeComFailure as failure:
        return Probe(key="secret", title=SECRET.title, state="unknown", detail=failure.sentence)
    return Probe(key="secret", title=SECRET.title, state="granted", errcode=0)


async def _ask(client: WecomClient, question: _Question) -> Probe:
    key, title = question.key, question.title
    try:
        reply = await client.call(question.endpoint, question.request(client))
    except WeComError as error:
        if error.errcode in question.granted:
            return Probe(key=key, title=title, state="granted", errcode=error.errcode)
        return _failed(key, title, error, optional=question.optional)
    except WeComFailure as failure:
        return Probe(key=key, title=title, state="unknown", detail=failure.sentence)
    if (lack := question.lacks(reply)) is not None:
        detail, permission = lack
        return Probe(
            key=key,
            title=title,
            state="missing",
            errcode=0,
            detail=detail,
            fix=permission.where,
            permission=permission.key,
        )
    return Probe(key=key, title=title, state="granted", errcode=0)


def _failed(key: str, title: str, error: WeComError, *, optional: bool = False) -> Probe:
    # a wrong egress address refuses everything and so says nothing about the rest
    general = error.permission in {SECRET, TRUSTED_IP} and error.permission.key != key
    return Probe(
        key=key,
        title=title,
        state="unknown" if error.permission is None or general or optional else "missing",
        errcode=error.errcode,
        detail=error.sentence,
        fix=error.fix,
        permission=error.permission.key if error.permission else "",
        egress=error.egress,
    )
