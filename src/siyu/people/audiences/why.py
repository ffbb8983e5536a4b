"""Why somebody is in an audience or not, in words."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from siyu.core.context import Context
from siyu.core.errors import Invalid, NotFound
from siyu.people.audiences.catalogue import choices
from siyu.people.audiences.copies import Copies
from siyu.people.audiences.rules import rule_in_force
from siyu.people.audiences.schemas import ChoiceKind, Why, WhyAsked
from siyu.people.audiences.service import find
from siyu.people.audiences.terms import (
    Names,
    is_noted,
    refuse_remarks,
    refuse_wrong,
    terms_of,
)
from siyu.people.customers.queries import may_see
from siyu.people.fields.models import CustomField
from siyu.people.fields.service import fields, sees
from siyu.people.picture.loading import Sources, load
from siyu.people.rules.checking import mentions
from siyu.people.rules.evaluate import evaluator
from siyu.people.rules.explain import Explained, explain
from siyu.people.rules.held import Has
from siyu.people.rules.language import (
    AllOf,
    AnyOf,
    Field,
    InAudience,
    NoneOf,
    Rule,
)
from siyu.people.rules.needs import needs
from siyu.people.rules.terms import Terms
from siyu.people.rules.words import Name, option_of

_HIDDEN: Final = Has("secret")
_CHOICES: Final[Mapping[str, ChoiceKind]] = {
    "tag": "tag",
    "stage": "stage",
    "staff_account": "staff",
    "channel": "channel",
    "live_code": "live_code",
    "group": "group",
    "audience": "audience",
}


async def why(ctx: Context, names: Names, sources: Sources, copies: Copies, asked: WhyAsked) -> Why:
    """Return how a rule, or an audience's, stands with a person, as things are now.

    Raises `NotFound` for a person the actor may not see, and `Invalid` for mistakes in a rule.
    """
    if not await may_see(ctx, asked.customer_id):
        raise NotFound("customer_unknown", "客户不存在，或不在你的数据范围内")
    rule, seen = await _rule(ctx, names, asked)
    terms = await terms_of(ctx, [rule], copies, seen=seen)
    acts = needs(rule, terms).acts
    persons = await load(ctx, [asked.customer_id], sources, act_types=acts)
    person = persons.get(asked.customer_id)
    if person is None:
        raise NotFound("customer_unknown", "客户不存在，或不在你的数据范围内")
    at = ctx.now()
    held = {friend.staff_account_id for friend in person.friends}
    name = await _naming(ctx, names, [rule, *terms.rules.values()], held | person.group_ids)
    told = explain(rule, person, terms, at, name)
    hidden = {field.id for field in await fields(ctx, gone=True) if not sees(ctx, field)}
    owners = ctx.actor.owners
    # Of a rule that the actor asks, only their own friendships count: nothing of it is secret.
    others_too = seen is None and owners is not None and bool(held - owners)

    def is_secret(leaf: Rule) -> bool:
        if isinstance(leaf, Field):
            return leaf.field_id in hidden
        # What colleagues note of somebody they share is theirs.
        return others_too and is_noted(leaf)

    told = _masked(told, frozenset(_asking(rule, "rule", terms, is_secret)))
    return Why(evaluator(rule, terms, at)(person), told, at)


async def _rule(ctx: Context, names: Names, asked: WhyAsked) -> tuple[Rule, frozenset[int] | None]:
    """Return the rule, and whose friendships count for it; an audience's counts everybody's."""
    if asked.rule is not None:
        await refuse_wrong(ctx, names, asked.rule)
        refuse_remarks(ctx, asked.rule)
        return asked.rule, ctx.actor.owners
    if asked.audience_id is None:
        raise Invalid.field("rule", "missing", "请给出条件或人群")
    audience = await find(ctx, asked.audience_id)
    return await rule_in_force(ctx, audience) or InAudience(audience.id), None


async def _naming(ctx: Context, names: Names, rules: list[Rule], others: set[int]) -> Name:
    """Return what things are called; those that are not known by their number."""
    known: dict[tuple[str, int], str] = {}
    ids: dict[str, set[int]] = {}
    for rule in rules:
        for kind, some in mentions(rule).items():
            ids.setdefault(kind, set()).update(some)
    for kind in ("staff_account", "group"):
        ids.setdefault(kind, set()).update(others)
    for what, offered in _CHOICES.items():
        if ids.get(what):
            found = await choices(ctx, names, offered, q="", ids=ids[what])
            known |= {(what, one.id): one.name for one in found}
    if ids.get("material"):
        titles = await names.panels.materials(ctx, ids["material"])
        known |= {("material", number): title for number, title in titles.items()}
    if ids.get("field"):
        known |= _fields(await fields(ctx, gone=True), ids["field"])
    return lambda kind, number: known.get((kind, number), f"#{number}")


def _fields(rows: Sequence[CustomField], wanted: set[int]) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for field in rows:
        if field.id in wanted:
            found["field", field.id] = field.name
            found |= {(option_of(field.id), one["id"]): one["name"] for one in field.options}
    return found


def _asking(
    rule: Rule, path: str, terms: Terms, is_secret: Callable[[Rule], bool]
) -> Iterator[str]:
    """Yield the places of conditions on what the actor may not see."""
    match rule:
        case AllOf() | AnyOf() | NoneOf():
            for index, item in enumerate(rule.items):
                yield from _asking(item, f"{path}.items[{index}]", terms, is_secret)
        case InAudience():
            inner = terms.rules.get(rule.audience_id)
            if inner is not None:
                yield from _asking(inner, f"{path}.rule", terms, is_secret)
        case _:
            if is_secret(rule):
                yield path


def _masked(told: Explained, hidden: frozenset[str]) -> Explained:
    items = tuple(_masked(item, hidden) for item in told.items)
    return replace(told, items=items, **({"has": _HIDDEN} if told.path in hidden else {}))
