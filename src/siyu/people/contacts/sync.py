"""Bringing all existing customers up to WeCom's state: a long job.

Customers found by it announce `contact.added` with `observed` false and WeCom's time; those that
WeCom lists no more are noted as lost by `unknown`. It goes on where it stopped: the checkpoint is
the staff account and the page.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import select, update

from siyu.accounts.connections.models import WecomConnection
from siyu.accounts.models import StaffAccount
from siyu.accounts.tenants import Vaults
from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.endpoints.contacts import ContactOfUser
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.jobs import Progress
from siyu.core.jobs.notes import Note
from siyu.people.contacts.bulk import store_page
from siyu.people.contacts.service import note
from siyu.people.contacts.turns import Turn
from siyu.people.customers.origins import Origins
from siyu.people.models import Contact, Identity
from siyu.people.tags.mirror import sync_tags

_CHUNK: Final = 50
"""Customers written in one transaction: short, so that nobody else waits long."""

_SETTLED: Final = timedelta(minutes=10)
"""How old a friendship must be before its absence from the list means that it ended."""

_READING: Final = Note("reading_customers", "正在读取客户")


class Checkpoint(msgspec.Struct, frozen=True):
    """Where a reading of all staff accounts is: those up to `staff_account_id` are through."""

    began_at: datetime
    total: int
    done: int = 0
    staff_account_id: int = 0
    cursor: str = ""


class CustomerSync:
    """Reads tags and customers of one tenant."""

    def __init__(self, db: Database, clock: Clock, vaults: Vaults, origins: Origins) -> None:
        self._db = db
        self._clock = clock
        self._vaults = vaults
        self._origins = origins

    async def run(
        self, tenant_id: int, client: WecomClient, progress: Progress, checkpoint: dict[str, Any]
    ) -> int:
        """Sync tags, then customers, from `checkpoint` on; return how many contacts were read.

        Raises `Cancelled` when someone cancels, and `WeComFailure`.
        """
        await sync_tags(self._db, self._clock, tenant_id, client)
        staff = await self._staff(tenant_id)
        at = await self._begin(client, staff, checkpoint)
        await self._report(progress, at)
        for account_id, userid in staff:
            if account_id <= at.staff_account_id:
                continue
            cursor = at.cursor or None
            asked_at = self._clock.now()
            async for page in client.contacts_of([userid], cursor=cursor):
                await self._store(tenant_id, account_id, page.external_contact_list, asked_at)
                at = msgspec.structs.replace(
                    at, done=at.done + len(page.external_contact_list), cursor=page.next_cursor
                )
                # The last page is reported with the account, lest the account be read again.
                if page.next_cursor:
                    await self._report(progress, at)
                asked_at = self._clock.now()
            await self._note_lost(tenant_id, account_id, at.began_at)
            at = msgspec.structs.replace(at, staff_account_id=account_id, cursor="")
            await self._report(progress, at)
        await self._finish(tenant_id)
        return at.done

    async def _begin(
        self, client: WecomClient, staff: Sequence[tuple[int, str]], checkpoint: dict[str, Any]
    ) -> Checkpoint:
        """Go on from the checkpoint, or count first, so that the progress means something."""
        if checkpoint.get("began_at"):
            return msgspec.convert(checkpoint, Checkpoint)
        began_at = self._clock.now()
        total = sum([len(await client.contact_ids(userid)) for _, userid in staff])
        return Checkpoint(began_at=began_at, total=total)

    async def _report(self, progress: Progress, at: Checkpoint) -> None:
        await progress.report(
            done=at.done,
            total=max(at.total, at.done),
            note=_READING,
            checkpoint=msgspec.to_builtins(at),
        )

    async def _staff(self, tenant_id: int) -> list[tuple[int, str]]:
        async with self._db.tenant(tenant_id) as session:
            rows = await session.execute(
                select(StaffAccount.id, StaffAccount.userid)
                .where(StaffAccount.tenant_id == tenant_id, StaffAccount.can_contact)
                .order_by(StaffAccount.id)
            )
            return [(row.id, row.userid) for row in rows]

    async def _store(
        self,
        tenant_id: int,
        staff_account_id: int,
        found: Sequence[ContactOfUser],
        asked_at: datetime,
    ) -> None:
        for start in range(0, len(found), _CHUNK):
            async with self._db.tenant(tenant_id) as session:
                ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
                vault = await self._vaults.of(session, tenant_id)
                await store_page(
                    ctx,
                    vault,
                    self._origins,
                    staff_account_id,
                    found[start : start + _CHUNK],
                    read_at=asked_at,
                )

    async def _note_lost(self, tenant_id: int, staff_account_id: int, began_at: datetime) -> None:
        """Note friendships that this sync did not see, and that are old enough to be seen."""
        while True:
            async with self._db.tenant(tenant_id) as session:
                ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
                rows = (
                    await session.execute(
                        select(Identity)
                        .join(
                            Contact,
                            (Contact.tenant_id == Identity.tenant_id)
                            & (Contact.identity_id == Identity.id),
                        )
                        .where(
                            Contact.tenant_id == tenant_id,
                            Contact.staff_account_id == staff_account_id,
                            Contact.state == "active",
                            Contact.added_at < began_at - _SETTLED,
                            (Contact.details_at.is_(None)) | (Contact.details_at < began_at),
                        )
                        .order_by(Identity.value)
                        .limit(_CHUNK)
                    )
                ).scalars()
                lost = list(rows)
                for identity in lost:
                    await note(
                        ctx, identity, staff_account_id, Turn(began_at, "lost", "unknown", False)
                    )
            if len(lost) < _CHUNK:
                return

    async def _finish(self, tenant_id: int) -> None:
        async with self._db.tenant(tenant_id) as session:
            await session.execute(
                update(WecomConnection)
                .where(WecomConnection.tenant_id == tenant_id)
                .values(customers_at=self._clock.now())
            )
