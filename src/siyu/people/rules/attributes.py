"""The basic attributes of a person that rules can ask: one list for the builder, sets and one."""

from collections.abc import Callable
from typing import Any, Final, Literal

from msgspec import Struct

from siyu.people.models import IDENTITY_KINDS
from siyu.people.picture.person import Person

Kind = Literal["number", "money", "text", "moment", "choice", "flag"]


class Choice(Struct, frozen=True):
    """A value that a choice can have."""

    value: str
    title: str


class Basic(Struct, frozen=True):
    """An attribute as the builder shows it.

    `optional`: it can be absent, so `empty` and `present` may be asked. `things` names what the
    values are ids of where the choices are the tenant's own.
    """

    name: str
    title: str
    kind: Kind
    optional: bool = False
    choices: tuple[Choice, ...] = ()
    things: Literal["stage"] | None = None


class Source(Struct, frozen=True):
    """Where an attribute's value is.

    `column` is an expression over `person`; `absent` the condition on which there is no value;
    `encode` turns a choice into the column's value, of the engine's `type`. `get` returns the
    value in Python, or nothing: choices as texts, texts folded, several values of one attribute
    (remarks, identity kinds) as a tuple.
    """

    column: str
    get: Callable[[Person], Any]
    absent: str = ""
    many: bool = False
    encode: Callable[[str], Any] = str
    type: str = "String"


def fold(text: str) -> bytes:
    """Return a text as texts are compared: the case of ASCII letters makes no difference."""
    return text.encode().lower()


def _coded(member: str, codes: dict[int, str]) -> Source:
    names = {name: code for code, name in codes.items()}
    return Source(
        member,
        lambda person: codes.get(getattr(person, member)),
        f"{member} NOT IN ({', '.join(map(str, codes))})",
        encode=names.__getitem__,
        type="UInt8",
    )


def _text(member: str) -> Source:
    return Source(
        f"lower({member})", lambda person: fold(getattr(person, member)) or None, f"{member} = ''"
    )


def _moment(member: str) -> Source:
    return Source(member, lambda person: getattr(person, member), f"isNull({member})")


def _bought(member: str) -> Callable[[Person], Any]:
    return lambda person: getattr(person.bought, member) if person.bought else None


def _sum(member: str) -> Source:
    return Source(member, lambda person: getattr(person.bought, member) if person.bought else 0)


def _choices(**titles: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, title) for value, title in titles.items())


_GENDERS: Final = {1: "male", 2: "female"}
_KINDS: Final = {1: "wechat", 2: "wecom"}
_IDENTITY_TITLES: Final = {
    "external_userid": "企业微信",
    "unionid": "微信开放平台",
    "openid": "公众号或小程序",
    "phone": "手机号",
    "member": "会员号",
    "visitor": "网站访客",
}
AVERAGE: Final = "average_fen"

_ALL: Final[tuple[tuple[Basic, Source], ...]] = (
    (Basic("name", "昵称", "text", optional=True), _text("name")),
    (
        Basic("remark", "员工备注名", "text", optional=True),
        Source(
            "splitByChar('\\n', lower(remarks))",
            lambda person: tuple(map(fold, person.remarks)) or None,
            "remarks = ''",
            many=True,
        ),
    ),
    (Basic("corp_name", "所在企业", "text", optional=True), _text("corp_name")),
    (
        Basic("gender", "性别", "choice", optional=True, choices=_choices(male="男", female="女")),
        _coded("gender", _GENDERS),
    ),
    (
        Basic("kind", "账号类型", "choice", optional=True,
              choices=_choices(wechat="微信用户", wecom="企业微信用户")),
        _coded("kind", _KINDS),
    ),
    (
        Basic("state", "好友状态", "choice",
              choices=_choices(active="好友", half="对方未互加", lost="已流失")),
        Source("state", lambda person: person.state),
    ),
    (
        Basic("identity", "已知身份", "choice",
              choices=tuple(Choice(kind, _IDENTITY_TITLES[kind]) for kind in IDENTITY_KINDS)),
        Source("identity_kinds", lambda person: tuple(person.identity_kinds), many=True),
    ),
    (
        Basic("stage", "阶段", "choice", optional=True, things="stage"),
        Source(
            "stage_id",
            lambda person: None if person.stage_id is None else str(person.stage_id),
            "stage_id = 0",
            encode=int,
            type="UInt64",
        ),
    ),
    (Basic("stage_at", "进入阶段时间", "moment", optional=True), _moment("stage_at")),
    (Basic("created_at", "成为客户时间", "moment"), Source("created_at", lambda p: p.created_at)),
    (Basic("first_add_at", "首次添加时间", "moment", optional=True), _moment("first_add_at")),
    (Basic("last_add_at", "最近添加时间", "moment", optional=True), _moment("last_add_at")),
    (Basic("friends", "好友员工数", "number"), Source("friends", lambda person: person.living)),
    (
        Basic("marketing", "营销授权", "choice",
              choices=_choices(granted="同意", refused="拒绝", unknown="未表态")),
        Source("marketing", lambda person: person.marketing),
    ),
    (Basic("sensitive", "营销敏感", "flag"), Source("sensitive", lambda p: int(p.sensitive))),
    (Basic("orders", "订单数", "number"), _sum("orders")),
    (Basic("gmv_fen", "成交额", "money"), _sum("gmv_fen")),
    (
        Basic(AVERAGE, "客单价", "money", optional=True),
        Source("", lambda person: person.bought, "orders = 0"),
    ),
    (
        Basic("first_paid_at", "首次支付时间", "moment", optional=True),
        Source("first_paid_at", _bought("first_paid_at"), "isNull(first_paid_at)"),
    ),
    (
        Basic("last_paid_at", "最近支付时间", "moment", optional=True),
        Source("last_paid_at", _bought("last_paid_at"), "isNull(last_paid_at)"),
    ),
)  # fmt: skip
BASICS: Final = {basic.name: basic for basic, _ in _ALL}
"""The attributes by name, in the order in which the builder shows them."""
SOURCES: Final = {basic.name: source for basic, source in _ALL}
