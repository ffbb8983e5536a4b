"""Friendships: what begins and ends between a customer and a staff account.

`note` (for many at once: `siyu.people.contacts.noting`) is the one way in, for callbacks, detail
reads and the sync alike, so that all agree.
Facts are announced once per turn: the first known beginning is `contact.added`, later ones
`contact.readded`, and of the endings of one friendship only the first to arrive is
`contact.lost`. A late, older turn corrects the row; facts already announced stay. What changes a
contact without any of these is told as `customer.changed`.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from siyu.core.context import Context
from siyu.facts.people import ContactAdded, ContactLost, ContactReadded, CustomerChanged
from siyu.people.contacts.turns import SAME_ADDITION, Standing, Turn, standing
from siyu.people.identity.holding import hold_owners
from siyu.people.models import Contact, ContactTurn, Customer, Identity


async def note(ctx: Context, identity: Identity, staff_account_id: int, turn: Turn) -> str:
    """Write a turn of a contact and what follows from it; return its fate in a word.

    Safe to repeat and to call in any order of turns.
    """
    # The customer first, then the contact: in one order everywhere, so that nobody deadlocks.
    await hold_owners(ctx, [identity])
    contact = await _contact(ctx, identity, staff_account_id, turn)
    rows = (
        await ctx.session.scalars(
            select(ContactTurn).where(
                ContactTurn.tenant_id == ctx.tenant_id, ContactTurn.contact_id == contact.id
            )
        )
    ).all()
    known = same_turn(rows, turn)
    before, told = _shown(contact) if rows else None, False
    if known is not None:
        fate = "repeat"
        if turn.observed and not known.observed:
            # What was read from WeCom's state now comes from the callback, which knows more.
            known.at, known.observed = turn.at, True
            known.channel_id, known.live_code_id = turn.channel_id, turn.live_code_id
            fate = "confirmed"
    else:
        told = await _announce(ctx, identity, contact, rows, turn)
        row = turn_row(ctx, contact.id, turn)
        ctx.session.add(row)
        rows = [*rows, row]
        fate = turn.kind
    apply(contact, rows)
    if not told and _shown(contact) != before:
        tell_changed(ctx, identity, staff_account_id)
    await ctx.session.flush()
    await _raise_last_add(ctx, identity.customer_id, contact.added_at or turn.at)
    return fate


def apply(contact: Contact, rows: Iterable[ContactTurn]) -> None:
    """Set the times and the state of a contact as its turns say."""
    now = standing(as_turn(row) for row in rows)
    contact.state = now.state
    contact.first_add_at = now.first_add_at
    contact.added_at = now.added_at
    contact.lost_at = now.lost_at
    contact.lost_by = now.lost_by
    contact.channel_id = now.channel_id
    contact.live_code_id = now.live_code_id


def tell_changed(ctx: Context, identity: Identity, staff_account_id: int) -> None:
    """Tell that a friendship is another than before, where no other fact says so."""
    ctx.announce(
        CustomerChanged(customer_id=identity.customer_id, what="contact"),
        identity_id=identity.id,
        staff_account_id=staff_account_id,
    )


def _shown(contact: Contact) -> tuple[object, ...]:
    """Return what others see of a contact's turns."""
    return tuple(getattr(contact, name) for name in Standing._fields)


def as_turn(row: ContactTurn) -> Turn:
    """Return the turn in a row."""
    return Turn(row.at, row.kind, row.by, row.observed, row.channel_id, row.live_code_id)  # type: ignore[arg-type]  # the table's check holds the kind


