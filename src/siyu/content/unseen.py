"""Visitors who never signed in and were not seen for long are forgotten.

A browser that somebody signed in with is not among them, also where it was cut apart from them
again: what was noted of the person may stand with it.

With the browser's identity and its customer goes the only thing that held its readings together:
they stay, as those of nobody.
"""

import asyncio
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import aliased

from siyu.accounts.models import Tenant
from siyu.content.models import Visit
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context, News
from siyu.core.db import LOST, Database
from siyu.core.rounds import every
from siyu.core.tracing import place
from siyu.facts.people import CustomerChanged
from siyu.people.identity.holding import lock_survivors
from siyu.people.identity.identities import VISITOR
from siyu.people.models import Identity, IdentityLink
from siyu.people.privacy.places import PersonIds, Places, person_ids, remove

_log = structlog.get_logger(__name__)

KEPT: Final = timedelta(days=180)
"""How long a browser is remembered after it was seen last."""

_EVERY_SECONDS: Final = 6 * 3600.0
_PORTION: Final = 200


class UnseenVisitors:
    """Forgets browsers; `places` says where something of them stands."""

    def __init__(self, db: Database, clock: Clock, places: Places) -> None:
        self._db = db
        self._clock = clock
        self._places = places

    async def run(self, stop: asyncio.Event) -> None:
        """Sweep four times a day until `stop` is set; survives losing the database."""
        await every(_EVERY_SECONDS, self.sweep, stop, name="visitors")

    async def sweep(self) -> None:
        """Forget all who were not seen for `KEPT`; safe to be broken off and to be repeated."""
        async with self._db.system() as session:
            tenants = (await session.scalars(select(Tenant.tenant_id))).all()
        for tenant_id in tenants:
            try:
                await self._sweep(tenant_id)
            except LOST as error:
                # What one enterprise has keeps nobody else's from being swept.
                _log.warning("visitors.not_swept", tenant=tenant_id, error=place(error))

    async def _sweep(self, tenant_id: int) -> None:
        after: str | None = ""
        while after is not None:
            after = await self._portion(tenant_id, after)

    async def _portion(self, tenant_id: int, after: str) -> str | None:
        """Look at the visitors behind a number; return the last of them, nothing at the end."""
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
            numbers = (await session.scalars(_behind(ctx, after))).all()
            limit = ctx.now() - KEPT
            if unseen := await _unseen(ctx, Identity.value.in_(numbers), limit):
                await lock_survivors(ctx, unseen)
                theirs = Identity.customer_id.in_(unseen)
                await session.execute(
                    select(Identity.id)
                    .where(Identity.tenant_id == tenant_id, theirs)
                    .order_by(Identity.id)
                    .with_for_update()
                )
                # Seen again, or signed in, while they were waited for: then they stay.
                await self._forget(ctx, await _unseen(ctx, theirs, limit))
        return numbers[-1] if len(numbers) == _PORTION else None

    async def _forget(self, ctx: Context, customer_ids: Collection[int]) -> None:
        if not customer_ids:
            return
        people = [await person_ids(ctx, number) for number in customer_ids]
        everybody = PersonIds(
            frozenset[int]().union(*(person.customer_ids for person in people)),
            frozenset[int]().union(*(person.identity_ids for person in people)),
            {VISITOR: frozenset[str]().union(*(person.of(VISITOR) for person in people))},
        )
        await remove(ctx, self._places, everybody)
        await ctx.announce_many(
            [
                News(CustomerChanged(customer_id=number, what="erased"))
                for number in sorted(everybody.customer_ids)
            ]
        )


def _behind(ctx: Context, after: str) -> Select[Any]:
    return (
        select(Identity.value)
        .where(
            Identity.tenant_id == ctx.tenant_id,
            Identity.kind == VISITOR,
            Identity.scope == "",
            Identity.value > after,
        )
        .order_by(Identity.value)
        .limit(_PORTION)
    )


async def _unseen(ctx: Context, wanted: ColumnElement[bool], limit: datetime) -> set[int]:
    """Return the customers of those wanted of whom only browsers are known, none seen since."""
    known = aliased(Identity)
    seen = exists().where(
        Visit.tenant_id == known.tenant_id,
        Visit.identity_id == known.id,
        Visit.viewed_at >= limit,
    )
    # Written when a browser joins a person; it stays when it is cut apart from them.
    joined = exists().where(
        IdentityLink.tenant_id == known.tenant_id, IdentityLink.identity_id == known.id
    )
    keeps = exists().where(
        known.tenant_id == Identity.tenant_id,
        known.customer_id == Identity.customer_id,
        or_(known.kind != VISITOR, known.created_at >= limit, seen, joined),
    )
    rows = await ctx.session.scalars(
        select(Identity.customer_id).where(
            Identity.tenant_id == ctx.tenant_id, Identity.kind == VISITOR, wanted, ~keeps
        )
    )
    return set(rows)
