"""What siyu does when WeCom tells of customers: the handlers of contact and tag callbacks.

They write what the callback itself says, at once and without a call to WeCom; names, remarks and
tags are fetched afterwards by jobs, within the quota.
"""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select

from siyu.accounts.models import StaffAccount
from siyu.channels.wecom import events
from siyu.channels.wecom.events import CallbackEvent
from siyu.channels.wecom.reader import EventHandler
from siyu.core.context import Context
from siyu.facts.people import ContactUpdated
from siyu.people.contacts import note
from siyu.people.identities import identify
from siyu.people.kinds import REFRESH_CUSTOMER, SYNC_TAGS, RefreshCustomer, SyncTags
from siyu.people.models import Contact, Identity
from siyu.people.origins import Origin, Origins
from siyu.people.turns import Turn

EXTERNAL: Final = "external_userid"


class StaffUnknown(Exception):
    """The callback names a staff account that the directory sync has not brought yet."""


class Intake:
    """Digests the callbacks about customers."""

    def __init__(self, origins: Origins) -> None:
        self._origins = origins

    def handlers(self) -> Mapping[type[CallbackEvent], EventHandler]:
        """Return what to do with which event."""
        return {
            events.ContactAdded: self.added,
            events.ContactHalfAdded: self.half_added,
            events.ContactEdited: self.edited,
            events.ContactDeletedByStaff: self.deleted_by_staff,
            events.ContactDeletedByCustomer: self.deleted_by_customer,
            events.CorpTagChanged: self.tags_changed,
        }

    async def added(self, ctx: Context, event: events.ContactAdded) -> str:
        """Note that a staff account and a customer became friends."""
        origin = await self._origins.of(ctx, event.state) if event.state else None
        channel_id, live_code_id = origin or Origin()
        turn = Turn(event.occurred_at, "added", channel_id=channel_id, live_code_id=live_code_id)
        return await self._note(ctx, event.external_user_id, event.user_id, turn, details=True)

    async def half_added(self, ctx: Context, event: events.ContactHalfAdded) -> str:
        """Note that a customer added a staff account that has not added back."""
        turn = Turn(event.occurred_at, "half")
        return await self._note(ctx, event.external_user_id, event.user_id, turn, details=True)

    async def edited(self, ctx: Context, event: events.ContactEdited) -> str:
        """Read a customer anew whose remark or tags changed in WeCom."""
        found = (
            await ctx.session.execute(
                select(Identity, Contact)
                .join(
                    Contact,
                    (Contact.tenant_id == Identity.tenant_id)
                    & (Contact.identity_id == Identity.id),
                )
                .join(
                    StaffAccount,
                    (StaffAccount.tenant_id == Contact.tenant_id)
                    & (StaffAccount.id == Contact.staff_account_id),
                )
                .where(
                    Identity.tenant_id == ctx.tenant_id,
                    Identity.kind == EXTERNAL,
                    Identity.value == event.external_user_id,
                    StaffAccount.userid == event.user_id,
                )
            )
        ).first()
        if found is not None:
            identity, contact = found
            ctx.announce(
                ContactUpdated(contact_id=contact.id, customer_id=identity.customer_id),
                identity_id=identity.id,
                staff_account_id=contact.staff_account_id,
                occurred_at=event.occurred_at,
            )
        await _fetch(ctx, event.external_user_id)
        return "refresh"

    async def deleted_by_staff(self, ctx: Context, event: events.ContactDeletedByStaff) -> str:
        """Note that the staff account, or a hand-over, ended the friendship."""
        turn = Turn(event.occurred_at, "lost", "transfer" if event.by_transfer else "staff")
        return await self._note(ctx, event.external_user_id, event.user_id, turn)

    async def deleted_by_customer(
        self, ctx: Context, event: events.ContactDeletedByCustomer
    ) -> str:
        """Note that the customer ended the friendship."""
        turn = Turn(event.occurred_at, "lost", "customer")
        return await self._note(ctx, event.external_user_id, event.user_id, turn)

    async def tags_changed(self, ctx: Context, _: events.CorpTagChanged) -> str:
        """Read all corp tags anew."""
        await ctx.enqueue(SYNC_TAGS, SyncTags(), key="all")
        return "refresh"

    async def _note(
        self, ctx: Context, external_userid: str, userid: str, turn: Turn, *, details: bool = False
    ) -> str:
        staff_account_id = await ctx.session.scalar(
            select(StaffAccount.id).where(
                StaffAccount.tenant_id == ctx.tenant_id, StaffAccount.userid == userid
            )
        )
        if staff_account_id is None:
            raise StaffUnknown
        identity = await identify(ctx, EXTERNAL, "", external_userid)
        fate = await note(ctx, identity, staff_account_id, turn)
        if details and fate != "repeat":
            await _fetch(ctx, external_userid)
        return fate


async def _fetch(ctx: Context, external_userid: str) -> None:
    await ctx.enqueue(
        REFRESH_CUSTOMER, RefreshCustomer(external_userid=external_userid), key=external_userid
    )
