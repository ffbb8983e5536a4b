"""Who is sensitive to marketing: found in what they write, judged by people, left in peace."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, select, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from siyu.accounts.audit import record
from siyu.accounts.models import Employee
from siyu.core.context import Context
from siyu.core.errors import NotFound
from siyu.core.paging import Page, decode_cursor, encode_cursor
from siyu.facts.people import SensitivityFound
from siyu.people.churn.models import SensitivityMark
from siyu.people.churn.plan import plan_of
from siyu.people.churn.schemas import MarkState, Review, SensitiveRow
from siyu.people.customers.profile import find_customer
from siyu.people.customers.queries import visible
from siyu.people.identity.identities import EXTERNAL
from siyu.people.identity.phones import mask_phones
from siyu.people.keywords import words_in
from siyu.people.models import Contact, Customer, Identity
from siyu.people.privacy.models import Consent
from siyu.people.tags.rules import heard as tags_heard

BY_STAFF: Final = "employee"
_IN_FORCE: Final = ("found", "confirmed")


async def hear(ctx: Context, identity_id: int, text: str, source: str) -> list[str]:
    """Look for the tenant's words in what a person wrote; return those found.

    The door for whoever receives messages (`source`: `service`, `archive`, `acquisition`). Of the
    message nothing is kept but the words found. Rules of automatic tags hear it as well.
    """
    found = words_in(text, (await plan_of(ctx)).words)
    if found:
        await _note(ctx, identity_id, found, source, state="found")
    await tags_heard(ctx, identity_id, text)
    return found


async def mark_by_hand(ctx: Context, customer_id: int, reason: str) -> None:
    """Note that a customer is sensitive because a member of staff says so, and why."""
    ctx.require("churn.write")
    customer = await find_customer(ctx, customer_id)
    identity_id = await ctx.session.scalar(
        select(Identity.id)
        .where(Identity.tenant_id == ctx.tenant_id, Identity.customer_id == customer.id)
        .order_by(Identity.kind != EXTERNAL, Identity.id)
        .limit(1)
    )
    if identity_id is None:
        raise NotFound("customer_unknown", "客户不存在，或不在你的数据范围内")
    mark = await _note(ctx, identity_id, [], BY_STAFF, state="confirmed")
    mark.reason = mask_phones(reason.strip())
    mark.reviewed_at, mark.employee_id = ctx.now(), ctx.actor.id
    record(ctx, "churn.mark", "customer", customer.id)


async def review(ctx: Context, mark_id: int, judged: Review) -> None:
    """Confirm that somebody is sensitive, or dismiss it."""
    ctx.require("churn.write")
    mark = await ctx.session.get(SensitivityMark, (ctx.tenant_id, mark_id), with_for_update=True)
    if mark is None:
        raise NotFound("sensitivity_unknown", "没有这条记录")
    identity = await ctx.session.get_one(Identity, (ctx.tenant_id, mark.identity_id))
    await find_customer(ctx, identity.customer_id)
    mark.reviewed_at, mark.employee_id = ctx.now(), ctx.actor.id
    if mark.state != judged.state:
        mark.state = judged.state
        _tell(ctx, identity, judged.state, mark.source)
    record(ctx, "churn.review", "sensitivity_mark", mark_id, state=judged.state)


async def marks(
    ctx: Context, state: MarkState, cursor: str | None, limit: int
) -> Page[SensitiveRow]:
    """Return those found, or judged so, whom the actor may see; latest first."""
    ctx.require("churn.read")
    query = (
        select(SensitivityMark, Customer, Employee.name.label("employee"))
        .join(
            Identity,
            and_(
                Identity.tenant_id == SensitivityMark.tenant_id,
                Identity.id == SensitivityMark.identity_id,
            ),
        )
        .join(
            Customer,
            and_(Customer.tenant_id == ctx.tenant_id, Customer.id == Identity.customer_id),
        )
        .outerjoin(
            Employee,
            and_(Employee.tenant_id == ctx.tenant_id, Employee.id == SensitivityMark.employee_id),
        )
        .where(
            SensitivityMark.tenant_id == ctx.tenant_id,
            SensitivityMark.state == state,
            in_sight(ctx),
        )
        .order_by(SensitivityMark.id.desc())
        .limit(limit + 1)
    )
    if cursor:
        (before,) = decode_cursor(cursor, int)
        query = query.where(SensitivityMark.id < before)
    rows = (await ctx.session.execute(query)).all()
    shown = [
        SensitiveRow(
            id=mark.id,
            customer_id=customer.id,
            name=customer.name,
            avatar_url=customer.avatar_url or None,
            state=state,
            words=list(mark.words),
            reason=mark.reason,
            source=mark.source,
            found_at=mark.found_at,
            reviewed_at=mark.reviewed_at,
            employee=employee,
        )
        for mark, customer, employee in rows[:limit]
    ]
    return Page(shown, encode_cursor(shown[-1].id) if len(rows) > limit else None)


def in_sight(ctx: Context) -> ColumnElement[bool]:
    """Return the condition that a mark is on a customer whom the actor may see."""
    if ctx.actor.owners is None:
        return true()
    marked, other = aliased(Identity), aliased(Identity)
    return (
        exists()
        .where(
            visible(ctx),
            marked.tenant_id == ctx.tenant_id,
            marked.id == SensitivityMark.identity_id,
            other.tenant_id == ctx.tenant_id,
            other.customer_id == marked.customer_id,
            other.id == Contact.identity_id,
        )
        .correlate(SensitivityMark)
    )


async def excluded_from_marketing(ctx: Context, customer_ids: Collection[int]) -> frozenset[int]:
    """Return who of these is to be left in peace: sensitive, or has refused marketing.

    The door for whoever sends marketing; what serves an order already placed is none.
    """
    mine = and_(Identity.tenant_id == ctx.tenant_id, Identity.customer_id.in_(customer_ids))
    sensitive = await ctx.session.scalars(
        select(Identity.customer_id)
        .join(
            SensitivityMark,
            and_(
                SensitivityMark.tenant_id == Identity.tenant_id,
                SensitivityMark.identity_id == Identity.id,
            ),
        )
        .where(mine, SensitivityMark.state.in_(_IN_FORCE))
    )
    last_words = await ctx.session.execute(
        select(Identity.customer_id, Consent.state)
        .join(
            Consent,
            and_(Consent.tenant_id == Identity.tenant_id, Consent.identity_id == Identity.id),
        )
        .where(mine, Consent.kind == "marketing")
        .order_by(Consent.id)
    )
    said: dict[int, str] = {row.customer_id: row.state for row in last_words}
    refused = {customer_id for customer_id, state in said.items() if state == "refused"}
    return frozenset(sensitive) | refused


async def _note(
    ctx: Context, identity_id: int, words: list[str], source: str, *, state: MarkState
) -> SensitivityMark:
    """Write what was found; who was dismissed before is found anew, who was confirmed stays so."""
    await ctx.session.execute(
        insert(SensitivityMark)
        .values(
            tenant_id=ctx.tenant_id,
            identity_id=identity_id,
            state="dismissed",
            words=[],
            source=source,
            found_at=ctx.now(),
        )
        .on_conflict_do_nothing()
    )
    mark = (
        await ctx.session.scalars(
            select(SensitivityMark)
            .where(
                SensitivityMark.tenant_id == ctx.tenant_id,
                SensitivityMark.identity_id == identity_id,
            )
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    ).one()
    mark.words = list(dict.fromkeys([*words, *mark.words]))
    mark.found_at, mark.source = ctx.now(), source
    if mark.state not in {"confirmed", state}:
        mark.state = state
        identity = await ctx.session.get_one(Identity, (ctx.tenant_id, identity_id))
        _tell(ctx, identity, state, source)
    return mark


def _tell(ctx: Context, identity: Identity, state: MarkState, source: str) -> None:
    ctx.announce(
        SensitivityFound(customer_id=identity.customer_id, state=state, source=source),
        identity_id=identity.id,
    )
