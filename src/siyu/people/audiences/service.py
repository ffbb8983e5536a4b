"""What people do with audiences: make, change, copy, archive, put people on lists."""

from collections.abc import Collection
from typing import Final, NamedTuple

import msgspec
from pyroaring import BitMap64
from sqlalchemy import func, select

from siyu.accounts.audit import record
from siyu.core.context import Context
from siyu.core.db import among
from siyu.core.errors import Conflict, Invalid, NotFound
from siyu.people.audiences import membership
from siyu.people.audiences.builds import begin_build, others_follow
from siyu.people.audiences.models import Audience, AudienceVersion
from siyu.people.audiences.persons import visible_among
from siyu.people.audiences.rules import rule_in_force, stored
from siyu.people.audiences.schemas import AudienceChange, AudienceDraft
from siyu.people.audiences.standing import OtherRooms, sentence_of, standing_on
from siyu.people.audiences.terms import Names, refuse_notes, refuse_wrong
from siyu.people.identity.holding import hold
from siyu.people.models import Customer
from siyu.people.rules.language import Rule

_RULES: Final = 0x5159_0011 << 32
"""Above the keys of the tenants' advisory locks."""


async def create(ctx: Context, names: Names, draft: AudienceDraft) -> Audience:
    """Make an audience; one with a rule is built in the background.

    Raises `Invalid` with every mistake of the rule.
    """
    if draft.kind == "rule" and draft.rule is None:
        raise Invalid.field("rule", "missing", "请先设置人群的条件")
    if draft.kind == "list" and draft.dynamic:
        raise Invalid.field("dynamic", "invalid", "固定名单不会自动更新")
    if draft.rule is not None and draft.customer_ids is not None:
        raise Invalid.field("customer_ids", "invalid", "名单要么来自条件，要么来自选中的客户")
    if draft.rule is not None:
        await _one_by_one(ctx)
        await refuse_wrong(ctx, names, draft.rule)
        refuse_notes(ctx, draft.rule)
    audience = await _new(ctx, draft)
    if draft.rule is not None:
        _note_version(ctx, audience, draft.rule)
        await ctx.session.flush()
        await begin_build(ctx, audience)
    else:
        _ready_list(ctx, audience)
        await _put(ctx, audience, await _held(ctx, draft.customer_ids or ()))
    return audience


async def create_list(
    ctx: Context, name: str, description: str, customer_ids: Collection[int]
) -> Audience:
    """Make a fixed list of people, as after an import. Unknown ones are left out."""
    audience = await _new(ctx, AudienceDraft(name, "list", description))
    _ready_list(ctx, audience)
    await _put(ctx, audience, await _held(ctx, customer_ids))
    return audience


async def update(ctx: Context, names: Names, audience_id: int, change: AudienceChange) -> Audience:
    """Change an audience; a rule that differs becomes its next version and is built."""
    await _one_by_one(ctx)
    audience = await find(ctx, audience_id, for_update=True)
    if audience.version != change.version:
        raise Conflict("audience_changed", "这个人群刚被别人修改过，请刷新后再改")
    if audience.kind == "list" and (change.dynamic or change.rule is not None):
        raise Invalid.field("rule", "invalid", "固定名单没有条件，也不会自动更新")
    became_dynamic = change.dynamic and not audience.dynamic
    if not change.dynamic:
        audience.told_since = None
    audience.name, audience.description = change.name, change.description
    audience.dynamic, audience.changed_at = change.dynamic, ctx.now()
    another = change.rule is not None and await _set_rule(ctx, names, audience, change.rule)
    if another or became_dynamic:
        await begin_build(ctx, audience)
    record(ctx, "audience.update", "audience", audience_id, version=audience.version)
    return audience


async def copy(ctx: Context, names: Names, audience_id: int) -> Audience:
    """Make another audience of the same rule, or another list of the same people."""
    original = await find(ctx, audience_id)
    name = f"{original.name[:55]}（副本）"
    if original.kind == "rule":
        rule = await rule_in_force(ctx, original)
        draft = AudienceDraft(name, "rule", original.description, original.dynamic, rule)
        return await create(ctx, names, draft)
    # Whoever merges or erases people takes them off all lists that are there, in turns with this.
    await membership.turn(ctx)
    twin = await create_list(ctx, name, original.description, ())
    people = await membership.members(ctx, audience_id)
    await membership.apply(ctx, [membership.Change(twin, people, BitMap64(), told=False)])
    return twin


async def archive(ctx: Context, others: OtherRooms, audience_id: int) -> None:
    """Put an audience away; raises `Conflict` while something needs it, and says what."""
    await _one_by_one(ctx)
    audience = await find(ctx, audience_id, for_update=True)
    standing = (await standing_on(ctx, others, [audience_id]))[audience_id]
    needing = [one for one in standing if one.needs]
    if needing:
        raise Conflict(
            "audience_in_use",
            f"「{audience.name}」正被使用，不能归档：{sentence_of(needing)}",
            extra={"used_by": [msgspec.to_builtins(one) for one in needing]},
        )
    audience.archived_at = audience.changed_at = ctx.now()
    audience.told_since = None
    record(ctx, "audience.archive", "audience", audience_id)


class Put(NamedTuple):
    """How many people came onto a list, and how many were on it already."""

    added: int
    known: int


