"""Repeated, reordered and lost callbacks: the customer's record says the same in the end."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from siyu.accounts.models import StaffAccount
from siyu.accounts.tenants import Vaults
from siyu.channels.wecom.events import parse_event
from siyu.channels.wecom.inbox import InboxWriter, WecomInbox, letter_of
from siyu.channels.wecom.reader import InboxReader
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.stream.models import OutboxEvent
from siyu.core.vault import MasterKey
from siyu.people.contacts.intake import Intake
from siyu.people.contacts.service import as_turn, note
from siyu.people.contacts.turns import Turn, standing
from siyu.people.customers.origins import Origin
from siyu.people.identity.identities import identify
from siyu.people.models import Contact, ContactTurn, Customer, Identity

CHANGES = {
    "add": "add_external_contact",
    "half": "add_half_external_contact",
    "customer": "del_follow_user",
    "staff": "del_external_contact",
    "transfer": "del_external_contact",
}


class Codes:
    """Every State that begins with lc is siyu's."""

    async def of(self, _: Context, state: str) -> Origin | None:
        return Origin(7, int(state[2:])) if state.startswith("lc") else None


def callback(kind: str, at: int, *, customer: str = "wm1", state: str = "") -> bytes:
    source = "<Source>DELETE_BY_TRANSFER</Source>" if kind == "transfer" else ""
    origin = f"<State>{state}</State>" if state else ""
    return (
        f"<xml><ToUserName>ww1</ToUserName><CreateTime>{at}</CreateTime>"
        f"<Event>change_external_contact</Event><ChangeType>{CHANGES[kind]}</ChangeType>"
        f"<UserID>u1</UserID><ExternalUserID>{customer}</ExternalUserID>{origin}{source}</xml>"
    ).encode()


async def arrive(db, clock, tenant_id: int, bodies: list[bytes]) -> None:
    writer = InboxWriter(db.ingest)
    for body in bodies:
        await writer.append(letter_of(tenant_id, parse_event(body), body, clock.now()))
    await InboxReader(db, clock, Intake(Codes(), Vaults(MasterKey(b"0" * 32))).handlers()).drain()


async def facts(db, tenant_id: int) -> list[OutboxEvent]:
    """The facts in the outbox; no sequencer runs in these tests' tenants."""
    async with db.tenant(tenant_id) as session:
        return list((await session.scalars(select(OutboxEvent).order_by(OutboxEvent.id))).all())


@pytest.fixture
async def shop(db, clock, tenant_id, hire) -> int:
    async with db.tenant(tenant_id) as session:
        await hire(Context(tenant_id, SYSTEM_ACTOR, clock, session), "u1")
    return tenant_id


async def test_any_order_and_repetition_of_callbacks_gives_the_same_record(db, clock, shop):
    dice = random.Random(2026)
    begin = int(clock.now().timestamp())
    for number in range(25):
        customer = f"wm{number}"
        history = [
            callback(kind, begin + minute * 60, customer=customer, state=state)
            for minute, (kind, state) in enumerate(
                (dice.choice(list(CHANGES)), dice.choice(["", "lc1", "lc2", "wb:1:42"]))
                for _ in range(dice.randint(1, 7))
            )
        ]
        arriving = history * 2
        dice.shuffle(arriving)
        await arrive(db, clock, shop, arriving)
        expected = standing(
            [
                Turn(event.occurred_at, *kind)
                for event in map(parse_event, history)
                for kind in [turn_kind(event)]
            ]
        )
        async with db.tenant(shop) as session:
            contact = (
                await session.scalars(
                    select(Contact)
                    .join(
                        Identity,
                        (Identity.tenant_id == Contact.tenant_id)
                        & (Identity.id == Contact.identity_id),
                    )
                    .where(Identity.value == customer)
                )
            ).one()
        assert (
            contact.state,
            contact.first_add_at,
            contact.added_at,
            contact.lost_at,
            contact.lost_by,
        ) == expected[:5], history


def turn_kind(event) -> tuple[str, str]:
    if event.change_type == "add_external_contact":
        return "added", ""
    if event.change_type == "add_half_external_contact":
        return "half", ""
    if event.change_type == "del_follow_user":
        return "lost", "customer"
    return "lost", "transfer" if event.by_transfer else "staff"


