"""Whom facts are about: the customers who may have become others."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Row, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.core.context import Context
from siyu.core.db import among
from siyu.facts.commerce import OrderMatched, OrderPaid, OrderRefunded
from siyu.facts.groups import GroupDismissed, GroupMemberJoined, GroupMemberLeft, GroupReturned
from siyu.facts.people import (
    ConsentGiven,
    ContactAdded,
    ContactLost,
    ContactReadded,
    ContactUpdated,
    CustomerChanged,
    CustomerCreated,
    IdentityLinked,
    SensitivityFound,
    StageChanged,
    TagMarked,
    TagUnmarked,
)
from siyu.people.groups.models import GroupMember
from siyu.people.models import Identity, IdentityLink

CHANGING: Final = frozenset(
    fact.type
    for fact in (
        ConsentGiven,
        ContactAdded,
        ContactLost,
        ContactReadded,
        ContactUpdated,
        CustomerChanged,
        CustomerCreated,
        GroupDismissed,
        GroupMemberJoined,
        GroupMemberLeft,
        GroupReturned,
        IdentityLinked,
        OrderMatched,
        OrderPaid,
        OrderRefunded,
        SensitivityFound,
        StageChanged,
        TagMarked,
        TagUnmarked,
    )
)
"""Facts after which a `Person` may be another, their acts apart.

Whatever changes something that `loading` reads announces one of them in its transaction.
"""

_WHOLE_GROUPS: Final = (GroupDismissed.type, GroupReturned.type)
_NAMED: Final = (CustomerChanged.type, *_WHOLE_GROUPS)
_FACTS: Final = text(
    "select tenant_id, type, identity_id,"
    " case when type = any(:named) then properties end as properties"
    " from event where shard = :shard and position > :after and position <= :last"
)


@dataclass
class Touched:
    """What facts of one tenant are about."""

    changed: set[int] = field(default_factory=set)
    """Identities whose customer may be another."""
    linked: set[int] = field(default_factory=set)
    """Identities that changed hands."""
    customers: set[int] = field(default_factory=set)
    """Customers who were named outright."""
    groups: set[int] = field(default_factory=set)
    """Groups that ended or are there after all, and with them all stays in them."""
    heard: dict[str, set[int]] = field(default_factory=dict)
    """Identities that other facts are about, by type."""

    def add(self, fact: Row[Any]) -> None:
        """Note what a fact is about."""
        if fact.type in _WHOLE_GROUPS:
            self.groups.add(fact.properties["group_id"])
        elif fact.type == CustomerChanged.type:
            self.customers.add(fact.properties["customer_id"])
        if fact.identity_id is None:
            return
        if fact.type in CHANGING:
            self.changed.add(fact.identity_id)
        # What follows from persons may also count how often this was said.
        self.heard.setdefault(fact.type, set()).add(fact.identity_id)
        if fact.type == IdentityLinked.type:
            self.linked.add(fact.identity_id)


async def touched(
    session: AsyncSession, spans: Iterable[tuple[int, int, int]]
) -> tuple[int, dict[int, Touched]]:
    """Return how many facts there are in spans (shard, after, last), and whom, by tenant.

    The session sees all tenants.
    """
    count, found = 0, dict[int, Touched]()
    for shard, after, last in spans:
        values = {"shard": shard, "after": after, "last": last, "named": list(_NAMED)}
        for fact in await session.execute(_FACTS, values):
            found.setdefault(fact.tenant_id, Touched()).add(fact)
            count += 1
    return count, found


async def changed_customers(ctx: Context, facts: Touched) -> set[int]:
    """Return whom the picture must show anew: of merged and parted customers both sides."""
    found = facts.customers | await owners(ctx, facts.changed)
    if facts.linked:
        former = select(IdentityLink.from_customer_id).where(
            IdentityLink.tenant_id == ctx.tenant_id,
            among(IdentityLink.identity_id, facts.linked),
            IdentityLink.from_customer_id.is_not(None),
        )
        found |= {number for number in await ctx.session.scalars(former) if number is not None}
    if facts.groups:
        stays = (
            select(Identity.customer_id)
            .join(
                GroupMember,
                (GroupMember.tenant_id == Identity.tenant_id)
                & (GroupMember.identity_id == Identity.id),
            )
            .where(Identity.tenant_id == ctx.tenant_id, among(GroupMember.group_id, facts.groups))
        )
        found |= set(await ctx.session.scalars(stays))
    return found


async def heard_customers(ctx: Context, facts: Touched, types: Collection[str]) -> set[int]:
    """Return whom facts of these types are about."""
    identities: set[int] = set().union(*(facts.heard.get(type_, set()) for type_ in types))
    return await owners(ctx, identities)


async def owners(ctx: Context, identity_ids: Collection[int]) -> set[int]:
    """Return to which customers identities belong now."""
    if not identity_ids:
        return set()
    rows = await ctx.session.scalars(
        select(Identity.customer_id).where(
            Identity.tenant_id == ctx.tenant_id, among(Identity.id, identity_ids)
        )
    )
    return set(rows)


def chunks(numbers: Collection[int], size: int) -> Iterable[Sequence[int]]:
    """Cut numbers into pieces, the lowest first."""
    ordered = sorted(numbers)
    return (ordered[start : start + size] for start in range(0, len(ordered), size))
