"""Automatic tags: making rules, seeing whom they would have tagged, and what they do."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final, NamedTuple

import msgspec
from sqlalchemy import select

from siyu.accounts.audit import record
from siyu.accounts.tenants import zone_of
from siyu.core.context import Context
from siyu.core.errors import Invalid, NotFound
from siyu.core.jobs.queue import enqueue_many
from siyu.core.stream import Event
from siyu.core.stream.events import select_events, to_event
from siyu.core.stream.models import StreamEvent
from siyu.people.kinds import TAG_BY_RULE, TagByRule
from siyu.people.models import Identity, Tag
from siyu.people.picture.loading import Sources, load
from siyu.people.picture.person import Person
from siyu.people.rules.terms import Terms
from siyu.people.tags import checks, triggers
from siyu.people.tags.checks import RuleChecks
from siyu.people.tags.models import TagRule
from siyu.people.tags.one import living_tags
from siyu.people.tags.rule_schemas import RulePreview, RuleView, TagName, TagRuleDraft
from siyu.people.tags.service import Why, mark_identities, unmark_identities
from siyu.people.tags.triggers import Did

_LOOKED_BACK: Final = timedelta(days=7)
_LOOKED_AT: Final = 5000


class Fired(NamedTuple):
    """A rule was set off by somebody at one of their ids."""

    rule: TagRule
    identity_id: int


async def rules(ctx: Context) -> list[RuleView]:
    """Return the rules, latest first."""
    ctx.require("tags.read")
    found = (
        await ctx.session.scalars(
            select(TagRule)
            .where(TagRule.tenant_id == ctx.tenant_id, TagRule.state != "removed")
            .order_by(TagRule.id.desc())
        )
    ).all()
    wanted = {tag_id for rule in found for tag_id in (*rule.add_tag_ids, *rule.remove_tag_ids)}
    names = {
        row.id: TagName(row.id, row.name, row.gone)
        for row in await ctx.session.execute(
            select(Tag.id, Tag.name, Tag.gone).where(
                Tag.tenant_id == ctx.tenant_id, Tag.id.in_(wanted)
            )
        )
    }
    return [_view(rule, names) for rule in found]


async def save(
    ctx: Context, known: RuleChecks, draft: TagRuleDraft, rule_id: int | None = None
) -> int:
    """Make a rule or change one; what happened before does not set it off. Return its number.

    Raises `Invalid` where its trigger names what is not there. A rule can be let rest all the
    same when that was deleted since.
    """
    ctx.require("tags.write")
    if not draft.add and not draft.remove:
        raise Invalid.field("add", "required", "请选择要打上或移除的标签")
    await living_tags(ctx, {*draft.add, *draft.remove})
    if rule_id is None:
        rule = TagRule(tenant_id=ctx.tenant_id, created_by=ctx.actor.id, created_at=ctx.now())
    else:
        rule = await _rule(ctx, rule_id)
    same = rule_id is not None and triggers.read(rule.trigger) == draft.trigger
    if not same or (draft.active and rule.state != "active"):
        await checks.refuse_wrong(ctx, known, draft.trigger)
        rule.active_since = ctx.now()
    rule.name, rule.reason = draft.name.strip(), draft.reason.strip()
    rule.trigger = msgspec.to_builtins(draft.trigger)
    rule.state = "active" if draft.active else "paused"
    rule.add_tag_ids, rule.remove_tag_ids = list(draft.add), list(draft.remove)
    rule.ends_days, rule.changed_at = draft.ends_days, ctx.now()
    ctx.session.add(rule)
    await ctx.session.flush()
    record(ctx, "tags.rule", "tag_rule", rule.id, state=rule.state)
    return rule.id


async def remove(ctx: Context, rule_id: int) -> None:
    """Take a rule away; the tags it put on stay until their end."""
    ctx.require("tags.write")
    rule = await _rule(ctx, rule_id)
    rule.state, rule.changed_at = "removed", ctx.now()
    record(ctx, "tags.remove_rule", "tag_rule", rule_id)


async def preview(
    ctx: Context, known: RuleChecks, sources: Sources, draft: TagRuleDraft
) -> RulePreview:
    """Return how many people a rule would have tagged within the last seven days.

    Raises `Invalid` where its trigger names what is not there.
    """
    ctx.require("tags.read")
    await checks.refuse_wrong(ctx, known, draft.trigger)
    types = triggers.types_of(draft.trigger)
    if not types:
        return RulePreview(people=None, at_least=False)
    rule = TagRule(
        trigger=msgspec.to_builtins(draft.trigger), active_since=ctx.now() - _LOOKED_BACK
    )
    rows = await ctx.session.execute(
        select_events()
        .where(
            StreamEvent.tenant_id == ctx.tenant_id,
            StreamEvent.type.in_(types),
            StreamEvent.occurred_at >= rule.active_since,
            StreamEvent.identity_id.is_not(None),
        )
        .order_by(StreamEvent.occurred_at.desc())
        .limit(_LOOKED_AT)
    )
    events = [to_event(row) for row in rows]
    fired = await set_off(ctx, sources, [rule], events)
    owners = await _customers(ctx, {one.identity_id for one in fired})
    return RulePreview(len(set(owners.values())), at_least=len(events) == _LOOKED_AT)


async def active_rules(ctx: Context) -> Sequence[TagRule]:
    """Return the rules in force."""
    return (
        await ctx.session.scalars(
            select(TagRule)
            .where(TagRule.tenant_id == ctx.tenant_id, TagRule.state == "active")
            .order_by(TagRule.id)
        )
    ).all()


async def set_off(
    ctx: Context, sources: Sources, rules_: Sequence[TagRule], events: Sequence[Event]
) -> list[Fired]:
    """Return which rules facts set off, as of when these occurred, in the order of the facts."""
    by_type: dict[str, list[tuple[TagRule, triggers.Trigger]]] = defaultdict(list)
    for rule in rules_:
        trigger = triggers.read(rule.trigger)
        for type_ in triggers.types_of(trigger):
            by_type[type_].append((rule, trigger))
    hits = [
        (event, event.identity_id, rule, trigger)
        for event in events
        for rule, trigger in by_type.get(event.type, ())
        if event.identity_id is not None and event.occurred_at >= rule.active_since
        # A browser is nobody to put a tag on.
        if event.properties.get("anonymous") is not True
    ]
    if not hits:
        return []
    people = await _people(ctx, sources, [hit for hit in hits if triggers.asks_person(hit[3])])
    terms = partial(Terms, await zone_of(ctx))
    return [
        Fired(rule, identity_id)
        for event, identity_id, rule, trigger in hits
        if triggers.is_set_off(trigger, event, people.get(identity_id), terms)
    ]


async def carry_out(ctx: Context, fired: Sequence[Fired]) -> None:
    """Do what rules say: internal tags at once, corp tags by jobs; a repeat changes nothing."""
    if not fired:
        return
    named = {t for one in fired for t in (*one.rule.add_tag_ids, *one.rule.remove_tag_ids)}
    rows = await ctx.session.execute(
        select(Tag.id, Tag.wecom_id).where(
            Tag.tenant_id == ctx.tenant_id, Tag.id.in_(named), ~Tag.gone
        )
    )
    corp = {row.id: row.wecom_id is not None for row in rows}
    jobs: dict[str, TagByRule] = {}
    for rule, identity_id in dict.fromkeys(fired):
        add = [tag_id for tag_id in rule.add_tag_ids if corp.get(tag_id) is False]
        drop = [tag_id for tag_id in rule.remove_tag_ids if corp.get(tag_id) is False]
        await mark_identities(ctx, [(identity_id, tag_id) for tag_id in add], why_of(ctx, rule))
        if drop:
            ids = await _ids_beside(ctx, identity_id)
            await unmark_identities(ctx, [(one, t) for one in ids for t in drop], "rule")
        if any(corp.get(t) for t in (*rule.add_tag_ids, *rule.remove_tag_ids)):
            jobs[f"{rule.id}:{identity_id}"] = TagByRule(rule.id, identity_id)
    await enqueue_many(ctx.session, ctx.tenant_id, TAG_BY_RULE, jobs)


async def heard(ctx: Context, identity_id: int, text: str) -> None:
    """Let a message of a person set off the rules about words; nothing of it is kept."""
    found = [
        Fired(rule, identity_id)
        for rule in await active_rules(ctx)
        if triggers.is_said(triggers.read(rule.trigger), text)
    ]
    await carry_out(ctx, found)


def why_of(ctx: Context, rule: TagRule) -> Why:
    """Return how a mark of a rule comes about, and until when it stays."""
    ends_at: datetime | None = None
    if rule.ends_days is not None:
        ends_at = ctx.now() + timedelta(days=rule.ends_days)
    return Why("rule", rule.reason or f"自动规则：{rule.name}", None, ends_at)


async def _people(
    ctx: Context,
    sources: Sources,
    hits: Sequence[tuple[Event, int, TagRule, triggers.Trigger]],
) -> dict[int, Person]:
    """Return the persons behind ids, with the acts that triggers look at."""
    if not hits:
        return {}
    owners = await _customers(ctx, {hit[1] for hit in hits})
    acts = frozenset(hit[3].type for hit in hits if isinstance(hit[3], Did) and hit[3].times > 1)
    persons = await load(ctx, set(owners.values()), sources, act_types=acts)
    return {one: persons[owner] for one, owner in owners.items() if owner in persons}


async def _customers(ctx: Context, identity_ids: Collection[int]) -> dict[int, int]:
    rows = await ctx.session.execute(
        select(Identity.id, Identity.customer_id).where(
            Identity.tenant_id == ctx.tenant_id, Identity.id.in_(identity_ids)
        )
    )
    return {row.id: row.customer_id for row in rows}


async def _ids_beside(ctx: Context, identity_id: int) -> Sequence[int]:
    owner = (
        select(Identity.customer_id)
        .where(Identity.tenant_id == ctx.tenant_id, Identity.id == identity_id)
        .scalar_subquery()
    )
    found = await ctx.session.scalars(
        select(Identity.id).where(
            Identity.tenant_id == ctx.tenant_id, Identity.customer_id == owner
        )
    )
    return found.all()


async def _rule(ctx: Context, rule_id: int) -> TagRule:
    rule = await ctx.session.get(TagRule, (ctx.tenant_id, rule_id), with_for_update=True)
    if rule is None or rule.state == "removed":
        raise NotFound("tag_rule_unknown", "没有这条自动标签规则，它可能刚被删除")
    return rule


def _view(rule: TagRule, names: dict[int, TagName]) -> RuleView:
    return RuleView(
        id=rule.id,
        name=rule.name,
        active=rule.state == "active",
        trigger=triggers.read(rule.trigger),
        add=[names[tag_id] for tag_id in rule.add_tag_ids if tag_id in names],
        remove=[names[tag_id] for tag_id in rule.remove_tag_ids if tag_id in names],
        reason=rule.reason,
        ends_days=rule.ends_days,
        active_since=rule.active_since,
    )
