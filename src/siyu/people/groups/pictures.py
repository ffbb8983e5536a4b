"""Reading customer groups from WeCom and writing what was read, however many do so at once."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import select

from siyu.accounts.tenants import Vaults
from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.endpoints import groups as wecom
from siyu.channels.wecom.errors import WeComError
from siyu.channels.wecom.in_job import Clients, job_failures
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.jobs import RetryLater
from siyu.facts.groups import GroupReturned
from siyu.people.contacts.bulk import join_by_unionid
from siyu.people.contacts.details import held_customers
from siyu.people.groups.heads import Head, describe, dismiss, ensure, locked, owner_of
from siyu.people.groups.kinds import SETTLES, RefreshGroup
from siyu.people.groups.models import GroupChat
from siyu.people.groups.stays import bring_up, listed
from siyu.people.identity.identities import EXTERNAL, identify_many
from siyu.people.identity.phones import mask_phones
from siyu.people.identity.profiles import Profile, portray
from siyu.people.models import Customer, Identity
from siyu.people.privacy.erased import stay_erased

_PATIENCE: Final = timedelta(seconds=30)
_SETTLING: Final = timedelta(seconds=60)
"""For so long after an event a picture without it is taken for one that has not settled."""
_BUSY: Final = timedelta(seconds=1)


class Pictures:
    """Brings customer groups up to WeCom's state, one by one."""

    def __init__(self, db: Database, clock: Clock, wecom: Clients, vaults: Vaults) -> None:
        self._db = db
        self._clock = clock
        self._wecom = wecom
        self._vaults = vaults

    async def refresh(self, tenant_id: int, job: RefreshGroup) -> None:
        """Read a group and write it; comes again while WeCom's data have not settled."""
        read_at = self._clock.now()
        with job_failures(self._clock):
            client = await self._wecom.client(tenant_id)
            picture = await _look(client, job.chat_id)
        if picture is None:
            await self.gone(tenant_id, job.chat_id, read_at)
        else:
            await self.write(tenant_id, picture, read_at)

    async def write(self, tenant_id: int, picture: wecom.GroupChat, read_at: datetime) -> None:
        """Write a picture read at a time; raises `RetryLater` when another look is needed."""
        began_at = datetime.fromtimestamp(picture.create_time, UTC)
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
            await ensure(ctx, picture.chat_id, began_at, observed=False)
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
            settled = await store(ctx, self._vaults, picture, read_at)
        if not settled:
            raise RetryLater(SETTLES)

    async def gone(self, tenant_id: int, chat_id: str, read_at: datetime) -> None:
        """Note that WeCom has no such group (any more), unless it has just begun."""
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
            group = await locked(ctx, chat_id, patient=True)
            if group is None or (group.pulled_at or read_at) > read_at:
                return
            young = group.pulled_at is None and read_at - group.created_at < _SETTLING
            if not young:
                await dismiss(ctx, group, read_at, observed=False)
        if young:
            raise RetryLater(SETTLES)


async def _look(client: WecomClient, chat_id: str) -> wecom.GroupChat | None:
    """Return a group as WeCom shows it, nothing where there is none (any more)."""
    try:
        return await client.groups.get(chat_id, patience=_PATIENCE)
    except WeComError as failure:
        if failure.subject == "group_chat":
            return None
        raise


async def store(ctx: Context, vaults: Vaults, picture: wecom.GroupChat, read_at: datetime) -> bool:
    """Write a picture of a known group; tells whether it shows all that was announced.

    A picture older than what was written last changes nothing. Raises `RetryLater` while somebody
    else writes the group.
    """
    people = await _people(ctx, vaults, picture)
    group = await locked(ctx, picture.chat_id, patient=False)
    if group is None:
        raise RetryLater(_BUSY)
    if group.pulled_at is not None and group.pulled_at >= read_at:
        return True
    if group.dismissed_at is not None and group.dismissed_at > read_at - _SETTLING:
        return True
    settled = _settled(group, picture, read_at)
    owner_id = await owner_of(ctx, picture.owner)
    describe(ctx, group, Head.of(picture), owner_id)
    if group.state == "dismissed":
        ctx.announce(GroupReturned(group_id=group.id), staff_account_id=owner_id)
    group.state, group.dismissed_at = "active", None
    if picture.create_time:
        group.created_at = datetime.fromtimestamp(picture.create_time, UTC)
    await bring_up(ctx, group, listed(picture, people), read_at, settled=settled)
    group.member_version, group.pulled_at = picture.member_version, read_at
    return settled


def _settled(group: GroupChat, picture: wecom.GroupChat, read_at: datetime) -> bool:
    if group.announced_at is None:
        return True
    age = read_at - group.announced_at
    same = group.announced_version in {"", picture.member_version}
    return age >= (SETTLES if same else _SETTLING)


async def _people(ctx: Context, vaults: Vaults, picture: wecom.GroupChat) -> Mapping[str, Identity]:
    """Return the external members by external_userid, known as persons, with their names.

    Who was erased is not among them, though WeCom goes on showing them in the group.
    """
    shown = {m.userid: m for m in picture.member_list if m.type != wecom.STAFF and m.userid}
    for erased in await stay_erased(ctx, vaults, dict.fromkeys(shown)):
        del shown[erased]
    people = await identify_many(ctx, EXTERNAL, "", shown)
    await join_by_unionid(
        ctx, {member.unionid: people[key] for key, member in shown.items() if member.unionid}
    )
    await _name(ctx, [(people[key], member.name) for key, member in shown.items() if member.name])
    return people


async def _name(ctx: Context, called: Sequence[tuple[Identity, str]]) -> None:
    """Let those of whom no name is known be called as the group calls them."""
    nameless = await ctx.session.scalars(
        select(Customer.id).where(
            Customer.tenant_id == ctx.tenant_id,
            Customer.id.in_({identity.customer_id for identity, _ in called}),
            Customer.name == "",
        )
    )
    wanted = set(nameless)
    told = [(one, Profile(mask_phones(name))) for one, name in called if one.customer_id in wanted]
    if not told:
        return
    customers = await held_customers(ctx, [identity for identity, _ in told])
    await portray(
        ctx, customers, [each for each in told if not customers[each[0].customer_id].name]
    )