async def test_facts_are_announced_once_per_turn(db, clock, shop):
    begin = int(clock.now().timestamp())
    bodies = [
        callback("add", begin, state="lc1"),
        callback("customer", begin + 60),
        callback("staff", begin + 70),
        callback("add", begin + 120, state="lc2"),
        callback("transfer", begin + 180),
    ]
    await arrive(db, clock, shop, [*bodies, *bodies[::-1]])
    told = await facts(db, shop)
    contact_facts = [f for f in told if f.type.startswith("contact.")]
    assert Counter(f.type for f in contact_facts) == {
        "contact.added": 1,
        "contact.readded": 1,
        "contact.lost": 2,
    }
    added, lost, readded, moved = contact_facts
    assert added.properties["first"] is True
    assert added.properties["live_code_id"] == 1
    assert lost.properties["by"] == "customer"
    assert lost.properties["age_seconds"] == 60
    assert lost.properties["live_code_id"] == 1
    assert readded.properties["live_code_id"] == 2
    assert moved.properties["by"] == "transfer"
    assert added.occurred_at == clock.now()


async def test_an_ending_that_overtakes_its_beginning_is_still_told_right(db, clock, shop):
    begin = int(clock.now().timestamp())
    await arrive(db, clock, shop, [callback("customer", begin + 60), callback("add", begin)])
    told = Counter(f.type for f in await facts(db, shop))
    assert (told["contact.added"], told["contact.lost"]) == (1, 1)
    async with db.tenant(shop) as session:
        contact = (await session.scalars(select(Contact))).one()
    assert (contact.state, contact.lost_by) == ("lost", "customer")
    assert contact.first_add_at == clock.now()


async def test_a_half_addition_counts_nothing_until_it_is_whole(db, clock, shop):
    begin = int(clock.now().timestamp())
    await arrive(db, clock, shop, [callback("half", begin)])
    assert not [f for f in await facts(db, shop) if f.type.startswith("contact.")]
    await arrive(db, clock, shop, [callback("add", begin + 60)])
    told = [f.type for f in await facts(db, shop) if f.type.startswith("contact.")]
    assert told == ["contact.added"]


async def test_a_second_staff_account_is_not_the_first_friend(db, clock, shop, hire):
    begin = int(clock.now().timestamp())
    async with db.tenant(shop) as session:
        await hire(Context(shop, SYSTEM_ACTOR, clock, session), "u2")
    other = callback("add", begin + 5).replace(b"u1", b"u2")
    await arrive(db, clock, shop, [callback("add", begin), other])
    told = [f.properties["first"] for f in await facts(db, shop) if f.type == "contact.added"]
    assert told == [True, False]
    async with db.tenant(shop) as session:
        assert len((await session.scalars(select(Customer))).all()) == 1


async def test_what_the_sync_read_and_the_callback_says_is_one_addition(db, clock, shop):
    at = clock.now()
    async with db.tenant(shop) as session:
        ctx = Context(shop, SYSTEM_ACTOR, clock, session)
        identity = await identify(ctx, "external_userid", "", "wm1")
        staff = (await session.scalars(select(StaffAccount.id))).one()
        read = Turn(at + timedelta(seconds=1), "added", observed=False)
        assert await note(ctx, identity, staff, read) == "added"
        heard = Turn(at, "added", channel_id=7, live_code_id=1)
        assert await note(ctx, identity, staff, heard) == "confirmed"
        assert await note(ctx, identity, staff, read) == "repeat"
        rows = (await session.scalars(select(ContactTurn))).all()
        assert [as_turn(row) for row in rows] == [heard]
        contact = (await session.scalars(select(Contact))).one()
        assert (contact.first_add_at, contact.live_code_id) == (at, 1)


async def test_a_callback_about_unknown_staff_waits_for_the_directory(db, clock, shop, hire):
    begin = int(clock.now().timestamp())
    body = callback("add", begin).replace(b"u1", b"u9")
    await arrive(db, clock, shop, [body])
    async with db.tenant(shop) as session:
        row = (await session.scalars(select(WecomInbox))).one()
        assert (row.state, row.fate) == ("waiting", "wait")
        await hire(Context(shop, SYSTEM_ACTOR, clock, session), "u9")
    clock.advance(timedelta(seconds=10))
    await arrive(db, clock, shop, [])
    async with db.tenant(shop) as session:
        assert (await session.scalars(select(Contact))).one().state == "active"
