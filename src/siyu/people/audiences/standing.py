"""What stands on audiences: rules that name them, uses that go on, and what other rooms do."""

from collections.abc import Collection, Mapping
from typing import Final, Protocol, runtime_checkable

from sqlalchemy import select

from siyu.core.context import Context
from siyu.people.audiences.models import Audience, AudienceUse
from siyu.people.audiences.rules import current, named_by
from siyu.people.audiences.schemas import UsedBy

_NAMED: Final = 5
"""As many are named in a sentence."""


@runtime_checkable
class OtherRooms(Protocol):
    """Knows what of other rooms stands on audiences; wired at the roof."""

    async def standing_on(
        self, ctx: Context, audience_ids: Collection[int]
    ) -> Mapping[int, list[UsedBy]]:
        """Return it by audience; those on which nothing stands may be left out."""
        ...


async def standing_on(
    ctx: Context, others: OtherRooms, audience_ids: Collection[int]
) -> dict[int, list[UsedBy]]:
    """Return what stands on each of some audiences itself, in a constant number of queries."""
    found: dict[int, list[UsedBy]] = {one: [] for one in audience_ids}
    if not found:
        return found
    naming = {one: named_by(rule) & found.keys() for one, rule in (await current(ctx)).items()}
    names = await ctx.session.execute(
        select(Audience.id, Audience.name)
        .where(
            Audience.tenant_id == ctx.tenant_id,
            Audience.id.in_([one for one, named in naming.items() if named]),
        )
        .order_by(Audience.id)
    )
    for row in names:
        for audience_id in naming[row.id]:
            found[audience_id].append(UsedBy("audience", row.id, row.name))
    uses = await ctx.session.execute(
        select(AudienceUse.id, AudienceUse.audience_id, AudienceUse.purpose)
        .where(
            AudienceUse.tenant_id == ctx.tenant_id,
            AudienceUse.audience_id.in_(found),
            AudienceUse.ended_at.is_(None),
        )
        .order_by(AudienceUse.id)
    )
    for use in uses:
        found[use.audience_id].append(UsedBy("use", use.id, use.purpose))
    for audience_id, some in (await others.standing_on(ctx, audience_ids)).items():
        found[audience_id] += some
    return found


def sentence_of(standing: Collection[UsedBy]) -> str:
    """Name the first of what stands on an audience, and how many there are."""
    said = "、".join(f"「{one.name}」" for one in list(standing)[:_NAMED])
    return said if len(standing) <= _NAMED else f"{said} 等 {len(standing)} 处"
