"""Which welcomes are due: fresh callbacks, and attempts whose worker died."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Final, NamedTuple

from sqlalchemy import select, update

from siyu.accounts.models import StaffAccount
from siyu.channels.wecom.callback import CallbackRefused
from siyu.channels.wecom.events import ContactAdded, ContactHalfAdded, parse_event
from siyu.channels.wecom.inbox import WecomInbox
from siyu.core.context import Context
from siyu.core.db import insert_many, table_of
from siyu.facts.messaging import WelcomeGivenUp
from siyu.messaging.models import Touch, WelcomeAttempt
from siyu.messaging.plans import WelcomePlan, WelcomePlans
from siyu.messaging.touches import NewTouch, create_touches
from siyu.people.identity.identities import identify_many
from siyu.people.models import Identity

LEASE: Final = timedelta(seconds=6)
"""How long a worker may take to send before another one does; a third of a code's life."""

_LONGEST: Final = 512

_Welcomed = ContactAdded | ContactHalfAdded


class Due(NamedTuple):
    """A welcome to be sent."""

    attempt_id: int
    code: str
    added_at: datetime
    lease_until: datetime
    tries: int
    plan: WelcomePlan
    touch_slug: str
    external_userid: str


class _Newcomer(NamedTuple):
    """Someone to be welcomed, and with what."""

    event: _Welcomed
    added_at: datetime
    plan: WelcomePlan