async def add(ctx: Context, audience_id: int, customer_ids: Collection[int]) -> Put:
    """Put people on a list. Unknown ones are left out."""
    put = await enlist(ctx, audience_id, customer_ids)
    record(ctx, "audience.add", "audience", audience_id, people=put.added)
    return put


async def enlist(ctx: Context, audience_id: int, customer_ids: Collection[int]) -> Put:
    """Do as `add`, for whoever tells the audit of many such portions at once."""
    held = await _held(ctx, customer_ids)
    return await _put(ctx, await _list(ctx, audience_id), held)


async def remove(ctx: Context, audience_id: int, customer_ids: Collection[int]) -> int:
    """Take people the actor may see off a list; return how many were on it."""
    count = await delist(ctx, audience_id, customer_ids)
    record(ctx, "audience.remove", "audience", audience_id, people=count)
    return count


async def delist(ctx: Context, audience_id: int, customer_ids: Collection[int]) -> int:
    """Do as `remove`, for whoever tells the audit of many such portions at once."""
    audience = await _list(ctx, audience_id)
    gone = BitMap64(customer_ids) & await membership.members(ctx, audience_id)
    if ctx.actor.owners is not None:
        gone = await visible_among(ctx, gone)
    await _change_list(ctx, audience, BitMap64(), gone)
    return len(gone)


async def build(ctx: Context, audience_id: int) -> int:
    """Have an audience built anew; return the run that tells of it."""
    audience = await find(ctx, audience_id, for_update=True)
    if audience.kind == "list" and audience.built_version is not None:
        raise Conflict("audience_is_a_list", "固定名单由人维护，不需要重新构建")
    record(ctx, "audience.build", "audience", audience_id)
    return await begin_build(ctx, audience)


async def find(
    ctx: Context, audience_id: int, *, for_update: bool = False, archived: bool = False
) -> Audience:
    """Return an audience, with `archived` also one that was put away; raises `NotFound`."""
    query = select(Audience).where(Audience.tenant_id == ctx.tenant_id, Audience.id == audience_id)
    if not archived:
        query = query.where(Audience.archived_at.is_(None))
    if for_update:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = await ctx.session.scalar(query)
    if found is None:
        raise NotFound("audience_unknown", "人群不存在或已归档")
    return found


async def _new(ctx: Context, draft: AudienceDraft) -> Audience:
    audience = Audience(
        tenant_id=ctx.tenant_id,
        name=draft.name,
        description=draft.description,
        kind=draft.kind,
        dynamic=draft.dynamic,
        created_by=ctx.actor.id,
        created_at=ctx.now(),
        changed_at=ctx.now(),
    )
    ctx.session.add(audience)
    await ctx.session.flush()
    record(ctx, "audience.create", "audience", audience.id, kind=draft.kind)
    return audience


async def _one_by_one(ctx: Context) -> None:
    """Let nobody else change the tenant's rules until this transaction ends.

    Two changes that are each right could together make a ring, or archive what is being named.
    """
    await ctx.session.execute(select(func.pg_advisory_xact_lock(_RULES + ctx.tenant_id)))


async def _set_rule(ctx: Context, names: Names, audience: Audience, rule: Rule) -> bool:
    if await rule_in_force(ctx, audience) == rule:
        return False
    await refuse_wrong(ctx, names, rule, audience.id)
    refuse_notes(ctx, rule)
    audience.version += 1
    _note_version(ctx, audience, rule)
    await ctx.session.flush()
    await others_follow(ctx, audience.id)
    return True


def _note_version(ctx: Context, audience: Audience, rule: Rule) -> None:
    ctx.session.add(
        AudienceVersion(
            tenant_id=ctx.tenant_id,
            audience_id=audience.id,
            version=audience.version,
            rule=stored(rule),
            employee_id=ctx.actor.id,
            at=ctx.now(),
        )
    )


async def _list(ctx: Context, audience_id: int) -> Audience:
    audience = await find(ctx, audience_id, for_update=True)
    if audience.kind != "list":
        raise Conflict("audience_not_a_list", "只有固定名单可以手工增减客户")
    return audience


def _ready_list(ctx: Context, audience: Audience) -> None:
    audience.state, audience.built_version = "ready", audience.version
    audience.built_at = audience.as_of = ctx.now()


async def _put(ctx: Context, audience: Audience, held: BitMap64) -> Put:
    new = held - await membership.members(ctx, audience.id)
    await _change_list(ctx, audience, new, BitMap64())
    return Put(len(new), len(held) - len(new))


async def _change_list(ctx: Context, audience: Audience, entered: BitMap64, left: BitMap64) -> None:
    change = membership.Change(audience, entered, left, told=False)
    if change.people:
        audience.as_of = audience.changed_at = ctx.now()
        await membership.apply(ctx, [change])
        await others_follow(ctx, audience.id)


async def _held(ctx: Context, customer_ids: Collection[int]) -> BitMap64:
    """Return those who are customers the actor may see; nobody merges or erases them meanwhile.

    Who was merged stands for who they turned out to be. Held before the list is locked, as by
    whoever merges or erases.
    """
    now = set((await hold(ctx, customer_ids)).values())
    rows = await ctx.session.scalars(
        select(Customer.id).where(Customer.tenant_id == ctx.tenant_id, among(Customer.id, now))
    )
    ids = BitMap64(rows)
    return ids if ctx.actor.owners is None else await visible_among(ctx, ids)
