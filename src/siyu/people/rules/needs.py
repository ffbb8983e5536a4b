"""What a rule depends on: what has to be loaded to evaluate it, and what can change its answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Final

from siyu.people.rules.attributes import BASICS
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
    Tags,
)
from siyu.people.rules.terms import Terms

_FRIENDSHIPS: Final = frozenset(
    {"contact.added", "contact.readded", "contact.lost", "contact.updated"}
)
_ORDERS: Final = frozenset({"order.paid", "order.matched", "order.refunded"})
_PROFILE: Final = frozenset({"customer.changed"})
_TAGS: Final = _FRIENDSHIPS | {"tag.marked", "tag.unmarked"}
_GROUPS: Final = frozenset(
    {"group.member_joined", "group.member_left", "group.dismissed", "group.returned"}
)
_NONE: Final[frozenset[str]] = frozenset()
_ATTRIBUTES: Final[Mapping[str, frozenset[str]]] = {
    "remark": _FRIENDSHIPS,
    "state": _FRIENDSHIPS,
    "friends": _FRIENDSHIPS,
    "first_add_at": _FRIENDSHIPS,
    "last_add_at": _FRIENDSHIPS,
    "stage": frozenset({"stage.changed"}),
    "stage_at": frozenset({"stage.changed"}),
    "marketing": frozenset({"consent.given"}),
    "sensitive": frozenset({"sensitivity.changed"}),
    "orders": _ORDERS,
    "gmv_fen": _ORDERS,
    "average_fen": _ORDERS,
    "first_paid_at": _ORDERS,
    "last_paid_at": _ORDERS,
}
"""The facts after which an attribute may be another; for those not named, a changed profile."""
ALWAYS: Final = frozenset(
    {"customer.created", "customer.changed", "identity.linked", "contact.added", "contact.readded"}
)
"""Facts after which any rule may have another answer: who a person is, and whether they count."""


@dataclass(frozen=True)
class Needs:
    """What a rule depends on.

    `acts` are the types of facts that `Person.acts` must hold; `facts` all types after which the
    answer may be another. `timed`: it may also change because time passes. `lists` and `rules`
    are the audiences in it, at any depth.
    """

    acts: frozenset[str] = frozenset()
    facts: frozenset[str] = ALWAYS
    timed: bool = False
    lists: frozenset[int] = frozenset()
    rules: frozenset[int] = frozenset()

    def __or__(self, other: "Needs") -> "Needs":
        """Return what both together depend on."""
        return Needs(
            self.acts | other.acts,
            self.facts | other.facts,
            self.timed or other.timed,
            self.lists | other.lists,
            self.rules | other.rules,
        )


def needs(rule: Rule, terms: Terms) -> Needs:
    """Return what a rule depends on; audiences that `terms` has no rule of are taken for lists."""
    return _needs(rule, terms, frozenset())


def needed_tags(rule: Rule) -> frozenset[int] | None:
    """Return tags of which a rule's people carry at least one; nothing where it may do without."""
    match rule:
        case Tags(mode="wecom" | "any" | "all", past=False) if rule.tag_ids:
            return frozenset(rule.tag_ids)
        case AllOf():
            known = [tags for tags in map(needed_tags, rule.items) if tags is not None]
            return min(known, key=len, default=None)
        case AnyOf():
            each = [needed_tags(item) for item in rule.items]
            some = [tags for tags in each if tags is not None]
            return frozenset[int]().union(*some) if len(some) == len(each) else None
        case _:
            return None


def _needs(rule: Rule, terms: Terms, inside: frozenset[int]) -> Needs:
    match rule:
        case AllOf() | AnyOf() | NoneOf():
            return reduce(
                Needs.__or__, (_needs(item, terms, inside) for item in rule.items), Needs()
            )
        case InAudience():
            return _audience(rule.audience_id, terms, inside)
        case _:
            facts, acts, timed = _leaf(rule)
            return Needs(acts, ALWAYS | facts, timed)


def _audience(audience_id: int, terms: Terms, inside: frozenset[int]) -> Needs:
    if audience_id not in terms.rules:
        return Needs(lists=frozenset({audience_id}))
    itself = Needs(rules=frozenset({audience_id}))
    if audience_id in inside:
        return itself
    return itself | _needs(terms.rules[audience_id], terms, inside | {audience_id})


def _leaf(leaf: Rule) -> tuple[frozenset[str], frozenset[str], bool]:
    """Return the facts a condition depends on, the acts it looks at, and whether time counts."""
    match leaf:
        case Attribute():
            timed = BASICS[leaf.name].kind == "moment" and leaf.op == "within"
            return _ATTRIBUTES.get(leaf.name, _PROFILE), _NONE, timed
        case Field():
            return _PROFILE, _NONE, leaf.op == "anniversary"
        case Friendship():
            return _FRIENDSHIPS, _NONE, any((leaf.first_added, leaf.added, leaf.lost))
        case Behaviour():
            return frozenset({leaf.type}), frozenset({leaf.type}), True
        case Rfm():
            return _ORDERS, _NONE, leaf.recency is not None
        case _:
            return _GROUPS if isinstance(leaf, InGroups) else _TAGS, _NONE, False
