"""Whether a rule can be asked: every mistake with its place, a stable code and a sentence."""

from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

import msgspec

from siyu.core.errors import FieldError, Invalid
from siyu.core.validation import field_error
from siyu.people.rules.attributes import BASICS
from siyu.people.rules.behaviours import doings, property_of
from siyu.people.rules.language import (
    AllOf,
    AnyOf,
    Attribute,
    Behaviour,
    Field,
    Friendship,
    InAudience,
    InGroups,
    NoneOf,
    Rfm,
    Rule,
    Span,
    Tags,
    Where,
)

DEEPEST: Final = 8
"""How many groups may lie in one another."""
MOST_CONDITIONS: Final = 100
Thing = Literal[
    "tag", "stage", "staff_account", "channel", "live_code", "group", "audience", "material",
    "source",
]  # fmt: skip
Mentioned = Thing | Literal["field"]
_THINGS: Final[Mapping[str, str]] = {
    "tag": "标签",
    "stage": "阶段",
    "staff_account": "企微账号",
    "channel": "渠道",
    "live_code": "活码",
    "group": "客户群",
    "audience": "人群包",
    "material": "素材",
    "source": "来源",
}
_FIGURES: Final = frozenset({"eq", "ne", "lt", "le", "gt", "ge"})
_OPS: Final[Mapping[str, frozenset[str]]] = {
    "number": _FIGURES,
    "money": _FIGURES,
    "text": frozenset({"eq", "ne", "contains", "starts"}),
    "moment": frozenset({"within"}),
    "date": frozenset({"within", "anniversary"}),
    "choice": frozenset({"in", "not_in"}),
    "choices": frozenset({"in", "not_in"}),
    "flag": frozenset({"eq"}),
}
_EXISTS: Final = frozenset({"empty", "present"})


class Shape(msgspec.Struct, frozen=True):
    """What a custom field can hold: its kind (`siyu.people.fields.models`) and its options."""

    kind: str
    options: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Known:
    """What a tenant has, as far as a rule mentions it.

    `things` are the ids that exist; a kind that is missing is not looked at. `rules` are the
    rules of other audiences, through which an audience could be made of itself.
    """

    things: Mapping[Thing, Container[int]] = field(default_factory=dict)
    fields: Mapping[int, Shape] = field(default_factory=dict)
    rules: Mapping[int, Rule] = field(default_factory=dict)
    scored: bool = False
    """Whether there are thresholds for RFM."""


_decoder: Final = msgspec.json.Decoder(Rule)


def read_rule(body: bytes) -> Rule:
    """Return the rule that JSON says. Raises `Invalid` with the place of what is wrong."""
    try:
        rule: Rule = _decoder.decode(body)
    except msgspec.ValidationError as error:
        wrong = field_error(error)
        raise _refused(
            [FieldError(_place("rule", wrong.field), "invalid", wrong.message)]
        ) from None
    except RecursionError:
        raise Invalid.field("rule", "too_deep", f"条件组最多嵌套 {DEEPEST} 层") from None
    except msgspec.DecodeError:
        raise Invalid.field("rule", "not_json", "规则不是有效的 JSON") from None
    return rule


def check(rule: Rule, known: Known, audience_id: int | None = None) -> None:
    """Raise `Invalid` with every mistake of a rule, which would be that of `audience_id`."""
    wrong = list(mistakes(rule, known, audience_id))
    if wrong:
        raise _refused(wrong)


def mistakes(rule: Rule, known: Known, audience_id: int | None = None) -> Iterator[FieldError]:
    """Yield what is wrong with a rule; paths begin with `rule`."""
    count = sum(not isinstance(node, AllOf | AnyOf | NoneOf) for _, node, _ in nodes(rule))
    if count > MOST_CONDITIONS:
        yield FieldError("rule", "too_many", f"条件最多 {MOST_CONDITIONS} 个，现在有 {count} 个")
    for path, node, depth in nodes(rule):
        if depth > DEEPEST:
            yield FieldError(path, "too_deep", f"条件组最多嵌套 {DEEPEST} 层")
            return
        yield from _Checker(path, known, audience_id).node(node)


def nodes(rule: Rule, path: str = "rule", depth: int = 1) -> Iterator[tuple[str, Rule, int]]:
    """Yield every node of a rule with its path and how deep it lies; groups before their items."""
    yield path, rule, depth
    if isinstance(rule, AllOf | AnyOf | NoneOf) and depth <= DEEPEST:
        for index, item in enumerate(rule.items):
            deeper = depth + isinstance(item, AllOf | AnyOf | NoneOf)
            yield from nodes(item, f"{path}.items[{index}]", deeper)


