"""Which welcomes are due: fresh callbacks, and attempts whose worker died."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from siyu.accounts.models import StaffAccount
from siyu.channels.wecom.callback import CallbackRefused
from siyu.channels.wecom.events import ContactAdded, ContactHalfAdded, parse_event
from siyu.channels.wecom.inbox import WecomInbox
from siyu.core.context import Context
from siyu.messaging.models import Touch, WelcomeAttempt
from siyu.messaging.plans import WelcomePlan, WelcomePlans
from siyu.messaging.touches import NewTouch, create_touches
from siyu.people.identities import identify_many
from siyu.people.models import Identity

LEASE: Final = timedelta(seconds=6)
"""How long a worker may take to send before another one does; a third of a code's life."""

_Welcomed = ContactAdded | ContactHalfAdded


class Due(NamedTuple):
    """A welcome to be sent."""

    attempt_id: int
    code: str
    added_at: datetime
    tries: int
    plan: WelcomePlan
    touch_slug: str
    external_userid: str


async def take(ctx: Context, plans: WelcomePlans, limit: int) -> list[Due]:
    """Take fresh callbacks off the urgent queue and begin an attempt for each that has a plan."""
    rows = (
        await ctx.session.scalars(
            select(WecomInbox)
            .where(WecomInbox.tenant_id == ctx.tenant_id, WecomInbox.urgent == "waiting")
            .order_by(WecomInbox.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    ).all()
    by_code: dict[str, tuple[_Welcomed, WecomInbox]] = {}
    for row in rows:
        row.urgent = "done"
        event = _parse(row.body)
        if event is not None:
            by_code.setdefault(event.welcome_code, (event, row))
    found = await plans.by_state(ctx, {event.state for event, _ in by_code.values() if event.state})
    wanted = {
        code: (event, row)
        for code, (event, row) in by_code.items()
        if (plan := found.get(event.state)) is not None and not plan.empty
    }
    if not wanted:
        return []
    return await _begin(ctx, wanted, found)


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
            continue
        due.append(
            Due(
                attempt.id,
                attempt.code,
                attempt.added_at,
                attempt.tries,
                plan,
                slugs.get(attempt.touch_id or 0, ""),
                people.get(attempt.identity_id or 0, ""),
            )
        )
    return due


async def _begin(
    ctx: Context,
    wanted: Mapping[str, tuple[_Welcomed, WecomInbox]],
    plans: Mapping[str, WelcomePlan],
) -> list[Due]:
    events = {code: event for code, (event, _) in wanted.items()}
    staff = await _staff(ctx, {event.user_id for event in events.values()})
    people = await identify_many(
        ctx, "external_userid", "", {event.external_user_id for event in events.values()}
    )
    now = ctx.now()
    made = (
        await ctx.session.scalars(
            insert(WelcomeAttempt).on_conflict_do_nothing().returning(WelcomeAttempt),
            [
                {
                    "tenant_id": ctx.tenant_id,
                    "code": code,
                    "state": "sending",
                    "live_code_id": plans[event.state].live_code_id,
                    "staff_account_id": staff.get(event.user_id),
                    "identity_id": people[event.external_user_id].id,
                    "added_at": wanted[code][1].occurred_at,
                    "lease_until": now + LEASE,
                    "tries": 1,
                    "reason": "",
                }
                for code, event in sorted(events.items())
            ],
        )
    ).all()
    touches = await create_touches(
        ctx, [_touch(attempt, plans, events) for attempt in made], announce=False
    )
    due = []
    for attempt, touch in zip(made, touches, strict=True):
        attempt.touch_id = touch.id
        event = events[attempt.code]
        due.append(
            Due(
                attempt.id,
                attempt.code,
                attempt.added_at,
                1,
                plans[event.state],
                touch.slug,
                event.external_user_id,
            )
        )
    return due


def _touch(
    attempt: WelcomeAttempt, plans: Mapping[str, WelcomePlan], events: Mapping[str, _Welcomed]
) -> NewTouch:
    return NewTouch(
        kind="welcome",
        channel_id=plans[events[attempt.code].state].channel_id,
        live_code_id=attempt.live_code_id,
        staff_account_id=attempt.staff_account_id,
        identity_id=attempt.identity_id,
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
        return event
    return None
