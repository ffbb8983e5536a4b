"""Bringing a live code to WeCom: made once, whatever happens in between.

Making a contact way is the one call here that may not be repeated blindly: WeCom would make a
second one. So the moment of asking is stored first. Whoever finds it set, and no config id,
looks among the ways made since then for the one with this code's State before asking again.
"""

from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

import httpx
from sqlalchemy import select

from siyu.accounts.models import StaffAccount
from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.endpoints.contact_ways import (
    LIST_CONTACT_WAYS,
    MULTIPLE,
    QR_CODE,
    AddContactWayRequest,
    ContactWaysRequest,
    UpdateContactWayRequest,
)
from siyu.channels.wecom.errors import QuotaExhausted, WeComFailure
from siyu.channels.wecom.in_job import Clients
from siyu.channels.wecom.verdicts import Advice
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.errors import Problem
from siyu.core.files import Files
from siyu.core.http import Unreachable, exchange
from siyu.core.jobs import JobGone, RetryLater
from siyu.facts.growth import LiveCodeCreated, LiveCodeRemoved
from siyu.growth.live_codes.kinds import ApplyLiveCode
from siyu.growth.live_codes.models import LiveCode, LiveCodeStaff

_REMARK_CHARS: Final = 30
_LOOK_BACK: Final = timedelta(hours=1)
"""How far WeCom's clock may be behind ours when we look for a way made after asking."""

_PICTURE_BYTES: Final = 2 * 1024 * 1024
_PICTURES: Final = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class Wanted(NamedTuple):
    """A live code as the planner wants it."""

    id: int
    name: str
    state: str
    state_token: str
    skip_verify: bool
    revision: int
    asked_at: datetime | None
    config_id: str | None
    qr_url: str
    qr_file: str
    userids: list[str]


