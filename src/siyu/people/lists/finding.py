"""Finds the customers of a list.

Without any filter PostgreSQL's order is the list. A rule is answered by the engine as a set, and
the page cut out of it in the order asked for. The simple filters do not need the engine: of few
customers PostgreSQL answers them at once, and of many it does, more slowly, while the engine is
away; but only by the latest friend first.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from pyroaring import BitMap64
from sqlalchemy import func, select

from siyu.accounts.dependencies import acting
from siyu.accounts.sessions import Principal
from siyu.core.analytics import AnalyticsUnavailable
from siyu.core.clock import Clock
from siyu.core.context import Context
from siyu.core.db import Database
from siyu.people.audiences.copies import Copies
from siyu.people.audiences.terms import Names, asked_by_actor, refuse_wrong, whole
from siyu.people.customers import queries
from siyu.people.customers.queries import CustomerFilter
from siyu.people.customers.schemas import CustomerRow
from siyu.people.customers.sight import seen_by
from siyu.people.lists import plainly
from siyu.people.lists.filters import (
    people_asked,
    refuse_audiences,
    refuse_phone,
    refuse_short,
    rule_of,
)
from siyu.people.lists.plainly import Cut
from siyu.people.lists.ranks import Order, Ranks, cursor_of, rank_in
from siyu.people.lists.schemas import CustomerCount, CustomerPage
from siyu.people.models import Customer
from siyu.people.picture.state import Applied, applied
from siyu.people.rules.answers.sets import Sets
from siyu.people.rules.language import AllOf, Rule
from siyu.people.rules.plan import Rows
from siyu.people.rules.terms import Terms

FEW: Final = 20_000
"""So many customers PostgreSQL searches at once."""
_ALL: Final = 100


@dataclass(frozen=True)
class Wanted:
    """What is asked for: simple filters, a rule besides, and in which order."""

    filters: CustomerFilter
    rule: Rule | None = None
    order: Order = "latest"


@dataclass(frozen=True)
class Found:
    """Everybody who fits, as of a moment, which may be `lag_seconds` ago."""

    members: BitMap64
    as_of: datetime
    lag_seconds: float = 0


@dataclass(frozen=True)
class _Question:
    rule: Rule
    terms: Terms
    stand: Applied
    among: Rows
    only: BitMap64 | None
    """Those of a file, or one customer; all where empty."""


Imported = Callable[[Context, int], Awaitable[BitMap64]]
"""Tells whom an import was about; raises `NotFound`, and `Forbidden` to who may not import."""


@dataclass(frozen=True)
class CustomerFinder:
    """Reads the list in the name of somebody signed in; no transaction is open meanwhile."""

    db: Database
    clock: Clock
    sets: Sets
    ranks: Ranks
    copies: Copies
    names: Names
    imported: Imported
    _many: set[int] = field(default_factory=set, init=False)
    """Tenants that were seen to have more than `FEW` customers."""

    async def page(
        self, principal: Principal, wanted: Wanted, *, cursor: str | None, limit: int
    ) -> CustomerPage:
        """Return a page of customers, in the order asked for.

        Of lists in which friends may lack, the order `latest` is that in which people were met.
        Raises `Invalid` for a wrong rule, `Unavailable` where only the engine could answer.
        """
        sorted_ = wanted.order != "latest"
        async with acting(self.db, self.clock, principal) as ctx:
            if sorted_:
                ctx.require("orders.read")
                await whole(ctx)
            question = await self._question(ctx, wanted, always=sorted_)
            if question is None and not sorted_:
                return await self._plain(ctx, wanted, cursor, limit)
        try:
            found = await self._found(principal, wanted, question)
            ids, following = await self._cut(principal, wanted, found.members, cursor, limit)
        except AnalyticsUnavailable:
            if sorted_ or wanted.rule is not None:
                raise
            async with acting(self.db, self.clock, principal) as ctx:
                return await self._plain(ctx, wanted, cursor, limit)
        async with acting(self.db, self.clock, principal) as ctx:
            rows = await self._rows(ctx, await plainly.these(ctx, ids))
        return CustomerPage(rows, following, len(found.members), found.as_of, found.lag_seconds)

    async def count(self, principal: Principal, wanted: Wanted) -> CustomerCount:
        """Count who fits; errors as for `page`."""
        async with acting(self.db, self.clock, principal) as ctx:
            question = await self._question(ctx, wanted, always=True)
            if question is None:
                return CustomerCount(await self._counted(ctx, wanted), ctx.now())
        members = await self._members(principal, question)
        return CustomerCount(len(members), question.stand.at)

    async def members(self, principal: Principal, wanted: Wanted) -> Found:
        """Return everybody who fits; errors as for `page`."""
        async with acting(self.db, self.clock, principal) as ctx:
            question = await self._question(ctx, wanted, always=True)
        try:
            return await self._found(principal, wanted, question)
        except AnalyticsUnavailable:
            if wanted.rule is not None:
                raise
            return await self._found(principal, wanted, None)

    async def _found(
        self, principal: Principal, wanted: Wanted, question: _Question | None
    ) -> Found:
        if question is not None:
            members, stand = await self._members(principal, question), question.stand
            return Found(members, stand.at, stand.lag_seconds)
        async with acting(self.db, self.clock, principal) as ctx:
            return await self._plainly(ctx, wanted)

    async def _cut(
        self,
        principal: Principal,
        wanted: Wanted,
        members: BitMap64,
        cursor: str | None,
        limit: int,
    ) -> Cut:
        if wanted.order == "latest" and wanted.filters.by_number:
            return plainly.cut(members, cursor, limit)
        after = rank_in(wanted.order, cursor)
        page = await self.ranks.page(principal.tenant_id, wanted.order, members, after, limit + 1)
        following = cursor_of(wanted.order, page[limit - 1]) if len(page) > limit else None
        return [rank.id for rank in page[:limit]], following

    async def _plainly(self, ctx: Context, wanted: Wanted) -> Found:
        named = await self._named(ctx, wanted)
        if named is not None and _is_a_file(wanted):
            return Found(named, ctx.now())
        return Found(await plainly.ids(ctx, wanted.filters, named), ctx.now())

    async def _counted(self, ctx: Context, wanted: Wanted) -> int:
        named = await self._named(ctx, wanted)
        if named is not None and _is_a_file(wanted):
            return len(named)
        return await plainly.count(ctx, wanted.filters, named)

    async def _named(self, ctx: Context, wanted: Wanted) -> BitMap64 | None:
        """Return the people of a file that is asked for, as far as the actor sees them."""
        if wanted.filters.imported is None:
            return None
        named = await self.imported(ctx, wanted.filters.imported)
        if ctx.actor.owners is not None:
            named &= await seen_by(ctx, ctx.actor.owners)
        if len(named) > FEW and not _is_a_file(wanted):
            # So many are not searched without the engine.
            raise AnalyticsUnavailable("too many people of a file")
        return named

    async def _question(
        self, ctx: Context, wanted: Wanted, *, always: bool = False
    ) -> _Question | None:
        """Return what the engine is to be asked, or nothing where PostgreSQL answers."""
        ctx.require("customers.read")
        refuse_short(wanted.filters.q)
        refuse_phone(wanted.filters.q)
        refuse_audiences(wanted.rule, wanted.filters)
        if wanted.rule is None:
            everybody = wanted.filters == CustomerFilter() and ctx.actor.owners is None
            simple = (everybody and not always) or _is_a_file(wanted) or _is_private(ctx, wanted)
            if simple or await self._are_few(ctx):
                return None
            stand = await applied(ctx)
            if stand.filled < _ALL:
                return None
        else:
            # A rule can ask for what the list itself does not show, as what somebody paid.
            ctx.require("audiences.read")
            stand = await whole(ctx)
            await refuse_wrong(ctx, self.names, wanted.rule)
        filters = wanted.filters
        asked = rule_of(ctx, filters)
        both = asked if wanted.rule is None else AllOf((asked, wanted.rule))
        rule, terms = await asked_by_actor(ctx, both, self.copies)
        only = None if filters.customer_id is None else BitMap64([filters.customer_id])
        if filters.imported is not None:
            of_file = await self.imported(ctx, filters.imported)
            only = of_file if only is None else only & of_file
        return _Question(rule, terms, stand, people_asked(filters), only)

    async def _are_few(self, ctx: Context) -> bool:
        """Tell whether the enterprise has so few customers that PostgreSQL answers at once."""
        if ctx.tenant_id in self._many:
            return False
        some = select(Customer.id).where(Customer.tenant_id == ctx.tenant_id).limit(FEW + 1)
        count = await ctx.session.scalar(select(func.count()).select_from(some.subquery()))
        if (count or 0) > FEW:
            self._many.add(ctx.tenant_id)
        return ctx.tenant_id not in self._many

    async def _plain(
        self, ctx: Context, wanted: Wanted, cursor: str | None, limit: int
    ) -> CustomerPage:
        named = await self._named(ctx, wanted)
        if named is not None and _is_a_file(wanted):
            ids, following = plainly.cut(named, cursor, limit)
            rows = await self._rows(ctx, await plainly.these(ctx, ids))
            return CustomerPage(rows, following, len(named), ctx.now())
        shown, following = await plainly.page(ctx, wanted.filters, named, cursor, limit)
        return CustomerPage(await self._rows(ctx, shown), following)

    async def _rows(self, ctx: Context, customers: list[Customer]) -> list[CustomerRow]:
        return await queries.rows_of(ctx, self.names.origins, self.names.panels, customers)

    async def _members(self, principal: Principal, question: _Question) -> BitMap64:
        answer = await self.sets.ask(
            principal.tenant_id, question.rule, question.terms, question.stand.at, question.among
        )
        return answer.members if question.only is None else answer.members & question.only


def _is_a_file(wanted: Wanted) -> bool:
    """Tell whether nothing is asked for but the people of a file."""
    filters = wanted.filters
    alone = filters.imported is not None and wanted.rule is None
    return alone and filters == CustomerFilter(imported=filters.imported)


def _is_private(ctx: Context, wanted: Wanted) -> bool:
    """Tell whether the answer must not look at what colleagues noted, which the engine does."""
    return ctx.actor.owners is not None and bool(wanted.filters.q or wanted.filters.tags)
