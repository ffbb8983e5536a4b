"""Whom the rows of an import were about."""

import asyncio
from collections.abc import Sequence
from itertools import islice
from typing import Final

from pyroaring import BitMap64
from sqlalchemy import select

from siyu.core.context import Context
from siyu.core.errors import NotFound
from siyu.people.audiences import membership
from siyu.people.exchange.kinds import PERMISSION
from siyu.people.exchange.models import ImportChunk, PeopleImport
from siyu.people.identity.holding import survivors
from siyu.people.models import Customer

_PORTION: Final = 10_000


async def people_of(ctx: Context, import_id: int) -> BitMap64:
    """Return the customers that rows of an import became or changed, as whom they are by now.

    Who has been erased is not among them. Raises `NotFound`.
    """
    ctx.require(PERMISSION)
    if await ctx.session.get(PeopleImport, (ctx.tenant_id, import_id)) is None:
        raise NotFound("import_unknown", "导入文件不存在")
    chunks = await ctx.session.scalars(
        select(ImportChunk.members).where(
            ImportChunk.tenant_id == ctx.tenant_id, ImportChunk.import_id == import_id
        )
    )
    named = await asyncio.to_thread(_joined, chunks.all())
    return (await _as_now(ctx, named) if named else named) - await membership.forgotten(ctx)


async def _as_now(ctx: Context, named: BitMap64) -> BitMap64:
    merged = await ctx.session.scalars(
        select(Customer.id).where(
            Customer.tenant_id == ctx.tenant_id,
            Customer.merged_into_id.is_not(None),
            Customer.id.between(named.min(), named.max()),
        )
    )
    gone = BitMap64(merged) & named
    found, rest = named - gone, iter(gone)
    while some := list(islice(rest, _PORTION)):
        found.update((await survivors(ctx, some)).values())
    return found


def _joined(chunks: Sequence[bytes]) -> BitMap64:
    return BitMap64().union(*map(BitMap64.deserialize, chunks))
