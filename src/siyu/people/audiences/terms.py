"""What the words of a tenant's rules stand for now, and what there is that rules can name."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, select

from siyu.accounts.models import StaffAccount
from siyu.accounts.tenants import zone_of
from siyu.core.context import Context
from siyu.core.db import among
from siyu.core.errors import Invalid, Unavailable
from siyu.people.audiences.copies import Copies
from siyu.people.audiences.models import Audience, RfmVersion
from siyu.people.audiences.rules import below, current, leaves, named_by
from siyu.people.customers.origins import Origins
from siyu.people.customers.panels import CustomerPanels
from siyu.people.fields.service import visible_fields
from siyu.people.groups.models import GroupChat
from siyu.people.models import Tag
from siyu.people.picture.state import Applied, applied
from siyu.people.rules.checking import Known, Shape, Thing, check, mentions, nodes
from siyu.people.rules.language import (
    AllOf,
    AnyOf,
    Attribute,
    Behaviour,
    Friendship,
    Rfm,
    Rule,
    Tags,
)
from siyu.people.rules.plan import NOTED
from siyu.people.rules.terms import RfmThresholds, Terms
from siyu.people.stages.models import Stage

_ALL: Final = 100
_NOTES_REFUSED: Final = (
    "人群面向全企业，会按所有同事的标签、备注和好友关系计算，而你的数据范围看不到这些；"
    "请去掉此条件，或请可查看全部客户的同事来保存"
)


@dataclass(frozen=True)
class Names:
    """What rooms above know the names of."""

    origins: Origins
    panels: CustomerPanels


async def terms_of(
    ctx: Context,
    rules: Collection[Rule],
    copies: Copies,
    *,
    known: Mapping[int, Rule] | None = None,
    seen: frozenset[int] | None = None,
) -> Terms:
    """Return what rules mean now. `known`: the rules in force, where they were read already.

    `seen` as in `Terms`: nothing for what an audience means, which is the same to everybody.
    """
    named = frozenset[int]().union(*map(named_by, rules))
    others = (await current(ctx) if known is None else known) if named else {}
    reached = named | below(named, others)
    parts = [*rules, *(others[one] for one in reached if one in others)]
    return Terms(
        zone=await zone_of(ctx),
        tag_groups=await _tag_groups(ctx, parts),
        rfm=await _thresholds(ctx, parts),
        rules={one: others[one] for one in reached if one in others},
        lists=await copies.of(ctx, await _lists(ctx, reached - others.keys())),
        seen=seen,
    )


async def asked_by_actor(ctx: Context, rule: Rule, copies: Copies) -> tuple[Rule, Terms]:
    """Return a rule about those alone whom the actor may see, and what it means to them.

    Colleagues' friendships with the same customers count for nothing, nor do tags on them. Raises
    `Invalid` as `refuse_remarks`.
    """
    refuse_remarks(ctx, rule)
    owners = ctx.actor.owners
    if owners is not None:
        theirs: Rule = (
            AnyOf(()) if not owners else Friendship(staff_account_ids=tuple(sorted(owners)))
        )
        rule = AllOf((rule, theirs))
    return rule, await terms_of(ctx, [rule], copies, seen=owners)


def refuse_remarks(ctx: Context, rule: Rule) -> None:
    """Raise `Invalid` where somebody who sees some customers only asks for remarks.

    The engine has those of all friendships in one text, so it cannot leave out colleagues'.
    """
    if ctx.actor.owners is not None:
        for path, node, _ in nodes(rule):
            if isinstance(node, Attribute) and node.name == "remark":
                raise Invalid.field(
                    path, "out_of_scope", "你的数据范围看不到同事写的备注，请去掉“备注”条件"
                )


def refuse_notes(ctx: Context, rule: Rule) -> None:
    """Raise `Invalid` where somebody who sees some customers only writes a rule about notes.

    An audience counts everybody's friendships, whoever made it; so its members would tell what
    colleagues noted of customers whom the actor shares with them.
    """
    if ctx.actor.owners is not None:
        for path, node, _ in nodes(rule):
            if is_noted(node):
                raise Invalid.field(path, "out_of_scope", _NOTES_REFUSED)


def is_noted(node: Rule) -> bool:
    """Tell whether a condition is about what is noted of single friendships, or about them."""
    match node:
        case Attribute():
            return node.name == "remark"
        case Behaviour():
            return node.type in NOTED
        case _:
            return isinstance(node, Tags | Friendship)


async def whole(ctx: Context) -> Applied:
    """Return where the picture stands. Raises `Unavailable` while it lacks customers."""
    stand = await applied(ctx)
    if stand.filled < _ALL:
        raise Unavailable(
            "picture_filling",
            f"客户画像正在重建，已完成 {stand.filled}%，完成后即可使用",
            extra={"filled": stand.filled},
        )
    return stand


async def rfm_in_force(ctx: Context) -> RfmVersion | None:
    """Return the thresholds in force."""
    query = select(RfmVersion).where(RfmVersion.tenant_id == ctx.tenant_id)
    return await ctx.session.scalar(query.order_by(RfmVersion.id.desc()).limit(1))


async def refuse_wrong(
    ctx: Context, names: Names, rule: Rule, audience_id: int | None = None
) -> None:
    """Raise `Invalid` with every mistake of a rule, which would be that of `audience_id`."""
    check(rule, await _known(ctx, names, rule), audience_id)


async def _tag_groups(ctx: Context, rules: Iterable[Rule]) -> dict[int, int]:
    ids = {
        tag_id
        for rule in rules
        for leaf in leaves(rule)
        if isinstance(leaf, Tags) and leaf.mode == "wecom"
        for tag_id in leaf.tag_ids
    }
    if not ids:
        return {}
    rows = await ctx.session.execute(
        select(Tag.id, Tag.group_id).where(Tag.tenant_id == ctx.tenant_id, among(Tag.id, ids))
    )
    return {row.id: row.group_id for row in rows}


async def _thresholds(ctx: Context, rules: Iterable[Rule]) -> RfmThresholds | None:
    if not any(isinstance(leaf, Rfm) for rule in rules for leaf in leaves(rule)):
        return None
    version = await rfm_in_force(ctx)
    return None if version is None else thresholds(version)


def thresholds(version: RfmVersion) -> RfmThresholds:
    """Return thresholds as rules read them."""
    return RfmThresholds(
        tuple(version.recency_seconds), tuple(version.frequency), tuple(version.money_fen)
    )


async def _lists(ctx: Context, audience_ids: Collection[int]) -> dict[int, int]:
    if not audience_ids:
        return {}
    rows = await ctx.session.execute(
        select(Audience.id, Audience.revision).where(
            Audience.tenant_id == ctx.tenant_id,
            Audience.id.in_(audience_ids),
            Audience.kind == "list",
            Audience.archived_at.is_(None),
        )
    )
    return {row.id: row.revision for row in rows}


async def _known(ctx: Context, names: Names, rule: Rule) -> Known:
    named = mentions(rule)
    found: dict[Thing, Collection[int]] = {
        "tag": await _there(ctx, select(Tag.id).where(~Tag.gone), Tag, named.get("tag")),
        "stage": await _there(ctx, select(Stage.id).where(~Stage.gone), Stage, named.get("stage")),
        "staff_account": await _there(
            ctx, select(StaffAccount.id), StaffAccount, named.get("staff_account")
        ),
        "group": await _there(ctx, select(GroupChat.id), GroupChat, named.get("group")),
        "audience": await _there(
            ctx,
            select(Audience.id).where(Audience.archived_at.is_(None)),
            Audience,
            named.get("audience"),
        ),
    }
    origins = await names.origins.names(
        ctx, named.get("channel", set()), named.get("live_code", set())
    )
    found |= {"channel": origins.channels.keys(), "live_code": origins.live_codes.keys()}
    if "material" in named:
        found["material"] = (await names.panels.materials(ctx, named["material"])).keys()
    return Known(
        things=found,
        fields=await _shapes(ctx) if "field" in named else {},
        rules=await current(ctx) if "audience" in named else {},
        scored=await rfm_in_force(ctx) is not None,
    )


async def _there(
    ctx: Context,
    query: Select[int],
    table: type[Tag | Stage | StaffAccount | GroupChat | Audience],
    ids: Collection[int] | None,
) -> frozenset[int]:
    if not ids:
        return frozenset()
    found = query.where(table.tenant_id == ctx.tenant_id, among(table.id, ids))
    return frozenset(await ctx.session.scalars(found))


async def _shapes(ctx: Context) -> dict[int, Shape]:
    """Return the fields whose values the actor may see: counts would tell of others."""
    return {
        number: Shape(
            field.kind, frozenset(one["id"] for one in field.options if not one.get("gone"))
        )
        for number, field in (await visible_fields(ctx)).items()
    }
