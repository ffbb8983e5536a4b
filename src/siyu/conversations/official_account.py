"""Listening to the official account: what followers write is looked through for words.

The door keeps a text encrypted and answers; a job opens it, and in one transaction what it says is
heard and the text is gone. So nothing is heard twice, and of the messages nothing is kept.
"""

from datetime import timedelta
from typing import Final, Protocol

import msgspec
from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert

from siyu.accounts.connections.models import OfficialAccountConnection
from siyu.accounts.tenants import Vaults
from siyu.channels.wechat.door import PushAccount
from siyu.channels.wechat.errors import WeChatFailure
from siyu.channels.wechat.official import OfficialAccount
from siyu.channels.wechat.pushes import Message
from siyu.channels.wecom.events import CallbackEvent, dedupe_key
from siyu.channels.wecom.verdicts import Advice
from siyu.conversations.models import OfficialLetter
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.jobs import JobGone, JobHandler, JobKind, RetryLater
from siyu.people.churn.sensitivity import hear
from siyu.people.identity.identities import UNIONID, find_identity, identify
from siyu.people.identity.joining import join
from siyu.people.identity.phones import mask_phones

SOURCE: Final = "official"
_PURPOSE: Final = "official-letter"
_OPENID: Final = "openid"
_QUOTA: Final = timedelta(minutes=1)


class HearLetter(msgspec.Struct, frozen=True):
    """The text that waits."""

    letter_id: int


HEAR_LETTER: Final = JobKind("conversations.hear_letter", HearLetter, "查看公众号消息", attempts=8)


class Accounts(Protocol):
    """Gives each tenant's official account."""

    async def account(self, tenant_id: int) -> OfficialAccount | None:
        """Return the account, or nothing while none is connected."""
        ...


class OfficialLetters:
    """Keeps texts until they are listened to; what else is pushed nobody reads yet."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def take(
        self, tenant_id: int, account: PushAccount, push: CallbackEvent, plaintext: bytes
    ) -> None:
        """Keep a text, once."""
        if not isinstance(push, Message) or push.kind != "text" or not push.content.strip():
            return
        async with self._db.tenant(tenant_id) as session:
            number = await session.scalar(
                insert(OfficialLetter)
                .values(
                    tenant_id=tenant_id,
                    dedupe_key=dedupe_key(push, plaintext),
                    app_id=account.app_id,
                    openid=push.openid,
                    sealed=account.vault.encrypt(_PURPOSE, push.content),
                    received_at=self._clock.now(),
                )
                .on_conflict_do_nothing()
                .returning(OfficialLetter.id)
            )
            if number is not None:
                ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
                await ctx.enqueue(HEAR_LETTER, HearLetter(number), key=str(number))


class OfficialListener:
    """Listens to texts that wait."""

    def __init__(self, db: Database, clock: Clock, vaults: Vaults, accounts: Accounts) -> None:
        self._db = db
        self._clock = clock
        self._vaults = vaults
        self._accounts = accounts

    def handler(self) -> JobHandler[HearLetter]:
        """Return the handler of the job."""
        return JobHandler(HEAR_LETTER, self.run)

    async def run(self, tenant_id: int, job: HearLetter) -> None:
        """Listen to one text; safe to repeat and to be broken off."""
        async with self._db.tenant(tenant_id) as session:
            letter = await session.get(OfficialLetter, (tenant_id, job.letter_id))
            if letter is None or letter.heard_at is not None:
                raise JobGone
            ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
            known = await find_identity(ctx, _OPENID, letter.app_id, letter.openid)
        unionid = "" if known is not None else await self._unionid(tenant_id, letter)
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
            letter = await session.get(
                OfficialLetter, (tenant_id, job.letter_id), with_for_update=True
            )
            if letter is None or letter.heard_at is not None:
                raise JobGone
            writer = await _writer(ctx, letter, unionid)
            if writer is not None:
                vault = await self._vaults.of(session, tenant_id)
                text = vault.decrypt(_PURPOSE, letter.sealed)
                await hear(ctx, writer, mask_phones(text), SOURCE)
            letter.sealed, letter.heard_at = b"", ctx.now()

    async def _unionid(self, tenant_id: int, letter: OfficialLetter) -> str:
        """Ask WeChat which person a follower is; nothing where it does not say."""
        account = await self._accounts.account(tenant_id)
        if account is None or account.account.app_id != letter.app_id:
            return ""
        try:
            return (await account.followers.one(letter.openid)).unionid
        except WeChatFailure as failure:
            if failure.advice is Advice.WAIT:
                raise RetryLater(_QUOTA) from failure
            if failure.advice is Advice.RETRY:
                raise
            return ""  # what WeChat will never say


async def is_connected(ctx: Context) -> bool:
    """Tell whether WeChat has verified the address that texts are pushed to."""
    query = exists().where(
        OfficialAccountConnection.tenant_id == ctx.tenant_id,
        OfficialAccountConnection.push_at.is_not(None),
    )
    return bool(await ctx.session.scalar(select(query)))


async def _writer(ctx: Context, letter: OfficialLetter, unionid: str) -> int | None:
    """Return at which id a follower is known; whom the tenant does not know stays unknown."""
    known = await find_identity(ctx, _OPENID, letter.app_id, letter.openid)
    if known is None and unionid and await find_identity(ctx, UNIONID, "", unionid) is not None:
        known = await identify(ctx, _OPENID, letter.app_id, letter.openid)
        await join(ctx, known, unionid)
    return None if known is None else known.id
