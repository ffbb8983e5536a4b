"""What a list is asked for, as a rule."""

import re
import unicodedata
from collections.abc import Collection
from typing import Final

import msgspec

from siyu.core.context import Context
from siyu.core.errors import Invalid
from siyu.people.customers.queries import CustomerFilter
from siyu.people.identity.phones import mask_phones, normal_phone
from siyu.people.rules.answers.statements import PEOPLE, STRANGERS, UNIVERSE
from siyu.people.rules.checking import nodes
from siyu.people.rules.language import (
    AllOf,
    AnyOf,
    Attribute,
    Friendship,
    InAudience,
    NoneOf,
    Rule,
    Tags,
)
from siyu.people.rules.plan import Rows

_SHORTEST_LATIN: Final = 2
_SHORTEST_PHONE: Final = 7
_LIKE_PHONE: Final = re.compile(r"(\+|0|86|1[3-9])[\d\s().-]*")
"""As people type one; the search box knows it by the same. Ten digits alone may be any account."""
_NOBODY: Final = AnyOf(())


def rule_in(text: str | None) -> Rule | None:
    """Read a rule out of an address; raises `Invalid`."""
    if not text:
        return None
    try:
        rule: Rule = msgspec.json.decode(text, type=Rule)
    except msgspec.MsgspecError as error:
        raise Invalid.field("rule", "rule_unreadable", "筛选条件无法识别") from error
    return rule


def refuse_short(q: str) -> None:
    """Refuse a search that would find nearly everybody: a single letter or digit."""
    if q.isascii() and q.isalnum() and len(q) < _SHORTEST_LATIN:
        raise Invalid("search_too_short", "请输入至少两个字母或数字，或一个汉字")


def refuse_phone(q: str) -> None:
    """Refuse a search for a phone number: an address is kept in histories and logs."""
    words = unicodedata.normalize("NFKC", q)
    digits = sum(letter.isdigit() for letter in words)
    typed = digits >= _SHORTEST_PHONE and _LIKE_PHONE.fullmatch(words) and normal_phone(words)
    if typed or mask_phones(words) != words:
        raise Invalid(
            "search_by_phone",
            "手机号是个人信息，不能写在网址里；请在客户列表的搜索框里只输入手机号",
        )


def refuse_audiences(rule: Rule | None, wanted: CustomerFilter) -> None:
    """Refuse to ask people who may have no friendship for audiences: they can be in none."""
    if rule is None or not wanted.by_number:
        return
    for path, node, _ in nodes(rule):
        if isinstance(node, InAudience):
            raise Invalid.field(
                path,
                "audience_of_strangers",
                "人群里只有加过好友的客户，请去掉“人群”条件，或不看未加好友的客户",
            )


def people_asked(wanted: CustomerFilter) -> Rows:
    """Return among whom the engine is to look."""
    if wanted.state == "none":
        return STRANGERS
    return UNIVERSE if wanted.imported is None else PEOPLE


def rule_of(ctx: Context, wanted: CustomerFilter) -> Rule:
    """Return the simple filters as a rule about those whom the actor may see.

    Remarks are searched for whoever sees everybody
    alone: the engine cannot tell one's own from colleagues' (`refuse_remarks`).
    """
    items: list[Rule] = [*_friendships(wanted, ctx.actor.owners)]
    if wanted.tags:
        items.append(Tags(wanted.tags, mode="any", past=True))
    if wanted.q:
        named: list[Rule] = [Attribute("name", "contains", text=wanted.q)]
        if ctx.actor.owners is None:
            named.append(Attribute("remark", "contains", text=wanted.q))
        items.append(AnyOf(tuple(named)))
    return AllOf(tuple(items))


def _friendships(wanted: CustomerFilter, owners: Collection[int] | None) -> list[Rule]:
    """Return what one friendship must be like; `owners` bound whose friendships are looked at."""
    if wanted.state == "none":
        # Nobody's customer is in no data scope but that of everybody.
        return [_NOBODY] if owners is not None or wanted.of_friendship else []
    seen = None if owners is None else tuple(sorted(owners))
    staff = seen if wanted.staff_account_id is None else (wanted.staff_account_id,)
    hidden = seen is not None and not set(staff or ()) & set(seen)
    if hidden:
        return [_NOBODY]
    fits = Friendship(
        staff_account_ids=staff,
        channel_ids=_one(wanted.channel_id),
        live_code_ids=_one(wanted.live_code_id),
        states=None if wanted.state == "all" else (wanted.state,),
    )
    items: list[Rule] = [] if fits == Friendship() else [fits]
    if wanted.state == "lost":
        items.append(NoneOf((Friendship(staff_account_ids=seen, states=("active",)),)))
    return items


def _one(number: int | None) -> tuple[int, ...] | None:
    return None if number is None else (number,)
