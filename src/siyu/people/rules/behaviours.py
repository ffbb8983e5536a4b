"""What people do that rules can ask: the facts about persons, and the properties of each."""

from collections.abc import Mapping
from functools import cache
from types import NoneType
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from siyu.facts import Fact, catalogue
from siyu.people.rules.attributes import Choice

PropertyKind = Literal["number", "money", "text", "choice", "flag", "thing", "open"]


class Property(Struct, frozen=True):
    """A property of a fact that can be asked.

    `things` names what an id stands for. Of an `open` one the members are asked, as `name.member`;
    which there are is up to whoever reported them. `always`: every fact of the type has it.
    """

    name: str
    title: str
    kind: PropertyKind
    always: bool
    whole: bool = True
    """Whether a number has no fraction."""
    choices: tuple[Choice, ...] = ()
    things: str | None = None


class Doing(Struct, frozen=True):
    """Something people do or that happens to them."""

    type: str
    title: str
    properties: tuple[Property, ...]


_TYPES: Final = (
    "contact.added", "contact.readded", "contact.lost",
    "material.shared", "link.clicked", "material.viewed", "material.read", "site.event",
    "order.paid", "order.matched", "order.refunded",
    "group.member_joined", "group.member_left",
    "touch.created", "welcome.sent", "welcome.given_up",
    "tag.marked", "tag.unmarked", "stage.changed", "consent.given", "sensitivity.changed",
    "experiment.assigned",
)  # fmt: skip
_TITLES: Final[Mapping[str, tuple[str, str | None]]] = {
    "channel_id": ("渠道", "channel"),
    "live_code_id": ("活码", "live_code"),
    "material_id": ("素材", "material"),
    "tag_id": ("标签", "tag"),
    "stage_id": ("阶段", "stage"),
    "before_id": ("原阶段", "stage"),
    "group_id": ("客户群", "group"),
    "source_id": ("来源", "source"),
    "first": ("是首次添加", None),
    "observed": ("由回调得知", None),
    "add_way": ("添加方式", None),
    "by": ("由谁结束", None),
    "age_seconds": ("好友关系时长（秒）", None),
    "forwarded": ("来自转发", None),
    "anonymous": ("登录前匿名浏览", None),
    "seconds": ("时长（秒）", None),
    "depth": ("阅读深度（%）", None),
    "name": ("名称", None),
    "page": ("页面", None),
    "properties": ("上报的属性", None),
    "amount_fen": ("金额", None),
    "refund_fen": ("退款金额", None),
    "method": ("匹配方式", None),
    "scene": ("入群方式", None),
    "stayed_seconds": ("在群时长（秒）", None),
    "kind": ("类型", None),
    "reason": ("原因", None),
    "source": ("来源", None),
    "state": ("结果", None),
    "experiment": ("实验", None),
    "arm": ("分组", None),
}
"""Chinese names of properties, and what their ids stand for; others are not asked."""
_WORDS: Final = {
    "customer": "客户",
    "staff": "员工",
    "transfer": "转接",
    "unknown": "未知",
    "left": "自己退出",
    "removed": "被移出",
    "live_code": "活码",
    "wecom": "企业微信",
    "employee": "员工",
    "rule": "规则",
    "import": "导入",
    "ended": "到期",
    "marketing": "营销",
    "profiling": "画像",
    "granted": "同意",
    "refused": "拒绝",
    "found": "发现",
    "confirmed": "确认",
    "dismissed": "排除",
    "touch": "触达",
    "phone": "手机号",
    "external_member_id": "会员号",
    "treated": "实验组",
    "held_out": "对照组",
}


@cache
def doings() -> Mapping[str, Doing]:
    """Return what can be asked, by type."""
    facts = catalogue()
    return {type_: _doing(facts[type_]) for type_ in _TYPES}


@cache
def properties(type_: str) -> Mapping[str, Property]:
    """Return the properties of a type by name; an unknown type has none."""
    doing = doings().get(type_)
    return {item.name: item for item in doing.properties} if doing else {}


def property_of(type_: str, name: str) -> Property | None:
    """Return the property that a condition names, or nothing when it cannot be asked."""
    head, _, member = name.partition(".")
    found = properties(type_).get(head)
    return found if found and (found.kind == "open") == bool(member) else None


def _doing(fact: type[Fact]) -> Doing:
    hints = get_type_hints(fact)
    fields = [field for field in msgspec.structs.fields(fact) if field.name in _TITLES]
    return Doing(
        fact.type, fact.title, tuple(_property(field, hints[field.name]) for field in fields)
    )


def _property(field: msgspec.structs.FieldInfo, annotation: Any) -> Property:
    title, things = _TITLES[field.name]
    # Absent properties are those that are None; all others are written, defaults as well.
    always = NoneType not in get_args(annotation)
    bare = next((part for part in get_args(annotation) if part is not NoneType), annotation)
    kind: PropertyKind
    if get_origin(annotation) is Literal:
        choices = tuple(Choice(value, _WORDS.get(value, value)) for value in get_args(annotation))
        return Property(field.name, title, "choice", always, choices=choices)
    if get_origin(annotation) is dict:
        kind = "open"
    elif things:
        kind = "thing"
    elif field.name.endswith("_fen"):
        kind = "money"
    else:
        kind = "flag" if bare is bool else "text" if bare is str else "number"
    return Property(field.name, title, kind, always, whole=bare is not float, things=things)