def mentions(rule: Rule) -> dict[Mentioned, set[int]]:
    """Return the ids that a rule names, by what they are of; to look up what `Known` holds."""
    found: dict[Mentioned, set[int]] = {}
    for _, node, _ in nodes(rule):
        for kind, _, ids in _named(node):
            found.setdefault(kind, set()).update(ids)
        if isinstance(node, Field):
            found.setdefault("field", set()).add(node.field_id)
    return found


def _named(node: Rule) -> Iterator[tuple[Thing, str, Collection[int]]]:
    """Yield the ids that a node names: of what, in which member, which."""
    match node:
        case Tags():
            yield "tag", "tag_ids", node.tag_ids
        case InGroups():
            yield "group", "group_ids", node.group_ids or ()
        case InAudience():
            yield "audience", "audience_id", (node.audience_id,)
        case Friendship():
            yield "staff_account", "staff_account_ids", node.staff_account_ids or ()
            yield "channel", "channel_ids", node.channel_ids or ()
            yield "live_code", "live_code_ids", node.live_code_ids or ()
        case Attribute() if (basic := BASICS.get(node.name)) and basic.things:
            yield basic.things, "values", [int(value) for value in _digits(node.values)]
        case Behaviour():
            for index, where in enumerate(node.where):
                found = property_of(node.type, where.name)
                if found and found.things and found.things in _THINGS:
                    ids = [value for value in where.values or () if isinstance(value, int)]
                    yield found.things, f"where[{index}].values", ids  # type: ignore[misc]
        case _:
            pass


