"""Welcomes: the first message to a new customer, within 20 s or not at all.

A welcome code (doc 92137) works once, whoever uses it, and dies 20 s after the callback. That is
what makes sending safe against kills without any exactly-once machinery of our own:

1. One transaction takes callbacks out of the inbox's urgent queue and writes an attempt in state
   `sending` with a short lease. Committed, so that it is never forgotten.
2. The welcome is sent, outside any transaction.
3. One transaction writes what came of it, and announces the fact.

Killed between 1 and 2, the lease runs out and another worker sends. Killed between 2 and 3, the
other worker sends again, WeCom refuses the used code (41051), and the attempt is known to have
been sent: so the customer gets the welcome exactly once, and it is counted once.

Nothing is uploaded here and nothing waits for details: those come afterwards.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

import structlog
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.errors import (
    QuotaExhausted,
    RequestRefused,
    WeComError,
    WeComFailure,
    WeComUnreachable,
)
from siyu.channels.wecom.in_job import Clients
from siyu.channels.wecom.inbox import WecomInbox
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.pace import Pace
from siyu.core.tracing import place
from siyu.facts.messaging import WelcomeGivenUp, WelcomeSent
from siyu.messaging.models import Touch, WelcomeAttempt
from siyu.messaging.plans import WelcomePlans
from siyu.messaging.queueing import Due, again, take
from siyu.messaging.touches import announce_touch

_log = structlog.get_logger(__name__)

LIFE: Final = timedelta(seconds=20)
"""How long a welcome code lives, from the callback's CreateTime."""

