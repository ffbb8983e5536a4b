"""Noting many turns of different people at once, in a constant number of statements.

Most callbacks and most rows of a sync are about friendships nobody has heard of yet: those are
written together. Whatever touches a known friendship takes the ordinary way (`contacts.note`).
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Table, bindparam, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from siyu.core.context import Context
from siyu.facts.people import ContactAdded, ContactLost
from siyu.people.contacts.service import note, tell_changed, turn_row
from siyu.people.contacts.turns import Turn, standing
from siyu.people.identity.holding import hold_owners
from siyu.people.models import Contact, Customer, Identity

Pair = tuple[int, int]
"""Identity and staff account: whose friendship it is."""


class Heard(NamedTuple):
    """A turn that was heard of; `add_way` where it is known."""

    identity: Identity
    staff_account_id: int
    turn: Turn
    add_way: int | None = None

    @property
    def pair(self) -> Pair:
        """Whose friendship it is."""
        return self.identity.id, self.staff_account_id


async def note_all(ctx: Context, heard: Sequence[Heard]) -> list[str]:
    """Write turns, each of another friendship, and announce them; return their fates in words."""
    if not heard:
        return []
    # The customers first, then the contacts: in one order everywhere, so that nobody deadlocks.
    await hold_owners(ctx, [item.identity for item in heard])
    known = await _known(ctx, [item.pair for item in heard])
    new = {item.pair: item for item in heard if item.pair not in known}
    made = await _make(ctx, list(new.values()))
    fates: list[str] = []
    for item in heard:
        if made.get(item.pair) is not None and new[item.pair] is item:
            fates.append(item.turn.kind)
        else:
            fates.append(await note(ctx, item.identity, item.staff_account_id, item.turn))
    return fates


async def _make(ctx: Context, new: Sequence[Heard]) -> dict[Pair, Contact]:
    """Make contacts that nobody has heard of; those that appear meanwhile are left out."""
    if not new:
        return {}
    friends = await _friends(ctx, {item.identity.customer_id for item in new})
    rows = await ctx.session.scalars(
        insert(Contact).on_conflict_do_nothing().returning(Contact),
        [_contact(ctx, item) for item in sorted(new, key=lambda item: item.pair)],
    )
    made = {(contact.identity_id, contact.staff_account_id): contact for contact in rows}
    written = [item for item in new if item.pair in made]
    for item in written:
        contact = made[item.pair]
        ctx.session.add(turn_row(ctx, contact.id, item.turn))
        _announce(ctx, item, contact, first=item.identity.customer_id not in friends)
        friends.add(item.identity.customer_id)
    await ctx.session.flush()
    await _raise_last_adds(ctx, written)
    return made


def _contact(ctx: Context, item: Heard) -> dict[str, Any]:
    now = standing([item.turn])
    return {
        "tenant_id": ctx.tenant_id,
        "identity_id": item.identity.id,
        "staff_account_id": item.staff_account_id,
        "watched_since": ctx.now(),
        "add_way": item.add_way,
        "remark": "",
        "description": "",
        **now._asdict(),
    }


def _announce(ctx: Context, item: Heard, contact: Contact, *, first: bool) -> None:
    turn = item.turn
    fact: ContactAdded | ContactLost
    if turn.kind == "added":
        fact = ContactAdded(
            contact_id=contact.id,
            customer_id=item.identity.customer_id,
            first=first,
            observed=turn.observed,
            add_way=item.add_way,
            channel_id=turn.channel_id,
            live_code_id=turn.live_code_id,
        )
    elif turn.kind == "lost":
        fact = ContactLost(
            contact_id=contact.id,
            customer_id=item.identity.customer_id,
            by=turn.by,  # type: ignore[arg-type]  # the table's check holds it
        )
    else:
        tell_changed(ctx, item.identity, item.staff_account_id)
        return
    ctx.announce(
        fact,
        identity_id=item.identity.id,
        staff_account_id=item.staff_account_id,
        occurred_at=turn.at,
    )


async def _known(ctx: Context, pairs: Sequence[Pair]) -> set[Pair]:
    rows = await ctx.session.execute(
        select(Contact.identity_id, Contact.staff_account_id).where(
            Contact.tenant_id == ctx.tenant_id,
            tuple_(Contact.identity_id, Contact.staff_account_id).in_(pairs),
        )
    )
    return {(row.identity_id, row.staff_account_id) for row in rows}


async def _friends(ctx: Context, customer_ids: set[int]) -> set[int]:
    """Return which customers were ever a friend of any staff account."""
    rows = await ctx.session.scalars(
        select(Identity.customer_id)
        .join(
            Contact,
            (Contact.tenant_id == Identity.tenant_id) & (Contact.identity_id == Identity.id),
        )
        .where(
            Identity.tenant_id == ctx.tenant_id,
            Identity.customer_id.in_(customer_ids),
            Contact.state != "half",
        )
        .distinct()
    )
    return set(rows)


async def _raise_last_adds(ctx: Context, written: Sequence[Heard]) -> None:
    customer = Customer.__table__
    if not isinstance(customer, Table):
        raise TypeError("customers are a table")
    latest: Mapping[int, Turn] = {
        item.identity.customer_id: item.turn
        for item in sorted(written, key=lambda item: item.turn.at)
    }
    if not latest:
        return
    connection = await ctx.session.connection()
    await connection.execute(
        update(customer)
        .where(
            customer.c.tenant_id == ctx.tenant_id,
            customer.c.id == bindparam("number"),
            (customer.c.last_add_at.is_(None)) | (customer.c.last_add_at < bindparam("at")),
        )
        .values(last_add_at=bindparam("at")),
        [{"number": number, "at": turn.at} for number, turn in sorted(latest.items())],
    )
