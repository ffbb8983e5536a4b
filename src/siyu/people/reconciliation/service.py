"""The run itself: reads tags and all friendships, staff account by staff account.

It goes on where it stopped: the checkpoint is the staff account and the page.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import func, select

from siyu.accounts.models import StaffAccount
from siyu.accounts.tenants import Vaults
from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.endpoints.contacts import ContactOfUser
from siyu.channels.wecom.errors import WeComError
from siyu.channels.wecom.verdicts import Advice
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.jobs import Progress
from siyu.core.jobs.notes import Note
from siyu.people.contacts.bulk import store_page
from siyu.people.contacts.service import note
from siyu.people.contacts.sync import Checkpoint
from siyu.people.contacts.turns import Turn
from siyu.people.customers.origins import Origins
from siyu.people.models import Contact, Identity
from siyu.people.reconciliation.comparing import beliefs, differences, report
from siyu.people.reconciliation.models import ReconciliationDifference
from siyu.people.tags.mirror import sync_tags

_CHUNK: Final = 50
"""Friendships written in one transaction: short, so that nobody else waits long."""

_SETTLED: Final = timedelta(minutes=10)
"""How old a friendship must be before its absence from the list may mean that it ended."""

_READING: Final = Note("comparing", "正在与企业微信核对客户")


class Reconciliation:
    """Compares one tenant's friendships with WeCom's."""

    def __init__(self, db: Database, clock: Clock, vaults: Vaults, origins: Origins) -> None:
        self._db = db
        self._clock = clock
        self._vaults = vaults
        self._origins = origins

    async def run(self, client: WecomClient, progress: Progress, checkpoint: dict[str, Any]) -> int:
        """Reconcile from `checkpoint` on; return how many differences the run has found.

        Raises `Cancelled` when someone cancels, and `WeComFailure`.
        """
        tenant_id = progress.tenant_id
        await sync_tags(self._db, self._clock, tenant_id, client)
        at = await self._begin(tenant_id, checkpoint)
        for account_id, userid in await self._staff(tenant_id):
            if account_id <= at.staff_account_id:
                continue
            asked_at = self._clock.now()
            async for page in client.contacts_of([userid], cursor=at.cursor or None):
                found = page.external_contact_list
                await self._compare(progress, account_id, found, asked_at)
                at = msgspec.structs.replace(at, done=at.done + len(found), cursor=page.next_cursor)
                # The last page is reported with the account, lest the account be read again.
                if page.next_cursor:
                    await self._tell(progress, at)
                asked_at = self._clock.now()
            await self._look_for_lost(client, progress, account_id, userid, at.began_at)
            at = msgspec.structs.replace(at, staff_account_id=account_id, cursor="")
            await self._tell(progress, at)
        return await self.found(progress)

    async def _begin(self, tenant_id: int, checkpoint: dict[str, Any]) -> Checkpoint:
        """Go on from the checkpoint, or count what is known for the progress to mean something."""
        if checkpoint.get("began_at"):
            return msgspec.convert(checkpoint, Checkpoint)
        async with self._db.tenant(tenant_id) as session:
            total = await session.scalar(
                select(func.count()).where(
                    Contact.tenant_id == tenant_id, Contact.state == "active"
                )
            )
        return Checkpoint(began_at=self._clock.now(), total=total or 0)

    async def _tell(self, progress: Progress, at: Checkpoint) -> None:
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

    async def _compare(
        self,
        progress: Progress,
        staff_account_id: int,
        found: Sequence[ContactOfUser],
        asked_at: datetime,
    ) -> None:
        tenant_id = progress.tenant_id
        for start in range(0, len(found), _CHUNK):
            rows = found[start : start + _CHUNK]
            names = [row.external_contact.external_userid for row in rows]
            async with self._db.tenant(tenant_id) as session:
                ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
                vault = await self._vaults.of(session, tenant_id)
                before = await beliefs(ctx, staff_account_id, names)
                # Whoever was looked at since this page was asked for is known better already.
                later = {
                    who for who, seen in before.items() if seen.read_at and seen.read_at > asked_at
                }
                fresh = [row for row in rows if row.external_contact.external_userid not in later]
                await store_page(
                    ctx, vault, self._origins, staff_account_id, fresh, read_at=asked_at
                )
                await session.flush()
                after = await beliefs(ctx, staff_account_id, set(names) - later)
                report(ctx, progress.run_id, staff_account_id, differences(before, after))

    async def _look_for_lost(
        self,
        client: WecomClient,
        progress: Progress,
        staff_account_id: int,
        userid: str,
        began_at: datetime,
    ) -> None:
        """Look singly at each friendship that was not in the list, and note those that ended."""
        after = ""
        while found := await self._unseen(progress.tenant_id, staff_account_id, began_at, after):
            for who in found:
                asked_at = self._clock.now()
                if not await _is_listed(client, who, userid):
                    await self._note_lost(progress, staff_account_id, who, asked_at)
            after = found[-1]

    async def _unseen(
        self, tenant_id: int, staff_account_id: int, began_at: datetime, after: str
    ) -> Sequence[str]:
        async with self._db.tenant(tenant_id) as session:
            return (
                await session.scalars(
                    select(Identity.value)
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
                        Identity.value > after,
                    )
                    .order_by(Identity.value)
                    .limit(_CHUNK)
                )
            ).all()

    async def _note_lost(
        self, progress: Progress, staff_account_id: int, external_userid: str, asked_at: datetime
    ) -> None:
        async with self._db.tenant(progress.tenant_id) as session:
            ctx = Context(progress.tenant_id, SYSTEM_ACTOR, self._clock, session)
            identity = (
                await session.scalars(
                    select(Identity).where(
                        Identity.tenant_id == ctx.tenant_id,
                        Identity.kind == "external_userid",
                        Identity.value == external_userid,
                    )
                )
            ).one()
            # As of the asking: who is added while the answer is on its way is not lost by it.
            turn = Turn(asked_at, "lost", "unknown", observed=False)
            await note(ctx, identity, staff_account_id, turn)
            report(ctx, progress.run_id, staff_account_id, iter([("gone", identity.id)]))

    async def found(self, progress: Progress) -> int:
        """Return how many differences the run has found."""
        async with self._db.tenant(progress.tenant_id) as session:
            found = await session.scalar(
                select(func.count()).where(
                    ReconciliationDifference.tenant_id == progress.tenant_id,
                    ReconciliationDifference.run_id == progress.run_id,
                )
            )
            return found or 0


async def _is_listed(client: WecomClient, external_userid: str, userid: str) -> bool:
    """Whether WeCom shows the friendship when asked for this one customer."""
    try:
        found = await client.contact(external_userid)
    except WeComError as error:
        if error.advice is Advice.GONE:
            return False
        raise
    return any(follow.userid == userid for follow in found.follow_user)
