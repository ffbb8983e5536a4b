"""Whom the mere passing of time changes: tags end, and conditions speak of days."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

from sqlalchemy import select

from siyu.accounts.models import Tenant
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.people.models import Contact, ContactTag, Identity, IdentityTag
from siyu.people.picture import debts
from siyu.people.picture.projector import Projector
from siyu.people.picture.state import set_state, state_of

_EVERY: Final = timedelta(seconds=30)


class Crossings(Protocol):
    """Conditions that time alone makes true or false."""

    async def due(self, ctx: Context, since: datetime, until: datetime) -> Collection[int]:
        """Return the customers for whom one may have turned after `since`, up to `until`."""
        ...


class Passing:
    """Has customers looked at again when time changed them; for the leader."""

    def __init__(
        self, db: Database, clock: Clock, projector: Projector, crossings: Sequence[Crossings] = ()
    ) -> None:
        self._db = db
        self._clock = clock
        self._projector = projector
        self._crossings = crossings

    async def step(self) -> None:
        """Look once half a minute has gone by since the last look."""
        until = self._clock.now()
        async with self._db.system() as session:
            since = (await state_of(session)).passed_at
            tenants = (await session.scalars(select(Tenant.tenant_id))).all()
        if since is not None and until < since + _EVERY:
            return
        if since is not None:
            for tenant_id in tenants:
                await self._look(tenant_id, since, until)
        async with self._db.system() as session:
            await set_state(session, self._projector.leader, passed_at=until)

    async def _look(self, tenant_id: int, since: datetime, until: datetime) -> None:
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
            changed = await _ended_tags(ctx, since, until)
            for crossings in self._crossings:
                changed |= set(await crossings.due(ctx, since, until))
            await debts.owe(session, tenant_id, changed, until)


async def _ended_tags(ctx: Context, since: datetime, until: datetime) -> set[int]:
    """Return whose tags ended in a stretch of time."""
    internal = (
        select(Identity.customer_id)
        .join(
            IdentityTag,
            (IdentityTag.tenant_id == Identity.tenant_id)
            & (IdentityTag.identity_id == Identity.id),
        )
        .where(
            IdentityTag.tenant_id == ctx.tenant_id,
            IdentityTag.ends_at > since,
            IdentityTag.ends_at <= until,
        )
    )
    carried = (
        select(Identity.customer_id)
        .join(
            Contact,
            (Contact.tenant_id == Identity.tenant_id) & (Contact.identity_id == Identity.id),
        )
        .join(
            ContactTag,
            (ContactTag.tenant_id == Contact.tenant_id) & (ContactTag.contact_id == Contact.id),
        )
        .where(
            ContactTag.tenant_id == ctx.tenant_id,
            ContactTag.ends_at > since,
            ContactTag.ends_at <= until,
        )
    )
    return set(await ctx.session.scalars(internal.union(carried)))