_BATCH: Final = 200
_BATCHES_AT_ONCE: Final = 4
_REST_SECONDS: Final = (0.03, 0.15)
_FAILED_SECONDS: Final = 1.0
_RETRY_SECONDS: Final = 0.3
_NICKNAME_SECONDS: Final = 3.0
_USED: Final = 41051
_DEAD: Final = 41050
_ELSEWHERE: Final = 41096
_REASONS: Final = {_USED: "chat_started", _DEAD: "code_expired", _ELSEWHERE: "sent_elsewhere"}


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt, and when."""

    state: Literal["sent", "given_up"]
    at: datetime
    reason: str = ""
    errcode: int | None = None


class WelcomeSender:
    """Sends welcomes as their callbacks come in; any number of processes may."""

    def __init__(self, db: Database, clock: Clock, wecom: Clients, plans: WelcomePlans) -> None:
        self._db = db
        self._clock = clock
        self._wecom = wecom
        self._plans = plans
        self._sending: set[asyncio.Task[None]] = set()

    def busy(self) -> bool:
        """Whether welcomes are being sent: the rest of the inbox then waits a moment."""
        return bool(self._sending)

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set; survives losing the database."""
        pace = Pace(*_REST_SECONDS)
        while not stop.is_set():
            try:
                if len(self._sending) < _BATCHES_AT_ONCE and await self.step():
                    continue
            except (DBAPIError, OSError) as error:
                _log.warning("welcomes.database_lost", error=type(error).__name__)
                await asyncio.sleep(_FAILED_SECONDS)
            except Exception as error:  # noqa: BLE001 - one bad batch must not end all welcomes
                _log.error("welcomes.failed", error=place(error))
                await asyncio.sleep(_FAILED_SECONDS)
            await pace.rest(stop, worked=self.busy())
        await self.settle()

    async def step(self) -> int:
        """Begin to send one batch per tenant with welcomes due; return how many were begun."""
        now = self._clock.now()
        async with self._db.system() as session:
            fresh = select(WecomInbox.tenant_id).where(WecomInbox.urgent == "waiting")
            lapsed = select(WelcomeAttempt.tenant_id).where(
                WelcomeAttempt.state == "sending", WelcomeAttempt.lease_until < now
            )
            tenants = (await session.scalars(fresh.union(lapsed))).all()
        begun = 0
        for tenant_id in tenants:
            async with self._db.tenant(tenant_id) as session:
                ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
                due = await again(ctx, self._plans, _BATCH) + await take(ctx, self._plans, _BATCH)
                begun += len(due)
            if due:
                task = asyncio.create_task(self._send_batch(tenant_id, due))
                self._sending.add(task)
                task.add_done_callback(self._sending.discard)
        return begun

    async def settle(self) -> None:
        """Wait until everything begun is sent or given up."""
        await asyncio.gather(*self._sending)

    async def drain(self) -> None:
        """Send everything that is due now; for tests and tools."""
        while await self.step():
            await self.settle()

    async def _send_batch(self, tenant_id: int, due: Sequence[Due]) -> None:
        outcomes = await asyncio.gather(*(self._send(tenant_id, item) for item in due))
        numbers = (item.attempt_id for item in due)
        try:
            await self._record(tenant_id, dict(zip(numbers, outcomes, strict=True)))
        except (DBAPIError, OSError) as error:
            # The leases run out, the codes prove used, and the outcomes are recorded then.
            _log.warning("welcomes.not_recorded", tenant_id=tenant_id, error=type(error).__name__)

    async def _send(self, tenant_id: int, due: Due) -> Outcome:
        """Send one welcome, again while its code lives."""
        dies_at = due.added_at + LIFE
        uncertain = due.tries > 1
        reason = "too_late"
        errcode: int | None = None
        while (left := dies_at - self._clock.now()) > timedelta(0):
            try:
                await self._call(tenant_id, due, left)
            except WeComError as error:
                if error.errcode == _USED and (uncertain or error.after_unknown):
                    return Outcome("sent", self._clock.now(), "confirmed")
                reason, errcode = _REASONS.get(error.errcode, "refused"), error.errcode
                if error.errcode != _ELSEWHERE:
                    break
            except QuotaExhausted:
                reason = "quota"
                break
            except WeComUnreachable as error:
                reason, uncertain = "unreachable", uncertain or error.sent
            except RequestRefused as error:
                reason = "not_allowed"
                _log.warning("welcome.not_allowed", fields=[v.field for v in error.violations])
                break
            except WeComFailure:
                reason = "unreadable"
                break
            else:
                return Outcome("sent", self._clock.now())
            await asyncio.sleep(_RETRY_SECONDS)
        return Outcome("given_up", self._clock.now(), reason, errcode)

    async def _call(self, tenant_id: int, due: Due, left: timedelta) -> None:
        client = await self._wecom.client(tenant_id)
        nickname = ""
        if due.plan.personal:
            nickname = await _nickname(client, due.external_userid)
        await client.send_welcome(
            due.code,
            text=due.plan.text_for(nickname),
            attachments=due.plan.attachments(due.touch_slug),
            patience=left,
        )

    async def _record(self, tenant_id: int, outcomes: dict[int, Outcome]) -> None:
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
            rows = await session.execute(
                select(WelcomeAttempt, Touch)
                .outerjoin(
                    Touch,
                    (Touch.tenant_id == WelcomeAttempt.tenant_id)
                    & (Touch.id == WelcomeAttempt.touch_id),
                )
                .where(
                    WelcomeAttempt.tenant_id == tenant_id,
                    WelcomeAttempt.id.in_(outcomes),
                    # Whoever records first is believed; a second sender only confirms.
                    WelcomeAttempt.state == "sending",
                )
                .order_by(WelcomeAttempt.id)
                .with_for_update(of=WelcomeAttempt)
            )
            for attempt, touch in rows:
                finish(ctx, attempt, touch, outcomes[attempt.id])


async def _nickname(client: WecomClient, external_userid: str) -> str:
    """Return how the customer calls themselves, or nothing where that is not known soon."""
    try:
        async with asyncio.timeout(_NICKNAME_SECONDS):
            return (await client.contact(external_userid)).external_contact.name
    except (WeComFailure, TimeoutError):
        return ""


def finish(ctx: Context, attempt: WelcomeAttempt, touch: Touch | None, outcome: Outcome) -> None:
    """Write what came of an attempt, and announce it."""
    attempt.state = outcome.state
    attempt.finished_at = outcome.at
    attempt.reason = outcome.reason
    attempt.errcode = outcome.errcode
    fact: WelcomeSent | WelcomeGivenUp
    if outcome.state == "sent":
        seconds = max(0.0, (outcome.at - attempt.added_at).total_seconds())
        fact = WelcomeSent(live_code_id=attempt.live_code_id, seconds=round(seconds, 3))
        if touch is not None:
            announce_touch(ctx, touch)
    else:
        fact = WelcomeGivenUp(
            live_code_id=attempt.live_code_id, reason=outcome.reason, errcode=outcome.errcode
        )
    ctx.announce(
        fact,
        identity_id=attempt.identity_id,
        staff_account_id=attempt.staff_account_id,
        touch_id=attempt.touch_id,
        occurred_at=outcome.at,
    )