class Applier:
    """Does what is wanted of live codes in WeCom."""

    def __init__(
        self, db: Database, clock: Clock, wecom: Clients, files: Files, http: httpx.AsyncClient
    ) -> None:
        self._db = db
        self._clock = clock
        self._wecom = wecom
        self._files = files
        self._http = http

    async def apply(self, tenant_id: int, job: ApplyLiveCode) -> None:
        """Bring one live code to WeCom; goes on while the planner changes it meanwhile."""
        try:
            while (wanted := await self._wanted(tenant_id, job.live_code_id)) is not None:
                await self._once(tenant_id, wanted)
        except QuotaExhausted as failure:
            wait = max(timedelta(seconds=1), failure.retry_at - self._clock.now())
            await self._note(tenant_id, job.live_code_id, failure.sentence, failed=False)
            raise RetryLater(wait) from failure
        except WeComFailure as failure:
            await self._note(tenant_id, job.live_code_id, failure.sentence)
            if failure.advice in {Advice.RETRY, Advice.WAIT}:
                raise
        except Unreachable:
            await self._note(tenant_id, job.live_code_id, "没有取到活码图片，稍后自动重试")
            raise
        except Problem as problem:
            await self._note(tenant_id, job.live_code_id, problem.detail)

    async def _once(self, tenant_id: int, wanted: Wanted) -> None:
        client = await self._wecom.client(tenant_id)
        if wanted.state == "deleting":
            await self._delete(tenant_id, client, wanted)
            return
        config_id = wanted.config_id
        qr_url = wanted.qr_url
        if config_id is None:
            config_id, qr_url = await self._make(tenant_id, client, wanted)
        else:
            await client.update_contact_way(
                UpdateContactWayRequest(
                    config_id=config_id,
                    remark=wanted.name[:_REMARK_CHARS],
                    skip_verify=wanted.skip_verify,
                    state=wanted.state_token,
                    user=wanted.userids,
                )
            )
        qr_file = wanted.qr_file or await self._picture(tenant_id, qr_url)
        await self._done(tenant_id, wanted, config_id, qr_url, qr_file)

    async def _make(self, tenant_id: int, client: WecomClient, wanted: Wanted) -> tuple[str, str]:
        if wanted.asked_at is not None:
            found = await self._find(client, wanted.state_token, wanted.asked_at)
            if found is not None:
                return found
        await self._ask(tenant_id, wanted.id)
        made = await client.add_contact_way(
            AddContactWayRequest(
                # A way for one cannot become one for several later, so all are for several.
                type=MULTIPLE,
                scene=QR_CODE,
                remark=wanted.name[:_REMARK_CHARS],
                skip_verify=wanted.skip_verify,
                state=wanted.state_token,
                user=wanted.userids,
            )
        )
        # Stored at once: a lost config id is lost for good.
        async with self._db.tenant(tenant_id) as session:
            code = await session.get_one(LiveCode, (tenant_id, wanted.id), with_for_update=True)
            code.config_id, code.qr_url = made.config_id, made.qr_code
        return made.config_id, made.qr_code

    async def _find(
        self, client: WecomClient, state_token: str, since: datetime
    ) -> tuple[str, str] | None:
        request = ContactWaysRequest(
            start_time=int((since - _LOOK_BACK).timestamp()),
            end_time=int((self._clock.now() + _LOOK_BACK).timestamp()),
            limit=1000,
        )
        async for page in client.pages(LIST_CONTACT_WAYS, request):
            for listed in page.contact_way:
                way = await client.contact_way(listed.config_id)
                if way.state == state_token:
                    return way.config_id, way.qr_code
        return None

    async def _ask(self, tenant_id: int, live_code_id: int) -> None:
        async with self._db.tenant(tenant_id) as session:
            code = await session.get_one(LiveCode, (tenant_id, live_code_id), with_for_update=True)
            code.asked_at = code.asked_at or self._clock.now()

    async def _picture(self, tenant_id: int, qr_url: str) -> str:
        """Keep WeCom's own picture: the code inside is WeCom's, not the address of the picture."""
        answer = await exchange(
            self._http, self._http.build_request("GET", qr_url), max_bytes=_PICTURE_BYTES
        )
        kind = next(
            (kind for head, kind in _PICTURES.items() if answer.content.startswith(head)), None
        )
        if answer.status != httpx.codes.OK or kind is None:
            raise Problem("qr_picture_missing", "企业微信没有给出活码图片，请稍后重试")
        return await self._files.put(tenant_id, answer.content, kind)

    async def _delete(self, tenant_id: int, client: WecomClient, wanted: Wanted) -> None:
        config_id = wanted.config_id
        if config_id is None and wanted.asked_at is not None:
            found = await self._find(client, wanted.state_token, wanted.asked_at)
            config_id = found[0] if found else None
        if config_id is not None:
            try:
                await client.delete_contact_way(config_id)
            except WeComFailure as failure:
                if failure.advice is not Advice.GONE:
                    raise
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
            code = await session.get_one(LiveCode, (tenant_id, wanted.id), with_for_update=True)
            code.state, code.failure, code.applied_revision = "removed", "", code.revision
            ctx.announce(LiveCodeRemoved(live_code_id=code.id))

    async def _done(
        self, tenant_id: int, wanted: Wanted, config_id: str, qr_url: str, qr_file: str
    ) -> None:
        async with self._db.tenant(tenant_id) as session:
            ctx = Context(tenant_id, SYSTEM_ACTOR, self._clock, session)
            code = await session.get_one(LiveCode, (tenant_id, wanted.id), with_for_update=True)
            code.config_id, code.qr_url, code.qr_file = config_id, qr_url, qr_file
            code.failure = ""
            first = code.applied_revision == 0
            code.applied_revision = wanted.revision
            if code.state != "deleting":
                code.state = "active"
            if first:
                ctx.announce(LiveCodeCreated(live_code_id=code.id, channel_id=code.channel_id))

    async def _note(
        self, tenant_id: int, live_code_id: int, sentence: str, *, failed: bool = True
    ) -> None:
        async with self._db.tenant(tenant_id) as session:
            code = await session.get_one(LiveCode, (tenant_id, live_code_id), with_for_update=True)
            code.failure = sentence
            if failed and code.state == "creating":
                code.state = "failed"

    async def _wanted(self, tenant_id: int, live_code_id: int) -> Wanted | None:
        """Return what is still to be done, or nothing when WeCom has what is wanted."""
        async with self._db.tenant(tenant_id) as session:
            code = await session.get(LiveCode, (tenant_id, live_code_id))
            if code is None:
                raise JobGone
            if code.state == "removed" or code.applied_revision == code.revision:
                return None
            rows = await session.scalars(
                select(StaffAccount.userid)
                .join(
                    LiveCodeStaff,
                    (LiveCodeStaff.tenant_id == StaffAccount.tenant_id)
                    & (LiveCodeStaff.staff_account_id == StaffAccount.id),
                )
                .where(
                    StaffAccount.tenant_id == tenant_id,
                    LiveCodeStaff.live_code_id == live_code_id,
                    StaffAccount.state != "gone",
                )
                .order_by(StaffAccount.id)
            )
            return Wanted(
                id=code.id,
                name=code.name,
                state=code.state,
                state_token=code.state_token,
                skip_verify=code.skip_verify,
                revision=code.revision,
                asked_at=code.asked_at.astimezone(UTC) if code.asked_at else None,
                config_id=code.config_id,
                qr_url=code.qr_url,
                qr_file=code.qr_file,
                userids=list(rows),
            )
