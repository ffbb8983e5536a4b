"""Suggestions: two ids that may be of one person, for a person to answer."""

from sqlalchemy.dialects.postgresql import insert

from siyu.core.context import Context
from siyu.people.identity.identities import Why
from siyu.people.identity.models import MergeCandidate


async def suggest(ctx: Context, one: int, other: int, why: Why) -> None:
    """Suggest that two identities are of one person; the same is suggested only once."""
    await ctx.session.execute(
        insert(MergeCandidate)
        .values(
            tenant_id=ctx.tenant_id,
            one_id=min(one, other),
            other_id=max(one, other),
            evidence=why.evidence,
            confidence=why.confidence,
            state="open",
            found_at=ctx.now(),
        )
        .on_conflict_do_nothing()
    )
