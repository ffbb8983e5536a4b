"""What WeCom knows of a customer beyond the callback: name, unionid, remarks, tags."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import select

from siyu.accounts.models import StaffAccount
from siyu.accounts.tenants import Vaults
from siyu.channels.wecom.endpoints.contacts import ExternalContact, FollowUser
from siyu.channels.wecom.in_job import Clients, job_failures
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.vault import Vault
from siyu.people.contacts.service import note, tell_changed
from siyu.people.contacts.turns import Turn
from siyu.people.customers.origins import Origin, Origins
from siyu.people.identity.holding import hold_owners
from siyu.people.identity.identities import EXTERNAL, identify
from siyu.people.identity.joining import join
from siyu.people.identity.phones import keep_phones, mask_phones
from siyu.people.identity.profiles import Profile, portray
from siyu.people.kinds import SYNC_TAGS, RefreshCustomer, SyncTags
from siyu.people.models import Contact, Customer, Identity
from siyu.people.privacy.erased import still_erased
from siyu.people.tags.service import replace_tags, tags_by_wecom_id

_PATIENCE: Final = timedelta(seconds=30)


class Details:
    """Reads customers one by one, after callbacks about them."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        wecom: Clients,
        vaults: Vaults,
        origins: Origins,
    ) -> None:
        self._db = db
        self._clock = clock
        self._wecom = wecom
        self._vaults = vaults
        self._origins = origins

    async def refresh(self, tenant_id: int, job: RefreshCustomer) -> None:
        """Bring one customer up to WeCom's state."""
        read_at = self._clock.now()
        with job_failures(self._clock):
            client = await self._wecom.client(tenant_id)
            found = await client.contact(job.external_userid, patience=_PATIENCE)
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
            vault = await self._vaults.of(session, tenant_id)
            added = max((began_at(follow) for follow in found.follow_user), default=None)
            if await still_erased(ctx, vault, {job.external_userid: added}):
                return
            identity = await identify(ctx, EXTERNAL, "", job.external_userid)
            await describe(ctx, identity, found.external_contact)
            await self._follow(ctx, vault, identity, found.follow_user, read_at)

    async def _follow(
        self,
        ctx: Context,
        vault: Vault,
        identity: Identity,
        follows: Sequence[FollowUser],
        read_at: datetime,
    ) -> None:
        """Write what each staff account notes; unknown ones wait for the directory."""
        rows = await ctx.session.execute(
            select(StaffAccount.userid, StaffAccount.id).where(
                StaffAccount.tenant_id == ctx.tenant_id,
                StaffAccount.userid.in_([follow.userid for follow in follows]),
            )
        )
        staff = {row.userid: row.id for row in rows}
        tags = await tags_by_wecom_id(
            ctx, {tag for follow in follows for tag in follow.corp_tag_ids}
        )
        contacts = await _contacts(ctx, identity)
        for follow in follows:
            staff_account_id = staff.get(follow.userid)
            if staff_account_id is None:
                continue
            contact = contacts.get(staff_account_id)
            if contact is not None and contact.details_at and contact.details_at > read_at:
                continue  # a later look at WeCom was written first
            if contact is None or contact.state != "half":
                await note(
                    ctx, identity, staff_account_id, await addition(ctx, self._origins, follow)
                )
            if contact is None:
                contact = (await _contacts(ctx, identity))[staff_account_id]
            await follow_up(ctx, vault, identity, contact, follow)
            contact.details_at = read_at
            carried = {tags[tag] for tag in follow.corp_tag_ids if tag in tags}
            await replace_tags(ctx, contact.id, carried, read_at=read_at)
        if any(tag not in tags for follow in follows for tag in follow.corp_tag_ids):
            await ctx.enqueue(SYNC_TAGS, SyncTags(), key="all")


async def describe(ctx: Context, identity: Identity, known: ExternalContact) -> None:
    """Write what WeCom knows of the person; a unionid may show that two customers are one."""
    if known.unionid:
        await join(ctx, identity, known.unionid)
    customers = await held_customers(ctx, [identity])
    await portray(ctx, customers, [(identity, profile_of(known))])


async def held_customers(ctx: Context, identities: Sequence[Identity]) -> dict[int, Customer]:
    """Return the customers of identities, as they stay until this transaction ends."""
    owners = await hold_owners(ctx, identities)
    rows = await ctx.session.scalars(
        select(Customer)
        .where(Customer.tenant_id == ctx.tenant_id, Customer.id.in_(owners))
        .execution_options(populate_existing=True)
    )
    return {customer.id: customer for customer in rows}


def profile_of(known: ExternalContact) -> Profile:
    """Return what WeCom tells of a person."""
    return Profile(
        name=mask_phones(known.name),
        avatar_url=known.avatar,
        gender=known.gender,
        kind=known.type,
        corp_name=known.corp_full_name or known.corp_name,
    )


async def follow_up(
    ctx: Context, vault: Vault, identity: Identity, contact: Contact, follow: FollowUser
) -> None:
    """Write what a staff account notes about a customer."""
    before = contact.remark, contact.add_way
    contact.remark = mask_phones(follow.remark)
    contact.description = mask_phones(follow.description)
    contact.add_way = follow.add_way
    if (contact.remark, contact.add_way) != before:
        tell_changed(ctx, identity, contact.staff_account_id)
    if follow.remark_mobiles:
        await keep_phones(ctx, vault, identity, follow.remark_mobiles)


def began_at(follow: FollowUser) -> datetime:
    """Return when the present friendship began, as WeCom says."""
    return datetime.fromtimestamp(follow.createtime, UTC)


async def addition(ctx: Context, origins: Origins, follow: FollowUser) -> Turn:
    """Return the turn that WeCom's state tells of: when the present friendship began."""
    origin = await origins.of(ctx, follow.state) if follow.state else None
    channel_id, live_code_id = origin or Origin()
    return Turn(
        began_at(follow),
        "added",
        observed=False,
        channel_id=channel_id,
        live_code_id=live_code_id,
    )


async def _contacts(ctx: Context, identity: Identity) -> dict[int, Contact]:
    rows = await ctx.session.scalars(
        select(Contact).where(
            Contact.tenant_id == ctx.tenant_id, Contact.identity_id == identity.id
        )
    )
    return {contact.staff_account_id: contact for contact in rows}
