"""What siyu believes of friendships, before and after WeCom's state was written."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from siyu.core.context import Context
from siyu.people.identity.identities import EXTERNAL
from siyu.people.models import Contact, ContactTag, Identity
from siyu.people.reconciliation.models import ReconciliationDifference


class Belief(NamedTuple):
    """What siyu holds to be true of a friendship."""

    identity_id: int
    state: str
    remark: str
    description: str
    tags: frozenset[int]
    read_at: datetime | None


async def beliefs(
    ctx: Context, staff_account_id: int, external_userids: Collection[str]
) -> dict[str, Belief]:
    """Return what is believed of a staff account's friendships with these people."""
    rows = (
        await ctx.session.execute(
            select(
                Identity.value,
                Identity.id.label("identity_id"),
                Contact.id,
                Contact.state,
                Contact.remark,
                Contact.description,
                Contact.details_at,
            )
            .join(
                Contact,
                (Contact.tenant_id == Identity.tenant_id) & (Contact.identity_id == Identity.id),
            )
            .where(
                Identity.tenant_id == ctx.tenant_id,
                Identity.kind == EXTERNAL,
                Identity.value.in_(external_userids),
                Contact.staff_account_id == staff_account_id,
            )
        )
    ).all()
    tags = await _tags(ctx, [row.id for row in rows])
    return {
        row.value: Belief(
            row.identity_id,
            row.state,
            row.remark,
            row.description,
            frozenset(tags[row.id]),
            row.details_at,
        )
        for row in rows
    }


def differences(
    before: Mapping[str, Belief], after: Mapping[str, Belief]
) -> Iterator[tuple[str, int]]:
    """Yield in what siyu had been wrong: the kind, and whose identity."""
    for who, now in after.items():
        then = before.get(who)
        if then is None:
            yield "missing", now.identity_id
            continue
        if then.state != now.state:
            yield "returned", now.identity_id
        if then.read_at is None:
            yield "details", now.identity_id
            continue
        if (then.remark, then.description) != (now.remark, now.description):
            yield "remark", now.identity_id
        if then.tags != now.tags:
            yield "tags", now.identity_id


def report(
    ctx: Context, run_id: int, staff_account_id: int, found: Iterator[tuple[str, int]]
) -> None:
    """Write differences down."""
    ctx.session.add_all(
        ReconciliationDifference(
            tenant_id=ctx.tenant_id,
            run_id=run_id,
            kind=kind,
            identity_id=identity_id,
            staff_account_id=staff_account_id,
            found_at=ctx.now(),
        )
        for kind, identity_id in found
    )


async def _tags(ctx: Context, contact_ids: Collection[int]) -> dict[int, set[int]]:
    rows = await ctx.session.execute(
        select(ContactTag.contact_id, ContactTag.tag_id).where(
            ContactTag.tenant_id == ctx.tenant_id, ContactTag.contact_id.in_(contact_ids)
        )
    )
    found: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        found[row.contact_id].add(row.tag_id)
    return found
