"""Why a person is in an audience or not, condition by condition."""

from dataclasses import dataclass, replace
from datetime import datetime

from msgspec import Struct

from siyu.people.picture.person import Person
from siyu.people.rules import held, words
from siyu.people.rules.evaluate import carried, doing, scores, test
from siyu.people.rules.held import Has
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
from siyu.people.rules.words import Name


class Explained(Struct, frozen=True):
    """A node of a rule: whether it holds for the person, what it says, and what the person has.

    `path` is its place in the rule, as mistakes have it (`siyu.people.rules.checking`).
    """

    path: str
    holds: bool
    says: str
    has: Has | None = None
    items: tuple["Explained", ...] = ()


def explain(rule: Rule, person: Person, terms: Terms, at: datetime, name: Name) -> Explained:
    """Return a rule with its answer at each node, as of a moment. Raises `Circular`.

    The person must have the acts that `needs` names. Whoever was never befriended is in no
    audience, whatever the conditions say.
    """
    return _Explainer(person, terms, at, name).node(rule, "rule")


@dataclass(frozen=True)
class _Explainer:
    person: Person
    terms: Terms
    at: datetime
    name: Name

    def node(self, rule: Rule, path: str) -> Explained:
        """Return a node with those below it."""
        holds = test(rule, self.terms, self.at)(self.person)
        match rule:
            case AllOf() | AnyOf() | NoneOf():
                says = {AllOf: "满足全部", AnyOf: "满足任一", NoneOf: "全部不满足"}[type(rule)]
                items = (
                    self.node(item, f"{path}.items[{index}]")
                    for index, item in enumerate(rule.items)
                )
                return Explained(path, holds, says, items=tuple(items))
            case InAudience():
                return self._audience(rule.audience_id, path, holds=holds)
            case _:
                return Explained(path, holds, *self._leaf(rule))

    def _audience(self, audience_id: int, path: str, *, holds: bool) -> Explained:
        says = f"在人群包「{self.name('audience', audience_id)}」中"
        inner = self.terms.rules.get(audience_id)
        whole = replace(self, terms=self.terms.for_all())
        items = () if inner is None else (whole.node(inner, f"{path}.rule"),)
        return Explained(path, holds, says, Has("inside" if holds else "outside"), items)

    def _leaf(self, leaf: Rule) -> tuple[str, Has]:
        """Return what a condition says, and what the person has."""
        person, name, zone = self.person, self.name, self.terms.zone
        match leaf:
            case Attribute():
                says = words.attribute_words(leaf, name, zone)
                return says, held.of_attribute(leaf, person, name)
            case Field():
                return words.field_words(leaf, name), held.of_field(leaf, person, name)
            case Tags():
                tags = carried(leaf, self.terms)(person)
                return words.tags_words(leaf, name), held.named(
                    name("tag", tag) for tag in leaf.tag_ids if tag in tags
                )
            case Friendship():
                seen = self.terms.seen
                friends = [
                    friend
                    for friend in person.friends
                    if seen is None or friend.staff_account_id in seen
                ]
                return words.friendship_words(leaf, name, zone), held.friends(friends, name)
            case _:
                return self._doing(leaf)

    def _doing(self, leaf: Rule) -> tuple[str, Has]:
        match leaf:
            case Behaviour():
                times = sum(map(doing(leaf, self.terms, self.at), self.person.acts))
                says = words.behaviour_words(leaf, self.name, self.terms.zone)
                return says, Has("times", numbers=(times,))
            case Rfm():
                borders = self.terms.rfm
                found = scores(self.person, borders, self.at) if borders else None
                has = Has("scores", numbers=tuple(found)) if found else held.NOTHING
                return words.rfm_words(leaf), has
            case InGroups():
                wanted = self.person.group_ids
                if leaf.group_ids is not None:
                    wanted &= frozenset(leaf.group_ids)
                has = held.named(self.name("group", one) for one in sorted(wanted))
                return words.groups_words(leaf, self.name), has
            case _:
                raise TypeError(type(leaf))
