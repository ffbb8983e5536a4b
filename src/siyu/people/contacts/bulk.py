"""Writing a page of customers at once: a constant number of statements, however many there are.

It says the same as reading them one by one (`siyu.people.contacts.details`), which stays the way
for whatever is not simply new: a friendship that is already known takes the ordinary way in.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from siyu.channels.wecom.endpoints.contacts import ContactOfUser, FollowUser
from siyu.core.context import Context
from siyu.core.vault import Vault
from siyu.people.contacts.details import began_at, follow_up, held_customers, profile_of
from siyu.people.contacts.noting import Heard, note_all
from siyu.people.contacts.service import same_turn
from siyu.people.contacts.turns import Turn
from siyu.people.customers.origins import Origin, Origins
from siyu.people.identity.identities import EXTERNAL, UNIONID, identify_many, identify_with
from siyu.people.identity.joining import claim_known
from siyu.people.identity.profiles import portray
from siyu.people.models import Contact, ContactTurn, Identity
from siyu.people.privacy.erased import still_erased
from siyu.people.tags.service import replace_many, tags_by_wecom_id


class Known(NamedTuple):
    """A friendship that WeCom lists, and what is known of it."""

    identity: Identity
    follow: FollowUser
    turn: Turn


async def store_page(
    ctx: Context,
    vault: Vault,
    origins: Origins,
    staff_account_id: int,
    found: Sequence[ContactOfUser],
    *,
    read_at: datetime,
) -> None:
    """Write a page of one staff account's customers, which was asked for at `read_at`.

    What was read later, or put on since, is not undone by it.
    """
    erased = await still_erased(
        ctx,
        vault,
        {row.external_contact.external_userid: began_at(row.follow_info) for row in found},
    )
    found = [row for row in found if row.external_contact.external_userid not in erased]
    if not found:
        return
    people = await identify_many(
        ctx, EXTERNAL, "", [row.external_contact.external_userid for row in found]
    )
    await join_by_unionid(
        ctx,
        {
            row.external_contact.unionid: people[row.external_contact.external_userid]
            for row in found
            if row.external_contact.unionid
        },
    )
    customers = await held_customers(ctx, list(people.values()))
    await portray(
        ctx,
        customers,
        [
            (people[row.external_contact.external_userid], profile_of(row.external_contact))
            for row in found
        ],
    )
    known = await _known(ctx, origins, people, found)
    contacts = await _contacts(ctx, staff_account_id, known)
    written = []
    for item in known:
        contact = contacts[item.identity.id]
        if contact.details_at and contact.details_at > read_at:
            continue  # a later look at WeCom was written first
        written.append((contact, item))
        await follow_up(ctx, vault, item.identity, contact, item.follow)
        contact.details_at = read_at
        customer = customers[item.identity.customer_id]
        if contact.added_at is not None:
            customer.last_add_at = max(customer.last_add_at or contact.added_at, contact.added_at)
    await _tags(ctx, written, read_at)


async def join_by_unionid(ctx: Context, unionids: Mapping[str, Identity]) -> None:
    """Bring together who has the same unionid; most have one that is new."""
    unions = await identify_with(
        ctx,
        UNIONID,
        "",
        {unionid: identity.own for unionid, identity in unionids.items()},
        evidence="unionid",
    )
    for unionid, identity in sorted(unionids.items()):
        await claim_known(ctx, identity, unions[unionid], "unionid")


async def _known(
    ctx: Context,
    origins: Origins,
    people: Mapping[str, Identity],
    found: Sequence[ContactOfUser],
) -> list[Known]:
    states = {row.follow_info.state for row in found if row.follow_info.state}
    by_state = {state: await origins.of(ctx, state) or Origin() for state in sorted(states)}
    known = []
    for row in found:
        origin = by_state.get(row.follow_info.state, Origin())
        turn = Turn(
            began_at(row.follow_info),
            "added",
            observed=False,
            channel_id=origin.channel_id,
            live_code_id=origin.live_code_id,
        )
        identity = people[row.external_contact.external_userid]
        known.append(Known(identity, row.follow_info, turn))
    return known


async def _contacts(
    ctx: Context, staff_account_id: int, known: Sequence[Known]
) -> dict[int, Contact]:
    """Return the contacts by identity; what is new of them is noted."""
    ids = [item.identity.id for item in known]
    before = await _stored(ctx, staff_account_id, ids)
    turns = await _turns(ctx, [contact.id for contact in before.values()])
    await note_all(
        ctx,
        [
            Heard(item.identity, staff_account_id, item.turn, item.follow.add_way)
            for item in known
            if _is_news(before.get(item.identity.id), item.turn, turns)
        ],
    )
    return await _stored(ctx, staff_account_id, ids)


def _is_news(
    contact: Contact | None, turn: Turn, turns: Mapping[int, Sequence[ContactTurn]]
) -> bool:
    """Tell whether WeCom shows an addition that was not heard of; a half one is no addition."""
    if contact is None:
        return True
    return contact.state != "half" and same_turn(turns.get(contact.id, ()), turn) is None


async def _stored(
    ctx: Context, staff_account_id: int, identity_ids: Sequence[int]
) -> dict[int, Contact]:
    rows = await ctx.session.scalars(
        select(Contact)
        .where(
            Contact.tenant_id == ctx.tenant_id,
            Contact.staff_account_id == staff_account_id,
            Contact.identity_id.in_(identity_ids),
        )
        .order_by(Contact.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {contact.identity_id: contact for contact in rows}


async def _turns(ctx: Context, contact_ids: Sequence[int]) -> dict[int, list[ContactTurn]]:
    rows = await ctx.session.scalars(
        select(ContactTurn).where(
            ContactTurn.tenant_id == ctx.tenant_id, ContactTurn.contact_id.in_(contact_ids)
        )
    )
    found: dict[int, list[ContactTurn]] = {}
    for row in rows:
        found.setdefault(row.contact_id, []).append(row)
    return found


async def _tags(ctx: Context, known: Sequence[tuple[Contact, Known]], read_at: datetime) -> None:
    """Let contacts carry exactly the tags that WeCom shows."""
    tags = await tags_by_wecom_id(
        ctx, {tag for _, item in known for tag in item.follow.corp_tag_ids}
    )
    shown = {
        contact.id: [tags[tag] for tag in item.follow.corp_tag_ids if tag in tags]
        for contact, item in known
    }
    await replace_many(ctx, shown, read_at=read_at)
