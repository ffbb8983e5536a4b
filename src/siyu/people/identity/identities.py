"""Who is who: identities are found or made, and customers that prove to be one are merged."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sqlalchemy import delete, func, select, update

from siyu.core.context import Context, News
from siyu.core.db import insert_many
from siyu.facts.people import CustomerCreated, IdentityLinked
from siyu.people.models import Contact, Customer, CustomerPrivate, Identity, IdentityLink

UNIONID: Final = "unionid"


async def identify(
    ctx: Context,
    kind: str,
    scope: str,
    value: str,
    *,
    customer_id: int | None = None,
    evidence: str = "first_seen",
) -> Identity:
    """Return the identity of that value, making it, and a customer for it, where it is new.

    Safe to race. A new identity joins `customer_id` where given; a known one stays where it is
    (use `join` to bring two together).
    """
    found = await identify_many(
        ctx, kind, scope, [value], customer_id=customer_id, evidence=evidence
    )
    return found[value]


async def identify_many(
    ctx: Context,
    kind: str,
    scope: str,
    values: Iterable[str],
    *,
    customer_id: int | None = None,
    evidence: str = "first_seen",
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
    evidence: str = "first_seen",
) -> dict[str, Identity]:
    """Return identities by value; a missing one joins the customer given beside its value.

    Where none is given, a customer is made for it.
    """
    wanted = set(owners)
    found = await _known(ctx, kind, scope, wanted)
    # In one order everywhere, so that two transactions that meet wait and do not deadlock.
    missing = sorted(wanted - found.keys())
    if not missing:
        return found
    fresh = iter(await _fresh(ctx, sum(owners[value] is None for value in missing)))
    held = await hold(ctx, {owner for value in missing if (owner := owners[value]) is not None})
    given = {value: held.get(owners[value]) for value in missing}
    rows = [
        {
            "tenant_id": ctx.tenant_id,
            "kind": kind,
            "scope": scope,
            "value": value,
            "customer_id": next(fresh) if owner is None else owner,
            "created_at": ctx.now(),
        }
        for value, owner in given.items()
    ]
    made = (
        await ctx.session.scalars(
            insert_many(Identity, rows).on_conflict_do_nothing().returning(Identity)
        )
    ).all()
    newcomers = [identity for identity in made if given[identity.value] is None]
    spare = {int(str(row["customer_id"])) for row in rows if given[str(row["value"])] is None}
    await _drop_unused(ctx, spare - {identity.customer_id for identity in newcomers})
    await ctx.announce_many(
        [News(CustomerCreated(customer_id=each.customer_id), each.id) for each in newcomers]
    )
    await _record(ctx, made, evidence)
    found.update({identity.value: identity for identity in made})
    if len(found) < len(wanted):
        # Another transaction was first and has committed by now, or the insert would have waited.
        found.update(await _known(ctx, kind, scope, wanted - found.keys()))
    return found


async def find_identity(ctx: Context, kind: str, scope: str, value: str) -> Identity | None:
    """Return the identity of that value, if it is known."""
    return (await _known(ctx, kind, scope, {value})).get(value)


async def join(ctx: Context, identity: Identity, unionid: str) -> int:
    """Note that an identity has this unionid; return the customer both belong to from now on.

    The same unionid is the same person (one Open Platform account), so where the two belonged to
    different customers, the younger customer's identities move to the older one.
    """
    union = await identify(
        ctx, UNIONID, "", unionid, customer_id=identity.customer_id, evidence=UNIONID
    )
    locked: set[int] = set()
    while len(both := await _owners(ctx, identity, union)) > 1:
        if both == locked:
            await _merge(ctx, min(both), max(both), UNIONID)
        # Look again once they are locked: a concurrent merge may have moved either.
        await _lock(ctx, both)
        locked = both
    return identity.customer_id


async def hold(ctx: Context, customer_ids: Iterable[int]) -> dict[int | None, int]:
    """Return into whom customers have been merged by now, and let nobody merge them further.

    What is bound to a customer while somebody else merges it would stay on the absorbed one.
    Until this transaction ends, mergers wait; they then find what was bound.
    """
    now: dict[int | None, int] = {number: number for number in customer_ids}
    while now:
        rows = await ctx.session.execute(
            select(Customer.id, Customer.merged_into_id)
            .where(Customer.tenant_id == ctx.tenant_id, Customer.id.in_(set(now.values())))
            .order_by(Customer.id)
            .with_for_update(read=True, key_share=True)
        )
        moved = {row.id: row.merged_into_id for row in rows if row.merged_into_id is not None}
        if not moved:
            break
        now = {number: moved.get(at, at) for number, at in now.items()}
    return now


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
            Identity.tenant_id == ctx.tenant_id, Identity.id.in_(set(identity_ids))
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
    rows = [{"tenant_id": ctx.tenant_id, "created_at": ctx.now()}] * count
    made = await ctx.session.scalars(insert_many(Customer, rows).returning(Customer.id))
    return list(made)


async def _drop_unused(ctx: Context, unused: set[int]) -> None:
    if unused:
        await ctx.session.execute(
            delete(Customer)
            .where(Customer.tenant_id == ctx.tenant_id, Customer.id.in_(unused))
            .execution_options(synchronize_session="fetch")
        )


async def _record(
    ctx: Context,
    identities: Sequence[Identity],
    evidence: str,
    before: Mapping[int, int] | None = None,
) -> None:
    if not identities:
        return
    links = [
        {
            "tenant_id": ctx.tenant_id,
            "identity_id": identity.id,
            "customer_id": identity.customer_id,
            "from_customer_id": None if before is None else before[identity.id],
            "evidence": evidence,
            "linked_at": ctx.now(),
        }
        for identity in identities
    ]
    await ctx.session.execute(insert_many(IdentityLink, links))
    await ctx.announce_many(
        [
            News(
                IdentityLinked(customer_id=each.customer_id, kind=each.kind, evidence=evidence),
                each.id,
            )
            for each in identities
        ]
    )


async def _owners(ctx: Context, *identities: Identity) -> set[int]:
    """Return to which customers identities belong at this moment."""
    for identity in identities:
        await ctx.session.refresh(identity)
    return {identity.customer_id for identity in identities}


async def _lock(ctx: Context, customer_ids: set[int]) -> None:
    await ctx.session.execute(
        select(Customer.id)
        .where(Customer.tenant_id == ctx.tenant_id, Customer.id.in_(customer_ids))
        .order_by(Customer.id)
        .with_for_update()
    )


async def _merge(ctx: Context, older: int, younger: int, evidence: str) -> None:
    moving = (
        await ctx.session.scalars(
            select(Identity)
            .where(Identity.tenant_id == ctx.tenant_id, Identity.customer_id == younger)
            .order_by(Identity.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    ).all()
    for identity in moving:
        identity.customer_id = older
    await ctx.session.flush()
    await _record(
        ctx, moving, evidence, dict.fromkeys((identity.id for identity in moving), younger)
    )
    survivor, absorbed = [
        await ctx.session.get_one(Customer, (ctx.tenant_id, number), populate_existing=True)
        for number in (older, younger)
    ]
    absorbed.merged_into_id = older
    for name in ("name", "avatar_url", "gender", "kind", "corp_name"):
        setattr(survivor, name, getattr(survivor, name) or getattr(absorbed, name))
    await _move_private(ctx, older, younger)
    survivor.last_add_at = await ctx.session.scalar(
        select(func.max(func.coalesce(Contact.added_at, Contact.lost_at, Contact.watched_since)))
        .join(
            Identity,
            (Identity.tenant_id == Contact.tenant_id) & (Identity.id == Contact.identity_id),
        )
        .where(Identity.tenant_id == ctx.tenant_id, Identity.customer_id == older)
    )
    await ctx.session.flush()


async def _move_private(ctx: Context, older: int, younger: int) -> None:
    kept = select(CustomerPrivate.kind, CustomerPrivate.blind).where(
        CustomerPrivate.tenant_id == ctx.tenant_id, CustomerPrivate.customer_id == older
    )
    known = {(kind, blind) for kind, blind in await ctx.session.execute(kept)}
    rows = await ctx.session.scalars(
        select(CustomerPrivate).where(
            CustomerPrivate.tenant_id == ctx.tenant_id, CustomerPrivate.customer_id == younger
        )
    )
    for row in rows:
        if (row.kind, row.blind) in known:
            await ctx.session.delete(row)
        else:
            row.customer_id = older
    # `update` is enough for the rest: nothing else points to a customer but its identities.
    await ctx.session.execute(
        update(Customer)
        .where(Customer.tenant_id == ctx.tenant_id, Customer.merged_into_id == younger)
        .values(merged_into_id=older)
    )
