"""How audiences grow: their size, once a day."""

from collections.abc import Sequence

from sqlalchemy import select

from siyu.accounts.tenants import zone_of
from siyu.core.context import Context
from siyu.core.db import insert_many
from siyu.people.audiences.models import Audience, AudienceSize


async def note_size(ctx: Context, audiences: Sequence[Audience]) -> None:
    """Note how many are in audiences now; the last look of a day counts."""
    if not audiences:
        return
    today = ctx.now().astimezone(await zone_of(ctx)).date()
    rows = [
        {
            "tenant_id": ctx.tenant_id,
            "audience_id": audience.id,
            "day": today,
            "size": audience.size,
            "at": ctx.now(),
        }
        for audience in audiences
    ]
    sizes = insert_many(AudienceSize, rows)
    await ctx.session.execute(
        sizes.on_conflict_do_update(
            index_elements=["tenant_id", "audience_id", "day"],
            set_={"size": sizes.excluded.size, "at": sizes.excluded.at},
        )
    )


async def note_today(ctx: Context) -> int:
    """Note the size of every audience of which that was not done today; return of how many."""
    today = ctx.now().astimezone(await zone_of(ctx)).date()
    noted = select(AudienceSize.audience_id).where(
        AudienceSize.tenant_id == ctx.tenant_id, AudienceSize.day == today
    )
    audiences = (
        await ctx.session.scalars(
            select(Audience).where(
                Audience.tenant_id == ctx.tenant_id,
                Audience.archived_at.is_(None),
                Audience.built_at.is_not(None),
                Audience.id.not_in(noted),
            )
        )
    ).all()
    await note_size(ctx, audiences)
    return len(audiences)
