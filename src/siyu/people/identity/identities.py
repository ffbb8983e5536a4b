"""Ids of people: found, or made together with a customer for whom they stand."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, delete, select, true
from sqlalchemy.dialects.postgresql import distinct_on

from siyu.core.context import Context, News
from siyu.core.db import among, insert_many, table_of
from siyu.facts.people import CustomerCreated, IdentityLinked
from siyu.people.identity.evidence import CONFIDENCE, Confidence, Evidence
from siyu.people.identity.holding import hold
from siyu.people.models import Customer, Identity, IdentityLink

UNIONID: Final = "unionid"
EXTERNAL: Final = "external_userid"
VISITOR: Final = "visitor"


class Why(NamedTuple):
    """On what an id was given to a customer; an employee says it in words."""

    evidence: Evidence
    confidence: Confidence
    employee_id: int | None = None
    reason: str = ""


async def identify(
    ctx: Context,
    kind: str,
    scope: str,
    value: str,
    *,
    customer_id: int | None = None,
    evidence: Evidence = "first_seen",
    confidence: Confidence | None = None,
) -> Identity:
    """Return the identity of that value, making it, and a customer for it, where it is new.

    Safe to race. A new identity joins `customer_id` where given (see `Identity.own`); a known one
    stays where it is: `siyu.people.identity.joining` brings people together.
    """
    found = await identify_with(
        ctx, kind, scope, {value: customer_id}, evidence=evidence, confidence=confidence
    )
    return found[value]


async def identify_many(
    ctx: Context,
    kind: str,
    scope: str,
    values: Iterable[str],
    *,
    customer_id: int | None = None,
    evidence: Evidence = "first_seen",
) -> dict[str, Identity]:
    """Return identities by value, making the missing ones in a constant number of statements."""
    return await identify_with(
        ctx, kind, scope, dict.fromkeys(values, customer_id), evidence=evidence
    )


async def identify_with(
    ctx: Context,
    kind: str,
    scope: str,
    owners: Mapping[str, int | None],
    *,
    evidence: Evidence = "first_seen",
    confidence: Confidence | None = None,
) -> dict[str, Identity]:
    """Return identities by value; a missing one joins the customer given beside its value.

    Where none is given, a customer is made for it. One that was merged since lets the identity
    come to the survivor, and keeps it should the merger be undone. `confidence` is that of the
    evidence, unless the way to it is less sure.
    """
    wanted = set(owners)
    found = await _known(ctx, kind, scope, wanted)
    # In one order everywhere, so that two transactions that meet wait and do not deadlock.
    missing = sorted(wanted - found.keys())
    if not missing:
        return found
    fresh = iter(await _fresh(ctx, sum(owners[value] is None for value in missing)))
    held = await hold(ctx, {owner for value in missing if (owner := owners[value]) is not None})
    rows = [
        {
            "value": value,
            "customer_id": next(fresh) if owner is None else held[owner],
            "own_customer_id": None if owner is None or held[owner] == owner else owner,
        }
        for value in missing
        for owner in [owners[value]]
    ]
    added = insert_many(
        Identity,
        rows,
        tenant_id=ctx.tenant_id,
        kind=kind,
        scope=scope,
        confidence=confidence or CONFIDENCE[evidence],
        evidence=evidence,
        created_at=ctx.now(),
    )
    made = (await ctx.session.scalars(added.on_conflict_do_nothing().returning(Identity))).all()
    newcomers = [identity for identity in made if owners[identity.value] is None]
    spare = {int(str(row["customer_id"])) for row in rows if owners[str(row["value"])] is None}
    await _drop_unused(ctx, spare - {identity.customer_id for identity in newcomers})
    if kind != VISITOR:
        # A browser is nobody yet: it is told of when it turns out whose it is.
        await ctx.announce_many(
            [
                News(
                    CustomerCreated(
                        customer_id=each.customer_id, identity_ids=[each.id], evidence=evidence
                    ),
                    each.id,
                )
                for each in newcomers
            ]
        )
        joined = [identity for identity in made if owners[identity.value] is not None]
        await _announce_links(ctx, joined, evidence)
    found.update({identity.value: identity for identity in made})
    if len(found) < len(wanted):
        # Another transaction was first and has committed by now, or the insert would have waited.
        found.update(await _known(ctx, kind, scope, wanted - found.keys()))
    return found


def each_of(ctx: Context, keys: Iterable[tuple[str, str, str]], *columns: Any) -> Select[Any]:
    """Return the query of identities by kind, scope and value: these three, then `columns`."""
    named = [{"kind": kind, "scope": scope, "value": value} for kind, scope, value in sorted(keys)]
    wanted = table_of(Identity, named)
    # One look for each: joined otherwise, all ids are read of a tenant that seems to be small.
    one = (
        select(*columns)
        .where(
            Identity.tenant_id == ctx.tenant_id,
            Identity.kind == wanted.c.kind,
            Identity.scope == wanted.c.scope,
            Identity.value == wanted.c.value,
        )
        .limit(1)
        .lateral()
    )
    return select(wanted.c.kind, wanted.c.scope, wanted.c.value, *one.c).join(one, true())


async def find_identity(ctx: Context, kind: str, scope: str, value: str) -> Identity | None:
    """Return the identity of that value, if it is known."""
    return (await _known(ctx, kind, scope, {value})).get(value)


async def customer_of(ctx: Context, identity_id: int) -> int | None:
    """Return the customer an identity belongs to now."""
    return await ctx.session.scalar(
        select(Identity.customer_id).where(
            Identity.tenant_id == ctx.tenant_id, Identity.id == identity_id
        )
    )


async def customers_of(ctx: Context, identity_ids: Iterable[int]) -> dict[int, int]:
    """Return the customers that identities belong to now, by identity."""
    rows = await ctx.session.execute(
        select(Identity.id, Identity.customer_id).where(
            Identity.tenant_id == ctx.tenant_id, among(Identity.id, set(identity_ids))
        )
    )
    return {row.id: row.customer_id for row in rows}


async def identities_of(ctx: Context, customer_id: int) -> Sequence[Identity]:
    """Return all identities of a customer, oldest first."""
    rows = await ctx.session.scalars(
        select(Identity)
        .where(Identity.tenant_id == ctx.tenant_id, Identity.customer_id == customer_id)
        .order_by(Identity.id)
    )
    return rows.all()


async def homes_of(ctx: Context, customer_ids: Iterable[int]) -> dict[int, int]:
    """Return the home identity of customers: the oldest external_userid, else the oldest of all.

    What is noted of a customer as a whole is kept there. The customers should be held
    (`siyu.people.identity.holding`) by whoever writes.
    """
    rows = await ctx.session.execute(
        select(Identity.customer_id, Identity.id)
        .ext(distinct_on(Identity.customer_id))
        .where(Identity.tenant_id == ctx.tenant_id, among(Identity.customer_id, set(customer_ids)))
        .order_by(Identity.customer_id, Identity.kind != EXTERNAL, Identity.id)
    )
    return {row.customer_id: row.id for row in rows}


async def record_links(
    ctx: Context,
    identities: Sequence[Identity],
    why: Why,
    before: Mapping[int, int],
) -> None:
    """Remember to which customer identities came, and tell; `before` says from which."""
    if not identities:
        return
    links = [
        {
            "identity_id": identity.id,
            "customer_id": identity.customer_id,
            "from_customer_id": before[identity.id],
        }
        for identity in identities
    ]
    await ctx.session.execute(
        insert_many(
            IdentityLink, links, tenant_id=ctx.tenant_id, linked_at=ctx.now(), **why._asdict()
        )
    )
    await _announce_links(ctx, identities, why.evidence)


async def _announce_links(ctx: Context, identities: Sequence[Identity], evidence: Evidence) -> None:
    await ctx.announce_many(
        [
            News(
                IdentityLinked(customer_id=each.customer_id, kind=each.kind, evidence=evidence),
                each.id,
            )
            for each in identities
        ]
    )


async def _known(ctx: Context, kind: str, scope: str, values: set[str]) -> dict[str, Identity]:
    rows = await ctx.session.scalars(
        select(Identity).where(
            Identity.tenant_id == ctx.tenant_id,
            Identity.kind == kind,
            Identity.scope == scope,
            Identity.value.in_(values),
        )
    )
    return {identity.value: identity for identity in rows}


async def _fresh(ctx: Context, count: int) -> list[int]:
    """Make customers for identities nobody has yet."""
    if not count:
        return []
    rows = [{"name": ""}] * count
    added = insert_many(Customer, rows, tenant_id=ctx.tenant_id, created_at=ctx.now())
    return list(await ctx.session.scalars(added.returning(Customer.id)))


async def _drop_unused(ctx: Context, unused: set[int]) -> None:
    if unused:
        await ctx.session.execute(
            delete(Customer)
            .where(Customer.tenant_id == ctx.tenant_id, among(Customer.id, unused))
            .execution_options(synchronize_session="fetch")
        )
