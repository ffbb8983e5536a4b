"""What rooms show of each other: composed here, because only the roof knows all rooms."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any, Final

import msgspec
from pyroaring import BitMap64
from sqlalchemy import SQLColumnExpression, cast, exists, func, literal, select
from sqlalchemy.dialects.postgresql import JSONPATH
from sqlalchemy.orm import InstrumentedAttribute

from siyu.commerce.models import OrderSource, SalesOrder
from siyu.content.models import Material
from siyu.conversations import customer_service, official_account
from siyu.conversion.attribution.models import Attribution
from siyu.core.context import Context
from siyu.core.db import among
from siyu.core.jobs.progress import JobRun
from siyu.core.stream.models import StreamEvent
from siyu.facts.content import MaterialViewed
from siyu.growth.sales import Sales
from siyu.insight.names import materials_of
from siyu.messaging.models import Touch
from siyu.people.audiences.builds import GOING_ON
from siyu.people.audiences.membership import members
from siyu.people.audiences.rules import named_by, rule_of
from siyu.people.audiences.schemas import UsedBy, UsedByKind
from siyu.people.audiences.service import find
from siyu.people.audiences.terms import Names, refuse_wrong
from siyu.people.audiences.uses import Uses
from siyu.people.bulk.selections import take
from siyu.people.churn.schemas import MessageSource
from siyu.people.customers.panels import Purchases
from siyu.people.exchange.kinds import EXPORT
from siyu.people.exchange.models import PeopleExport
from siyu.people.groups.queries import groups_of
from siyu.people.lists.models import CustomerListView
from siyu.people.models import Identity
from siyu.people.picture.person import Bought
from siyu.people.rules.language import Rule
from siyu.people.tags.models import TagMarking, TagRule
from siyu.people.tags.targets import CrowdUse

_SHOWN_TOPICS: Final = 8
_SHOWN_ORDERS: Final = 20
_ANY_AUDIENCE: Final = '$.** ? (@.kind == "audience")'
Standings = list[tuple[int, UsedBy]]
"""What stands on which audience."""


class AttributedSales:
    """Counts orders attributed to channels and live codes; nothing while no shop is connected."""

    async def by_channel(self, ctx: Context, channel_ids: Collection[int]) -> Mapping[int, Sales]:
        """Return the sales of channels."""
        if not await _connected(ctx):
            return {}
        rows = await ctx.session.execute(
            select(Attribution.channel_id, func.count(), func.sum(Attribution.amount_fen))
            .where(
                Attribution.tenant_id == ctx.tenant_id, Attribution.channel_id.in_(set(channel_ids))
            )
            .group_by(Attribution.channel_id)
        )
        found = {number: Sales(count, int(amount)) for number, count, amount in rows}
        return {number: found.get(number, Sales(0, 0)) for number in channel_ids}

    async def by_live_code(
        self, ctx: Context, live_code_ids: Collection[int]
    ) -> Mapping[int, Sales]:
        """Return the sales of live codes: orders owed to a scan or a welcome of theirs."""
        if not await _connected(ctx):
            return {}
        rows = await ctx.session.execute(
            select(Touch.live_code_id, func.count(), func.sum(Attribution.amount_fen))
            .join(
                Attribution,
                (Attribution.tenant_id == Touch.tenant_id) & (Attribution.touch_id == Touch.id),
            )
            .where(Touch.tenant_id == ctx.tenant_id, Touch.live_code_id.in_(set(live_code_ids)))
            .group_by(Touch.live_code_id)
        )
        found = {number: Sales(count, int(amount)) for number, count, amount in rows}
        return {number: found.get(number, Sales(0, 0)) for number in live_code_ids}


class PersonSources:
    """What the picture of persons takes from other rooms, whoever asks."""

    async def bought(self, ctx: Context, customer_ids: Collection[int]) -> Mapping[int, Bought]:
        """Return what customers bought, without orders that were taken back altogether."""
        rows = await ctx.session.execute(
            select(
                Identity.customer_id,
                func.count(),
                func.sum(SalesOrder.amount_fen - SalesOrder.refunded_fen),
                func.min(SalesOrder.paid_at),
                func.max(SalesOrder.paid_at),
            )
            .join(
                SalesOrder,
                (SalesOrder.tenant_id == Identity.tenant_id)
                & (SalesOrder.identity_id == Identity.id),
            )
            .where(
                Identity.tenant_id == ctx.tenant_id,
                among(Identity.customer_id, customer_ids),
                SalesOrder.state != "refunded",
            )
            .group_by(Identity.customer_id)
        )
        return {
            number: Bought(orders, int(fen), first, last)
            for number, orders, fen, first, last in rows
        }


class KnownCrowds:
    """Who is in audiences and selections, for whoever marks very many."""

    def __init__(self, uses: Uses) -> None:
        self._uses = uses

    async def of_audience(self, ctx: Context, audience_id: int) -> BitMap64:
        """Return the members of an audience as they are now; raises `NotFound`."""
        return await members(ctx, (await find(ctx, audience_id)).id)

    async def note_use(
        self, ctx: Context, audience_id: int, people: BitMap64, kind: CrowdUse, purpose: str
    ) -> int:
        """Keep that something was done with people because they are in an audience, and why."""
        return (await self._uses.note(ctx, audience_id, people, kind, purpose)).id

    async def of_selection(self, ctx: Context, selection_id: int) -> BitMap64:
        """Return whom the actor chose in the customer list; raises `NotFound`."""
        return BitMap64.deserialize((await take(ctx, selection_id)).members)


class CheckedRules:
    """What rules of audiences can name, for what else is said in their words."""

    def __init__(self, names: Names) -> None:
        self._names = names

    async def refuse_wrong(self, ctx: Context, rule: Rule) -> None:
        """Raise `Invalid` with every mistake of a rule."""
        await refuse_wrong(ctx, self._names, rule)

    async def keeps_itself(self, ctx: Context, audience_id: int) -> bool:
        """Tell whether an audience is dynamic, and keep it; raises `NotFound`."""
        return (await find(ctx, audience_id, for_update=True)).dynamic


class BesideAudiences:
    """What of other rooms stands on audiences."""

    async def standing_on(
        self, ctx: Context, audience_ids: Collection[int]
    ) -> Mapping[int, list[UsedBy]]:
        """Return automatic tags, markings and exports that go on, and kept customer lists."""
        found: dict[int, list[UsedBy]] = {one: [] for one in audience_ids}
        for some in (self._tag_rules, self._markings, self._exports, self._views):
            for audience_id, standing in await some(ctx, audience_ids):
                found[audience_id].append(standing)
        return found

    async def _tag_rules(self, ctx: Context, audience_ids: Collection[int]) -> Standings:
        audience_id = TagRule.trigger["audience_id"].as_integer()
        rows = await ctx.session.execute(
            select(audience_id.label("audience_id"), TagRule.id, TagRule.name, TagRule.state)
            .where(
                TagRule.tenant_id == ctx.tenant_id,
                TagRule.state != "removed",
                TagRule.trigger["kind"].as_string() == "audience",
                audience_id.in_(audience_ids),
            )
            .order_by(TagRule.id)
        )
        return [
            (row.audience_id, UsedBy("tag_rule", row.id, row.name, needs=row.state == "active"))
            for row in rows
        ]

    async def _markings(self, ctx: Context, audience_ids: Collection[int]) -> Standings:
        return await _going_on(
            ctx, "marking", TagMarking, TagMarking.target, TagMarking.reason, audience_ids
        )

    async def _exports(self, ctx: Context, audience_ids: Collection[int]) -> Standings:
        return await _going_on(
            ctx, "export", PeopleExport, PeopleExport.wanted, literal(EXPORT.title), audience_ids
        )

    async def _views(self, ctx: Context, audience_ids: Collection[int]) -> Standings:
        rows = await ctx.session.scalars(
            select(CustomerListView)
            .where(
                CustomerListView.tenant_id == ctx.tenant_id,
                func.jsonb_path_exists(CustomerListView.rule, cast(_ANY_AUDIENCE, JSONPATH)),
            )
            .order_by(CustomerListView.id)
        )
        found: Standings = []
        for view in rows:
            known = view.shared or view.employee_id == ctx.actor.id
            name = view.name if known else ""
            named = named_by(rule_of(view.rule)) if view.rule else frozenset[int]()
            found += [
                (one, UsedBy("view", view.id, name, needs=False))
                for one in named.intersection(audience_ids)
            ]
        return found


async def _going_on(
    ctx: Context,
    kind: UsedByKind,
    table: type[TagMarking | PeopleExport],
    target: InstrumentedAttribute[dict[str, Any]],
    name: SQLColumnExpression[str],
    audience_ids: Collection[int],
) -> Standings:
    """Return what is at work on audiences; whom it is about was frozen when it began."""
    audience_id = target["audience_id"].as_integer()
    rows = await ctx.session.execute(
        select(audience_id.label("audience_id"), table.id, name.label("name"))
        .join(JobRun, (JobRun.tenant_id == table.tenant_id) & (JobRun.id == table.run_id))
        .where(
            table.tenant_id == ctx.tenant_id,
            JobRun.state.in_(GOING_ON),
            audience_id.in_(audience_ids),
        )
        .order_by(table.id)
    )
    return [(row.audience_id, UsedBy(kind, row.id, row.name, needs=False)) for row in rows]


class HeardMessages:
    """From where what customers write reaches siyu."""

    async def connected(self, ctx: Context) -> list[MessageSource]:
        """Return customer service once it could be listened to, the official account likewise."""
        found: list[MessageSource] = []
        if await customer_service.is_connected(ctx):
            found.append("service")
        if await official_account.is_connected(ctx):
            found.append("official")
        return found


class Panels:
    """What orders and readings add to the pages about customers."""

    async def purchases(
        self, ctx: Context, customer_ids: Collection[int]
    ) -> Mapping[int, Purchases]:
        """Return what customers bought; nothing while no shop is connected, or to who may not."""
        if not ctx.may("orders.read") or not await _connected(ctx):
            return {}
        rows = await ctx.session.execute(
            select(
                Identity.customer_id,
                func.count(),
                func.sum(SalesOrder.amount_fen - SalesOrder.refunded_fen),
                func.max(SalesOrder.paid_at),
            )
            .join(
                SalesOrder,
                (SalesOrder.tenant_id == Identity.tenant_id)
                & (SalesOrder.identity_id == Identity.id),
            )
            .where(
                Identity.tenant_id == ctx.tenant_id,
                among(Identity.customer_id, customer_ids),
                SalesOrder.state != "refunded",
            )
            .group_by(Identity.customer_id)
        )
        found = {
            number: Purchases(count, int(amount), last) for number, count, amount, last in rows
        }
        return {number: found.get(number, Purchases(0, 0)) for number in customer_ids}

    async def _orders(self, ctx: Context, customer_id: int) -> list[dict[str, Any]]:
        orders = await ctx.session.execute(
            select(
                SalesOrder.id,
                SalesOrder.external_id,
                SalesOrder.state,
                SalesOrder.paid_at,
                SalesOrder.amount_fen,
                SalesOrder.refunded_fen,
            )
            .join(
                Identity,
                (Identity.tenant_id == SalesOrder.tenant_id)
                & (Identity.id == SalesOrder.identity_id),
            )
            .where(Identity.tenant_id == ctx.tenant_id, Identity.customer_id == customer_id)
            .order_by(SalesOrder.paid_at.desc(), SalesOrder.id.desc())
            .limit(_SHOWN_ORDERS)
        )
        return [msgspec.to_builtins(dict(row._mapping)) for row in orders]  # noqa: SLF001 - the public way to a row's names

    async def _preference(self, ctx: Context, customer_id: int) -> list[dict[str, Any]]:
        """Return the topics of what a customer opened, the most often opened first."""
        material_id = StreamEvent.properties["material_id"].as_integer()
        opened = await ctx.session.execute(
            select(material_id, func.count())
            .join(
                Identity,
                (Identity.tenant_id == StreamEvent.tenant_id)
                & (Identity.id == StreamEvent.identity_id),
            )
            .where(
                Identity.tenant_id == ctx.tenant_id,
                Identity.customer_id == customer_id,
                StreamEvent.type == MaterialViewed.type,
            )
            .group_by(material_id)
        )
        times = {number: count for number, count in opened if number is not None}
        materials = await ctx.session.execute(
            select(Material.id, Material.topics).where(
                Material.tenant_id == ctx.tenant_id, Material.id.in_(times)
            )
        )
        found: Counter[str] = Counter()
        for number, topics in materials:
            found.update(dict.fromkeys(topics, times[number]))
        return [{"topic": name, "times": count} for name, count in found.most_common(_SHOWN_TOPICS)]

    async def panels(self, ctx: Context, customer_id: int) -> Mapping[str, Any]:
        """Return the latest orders, for who may see them, readings and their topics, groups."""
        readings = (
            await ctx.session.execute(
                select(func.count().label("times"), func.max(StreamEvent.occurred_at).label("last"))
                .join(
                    Identity,
                    (Identity.tenant_id == StreamEvent.tenant_id)
                    & (Identity.id == StreamEvent.identity_id),
                )
                .where(
                    Identity.tenant_id == ctx.tenant_id,
                    Identity.customer_id == customer_id,
                    StreamEvent.type == MaterialViewed.type,
                )
            )
        ).one()
        return {
            "orders": await self._orders(ctx, customer_id) if ctx.may("orders.read") else [],
            "readings": {"times": readings.times, "last_at": msgspec.to_builtins(readings.last)},
            "preference": await self._preference(ctx, customer_id),
            "groups": msgspec.to_builtins(await groups_of(ctx, customer_id)),
        }

    async def materials(self, ctx: Context, material_ids: Collection[int]) -> Mapping[int, str]:
        """Return the titles of materials."""
        return await materials_of(ctx.session, material_ids)


async def _connected(ctx: Context) -> bool:
    """Tell whether any shop may post orders: until then nothing is known of sales, not even 0."""
    return bool(
        await ctx.session.scalar(select(exists().where(OrderSource.tenant_id == ctx.tenant_id)))
    )
