"""Who was erased: known by a keyed hash only, so that nothing brings them back unasked.

WeCom goes on listing an erased person among a staff account's contacts. What it says of them is
not taken up, until they themselves add a staff account again.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import delete, exists, select
from sqlalchemy.dialects.postgresql import insert

from siyu.accounts.tenants import Vaults
from siyu.core.context import Context
from siyu.core.vault import Vault
from siyu.people.privacy.models import ErasedId

_PURPOSE: Final = "erased"


async def erased_among(
    ctx: Context, vault: Vault, external_userids: Iterable[str]
) -> dict[str, datetime]:
    """Return which of these external_userids were erased, and when."""
    ids = set(external_userids)
    if not ids or not await _any(ctx):
        return {}
    by_hash = {vault.blind(_PURPOSE, each): each for each in ids}
    rows = await ctx.session.execute(
        select(ErasedId.blind, ErasedId.at).where(
            ErasedId.tenant_id == ctx.tenant_id, ErasedId.blind.in_(by_hash)
        )
    )
    return {by_hash[row.blind]: row.at for row in rows}


async def still_erased(ctx: Context, vault: Vault, said: Mapping[str, datetime | None]) -> set[str]:
    """Return which external_userids stay erased, given when WeCom says each was last added.

    Who was added after the erasure is known again from now on.
    """
    erased = await erased_among(ctx, vault, said)
    back = {each for each, at in erased.items() if (added := said[each]) and added > at}
    if back:
        await ctx.session.execute(
            delete(ErasedId)
            .where(
                ErasedId.tenant_id == ctx.tenant_id,
                ErasedId.blind.in_([vault.blind(_PURPOSE, each) for each in back]),
            )
            .execution_options(synchronize_session=False)
        )
    return erased.keys() - back


async def stay_erased(
    ctx: Context, vaults: Vaults, said: Mapping[str, datetime | None]
) -> set[str]:
    """Return the same as `still_erased`, for hot paths: most tenants' vaults stay shut."""
    if not said or not await _any(ctx):
        return set()
    return await still_erased(ctx, await vaults.of(ctx.session, ctx.tenant_id), said)


async def remember_erased(ctx: Context, vault: Vault, external_userids: Iterable[str]) -> None:
    """Note that external_userids were erased just now."""
    for each in sorted(set(external_userids)):
        row = insert(ErasedId).values(
            tenant_id=ctx.tenant_id, blind=vault.blind(_PURPOSE, each), at=ctx.now()
        )
        await ctx.session.execute(
            row.on_conflict_do_update(
                index_elements=["tenant_id", "blind"], set_={"at": row.excluded.at}
            )
        )


async def _any(ctx: Context) -> bool:
    # Asked on hot paths: most tenants have erased nobody, and hash nothing.
    return bool(
        await ctx.session.scalar(select(exists().where(ErasedId.tenant_id == ctx.tenant_id)))
    )
