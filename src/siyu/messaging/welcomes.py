"""Welcomes: the first message to a new customer, within 20 s or not at all.

A welcome code (doc 92137) works once, whoever uses it, and dies 20 s after the callback. That is
what makes sending safe against kills without any exactly-once machinery of our own:

1. One transaction takes callbacks out of the inbox's urgent queue and writes for each an attempt
   in state `sending` with a short lease. Committed, so that it is never forgotten.
2. The welcomes are sent, outside any transaction.
3. What came of each is gathered for a moment; one transaction writes it and announces the facts.

Killed between 1 and 2, the lease runs out and another worker sends. Killed between 2 and 3, the
other worker sends again, WeCom refuses the used code (41051), and the attempt is known to have
been sent: so the customer gets the welcome exactly once, and it is counted once.

Nothing is uploaded here and nothing waits for details: those come afterwards.
"""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

import structlog
from sqlalchemy import select, update

from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.endpoints.welcome import SEND_WELCOME
from siyu.channels.wecom.errors import (
    QuotaExhausted,
    RequestRefused,
    WeComError,
    WeComFailure,
    WeComUnreachable,
)
from siyu.channels.wecom.in_job import Clients
from siyu.channels.wecom.inbox import WELCOME_LIFE, WecomInbox
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context, News
from siyu.core.db import LOST, Database, is_lost, table_of
from siyu.core.pace import Pace
from siyu.core.tracing import place
from siyu.facts.messaging import WelcomeGivenUp, WelcomeSent
from siyu.messaging.models import Touch, WelcomeAttempt
from siyu.messaging.plans import WelcomePlans
from siyu.messaging.queueing import Due, again, take
from siyu.messaging.touches import announce_touches

_log = structlog.get_logger(__name__)

_AT_ONCE: Final = 4 * SEND_WELCOME.in_flight
"""Welcomes of a tenant under way in a process: all of them begin long before their lease ends."""

_MANY: Final = 40
"""So many at once that more are waiting by now; after fewer it is cheaper to let some gather."""

_REST_SECONDS: Final = (0.08, 0.15)
_GATHER_SECONDS: Final = 0.1
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
        self._tasks: set[asyncio.Task[None]] = set()
        self._under_way: Counter[int] = Counter()
        self._outcomes: dict[int, dict[int, Outcome]] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set; survives losing the database."""
        pace = Pace(*_REST_SECONDS)
        while not stop.is_set():
            begun = 0
            try:
                begun = await self.step()
            except LOST as error:
                _log.warning("welcomes.database_lost", error=type(error).__name__)
                await asyncio.sleep(_FAILED_SECONDS)
            except Exception as error:  # noqa: BLE001 - one bad batch must not end all welcomes
                _log.error("welcomes.failed", error=place(error))
                await asyncio.sleep(_FAILED_SECONDS)
            if begun < _MANY:
                await pace.rest(stop, worked=begun > 0)
        await self.settle()

    async def step(self) -> int:
        """Begin to send what is due and has room; return how many were begun."""
        now = self._clock.now()
        async with self._db.system() as session:
            fresh = select(WecomInbox.tenant_id).where(WecomInbox.urgent == "waiting")
            lapsed = select(WelcomeAttempt.tenant_id).where(
                WelcomeAttempt.state == "sending", WelcomeAttempt.lease_until < now
            )
            tenants = (await session.scalars(fresh.union(lapsed))).all()
        return sum([await self._serve(tenant_id) for tenant_id in tenants])

    async def settle(self) -> None:
        """Wait until everything begun is sent or given up, and recorded."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def drain(self) -> None:
        """Send everything that is due now; for tests and tools."""
        while await self.step():
            await self.settle()

    async def _serve(self, tenant_id: int) -> int:
        """Begin to send a tenant's welcomes; what is wrong with one's stops no other's."""
        try:
            due = await self._due(tenant_id)
        except Exception as error:
            if is_lost(error):
                raise
            _log.error("welcomes.failed", tenant_id=tenant_id, error=place(error))
            return 0
        if due:
            self._begin(self._send_all(tenant_id, due))
        return len(due)

    async def _due(self, tenant_id: int) -> list[Due]:
        """Take what is due and has room; it is under way from now on."""
        room = _AT_ONCE - self._under_way[tenant_id]
        if room <= 0:
            return []
        due: list[Due] = []
        self._under_way[tenant_id] += room
        try:
            async with self._db.tenant(tenant_id) as session:
                ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
                lapsed = await again(ctx, self._plans, room)
                fresh = await take(ctx, self._plans, room - len(lapsed))
            due = lapsed + fresh
        finally:
            self._under_way[tenant_id] -= room - len(due)
        return due

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send_all(self, tenant_id: int, due: Sequence[Due]) -> None:
        try:
            client = await self._wecom.client(tenant_id)
        except Exception as error:  # noqa: BLE001 - their leases run out, and they are tried again
            self._under_way[tenant_id] -= len(due)
            _log.error("welcomes.failed", tenant_id=tenant_id, error=place(error))
            return
        for item in due:
            self._begin(self._send_one(tenant_id, client, item))

    async def _send_one(self, tenant_id: int, client: WecomClient, due: Due) -> None:
        try:
            outcome = await self._send(client, due)
        except Exception as error:  # noqa: BLE001 - its lease runs out, and it is tried again
            _log.error("welcome.failed", tenant_id=tenant_id, error=place(error))
            return
        finally:
            self._under_way[tenant_id] -= 1
        gathered = self._outcomes.get(tenant_id)
        if gathered is None:
            gathered = self._outcomes[tenant_id] = {}
            self._begin(self._record_soon(tenant_id))
        gathered[due.attempt_id] = outcome

    async def _record_soon(self, tenant_id: int) -> None:
        """Record what gathers within a moment: nobody waits for the slowest, and few write."""
        await asyncio.sleep(_GATHER_SECONDS)
        outcomes = self._outcomes.pop(tenant_id)
        try:
            await self._record(tenant_id, outcomes)
        except LOST as error:
            # The leases run out, the codes prove used, and the outcomes are recorded then.
            _log.warning("welcomes.not_recorded", tenant_id=tenant_id, error=type(error).__name__)

    async def _send(self, client: WecomClient, due: Due) -> Outcome:
        """Send one welcome, again while its code lives."""
        dies_at = due.added_at + WELCOME_LIFE
        uncertain = due.tries > 1
        # What was begun before and not recorded may have been sent: nobody can tell any more.
        reason = "unconfirmed" if uncertain else "too_late"
        errcode: int | None = None
        while (left := dies_at - self._clock.now()) > timedelta(0):
            try:
                await _call(client, due, left)
            except WeComError as error:
                # Once the lease has run out, another worker may have been the one that sent.
                overtaken = self._clock.now() >= due.lease_until
                if error.errcode == _USED and (uncertain or overtaken or error.after_unknown):
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

    async def _record(self, tenant_id: int, outcomes: Mapping[int, Outcome]) -> None:
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
            ended = [(attempt, touch, outcomes[attempt.id]) for attempt, touch in rows]
            if ended:
                await finish(ctx, ended)


