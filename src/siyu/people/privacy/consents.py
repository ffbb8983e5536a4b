"""What customers said yes or no to."""

from datetime import datetime
from typing import Literal

from msgspec import Struct
from sqlalchemy import Select, and_, select
from sqlalchemy.orm import aliased

from siyu.accounts.audit import record
from siyu.accounts.models import Employee
from siyu.core.context import Context
from siyu.core.paging import Page, decode_cursor, encode_cursor
from siyu.facts.people import ConsentGiven
from siyu.people.customers.profile import find_customer
from siyu.people.customers.queries import visible
from siyu.people.identity.holding import hold
from siyu.people.identity.identities import homes_of
from siyu.people.models import Contact, Customer, Identity
from siyu.people.privacy.models import Consent

Kind = Literal["marketing", "profiling"]
ConsentState = Literal["granted", "refused"]
Source = Literal["customer", "employee", "import"]


class ConsentView(Struct):
    """A word of a customer's; `by` is the employee who wrote it down."""

    id: int
    kind: Kind
    state: ConsentState
    at: datetime
    source: Source
    by: str | None
    note: str


class CustomerConsents(Struct):
    """What a customer last said of each matter (absent: nothing), and everything before."""

    marketing: ConsentState | None
    profiling: ConsentState | None
    history: list[ConsentView]


class ConsentRow(Struct):
    """A word of some customer's, in the list of all."""

    customer_id: int
    customer_name: str
    consent: ConsentView


async def of_customer(ctx: Context, customer_id: int) -> CustomerConsents:
    """Return the consents of a customer the actor may see."""
    customer = await find_customer(ctx, customer_id)
    rows = await ctx.session.execute(
        _words(ctx).where(Identity.customer_id == customer.id).order_by(Consent.id.desc())
    )
    history = [_view(row.Consent, row.by) for row in rows]
    latest: dict[str, ConsentState] = {}
    for word in history:
        latest.setdefault(word.kind, word.state)
    return CustomerConsents(latest.get("marketing"), latest.get("profiling"), history)


async def refuses_profiling(ctx: Context, customer_id: int) -> bool:
    """Tell whether the last that a customer said of profiling was no."""
    last = await ctx.session.scalar(
        select(Consent.state)
        .join(
            Identity,
            and_(Identity.tenant_id == Consent.tenant_id, Identity.id == Consent.identity_id),
        )
        .where(
            Consent.tenant_id == ctx.tenant_id,
            Identity.customer_id == customer_id,
            Consent.kind == "profiling",
        )
        .order_by(Consent.id.desc())
        .limit(1)
    )
    return last == "refused"


async def note(
    ctx: Context, customer_id: int, kind: Kind, state: ConsentState, source: Source, text: str
) -> None:
    """Write down what a customer said; nothing where they said so already."""
    customer = await find_customer(ctx, customer_id)
    number = (await hold(ctx, {customer.id}))[customer.id]
    known = await of_customer(ctx, number)
    if getattr(known, kind) == state:
        return
    home = (await homes_of(ctx, {number}))[number]
    ctx.session.add(
        Consent(
            tenant_id=ctx.tenant_id,
            identity_id=home,
            kind=kind,
            state=state,
            at=ctx.now(),
            source=source,
            employee_id=ctx.actor.id,
            note=text,
        )
    )
    ctx.announce(ConsentGiven(customer_id=number, kind=kind, state=state), identity_id=home)
    record(ctx, "consent.note", "customer", number, kind=kind, state=state, source=source)


async def page(
    ctx: Context, state: ConsentState | None, cursor: str | None, limit: int
) -> Page[ConsentRow]:
    """Return the latest word of each person on marketing, latest first, as far as visible."""
    later = aliased(Consent)
    same_person = aliased(Identity)
    newer = (
        select(later.id)
        .join(
            same_person,
            and_(same_person.tenant_id == later.tenant_id, same_person.id == later.identity_id),
        )
        .where(
            later.tenant_id == Consent.tenant_id,
            same_person.customer_id == Identity.customer_id,
            later.kind == Consent.kind,
            later.id > Consent.id,
        )
        .exists()
    )
    query = (
        _words(ctx)
        .add_columns(Customer.id.label("customer_id"), Customer.name)
        .join(
            Customer,
            and_(Customer.tenant_id == Identity.tenant_id, Customer.id == Identity.customer_id),
        )
        .where(Consent.kind == "marketing", ~newer)
        .order_by(Consent.id.desc())
        .limit(limit + 1)
    )
    if ctx.actor.owners is not None:
        friend, owner = aliased(Contact), aliased(Identity)
        seen = select(friend.id).join(
            owner, and_(owner.tenant_id == friend.tenant_id, owner.id == friend.identity_id)
        )
        query = query.where(
            seen.where(visible(ctx, friend), owner.customer_id == Customer.id).exists()
        )
    if state is not None:
        query = query.where(Consent.state == state)
    if cursor:
        (last,) = decode_cursor(cursor, int)
        query = query.where(Consent.id < last)
    rows = (await ctx.session.execute(query)).all()
    items = [
        ConsentRow(row.customer_id, row.name, _view(row.Consent, row.by)) for row in rows[:limit]
    ]
    return Page(items, encode_cursor(items[-1].consent.id) if len(rows) > limit else None)


def _words(ctx: Context) -> Select[Consent, str]:
    return (
        select(Consent, Employee.name.label("by"))
        .join(
            Identity,
            and_(Identity.tenant_id == Consent.tenant_id, Identity.id == Consent.identity_id),
        )
        .outerjoin(
            Employee,
            and_(Employee.tenant_id == Consent.tenant_id, Employee.id == Consent.employee_id),
        )
        .where(Consent.tenant_id == ctx.tenant_id)
    )


def _view(row: Consent, by: str | None) -> ConsentView:
    return ConsentView(
        row.id,
        row.kind,  # type: ignore[arg-type]  # the table's checks hold them
        row.state,  # type: ignore[arg-type]
        row.at,
        row.source,  # type: ignore[arg-type]
        by,
        row.note,
    )
