"""Using an audience: its people are frozen, with the reasons why each of them is among them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from pyroaring import BitMap64
from sqlalchemy import insert, select

from siyu.core.context import Context
from siyu.core.errors import NotFound, Unavailable
from siyu.core.paging import Page
from siyu.people.audiences import membership
from siyu.people.audiences.chunks import chunk_of, joined, packed, split, unpacked
from siyu.people.audiences.copies import Copies
from siyu.people.audiences.models import Audience, AudienceUse, AudienceUseChunk
from siyu.people.audiences.persons import page_of
from siyu.people.audiences.rules import (
    below,
    current,
    leaves,
    named_by,
    rule_in_force,
    rule_of,
    stored,
)
from siyu.people.audiences.schemas import ReachedCondition, SamplePerson, UseKind, WhyReached
from siyu.people.audiences.service import find
from siyu.people.audiences.terms import terms_of, whole
from siyu.people.customers.queries import may_see
from siyu.people.rules.answers.sets import Sets
from siyu.people.rules.language import AllOf, AnyOf, Attribute, InAudience, NoneOf, Rule

_MARKETING: Final[Mapping[str, Rule]] = {
    "refused": Attribute("marketing", "in", values=("refused",)),
    "sensitive": Attribute("sensitive", "eq", number=1),
}
"""Who is left out of marketing, by reason; who is so for two reasons counts for the first."""


class Uses:
    """Freezes audiences for other rooms. `sets` answers rules for the process."""

    def __init__(self, sets: Sets, copies: Copies) -> None:
        self._sets = sets
        self._copies = copies

    async def use(
        self, ctx: Context, audience_id: int, purpose: str, *, marketing: bool = True
    ) -> AudienceUse:
        """Freeze who is in an audience now, by the rule in force; of a list, who is on it.

        With `marketing`, those who refused it or are sensitive to it are left out, and counted in
        `excluded`. `purpose` is a name people know the use by. Until `end` the audience cannot be
        archived. Raises `NotFound`, and what `Sets` raises.
        """
        audience = await find(ctx, audience_id)
        rule = await rule_in_force(ctx, audience) or InAudience(audience_id)
        conditions = list(leaves(rule))
        asked = [rule, *conditions, *(_MARKETING.values() if marketing else ())]
        sets, as_of = await self._ask(ctx, asked)
        # Who is erased from here on finds this use, or is found erased by it.
        await membership.turn(ctx)
        members = sets[0] - await membership.forgotten(ctx)
        excluded = dict[str, int]()
        for reason, out in zip(_MARKETING, sets[1 + len(conditions) :], strict=False):
            excluded[reason] = members.intersection_cardinality(out)
            members = members - out
        use = await _begun(ctx, audience, rule, purpose, as_of)
        use.marketing, use.excluded = marketing, excluded
        await _freeze(ctx, use, members, sets[1 : 1 + len(conditions)])
        return use

    async def note(
        self, ctx: Context, audience_id: int, people: BitMap64, kind: UseKind, purpose: str
    ) -> AudienceUse:
        """Keep that something was done with some people because they are in an audience.

        For whoever has chosen them already; it is over at once. Where the engine cannot say why
        each of them is in it, they are kept without.
        """
        audience = await find(ctx, audience_id)
        rule = await rule_in_force(ctx, audience) or InAudience(audience_id)
        try:
            held, as_of = await self._ask(ctx, list(leaves(rule)))
        except Unavailable:
            held, as_of = [], ctx.now()
        await membership.turn(ctx)
        use = await _begun(ctx, audience, rule, purpose, as_of)
        use.kind, use.ended_at = kind, use.at
        await _freeze(ctx, use, people - await membership.forgotten(ctx), held)
        return use

    async def _ask(self, ctx: Context, rules: Sequence[Rule]) -> tuple[list[BitMap64], datetime]:
        """Return who rules are about, as of the moment the picture stands at."""
        stand = await whole(ctx)
        terms = await terms_of(ctx, rules, self._copies)
        answers = await self._sets.ask_many(ctx.tenant_id, rules, terms, stand.at)
        return [answer.members for answer in answers], stand.at


async def recipients(ctx: Context, use_id: int) -> BitMap64:
    """Return who a use is about; those erased since are gone."""
    rows = await ctx.session.scalars(
        select(AudienceUseChunk.members).where(
            AudienceUseChunk.tenant_id == ctx.tenant_id, AudienceUseChunk.use_id == use_id
        )
    )
    return joined(map(unpacked, rows))


async def recipients_page(
    ctx: Context, use_id: int, *, cursor: str | None, limit: int
) -> Page[SamplePerson]:
    """Return the recipients of a use whom the actor may see, by their number."""
    await find_use(ctx, use_id)
    chunks = select(AudienceUseChunk.chunk, AudienceUseChunk.members).where(
        AudienceUseChunk.tenant_id == ctx.tenant_id, AudienceUseChunk.use_id == use_id
    )
    return await page_of(ctx, chunks, AudienceUseChunk.chunk, cursor=cursor, limit=limit)


async def end(ctx: Context, use_id: int) -> None:
    """Note that a use is over: its audience may be archived. It can still be asked."""
    use = await find_use(ctx, use_id)
    use.ended_at = use.ended_at or ctx.now()


async def why_reached(ctx: Context, use_id: int, customer_id: int) -> WhyReached:
    """Return which conditions held for a recipient when the audience was used.

    Raises `NotFound` when the customer was not a recipient, was erased, or may not be seen.
    """
    use = await find_use(ctx, use_id)
    row = await ctx.session.get(AudienceUseChunk, (ctx.tenant_id, use_id, chunk_of(customer_id)))
    there = row is not None and customer_id in unpacked(row.members)
    if row is None or not there or not await may_see(ctx, customer_id):
        raise NotFound("not_a_recipient", "这位客户不在这次使用的名单中")
    rule = rule_of(use.rule)
    held = [customer_id in unpacked(bits) for bits in row.bits]
    return WhyReached(
        use_id=use_id,
        audience_id=use.audience_id,
        purpose=use.purpose,
        version=use.version,
        rule=rule,
        conditions=_told(rule, held) if len(held) == len(list(leaves(rule))) else [],
        as_of=use.as_of,
        at=use.at,
    )


def _told(rule: Rule, held: list[bool]) -> list[ReachedCondition]:
    found: dict[str, bool] = {}
    left = iter(held)

    def tell(node: Rule, path: str) -> bool:
        match node:
            case AllOf() | AnyOf() | NoneOf():
                found[path] = False  # its place in the order; the items say what it is
                each = [tell(item, f"{path}.items[{i}]") for i, item in enumerate(node.items)]
                found[path] = all(each) if isinstance(node, AllOf) else any(each)
                if isinstance(node, NoneOf):
                    found[path] = not found[path]
            case _:
                found[path] = next(left)
        return found[path]

    tell(rule, "rule")
    return [ReachedCondition(path, value) for path, value in found.items()]


async def _begun(
    ctx: Context, audience: Audience, rule: Rule, purpose: str, as_of: datetime
) -> AudienceUse:
    use = AudienceUse(
        tenant_id=ctx.tenant_id,
        audience_id=audience.id,
        version=audience.version,
        rule=stored(rule),
        stands_on=await _versions(ctx, rule),
        purpose=purpose,
        marketing=False,
        size=0,
        as_of=as_of,
        at=ctx.now(),
        employee_id=ctx.actor.id,
    )
    ctx.session.add(use)
    return use


async def _freeze(
    ctx: Context, use: AudienceUse, members: BitMap64, conditions: Sequence[BitMap64]
) -> None:
    use.size = len(members)
    await ctx.session.flush()
    parts = split(members)
    bits = [split(members & condition) for condition in conditions]
    nobody = packed(BitMap64())
    rows = [
        {
            "tenant_id": ctx.tenant_id,
            "use_id": use.id,
            "chunk": chunk,
            "members": packed(ids),
            "bits": [packed(one[chunk]) if chunk in one else nobody for one in bits],
            "size": len(ids),
        }
        for chunk, ids in parts.items()
    ]
    if rows:
        await ctx.session.execute(insert(AudienceUseChunk), rows)


async def _versions(ctx: Context, rule: Rule) -> dict[str, Any]:
    named = named_by(rule)
    if not named:
        return {}
    reached = named | below(named, await current(ctx))
    rows = await ctx.session.execute(
        select(Audience.id, Audience.version).where(
            Audience.tenant_id == ctx.tenant_id, Audience.id.in_(reached)
        )
    )
    return {str(row.id): row.version for row in rows}


async def find_use(ctx: Context, use_id: int) -> AudienceUse:
    """Return a use; raises `NotFound`."""
    use = await ctx.session.get(AudienceUse, (ctx.tenant_id, use_id))
    if use is None:
        raise NotFound("use_unknown", "没有这次使用的记录")
    return use
