"""The rules of a tenant's audiences, and how they stand on one another."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from sqlalchemy import select

from siyu.core.context import Context
from siyu.people.audiences.models import Audience, AudienceVersion
from siyu.people.rules.language import AllOf, AnyOf, InAudience, Leaf, NoneOf, Rule


def rule_of(stored: Mapping[str, Any]) -> Rule:
    """Return a rule as it was stored."""
    rule: Rule = msgspec.convert(stored, Rule)
    return rule


def stored(rule: Rule) -> dict[str, Any]:
    """Return a rule as it is stored."""
    value: dict[str, Any] = msgspec.to_builtins(rule)
    return value


def leaves(rule: Rule) -> Iterator[Leaf]:
    """Yield the conditions of a rule in the order they are written in."""
    if isinstance(rule, AllOf | AnyOf | NoneOf):
        for item in rule.items:
            yield from leaves(item)
    else:
        yield rule


def named_by(rule: Rule) -> frozenset[int]:
    """Return the audiences that a rule names itself."""
    return frozenset(leaf.audience_id for leaf in leaves(rule) if isinstance(leaf, InAudience))


async def current(ctx: Context) -> dict[int, Rule]:
    """Return the rules in force of all audiences that have one and are not archived."""
    rows = await ctx.session.execute(
        select(AudienceVersion.audience_id, AudienceVersion.rule)
        .join(
            Audience,
            (Audience.tenant_id == AudienceVersion.tenant_id)
            & (Audience.id == AudienceVersion.audience_id)
            & (Audience.version == AudienceVersion.version),
        )
        .where(
            Audience.tenant_id == ctx.tenant_id,
            Audience.kind == "rule",
            Audience.archived_at.is_(None),
        )
    )
    return {audience_id: rule_of(rule) for audience_id, rule in rows}


async def rule_in_force(ctx: Context, audience: Audience) -> Rule | None:
    """Return the rule of an audience; nothing for a list, whatever it was made from."""
    if audience.kind == "list":
        return None
    version = await ctx.session.get_one(
        AudienceVersion, (ctx.tenant_id, audience.id, audience.version)
    )
    return rule_of(version.rule)


def below(audience_ids: frozenset[int], rules: Mapping[int, Rule]) -> frozenset[int]:
    """Return the audiences that these stand on, through others as well; themselves if in a ring."""
    found: set[int] = set()
    waiting = [named_by(rules[one]) for one in audience_ids if one in rules]
    while waiting:
        for audience_id in waiting.pop() - found:
            found.add(audience_id)
            if audience_id in rules:
                waiting.append(named_by(rules[audience_id]))
    return frozenset(found)


def above(audience_id: int, rules: Mapping[int, Rule]) -> frozenset[int]:
    """Return the audiences that stand on one, through others as well."""
    return frozenset(other for other in rules if audience_id in below(frozenset({other}), rules))