async def _contact(ctx: Context, identity: Identity, staff_account_id: int, turn: Turn) -> Contact:
    """Return the contact, made where it is new, and locked."""
    await ctx.session.execute(
        insert(Contact)
        .values(
            tenant_id=ctx.tenant_id,
            identity_id=identity.id,
            staff_account_id=staff_account_id,
            state=turn.kind if turn.kind != "added" else "active",
            watched_since=ctx.now(),
            remark="",
            description="",
        )
        .on_conflict_do_nothing()
    )
    return (
        await ctx.session.scalars(
            select(Contact)
            .where(
                Contact.tenant_id == ctx.tenant_id,
                Contact.identity_id == identity.id,
                Contact.staff_account_id == staff_account_id,
            )
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    ).one()


def turn_row(ctx: Context, contact_id: int, turn: Turn) -> ContactTurn:
    """Return the row that remembers a turn."""
    return ContactTurn(
        tenant_id=ctx.tenant_id,
        contact_id=contact_id,
        at=turn.at,
        kind=turn.kind,
        by=turn.by,
        observed=turn.observed,
        channel_id=turn.channel_id,
        live_code_id=turn.live_code_id,
    )


def same_turn(rows: Sequence[ContactTurn], turn: Turn) -> ContactTurn | None:
    """Return the known turn that this one repeats."""
    for row in rows:
        if (row.at, row.kind, row.by) == (turn.at, turn.kind, turn.by):
            return row
    if turn.kind != "added":
        return None
    # Callbacks tell each addition once; what is read from WeCom's state is one of those.
    near = [
        row
        for row in rows
        if row.kind == "added"
        and not (row.observed and turn.observed)
        and abs(row.at - turn.at) <= SAME_ADDITION
    ]
    return min(near, key=lambda row: abs(row.at - turn.at), default=None)


async def _announce(
    ctx: Context,
    identity: Identity,
    contact: Contact,
    rows: Sequence[ContactTurn],
    turn: Turn,
) -> bool:
    """Tell what began or ended; return whether there was something to tell."""
    fact: ContactAdded | ContactReadded | ContactLost | None = None
    if turn.kind == "added" and any(row.kind == "added" for row in rows):
        fact = ContactReadded(
            contact_id=contact.id,
            customer_id=identity.customer_id,
            add_way=contact.add_way,
            channel_id=turn.channel_id,
            live_code_id=turn.live_code_id,
        )
    elif turn.kind == "added":
        fact = ContactAdded(
            contact_id=contact.id,
            customer_id=identity.customer_id,
            first=await _first(ctx, identity.customer_id, contact.id),
            observed=turn.observed,
            add_way=contact.add_way,
            channel_id=turn.channel_id,
            live_code_id=turn.live_code_id,
        )
    elif turn.kind == "lost":
        fact = _loss(identity, contact, rows, turn)
    if fact is not None:
        ctx.announce(
            fact,
            identity_id=identity.id,
            staff_account_id=contact.staff_account_id,
            occurred_at=turn.at,
        )
    return fact is not None


def _loss(
    identity: Identity, contact: Contact, rows: Sequence[ContactTurn], turn: Turn
) -> ContactLost | None:
    """Return the fact of an ending, unless its friendship is known to have ended, or not begun."""
    additions = sorted(row.at for row in rows if row.kind == "added")
    start = max((at for at in additions if at <= turn.at), default=None)
    end = min((at for at in additions if at > turn.at), default=None)

    def within(at: datetime) -> bool:
        return (start is None or at >= start) and (end is None or at < end)

    if any(row.kind == "lost" and within(row.at) for row in rows):
        return None
    if start is None and any(row.kind == "half" and within(row.at) for row in rows):
        return None
    begun = next((row for row in rows if row.kind == "added" and row.at == start), None)
    return ContactLost(
        contact_id=contact.id,
        customer_id=identity.customer_id,
        by=turn.by,  # type: ignore[arg-type]  # the table's check holds it
        age_seconds=int((turn.at - start).total_seconds()) if start is not None else None,
        channel_id=begun.channel_id if begun is not None else contact.channel_id,
        live_code_id=begun.live_code_id if begun is not None else contact.live_code_id,
    )


async def _first(ctx: Context, customer_id: int, contact_id: int) -> bool:
    """Tell whether a customer was never a friend of any staff account, by any of their ids."""
    other = await ctx.session.scalar(
        select(Contact.id)
        .join(
            Identity,
            (Identity.tenant_id == Contact.tenant_id) & (Identity.id == Contact.identity_id),
        )
        .where(
            Contact.tenant_id == ctx.tenant_id,
            Identity.customer_id == customer_id,
            Contact.id != contact_id,
            Contact.state != "half",
        )
        .limit(1)
    )
    return other is None


async def _raise_last_add(ctx: Context, customer_id: int, added_at: datetime) -> None:
    await ctx.session.execute(
        update(Customer)
        .where(
            Customer.tenant_id == ctx.tenant_id,
            Customer.id == customer_id,
            (Customer.last_add_at.is_(None)) | (Customer.last_add_at < added_at),
        )
        .values(last_add_at=added_at)
        .execution_options(synchronize_session=False)
    )
