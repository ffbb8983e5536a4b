"""What siyu does when WeCom tells of customers: the handlers of contact and tag callbacks.

They write what the callback itself says, at once and without a call to WeCom; names, remarks and
tags are fetched afterwards by jobs, within the quota.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select, tuple_

from siyu.accounts.connections.refresh import ask_for_directory, directory_changed
from siyu.accounts.models import StaffAccount
from siyu.accounts.tenants import Vaults
from siyu.channels.wecom import events
from siyu.channels.wecom.events import CallbackEvent
from siyu.channels.wecom.reader import WAIT, EventHandler
from siyu.core.context import Context
from siyu.core.jobs.queue import enqueue_many
from siyu.facts.people import ContactUpdated
from siyu.people.contacts.noting import Heard, note_all
from siyu.people.contacts.turns import Turn
from siyu.people.customers.origins import Origin, Origins
from siyu.people.groups.intake import group_handlers
from siyu.people.identity.identities import identify_many
from siyu.people.kinds import REFRESH_CUSTOMER, SYNC_TAGS, RefreshCustomer, SyncTags
from siyu.people.models import Contact, Identity
from siyu.people.privacy.erased import stay_erased

EXTERNAL: Final = "external_userid"
_ERASED: Final = "erased"
"""The fate of what WeCom says of somebody who was erased."""


ContactEvent = (
    events.ContactAdded
    | events.ContactHalfAdded
    | events.ContactDeletedByStaff
    | events.ContactDeletedByCustomer
)


class Intake:
    """Digests the callbacks about customers."""

    def __init__(self, origins: Origins, vaults: Vaults) -> None:
        self._origins = origins
        self._vaults = vaults

    def handlers(self) -> Mapping[type[CallbackEvent], EventHandler]:
        """Return what to do with which event."""
        return {
            events.ContactAdded: self.added,
            events.ContactHalfAdded: self.half_added,
            events.ContactEdited: self.edited,
            events.ContactDeletedByStaff: self.deleted_by_staff,
            events.ContactDeletedByCustomer: self.deleted_by_customer,
            events.CorpTagChanged: self.tags_changed,
            events.StaffChanged: directory_changed,
            events.DepartmentChanged: directory_changed,
            **group_handlers(),
        }

    async def added(self, ctx: Context, heard: Sequence[events.ContactAdded]) -> Sequence[str]:
        """Note that staff accounts and customers became friends."""
        states = sorted({event.state for event in heard if event.state})
        origins = {state: await self._origins.of(ctx, state) or Origin() for state in states}
        turns = []
        for event in heard:
            channel_id, live_code_id = origins.get(event.state, Origin())
            turns.append(
                Turn(event.occurred_at, "added", channel_id=channel_id, live_code_id=live_code_id)
            )
        return await self._note(ctx, heard, turns, details=True)

    async def half_added(
        self, ctx: Context, heard: Sequence[events.ContactHalfAdded]
    ) -> Sequence[str]:
        """Note that customers added staff accounts that have not added back."""
        turns = [Turn(event.occurred_at, "half") for event in heard]
        return await self._note(ctx, heard, turns, details=True)

    async def deleted_by_staff(
        self, ctx: Context, heard: Sequence[events.ContactDeletedByStaff]
    ) -> Sequence[str]:
        """Note that staff accounts, or hand-overs, ended friendships."""
        turns = [
            Turn(event.occurred_at, "lost", "transfer" if event.by_transfer else "staff")
            for event in heard
        ]
        return await self._note(ctx, heard, turns)

    async def deleted_by_customer(
        self, ctx: Context, heard: Sequence[events.ContactDeletedByCustomer]
    ) -> Sequence[str]:
        """Note that customers ended friendships."""
        turns = [Turn(event.occurred_at, "lost", "customer") for event in heard]
        return await self._note(ctx, heard, turns)

    async def edited(self, ctx: Context, heard: Sequence[events.ContactEdited]) -> Sequence[str]:
        """Read customers anew whose remark or tags changed in WeCom."""
        rows = await ctx.session.execute(
            select(Identity, Contact, StaffAccount.userid)
            .join(
                Contact,
                (Contact.tenant_id == Identity.tenant_id) & (Contact.identity_id == Identity.id),
            )
            .join(
                StaffAccount,
                (StaffAccount.tenant_id == Contact.tenant_id)
                & (StaffAccount.id == Contact.staff_account_id),
            )
            .where(
                Identity.tenant_id == ctx.tenant_id,
                Identity.kind == EXTERNAL,
                tuple_(Identity.value, StaffAccount.userid).in_(
                    [(event.external_user_id, event.user_id) for event in heard]
                ),
            )
        )
        at = {(event.external_user_id, event.user_id): event.occurred_at for event in heard}
        for identity, contact, userid in rows:
            ctx.announce(
                ContactUpdated(contact_id=contact.id, customer_id=identity.customer_id),
                identity_id=identity.id,
                staff_account_id=contact.staff_account_id,
                occurred_at=at[identity.value, userid],
            )
        await _fetch(ctx, [event.external_user_id for event in heard])
        return ["refresh"] * len(heard)

    async def tags_changed(
        self, ctx: Context, heard: Sequence[events.CorpTagChanged]
    ) -> Sequence[str]:
        """Read all corp tags anew."""
        await ctx.enqueue(SYNC_TAGS, SyncTags(), key="all")
        return ["refresh"] * len(heard)

    async def _note(
        self,
        ctx: Context,
        heard: Sequence[ContactEvent],
        turns: Sequence[Turn],
        *,
        details: bool = False,
    ) -> Sequence[str]:
        rows = await ctx.session.execute(
            select(StaffAccount.userid, StaffAccount.id).where(
                StaffAccount.tenant_id == ctx.tenant_id,
                StaffAccount.userid.in_({event.user_id for event in heard}),
            )
        )
        staff = {row.userid: row.id for row in rows}
        known = [place for place, event in enumerate(heard) if event.user_id in staff]
        if len(known) < len(heard):
            # The directory has not brought these staff accounts yet: it is read, and they wait.
            await ask_for_directory(ctx)
        erased = await self._erased(ctx, [heard[place] for place in known])
        known = [place for place in known if heard[place].external_user_id not in erased]
        people = await identify_many(
            ctx, EXTERNAL, "", [heard[place].external_user_id for place in known]
        )
        noted = await note_all(
            ctx,
            [
                Heard(
                    people[heard[place].external_user_id], staff[heard[place].user_id], turns[place]
                )
                for place in known
            ],
        )
        if details:
            news = [place for place, fate in zip(known, noted, strict=True) if fate != "repeat"]
            await _fetch(ctx, [heard[place].external_user_id for place in news])
        fates = [_ERASED if event.external_user_id in erased else WAIT for event in heard]
        for place, fate in zip(known, noted, strict=True):
            fates[place] = fate
        return fates

    async def _erased(self, ctx: Context, heard: Sequence[ContactEvent]) -> set[str]:
        """Return who was erased and has not added anybody since."""
        said: dict[str, datetime | None] = {}
        for event in heard:
            came = isinstance(event, events.ContactAdded | events.ContactHalfAdded)
            before = said.get(event.external_user_id)
            at = event.occurred_at if came else None
            said[event.external_user_id] = max(filter(None, (before, at)), default=None)
        return await stay_erased(ctx, self._vaults, said)


async def _fetch(ctx: Context, external_userids: Sequence[str]) -> None:
    jobs = {number: RefreshCustomer(external_userid=number) for number in external_userids}
    await enqueue_many(ctx.session, ctx.tenant_id, REFRESH_CUSTOMER, jobs)
