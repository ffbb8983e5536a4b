"""Conditions in Chinese."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from siyu.people.rules.attributes import BASICS, Basic
from siyu.people.rules.behaviours import Property, doings, property_of
from siyu.people.rules.language import (
    Attribute,
    Behaviour,
    Field,
    Friendship,
    InGroups,
    Rfm,
    Span,
    Tags,
    Where,
)

Name = Callable[[str, int], str]
"""Returns what something is called by its id: a `siyu.people.rules.checking.Thing`, `field`, or
`option_of`."""
NOTHING: Final = "没有"
_OPS: Final = {
    "eq": "等于", "ne": "不等于", "lt": "小于", "le": "不超过", "gt": "大于", "ge": "不少于",
    "contains": "包含", "starts": "开头是", "in": "是", "not_in": "不是", "within": "在",
    "empty": "为空", "present": "有值", "anniversary": "周年日在",
}  # fmt: skip
_UNITS: Final = {"hour": "小时", "day": "天"}
_STATES: Final = {"active": "好友", "half": "对方未互加", "lost": "已流失"}
_LOST_BY: Final = {
    "customer": "客户删除",
    "staff": "员工删除",
    "transfer": "转接",
    "unknown": "不明",
}
_FEN: Final = 100


def option_of(field_id: int) -> str:
    """Return the kind of thing that options of a custom field are: each field numbers its own."""
    return f"option of {field_id}"


def span_words(span: Span | None, zone: ZoneInfo) -> str:
    """Say a stretch of time."""
    if span is None:
        return ""
    unit = _UNITS[span.unit]
    parts = [
        f"最近 {span.last} {unit}内" if span.last is not None else "",
        f"{span.older} {unit}以前" if span.older is not None else "",
        f"{moment_words(span.since, zone)} 起" if span.since is not None else "",
        f"{moment_words(span.until, zone)} 之前" if span.until is not None else "",
    ]
    return "、".join(filter(None, parts))


def moment_words(at: datetime, zone: ZoneInfo) -> str:
    """Say a moment in the tenant's zone."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def money_words(fen: float) -> str:
    """Say an amount of money."""
    return f"¥{fen / _FEN:,.2f}"


def listed(words: Iterable[str]) -> str:
    """Say several things."""
    return "、".join(words) or NOTHING


def attribute_words(leaf: Attribute, name: Name, zone: ZoneInfo) -> str:
    """Say a condition on an attribute."""
    basic = BASICS[leaf.name]
    head = f"{basic.title}{_OPS[leaf.op]}"
    if leaf.span is not None:
        return f"{head} {span_words(leaf.span, zone)}"
    if leaf.values is not None:
        return f"{head} {listed(_choice(basic, value, name) for value in leaf.values)}"
    if leaf.text is not None:
        return f"{head}「{leaf.text}」"
    if leaf.number is not None:
        return f"{head} {_figure(basic.kind, leaf.number)}"
    return head


def field_words(leaf: Field, name: Name) -> str:
    """Say a condition on a custom field."""
    head = f"{name('field', leaf.field_id)}{_OPS[leaf.op]}"
    if leaf.choices is not None:
        kind = option_of(leaf.field_id)
        return f"{head} {listed(name(kind, option) for option in leaf.choices)}"
    if leaf.days is not None:
        return f"{head}今天起 {leaf.days} 天内" if leaf.days else f"{head}今天"
    if leaf.text is not None:
        return f"{head}「{leaf.text}」"
    if leaf.number is not None:
        return f"{head} {leaf.number:g}"
    days = (f"{leaf.since} 起" if leaf.since else "", f"到 {leaf.until}" if leaf.until else "")
    return f"{head} {''.join(days)}".rstrip()


def tags_words(leaf: Tags, name: Name) -> str:
    """Say a condition on tags."""
    how = {"wecom": "符合标签（同组任一、跨组同时）", "any": "有任一标签", "all": "有全部标签",
           "none": "没有任何标签"}[leaf.mode]  # fmt: skip
    past = "（含已流失好友的）" if leaf.past else ""
    return f"{how}{past} {listed(name('tag', tag) for tag in leaf.tag_ids)}"


def friendship_words(leaf: Friendship, name: Name, zone: ZoneInfo) -> str:
    """Say a condition on friendships."""
    parts = [
        *(
            f"{title} {listed(name(kind, one) for one in ids)}"
            for title, kind, ids in (
                ("员工", "staff_account", leaf.staff_account_ids),
                ("渠道", "channel", leaf.channel_ids),
                ("活码", "live_code", leaf.live_code_ids),
            )
            if ids is not None
        ),
        f"添加方式 {listed(map(str, leaf.add_ways))}" if leaf.add_ways else "",
        f"状态 {listed(_STATES[state] for state in leaf.states)}" if leaf.states else "",
        f"流失原因 {listed(_LOST_BY[by] for by in leaf.lost_by)}" if leaf.lost_by else "",
        *(
            f"{title}在 {span_words(span, zone)}"
            for title, span in (
                ("首次添加", leaf.first_added),
                ("添加", leaf.added),
                ("流失", leaf.lost),
            )
            if span is not None
        ),
    ]
    return f"至少 {leaf.times} 段好友关系：{'，'.join(filter(None, parts)) or '任意'}"


def behaviour_words(leaf: Behaviour, name: Name, zone: ZoneInfo) -> str:
    """Say a condition on what somebody did."""
    when = span_words(leaf.within, zone) or "至今"
    where = "".join(f"，{_where(leaf.type, one, name)}" for one in leaf.where)
    return f"{when}「{doings()[leaf.type].title}」{where}，{_OPS[leaf.op]} {leaf.times} 次"


def rfm_words(leaf: Rfm) -> str:
    """Say a condition on scores."""
    parts = (("R", leaf.recency), ("F", leaf.frequency), ("M", leaf.money))
    return "，".join(
        f"{letter} 为 {listed(map(str, scores))}" for letter, scores in parts if scores
    )


def groups_words(leaf: InGroups, name: Name) -> str:
    """Say a condition on customer groups."""
    if leaf.group_ids is None:
        return "在任一客户群"
    how = "全部" if leaf.mode == "all" else "任一"
    return f"在{how}客户群 {listed(name('group', one) for one in leaf.group_ids)}"


def _where(type_: str, where: Where, name: Name) -> str:
    found = property_of(type_, where.name)
    title = found.title if found else where.name
    if found and found.kind == "open":
        title = where.name.partition(".")[2]
    if where.values is not None:
        return f"{title}是 {listed(_value(found, value, name) for value in where.values)}"
    if found and found.kind == "flag":
        return title if where.number else f"不{title}"
    return f"{title}{_OPS[where.op]} {_figure(found.kind if found else '', where.number or 0)}"


def _value(found: Property | None, value: Any, name: Name) -> str:
    if found and found.things:
        return name(found.things, value)
    titles = {choice.value: choice.title for choice in found.choices} if found else {}
    return titles.get(value, str(value))


def _choice(basic: Basic, value: str, name: Name) -> str:
    if basic.things:
        return name(basic.things, int(value))
    return next((one.title for one in basic.choices if one.value == value), value)


def _figure(kind: str, number: float) -> str:
    if kind == "money":
        return money_words(number)
    return ("是" if number else "否") if kind == "flag" else f"{number:g}"