@dataclass(frozen=True)
class _Checker:
    path: str
    known: Known
    audience_id: int | None

    def node(self, node: Rule) -> Iterator[FieldError]:
        """Yield what is wrong with a node by itself."""
        for kind, member, ids in _named(node):
            there = self.known.things.get(kind)
            if there is not None and any(one not in there for one in ids):
                yield self._error(member, "unknown", f"{_THINGS[kind]}不存在或已删除")
        match node:
            case Attribute():
                yield from self._attribute(node)
            case Field():
                yield from self._field(node)
            case Friendship():
                yield from self._friendship(node)
            case Behaviour():
                yield from self._behaviour(node)
            case Rfm():
                yield from self._rfm(node)
            case InAudience() if self._circular(node.audience_id, frozenset()):
                yield self._error("audience_id", "circular", "人群包不能直接或间接包含自己")
            case _:
                pass

    def _attribute(self, leaf: Attribute) -> Iterator[FieldError]:
        basic = BASICS.get(leaf.name)
        if basic is None:
            yield self._error("name", "unknown", "没有这个属性")
            return
        if leaf.op in _EXISTS:
            if not basic.optional:
                yield self._error("op", "never_empty", f"{basic.title}总是有值，不能问是否为空")
            return
        yield from self._op(leaf.op, basic.kind, basic.title)
        if basic.kind == "moment":
            yield from self._span("span", leaf.span, wanted=True)
        elif basic.kind == "choice":
            yield from self._wanted("values", leaf.values)
            among = {choice.value for choice in basic.choices}
            values = leaf.values or ()
            bad = (
                len(_digits(values)) < len(values) if basic.things else not among.issuperset(values)
            )
            if bad:
                yield self._error("values", "unknown", f"{basic.title}没有这个选项")
        else:
            yield from self._operand(basic.kind, leaf.number, leaf.text)

    def _field(self, leaf: Field) -> Iterator[FieldError]:
        shape = self.known.fields.get(leaf.field_id)
        if shape is None:
            yield self._error("field_id", "unknown", "自定义字段不存在或已删除")
            return
        if leaf.op in _EXISTS:
            return
        yield from self._op(leaf.op, shape.kind, "这个字段")
        if shape.kind in {"choice", "choices"}:
            yield from self._wanted("choices", leaf.choices)
            if not shape.options.issuperset(leaf.choices or ()):
                yield self._error("choices", "unknown", "选项不存在或已删除")
        elif leaf.op == "anniversary":
            yield from self._wanted("days", leaf.days)
        elif shape.kind == "date":
            if leaf.since is None and leaf.until is None:
                yield self._error("since", "missing", "请填写开始或结束日期")
            elif leaf.since and leaf.until and leaf.since > leaf.until:
                yield self._error("until", "empty_span", "结束日期不能早于开始日期")
        else:
            yield from self._operand(shape.kind, leaf.number, leaf.text)

    def _friendship(self, leaf: Friendship) -> Iterator[FieldError]:
        for member in ("first_added", "added", "lost"):
            yield from self._span(member, getattr(leaf, member))
        for member in ("add_ways", "states", "lost_by"):
            if getattr(leaf, member) == ():
                yield self._error(member, "missing", "请至少选择一项")

    def _behaviour(self, leaf: Behaviour) -> Iterator[FieldError]:
        if leaf.type not in doings():
            yield self._error("type", "unknown", "没有这种行为")
            return
        if leaf.times == 0 and leaf.op in {"ge", "lt"}:
            yield self._error("times", "always", "这样的次数条件总是成立或总不成立")
        yield from self._span("within", leaf.within)
        for index, where in enumerate(leaf.where):
            yield from self._where(leaf.type, where, f"where[{index}]")

    def _where(self, type_: str, where: Where, place: str) -> Iterator[FieldError]:
        found = property_of(type_, where.name)
        if found is None:
            yield self._error(f"{place}.name", "unknown", "这种行为没有这个属性")
            return
        among = found.kind in {"thing", "choice", "text"}
        if found.kind != "open" and (where.op == "in") != among:
            yield self._error(f"{place}.op", "op", f"{found.title}不能这样比较")
        elif where.op == "in":
            yield from self._wanted(f"{place}.values", where.values)
            allowed = {"thing": (int,), "open": (int, str)}.get(found.kind, (str,))
            values = where.values or ()
            known = {choice.value for choice in found.choices}
            fits = all(isinstance(value, allowed) and _plain(value, found.kind) for value in values)
            if not fits or (known and not known.issuperset(values)):
                yield self._error(f"{place}.values", "unknown", f"{found.title}没有这个值")
        elif found.kind == "flag" and (where.op != "eq" or where.number not in {0, 1}):
            yield self._error(f"{place}.number", "flag", f"{found.title}只能是 1（是）或 0（否）")
        else:
            yield from self._wanted(f"{place}.number", where.number)

    def _rfm(self, leaf: Rfm) -> Iterator[FieldError]:
        if not self.known.scored:
            yield self._error("", "not_scored", "请先设置 RFM 分档")
        given = {name: getattr(leaf, name) for name in ("recency", "frequency", "money")}
        if not any(given.values()):
            yield self._error("", "missing", "请至少选择一项 RFM 分值")
        for name, wanted in given.items():
            if wanted is not None and (not wanted or any(not 1 <= one <= 5 for one in wanted)):  # noqa: PLR2004 - scores
                yield self._error(name, "range", "RFM 分值为 1 到 5")

    def _circular(self, audience_id: int, seen: frozenset[int]) -> bool:
        if audience_id == self.audience_id or audience_id in seen:
            return True
        rule = self.known.rules.get(audience_id)
        return rule is not None and any(
            self._circular(inner, seen | {audience_id})
            for inner in mentions(rule).get("audience", ())
        )

    def _op(self, op: str, kind: str, title: str) -> Iterator[FieldError]:
        if op not in _OPS[kind]:
            yield self._error("op", "op", f"{title}不能这样比较")

    def _operand(self, kind: str, number: float | None, text: str | None) -> Iterator[FieldError]:
        if kind == "text":
            yield from self._wanted("text", text)
            if text is not None and not text.isprintable():
                yield self._error("text", "control", "文字里不能有换行等控制字符")
        else:
            yield from self._wanted("number", number)
            if kind == "flag" and number not in {0, 1, None}:
                yield self._error("number", "flag", "只能是 1（是）或 0（否）")

    def _wanted(self, member: str, value: object) -> Iterator[FieldError]:
        if value is None:
            yield self._error(member, "missing", "请填写要比较的值")

    def _span(
        self, member: str, span: Span | None, *, wanted: bool = False
    ) -> Iterator[FieldError]:
        if span is None:
            if wanted:
                yield self._error(member, "missing", "请填写时间范围")
            return
        if all(part is None for part in (span.last, span.older, span.since, span.until)):
            yield self._error(member, "missing", "请填写时间范围")
        elif span.since and span.until and span.since >= span.until:
            yield self._error(f"{member}.until", "empty_span", "结束时间必须晚于开始时间")
        elif span.last and span.older and span.older >= span.last:
            yield self._error(f"{member}.older", "empty_span", "时间范围里什么也没有")

    def _error(self, member: str, code: str, message: str) -> FieldError:
        return FieldError(_place(self.path, member), code, message)


def _plain(value: str | int, kind: str) -> bool:
    if isinstance(value, str):
        return value.isprintable()
    return value > 0 or kind != "thing"


def _digits(values: Collection[str] | None) -> list[str]:
    return [value for value in values or () if value.isascii() and value.isdigit()]


def _place(path: str, member: str) -> str:
    return f"{path}{member}" if member.startswith("[") else f"{path}.{member}".rstrip(".")


def _refused(wrong: list[FieldError]) -> Invalid:
    return Invalid("rule_invalid", wrong[0].message, errors=wrong)
