"""Reads of who is who; a constant number of queries, however many people are shown."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased

from siyu.accounts.models import Employee, StaffAccount
from siyu.core.context import Context
from siyu.core.errors import Conflict
from siyu.core.paging import Page, decode_cursor, encode_cursor
from siyu.people.customers.queries import visible
from siyu.people.customers.sight import require_sight
from siyu.people.identity.holding import branch
from siyu.people.identity.mergers import refused
from siyu.people.identity.models import IdentityProfile, MergeCandidate
from siyu.people.identity.phones import PHONE
from siyu.people.identity.schemas import (
    Candidate,
    CandidateState,
    Joined,
    KnownId,
    MergePreview,
    People,
    PersonCard,
)
from siyu.people.models import Contact, Customer, Identity, IdentityLink

_SHOWN_CHARS: Final = 6
_MOST_SHOWN: Final = 50


async def people(ctx: Context, customer_id: int) -> People:
    """Return how a customer is put together; raises `NotFound`."""
    (number,) = await require_sight(ctx, [customer_id])
    shown = await known_ids(ctx, [number])
    suggested = await _candidates_of(ctx, number, limit=_MOST_SHOWN + 1)
    return People(
        identities=shown.get(number, []),
        joined=await _joined(ctx, number, shown.get(number, [])),
        candidates=await _shown(ctx, suggested[:_MOST_SHOWN]),
        more_candidates=len(suggested) > _MOST_SHOWN,
    )


async def preview(ctx: Context, one: int, other: int) -> MergePreview:
    """Return what merging two customers would do; raises `NotFound` and `Conflict`."""
    pair = sorted(await require_sight(ctx, [one, other]))
    if len(pair) == 1:
        raise Conflict("already_merged", "这两位客户已经是同一个人")
    cards = await person_cards(ctx, pair)
    return MergePreview(cards[pair[0]], cards[pair[1]], await refused(ctx, *pair))


async def candidates(
    ctx: Context, state: CandidateState, *, cursor: str | None, limit: int
) -> Page[Candidate]:
    """Return suggestions between people the actor may see, latest first.

    Suggestions between ids that are one person by now are left out.
    """
    where = [MergeCandidate.state == state]
    if cursor:
        where.append(MergeCandidate.id < decode_cursor(cursor, int)[0])
    rows = await _candidate_rows(ctx, where, limit=limit + 1)
    found = await _shown(ctx, rows[:limit])
    return Page(found, encode_cursor(found[-1].id) if len(rows) > limit else None)


async def known_ids(ctx: Context, customer_ids: Collection[int]) -> dict[int, list[KnownId]]:
    """Return the ids of customers, oldest first, and how siyu knows them."""
    latest = (
        select(IdentityLink.identity_id, IdentityLink.linked_at, IdentityLink.evidence)
        .ext(distinct_on(IdentityLink.identity_id))
        .join(
            Identity,
            and_(
                Identity.tenant_id == IdentityLink.tenant_id,
                Identity.id == IdentityLink.identity_id,
            ),
        )
        .where(IdentityLink.tenant_id == ctx.tenant_id, Identity.customer_id.in_(customer_ids))
        .order_by(IdentityLink.identity_id, IdentityLink.id.desc())
        .subquery()
    )
    rows = await ctx.session.execute(
        select(
            Identity,
            func.coalesce(latest.c.linked_at, Identity.created_at),
            func.coalesce(latest.c.evidence, Identity.evidence),
        )
        .outerjoin(latest, latest.c.identity_id == Identity.id)
        .where(Identity.tenant_id == ctx.tenant_id, Identity.customer_id.in_(customer_ids))
        .order_by(Identity.id)
    )
    found: dict[int, list[KnownId]] = defaultdict(list)
    for identity, linked_at, evidence in rows:
        found[identity.customer_id].append(
            KnownId(
                id=identity.id,
                kind=identity.kind,
                value=_shortened(identity.kind, identity.value),
                linked_at=linked_at,
                evidence=evidence or "",
                confidence=identity.confidence,
                person_id=identity.own,
            )
        )
    return dict(found)


async def person_cards(ctx: Context, customer_ids: Collection[int]) -> dict[int, PersonCard]:
    """Return enough of customers to tell who they are."""
    rows = await ctx.session.scalars(
        select(Customer).where(Customer.tenant_id == ctx.tenant_id, Customer.id.in_(customer_ids))
    )
    identities = await known_ids(ctx, customer_ids)
    staff = await _staff(ctx, Identity.customer_id, customer_ids)
    return {
        customer.id: PersonCard(
            id=customer.id,
            name=customer.name,
            avatar_url=customer.avatar_url or None,
            created_at=customer.created_at,
            staff=staff.get(customer.id, []),
            identities=identities.get(customer.id, []),
        )
        for customer in rows
    }


async def _joined(ctx: Context, root: int, ids: Sequence[KnownId]) -> list[Joined]:
    """Return who was merged into a customer, latest first, each with what is theirs."""
    members = await branch(ctx, root) - {root}
    if not members:
        return []
    rows = await ctx.session.scalars(
        select(Customer).where(Customer.tenant_id == ctx.tenant_id, Customer.id.in_(members))
    )
    absorbed = {customer.id: customer for customer in rows}
    profiles = await _profiles(ctx, [one.id for one in ids])
    staff = await _staff(ctx, Identity.id, [one.id for one in ids])
    links = await _mergers(ctx, [one.id for one in ids], members)
    found = []
    for customer in absorbed.values():
        inside = _inside(absorbed, customer.id)
        own = [one for one in ids if one.person_id in inside]
        told = next((profiles[one.id] for one in own if one.id in profiles), customer)
        link, by = links.get(customer.id, (None, None))
        found.append(
            Joined(
                person=PersonCard(
                    id=customer.id,
                    name=told.name,
                    avatar_url=told.avatar_url or None,
                    created_at=customer.created_at,
                    staff=sorted({name for one in own for name in staff.get(one.id, [])}),
                    identities=own,
                ),
                into_id=customer.merged_into_id or root,
                at=link.linked_at if link else None,
                evidence=link.evidence if link else "unionid",  # type: ignore[arg-type]  # what the table has
                confidence=link.confidence if link else "certain",  # type: ignore[arg-type]
                by=by,
                reason=link.reason if link else "",
            )
        )
    return sorted(found, key=lambda one: (one.at is not None, one.at, one.person.id), reverse=True)


def _inside(absorbed: Mapping[int, Customer], customer_id: int) -> set[int]:
    """Return a customer and all that were merged into it, of those that are given."""
    inside = {customer_id}
    while True:
        more = {one.id for one in absorbed.values() if one.merged_into_id in inside} - inside
        if not more:
            return inside
        inside |= more


async def _mergers(
    ctx: Context, identity_ids: Sequence[int], members: Collection[int]
) -> dict[int, tuple[IdentityLink, str | None]]:
    """Return how customers were last merged, and by which employee."""
    rows = await ctx.session.execute(
        select(IdentityLink, Employee.name)
        .ext(distinct_on(IdentityLink.from_customer_id))
        .outerjoin(
            Employee,
            and_(
                Employee.tenant_id == IdentityLink.tenant_id,
                Employee.id == IdentityLink.employee_id,
            ),
        )
        .where(
            IdentityLink.tenant_id == ctx.tenant_id,
            IdentityLink.identity_id.in_(identity_ids),
            IdentityLink.from_customer_id.in_(members),
            IdentityLink.from_customer_id != IdentityLink.customer_id,
            IdentityLink.evidence != "unmerge",
        )
        .order_by(IdentityLink.from_customer_id, IdentityLink.id.desc())
    )
    return {link.from_customer_id or 0: (link, name) for link, name in rows}


async def _profiles(ctx: Context, identity_ids: Sequence[int]) -> dict[int, IdentityProfile]:
    rows = await ctx.session.scalars(
        select(IdentityProfile).where(
            IdentityProfile.tenant_id == ctx.tenant_id,
            IdentityProfile.identity_id.in_(identity_ids),
        )
    )
    return {row.identity_id: row for row in rows}


async def _staff(ctx: Context, by: Any, numbers: Collection[int]) -> dict[int, list[str]]:
    """Return the names of the staff accounts that have people, by customer or by identity."""
    rows = await ctx.session.execute(
        select(by.label("number"), StaffAccount.name)
        .select_from(Contact)
        .join(
            Identity,
            and_(Identity.tenant_id == Contact.tenant_id, Identity.id == Contact.identity_id),
        )
        .join(
            StaffAccount,
            and_(
                StaffAccount.tenant_id == Contact.tenant_id,
                StaffAccount.id == Contact.staff_account_id,
            ),
        )
        .where(Contact.tenant_id == ctx.tenant_id, by.in_(numbers))
        .distinct()
        .order_by(StaffAccount.name)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for number, name in rows:
        found[number].append(name)
    return found


async def _candidates_of(ctx: Context, customer_id: int, *, limit: int) -> Sequence[Any]:
    mine = select(Identity.id).where(
        Identity.tenant_id == ctx.tenant_id, Identity.customer_id == customer_id
    )
    where = [
        MergeCandidate.state == "open",
        or_(MergeCandidate.one_id.in_(mine), MergeCandidate.other_id.in_(mine)),
    ]
    return await _candidate_rows(ctx, where, limit=limit)


async def _candidate_rows(
    ctx: Context, where: Sequence[ColumnElement[bool]], *, limit: int
) -> Sequence[Any]:
    """Return suggestions, latest first, between two people whom the actor may both see."""
    one, other = aliased(Identity), aliased(Identity)
    apart = or_(one.customer_id != other.customer_id, MergeCandidate.state == "accepted")
    rows = await ctx.session.execute(
        select(
            MergeCandidate,
            one.customer_id.label("one"),
            other.customer_id.label("other"),
            Employee.name.label("by"),
        )
        .join(one, and_(one.tenant_id == ctx.tenant_id, one.id == MergeCandidate.one_id))
        .join(other, and_(other.tenant_id == ctx.tenant_id, other.id == MergeCandidate.other_id))
        .outerjoin(
            Employee,
            and_(Employee.tenant_id == ctx.tenant_id, Employee.id == MergeCandidate.employee_id),
        )
        .where(
            MergeCandidate.tenant_id == ctx.tenant_id,
            apart,
            *(_in_sight(ctx, each.customer_id) for each in (one, other)),
            *where,
        )
        .order_by(MergeCandidate.id.desc())
        .limit(limit)
    )
    return rows.all()


def _in_sight(ctx: Context, customer_id: Any) -> ColumnElement[bool]:
    """Return the condition that the actor may see a customer."""
    if ctx.actor.owners is None:
        return true()
    theirs = aliased(Identity)
    return exists().where(
        visible(ctx),
        theirs.tenant_id == ctx.tenant_id,
        theirs.id == Contact.identity_id,
        theirs.customer_id == customer_id,
    )


async def _shown(ctx: Context, rows: Sequence[Any]) -> list[Candidate]:
    cards = await person_cards(ctx, {number for row in rows for number in (row.one, row.other)})
    return [
        Candidate(
            id=row.MergeCandidate.id,
            one=cards[row.one],
            other=cards[row.other],
            evidence=row.MergeCandidate.evidence,
            confidence=row.MergeCandidate.confidence,
            state=row.MergeCandidate.state,
            found_at=row.MergeCandidate.found_at,
            decided_at=row.MergeCandidate.decided_at,
            by=row.by,
            reason=row.MergeCandidate.reason,
        )
        for row in rows
    ]


def _shortened(kind: str, value: str) -> str:
    """Return enough of an id to tell it apart; of a phone nothing, for its hash says nothing."""
    return "" if kind == PHONE else f"…{value[-min(_SHOWN_CHARS, len(value) // 2) :]}"