async def _call(client: WecomClient, due: Due, left: timedelta) -> None:
    nickname = ""
    if due.plan.personal:
        nickname = await _nickname(client, due.external_userid)
    await client.send_welcome(
        due.code,
        text=due.plan.text_for(nickname),
        attachments=due.plan.attachments(due.touch_slug),
        patience=left,
    )


async def _nickname(client: WecomClient, external_userid: str) -> str:
    """Return how the customer calls themselves, or nothing where that is not known soon."""
    try:
        async with asyncio.timeout(_NICKNAME_SECONDS):
            return (await client.contact(external_userid)).external_contact.name
    except (WeComFailure, TimeoutError):
        return ""


async def finish(
    ctx: Context, ended: Sequence[tuple[WelcomeAttempt, Touch | None, Outcome]]
) -> None:
    """Write what came of attempts, and announce it, in a constant number of statements."""
    came = table_of(
        WelcomeAttempt,
        [
            {
                "id": attempt.id,
                "state": outcome.state,
                "finished_at": outcome.at,
                "reason": outcome.reason,
                "errcode": outcome.errcode,
            }
            for attempt, _, outcome in ended
        ],
    )
    await ctx.session.execute(
        update(WelcomeAttempt)
        .where(WelcomeAttempt.tenant_id == ctx.tenant_id, WelcomeAttempt.id == came.c.id)
        .values(
            state=came.c.state,
            finished_at=came.c.finished_at,
            reason=came.c.reason,
            errcode=came.c.errcode,
        )
        .execution_options(synchronize_session=False)
    )
    left = [touch for _, touch, outcome in ended if outcome.state == "sent" and touch is not None]
    await announce_touches(ctx, left)
    await ctx.announce_many([_news(attempt, outcome) for attempt, _, outcome in ended])


def _news(attempt: WelcomeAttempt, outcome: Outcome) -> News:
    fact: WelcomeSent | WelcomeGivenUp
    if outcome.state == "sent":
        seconds = max(0.0, (outcome.at - attempt.added_at).total_seconds())
        fact = WelcomeSent(live_code_id=attempt.live_code_id, seconds=round(seconds, 3))
    else:
        fact = WelcomeGivenUp(
            live_code_id=attempt.live_code_id, reason=outcome.reason, errcode=outcome.errcode
        )
    return News(fact, attempt.identity_id, attempt.staff_account_id, attempt.touch_id, outcome.at)
