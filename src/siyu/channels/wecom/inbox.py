"""The inbox: every callback, stored durably before WeCom is answered, and what became of it.

Callbacks carry ids only, no names, so their plaintext may be kept. Rows are written in group
commits: the writer takes what gathered while the previous batch was being flushed, so nobody
waits for a timer and one flush serves all who came meanwhile.
"""

import asyncio
import hashlib
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final, NamedTuple

import asyncpg
import structlog
from sqlalchemy import CheckConstraint, Index, UniqueConstraint, delete, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from siyu.channels.wecom.events import CallbackEvent, dedupe_key
from siyu.core.db import TenantBase
from siyu.core.errors import Unavailable

_log = structlog.get_logger(__name__)

INBOX_STATES: Final = ("waiting", "done", "parked")
URGENT_STATES: Final = ("none", "waiting", "done")
KEPT: Final = timedelta(days=14)
"""How long a callback that was dealt with stays: far longer than WeCom repeats one."""

WELCOME_LIFE: Final = timedelta(seconds=20)
"""How long a welcome code lives, from the callback's CreateTime (doc 92137)."""

SUITE_LANE: Final = "suite:"
"""The lane of instructions to a provider's suite, which are kept and shown and nothing else."""

_CAPACITY: Final = 20_000
_BATCH: Final = 2_000
_LONGEST: Final = 512


class WecomInbox(TenantBase):
    """One callback as it came, decrypted.

    Rows of one `lane` (a customer, a group) are dealt with one after another, as they came.
    `urgent` is the separate state of the welcome, which does not wait for the rest. `fate`
    says in a word what became of the callback.
    """

    __tablename__ = "wecom_inbox"
    __table_args__ = (
        CheckConstraint(f"state in {INBOX_STATES}", name="state"),
        CheckConstraint(f"urgent in {URGENT_STATES}", name="urgent"),
        UniqueConstraint("tenant_id", "dedupe_key"),
        Index(
            "ix_wecom_inbox_waiting",
            "tenant_id",
            "lane",
            "id",
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "ix_wecom_inbox_urgent", "tenant_id", "id", postgresql_where=text("urgent = 'waiting'")
        ),
        Index(
            "ix_wecom_inbox_parked", "tenant_id", "id", postgresql_where=text("state = 'parked'")
        ),
        Index("ix_wecom_inbox_received", "tenant_id", "received_at"),
        {"info": {"inbox": True}},
    )

    dedupe_key: Mapped[str]
    lane: Mapped[str]
    event: Mapped[str]
    change_type: Mapped[str]
    body: Mapped[bytes]
    occurred_at: Mapped[datetime]
    received_at: Mapped[datetime]
    urgent: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="waiting")
    fate: Mapped[str] = mapped_column(server_default="")
    tries: Mapped[int] = mapped_column(server_default="0")
    not_before: Mapped[datetime | None]


class Letter(NamedTuple):
    """A callback on its way into the inbox."""

    tenant_id: int
    dedupe_key: str
    lane: str
    event: str
    change_type: str
    body: bytes
    occurred_at: datetime
    received_at: datetime
    urgent: str


def letter_of(
    tenant_id: int, event: CallbackEvent, plaintext: bytes, received_at: datetime
) -> Letter:
    """Return what is stored of a callback; whatever it says, it can be stored."""
    return Letter(
        tenant_id=tenant_id,
        dedupe_key=_indexable(dedupe_key(event, plaintext)),
        lane=_indexable(getattr(event, "external_user_id", "") or getattr(event, "chat_id", "")),
        event=_indexable(event.event),
        change_type=_indexable(event.change_type),
        body=plaintext,
        occurred_at=event.occurred_at if event.created else received_at,
        received_at=received_at,
        urgent="waiting" if getattr(event, "welcome_code", "") else "none",
    )


def suite_letter_of(
    tenant_id: int, event: CallbackEvent, plaintext: bytes, received_at: datetime
) -> Letter:
    """Return what is stored of an instruction to a provider's suite.

    It may be about any corporation, so no handler may take it for the tenant's own.
    """
    letter = letter_of(tenant_id, event, plaintext, received_at)
    # Should the same words come to the tenant's own door as well, they are another letter there.
    return letter._replace(dedupe_key=f"suite:{letter.dedupe_key}", lane=SUITE_LANE, urgent="none")


def _indexable(text: str) -> str:
    """Return the text, or its fingerprint where no index or column would take it.

    One callback that cannot be written would take all of its group with it.
    """
    if len(text) <= _LONGEST and "\0" not in text:
        return text
    return f"sha256:{hashlib.sha256(text.encode(errors='surrogatepass')).hexdigest()}"


# No conflict target: naming one would need the right to read the table.
_APPEND: Final = """
insert into wecom_inbox (tenant_id, dedupe_key, lane, event, change_type, body, occurred_at,
                         received_at, urgent)
select tenant_id, dedupe_key, lane, event, change_type, body, occurred_at, received_at, urgent
from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bytea[],
            $7::timestamptz[], $8::timestamptz[], $9::text[])
     with ordinality as came (tenant_id, dedupe_key, lane, event, change_type, body, occurred_at,
                              received_at, urgent, place)
order by place
on conflict do nothing
"""


class InboxWriter:
    """Stores callbacks in group commits as `siyu_ingest`, which may do nothing else."""

    def __init__(
        self, pool: Callable[[], Awaitable[asyncpg.Pool]], *, capacity: int = _CAPACITY
    ) -> None:
        self._pool = pool
        self._capacity = capacity
        self._gathered: deque[tuple[Letter, asyncio.Future[None]]] = deque()
        self._flushing: asyncio.Task[None] | None = None

    async def append(self, letter: Letter) -> None:
        """Return once the callback is on disk; raises `Unavailable` when it is not."""
        if len(self._gathered) >= self._capacity:
            raise _busy()
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._gathered.append((letter, stored))
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.create_task(self._flush())
        await stored

    async def close(self) -> None:
        """Wait until everything that was accepted is stored."""
        if self._flushing is not None:
            await self._flushing

    async def _flush(self) -> None:
        while self._gathered:
            size = min(_BATCH, len(self._gathered))
            batch = [self._gathered.popleft() for _ in range(size)]
            try:
                pool = await self._pool()
                columns = list(map(list, zip(*(letter for letter, _ in batch), strict=True)))
                await pool.execute(_APPEND, *columns)
            except Exception as error:  # noqa: BLE001 - whoever waits for this batch must hear of it
                _log.warning("inbox.write_failed", error=type(error).__name__, rows=size)
                for _, stored in batch:
                    if not stored.done():
                        stored.set_exception(_busy())
            else:
                for _, stored in batch:
                    if not stored.done():
                        stored.set_result(None)


def _busy() -> Unavailable:
    problem = Unavailable("busy", "系统繁忙，请稍后重试")
    problem.headers["Retry-After"] = "1"
    return problem


async def prune(session: AsyncSession, now: datetime) -> None:
    """Delete callbacks that were dealt with long ago, of all tenants the session sees."""
    await session.execute(
        delete(WecomInbox).where(WecomInbox.state == "done", WecomInbox.received_at < now - KEPT)
    )
