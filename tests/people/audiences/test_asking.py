"""Previews ask in steps of time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from siyu.core.context import Actor, Context
from siyu.core.errors import Invalid
from siyu.people.audiences.asking import stepped
from siyu.people.audiences.copies import Copies
from siyu.people.audiences.terms import asked_by_actor, refuse_notes
from siyu.people.contacts.service import note
from siyu.people.contacts.turns import Turn
from siyu.people.identity.identities import identify
from siyu.people.models import Contact
from siyu.people.rules.language import (
    AllOf,
    Attribute,
    Behaviour,
    Friendship,
    InAudience,
    NoneOf,
    Rule,
    Tags,
)
from siyu.people.tags.service import WECOM, Why, mark_contacts, mark_identities
from tests.people.audiences.crowd import Crowd

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_what_is_asked_within_a_minute_is_asked_of_one_moment() -> None:
    asked = {stepped(NOON + timedelta(seconds=one)) for one in (0, 0.5, 12, 59.999)}
    assert asked == {NOON}
    assert stepped(NOON + timedelta(seconds=60.001)) == NOON + timedelta(seconds=60)
    assert stepped(NOON + timedelta(seconds=119.9)) == NOON + timedelta(seconds=60)


def seeing(ctx: Context, *owners: int) -> Context:
    """Return a context of somebody who sees the customers of these staff accounts."""
    return replace(ctx, actor=Actor("employee", 1, "甲", owners=frozenset(owners)))


async def shared(crowd: Crowd) -> int:
    """Make a customer of two staff accounts, each of whom tagged their friendship."""
    mine, colleagues = crowd.life.staff[:2]
    async with crowd.work() as ctx:
        identity = await identify(ctx, "external_userid", "", "shared")
        for index, account in enumerate((mine, colleagues)):
            await note(ctx, identity, account, Turn(ctx.now(), "added"))
            await ctx.session.flush()
            contact = await ctx.session.scalar(
                select(Contact.id).where(
                    Contact.identity_id == identity.id, Contact.staff_account_id == account
                )
            )
            await mark_contacts(ctx, [(contact, crowd.life.tags[index])], WECOM)
        await mark_identities(ctx, [(identity.id, crowd.life.tags[2])], Why("employee"))
        customer_id = identity.customer_id
    await crowd.follow()
    return customer_id


async def fits(crowd: Crowd, rule: Rule, *owners: int) -> set[int]:
    async with crowd.work() as ctx:
        asked, terms = await asked_by_actor(seeing(ctx, *owners), rule, Copies())
    answer = await crowd.sets().ask(crowd.tenant_id, asked, terms, crowd.world.clock.now())
    return set(answer.members)


async def test_what_colleagues_noted_of_a_shared_customer_counts_for_nothing(crowd: Crowd) -> None:
    customer_id = await shared(crowd)
    mine, colleagues = crowd.life.staff[:2]
    own, theirs, internal, _ = crowd.life.tags
    for rule, wanted in (
        (Tags((own,)), True),
        (Tags((theirs,)), False),
        (Tags((internal,)), True),
        (Tags((theirs,), mode="none"), True),
        (Friendship(), True),
        (Friendship(staff_account_ids=(colleagues,)), False),
        (NoneOf((Friendship(staff_account_ids=(colleagues,)),)), True),
        (Friendship(times=2), False),
        (Behaviour("tag.marked", op="eq", times=2), True),
        (InAudience(await crowd.make(Tags((theirs,)))), True),
    ):
        assert (customer_id in await fits(crowd, rule, mine)) == wanted, rule
        if rule == Tags((theirs,)):
            assert customer_id in await fits(crowd, rule, mine, colleagues)
    assert await fits(crowd, Tags((own,))) == set()
    alone = AllOf((Attribute("remark", "contains", text="x"),))
    with pytest.raises(Invalid):
        await fits(crowd, alone, mine)


async def test_who_sees_some_customers_saves_no_rule_about_notes(crowd: Crowd) -> None:
    async with crowd.work() as ctx:
        some = seeing(ctx, crowd.life.staff[0])
        refuse_notes(some, Attribute("orders", "ge", number=1))
        refuse_notes(ctx, Tags((crowd.life.tags[0],)))
        for rule in (
            Tags((crowd.life.tags[0],)),
            NoneOf((Attribute("remark", "present"),)),
            Friendship(states=("lost",)),
            Behaviour("tag.unmarked"),
        ):
            with pytest.raises(Invalid):
                refuse_notes(some, rule)