async def take(ctx: Context, plans: WelcomePlans, limit: int) -> list[Due]:
    """Take fresh callbacks off the urgent queue and begin an attempt for each that has a plan."""
    fresh = (
        select(WecomInbox.id)
        .where(WecomInbox.tenant_id == ctx.tenant_id, WecomInbox.urgent == "waiting")
        .order_by(WecomInbox.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = await ctx.session.execute(
        update(WecomInbox)
        .where(WecomInbox.tenant_id == ctx.tenant_id, WecomInbox.id.in_(fresh))
        .values(urgent="done")
        .returning(WecomInbox.id, WecomInbox.body, WecomInbox.occurred_at)
        .execution_options(synchronize_session=False)
    )
    welcomed = [
        (event, row.occurred_at)
        for row in sorted(rows, key=attrgetter("id"))
        if (event := _parse(row.body)) is not None
    ]
    found = await plans.by_state(ctx, {event.state for event, _ in welcomed if event.state})
    newcomers: dict[str, _Newcomer] = {}
    for event, added_at in welcomed:
        plan = found.get(event.state)
        if plan is not None and not plan.empty:
            newcomers.setdefault(event.welcome_code, _Newcomer(event, added_at, plan))
    return await _begin(ctx, newcomers) if newcomers else []


async def again(ctx: Context, plans: WelcomePlans, limit: int) -> list[Due]:
    """Take over attempts whose lease has run out."""
    now = ctx.now()
    attempts = (
        await ctx.session.scalars(
            select(WelcomeAttempt)
            .where(
                WelcomeAttempt.tenant_id == ctx.tenant_id,
                WelcomeAttempt.state == "sending",
                WelcomeAttempt.lease_until < now,
            )
            .order_by(WelcomeAttempt.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    ).all()
    if not attempts:
        return []
    codes = {attempt.live_code_id for attempt in attempts if attempt.live_code_id is not None}
    found = await plans.by_live_code(ctx, codes)
    touches = await ctx.session.execute(
        select(Touch.id, Touch.slug).where(
            Touch.tenant_id == ctx.tenant_id,
            Touch.id.in_({attempt.touch_id for attempt in attempts}),
        )
    )
    slugs = {row.id: row.slug for row in touches}
    identities = await ctx.session.execute(
        select(Identity.id, Identity.value).where(
            Identity.tenant_id == ctx.tenant_id,
            Identity.id.in_({attempt.identity_id for attempt in attempts}),
        )
    )
    people = {row.id: row.value for row in identities}
    due = []
    for attempt in attempts:
        attempt.tries += 1
        attempt.lease_until = now + LEASE
        plan = found.get(attempt.live_code_id or 0)
        if plan is None:
            # The code was removed meanwhile; what it would have said is no longer wanted.
            attempt.state, attempt.reason, attempt.finished_at = "given_up", "code_removed", now
            ctx.announce(
                WelcomeGivenUp(live_code_id=attempt.live_code_id, reason=attempt.reason),
                identity_id=attempt.identity_id,
                staff_account_id=attempt.staff_account_id,
                touch_id=attempt.touch_id,
            )
            continue
        due.append(
            Due(
                attempt.id,
                attempt.code,
                attempt.added_at,
                attempt.lease_until,
                attempt.tries,
                plan,
                slugs.get(attempt.touch_id or 0, ""),
                people.get(attempt.identity_id or 0, ""),
            )
        )
    return due


async def _begin(ctx: Context, newcomers: Mapping[str, _Newcomer]) -> list[Due]:
    """Write an attempt and a touch for each, in a constant number of statements.

    All in the order of the codes, so that two workers that meet wait and do not deadlock.
    """
    staff = await _staff(ctx, {each.event.user_id for each in newcomers.values()})
    people = await identify_many(
        ctx, "external_userid", "", {each.event.external_user_id for each in newcomers.values()}
    )
    lease_until = ctx.now() + LEASE
    attempts = [
        {
            "tenant_id": ctx.tenant_id,
            "code": code,
            "live_code_id": each.plan.live_code_id,
            "staff_account_id": staff.get(each.event.user_id),
            "identity_id": people[each.event.external_user_id].id,
            "added_at": each.added_at,
            "lease_until": lease_until,
            "tries": 1,
        }
        for code, each in sorted(newcomers.items())
    ]
    made = (
        await ctx.session.execute(
            insert_many(WelcomeAttempt, attempts)
            .on_conflict_do_nothing()
            .returning(
                WelcomeAttempt.id,
                WelcomeAttempt.code,
                WelcomeAttempt.staff_account_id,
                WelcomeAttempt.identity_id,
            )
        )
    ).all()
    touches = await create_touches(
        ctx,
        [
            NewTouch(
                kind="welcome",
                channel_id=newcomers[row.code].plan.channel_id,
                live_code_id=newcomers[row.code].plan.live_code_id,
                staff_account_id=row.staff_account_id,
                identity_id=row.identity_id,
            )
            for row in made
        ],
        announce=False,
    )
    pairs = list(zip(made, touches, strict=True))
    await _give_touches(ctx, {row.id: touch.id for row, touch in pairs})
    return [
        Due(
            row.id,
            row.code,
            newcomers[row.code].added_at,
            lease_until,
            1,
            newcomers[row.code].plan,
            touch.slug,
            newcomers[row.code].event.external_user_id,
        )
        for row, touch in pairs
    ]


async def _give_touches(ctx: Context, touch_of: Mapping[int, int]) -> None:
    if not touch_of:
        return
    pairs = table_of(
        WelcomeAttempt, [{"id": number, "touch_id": touch} for number, touch in touch_of.items()]
    )
    await ctx.session.execute(
        update(WelcomeAttempt)
        .where(WelcomeAttempt.tenant_id == ctx.tenant_id, WelcomeAttempt.id == pairs.c.id)
        .values(touch_id=pairs.c.touch_id)
        .execution_options(synchronize_session=False)
    )


async def _staff(ctx: Context, userids: set[str]) -> dict[str, int]:
    rows = await ctx.session.execute(
        select(StaffAccount.userid, StaffAccount.id).where(
            StaffAccount.tenant_id == ctx.tenant_id, StaffAccount.userid.in_(userids)
        )
    )
    return {row.userid: row.id for row in rows}


def _parse(body: bytes) -> _Welcomed | None:
    try:
        event = parse_event(body)
    except CallbackRefused:
        return None
    if isinstance(event, ContactAdded | ContactHalfAdded) and event.welcome_code:
        return event if _storable(event) else None
    return None


def _storable(event: _Welcomed) -> bool:
    """Whether its names can be written: one that cannot must not hold up the others of its batch.

    The reader of the inbox meets the same callback, alone, and parks it.
    """
    names = (event.user_id, event.external_user_id, event.state, event.welcome_code)
    return all(len(name) <= _LONGEST and "\0" not in name for name in names)
