"""The run that marks very many.

Internal tags are written in batches. Of corp tags WeCom is told friendship by friendship, within
its quota and behind everybody else; outcomes are written in batches. The run goes on where it
stopped: the checkpoint is the phase and the number up to which it is through.
"""

import asyncio
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any, Final, Literal, NamedTuple

import msgspec
from pyroaring import BitMap64
from sqlalchemy import bindparam, select, update

from siyu.accounts.models import StaffAccount
from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.endpoints.tags import MARK_TAG, MarkTagRequest
from siyu.channels.wecom.errors import QuotaExhausted, WeComError, WeComFailure
from siyu.channels.wecom.in_job import Clients, run_of_calls
from siyu.channels.wecom.verdicts import Advice
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.db.many import insert_many
from siyu.core.jobs import JobHandler, Progress, RetryLater
from siyu.core.jobs.notes import KILLED, Note
from siyu.people.identity.holding import survivors
from siyu.people.identity.identities import EXTERNAL
from siyu.people.kinds import MARK_MANY, MarkMany
from siyu.people.models import Contact, Identity
from siyu.people.tags.marking import corp_tags, unmarked
from siyu.people.tags.mirror import sync_tags
from siyu.people.tags.models import TagMarking, TagMarkingItem
from siyu.people.tags.service import (
    Why,
    mark_contacts,
    mark_identities,
    unmark_contacts,
    unmark_identities,
)

_PEOPLE: Final = 500
_CALLS: Final = 100
_PATIENCE: Final = timedelta(seconds=60)
_TAG_GONE: Final = Note("tag_gone_at_wecom", "选中的标签已在企业微信被删除，任务已停下")
_INSIDE: Final = Note("marking_inside", "正在打内部标签")
_CHOOSING: Final = Note("choosing_friendships", "正在挑出还没有这些标签的好友关系")
_AT_WECOM: Final = Note("marking_at_wecom", "正在向企业微信打标签")


class _At(msgspec.Struct, frozen=True):
    phase: Literal["people", "friendships", "wecom"] = "people"
    after: int = 0
    done: int = 0
    failed: int = 0
    total: int | None = None


class _Item(NamedTuple):
    contact_id: int
    userid: str
    external_userid: str
    state: str


class _Outcome(NamedTuple):
    contact_id: int
    errcode: int | None


class Marker:
    """Marks very many customers of one tenant at a time."""

    def __init__(self, db: Database, clock: Clock, wecom: Clients) -> None:
        self._db = db
        self._clock = clock
        self._wecom = wecom

    def handler(self) -> JobHandler[MarkMany]:
        """Return the handler of a run."""

        async def given_up(tenant_id: int, payload: MarkMany) -> None:
            progress = Progress(self._db, self._clock, tenant_id, payload.run_id)
            await progress.fail(KILLED)

        return JobHandler(MARK_MANY, self.run, given_up)

    async def run(self, tenant_id: int, payload: MarkMany) -> None:
        """Do the run, or what is left of it."""
        progress = Progress(self._db, self._clock, tenant_id, payload.run_id)
        checkpoint = await progress.start()
        at = msgspec.convert(checkpoint, _At)
        wait: timedelta | None = None
        async with run_of_calls(progress):
            try:
                at = await _Run(self._db, self._clock, self._wecom, progress).go(at)
            except QuotaExhausted as failure:
                wait = max(timedelta(seconds=1), failure.retry_at - self._clock.now())
                minutes = -(-int(wait.total_seconds()) // 60)
                said = f"企业微信的调用额度已用完，约 {minutes} 分钟后自动继续"
                await progress.report(note=Note("quota_waits", said, {"minutes": minutes}))
            except _TagGone:
                await progress.fail(_TAG_GONE)
            else:
                told = f"，{at.failed} 个没有成功" if at.failed else ""
                done = at.done - at.failed
                values = {"done": done, "failed": at.failed}
                await progress.finish(Note("marked", f"已完成 {done} 个{told}", values))
        if wait is not None:
            raise RetryLater(wait)


class _TagGone(Exception):
    """WeCom no longer has a tag that is to be put on."""


class _Run:
    def __init__(self, db: Database, clock: Clock, wecom: Clients, progress: Progress) -> None:
        self._db = db
        self._clock = clock
        self._wecom = wecom
        self._progress = progress
        self._tenant_id = progress.tenant_id

    async def go(self, at: _At) -> _At:
        async with self._db.tenant(self._tenant_id) as session:
            ctx = self._ctx(session)
            marking = (
                await session.scalars(
                    select(TagMarking).where(
                        TagMarking.tenant_id == self._tenant_id,
                        TagMarking.run_id == self._progress.run_id,
                    )
                )
            ).one()
            tags = {*marking.add_tag_ids, *marking.remove_tag_ids}
            corp = await corp_tags(ctx, tags)
        people = BitMap64.deserialize(marking.members)
        if at.phase == "people":
            if tags - corp.keys():
                at = await self._mark_people(marking, corp, people, at)
            at = _At("friendships", total=at.total, done=at.done)
        if at.phase == "friendships":
            if corp:
                at = await self._note_friendships(marking, corp, people, at)
            at = msgspec.structs.replace(at, phase="wecom", after=0)
        return await self._tell_wecom(marking, corp, at) if corp else at

    def _ctx(self, session: Any) -> Context:
        return Context(self._tenant_id, SYSTEM_ACTOR, self._clock, session)

    async def _report(self, at: _At, note: Note) -> None:
        await self._progress.report(
            done=at.done, total=at.total, note=note, checkpoint=msgspec.to_builtins(at)
        )

    # internal tags: no call

    async def _mark_people(
        self, marking: TagMarking, corp: dict[int, str], people: BitMap64, at: _At
    ) -> _At:
        why = Why("employee", marking.reason, marking.employee_id)
        add = [tag_id for tag_id in marking.add_tag_ids if tag_id not in corp]
        remove = [tag_id for tag_id in marking.remove_tag_ids if tag_id not in corp]
        at = msgspec.structs.replace(at, total=len(people))
        for chunk in _chunks(people, at.after):
            async with self._db.tenant(self._tenant_id) as session:
                ctx = self._ctx(session)
                now = set((await survivors(ctx, chunk)).values())
                ids = await self._ids_of(ctx, now)
                firsts = [whose[0] for whose in ids.values()]
                await mark_identities(ctx, [(one, tag) for one in firsts for tag in add], why)
                await unmark_identities(
                    ctx,
                    [(one, tag) for whose in ids.values() for one in whose for tag in remove],
                    why.source,
                )
            at = msgspec.structs.replace(at, after=chunk[-1], done=at.done + len(chunk))
            await self._report(at, _INSIDE)
        return at

    async def _ids_of(self, ctx: Context, chunk: Collection[int]) -> dict[int, list[int]]:
        rows = await ctx.session.execute(
            select(Identity.customer_id, Identity.id)
            .where(Identity.tenant_id == ctx.tenant_id, Identity.customer_id.in_(chunk))
            .order_by(Identity.customer_id, Identity.kind != EXTERNAL, Identity.id)
        )
        found: dict[int, list[int]] = {}
        for row in rows:
            found.setdefault(row.customer_id, []).append(row.id)
        return found

    # corp tags: first whose friendships lack them, then one call each

    async def _note_friendships(
        self, marking: TagMarking, corp: dict[int, str], people: BitMap64, at: _At
    ) -> _At:
        add = [tag_id for tag_id in marking.add_tag_ids if tag_id in corp]
        remove = [tag_id for tag_id in marking.remove_tag_ids if tag_id in corp]
        total = at.total or 0
        for chunk in _chunks(people, at.after):
            async with self._db.tenant(self._tenant_id) as session:
                ctx = self._ctx(session)
                now = set((await survivors(ctx, chunk)).values())
                ids = (await session.scalars(unmarked(ctx, now, add, remove, marking.owners))).all()
                if ids:
                    rows = [
                        {
                            "tenant_id": self._tenant_id,
                            "marking_id": marking.id,
                            "contact_id": contact_id,
                        }
                        for contact_id in sorted(ids)
                    ]
                    await session.execute(
                        insert_many(TagMarkingItem, rows).on_conflict_do_nothing()
                    )
            total += len(ids)
            at = msgspec.structs.replace(at, after=chunk[-1], total=total)
            await self._report(at, _CHOOSING)
        return msgspec.structs.replace(at, total=total)

    async def _tell_wecom(self, marking: TagMarking, corp: dict[int, str], at: _At) -> _At:
        client = (await self._wecom.client(self._tenant_id)).in_background()
        while items := await self._waiting(marking.id, at.after):
            outcomes, failure = await self._call(client, marking, corp, items)
            await self._write(marking, corp, outcomes)
            if failure is not None:
                # What came through is written; the rest is looked for from the same place.
                await self._report(at, _AT_WECOM)
                raise failure
            at = msgspec.structs.replace(
                at,
                after=items[-1].contact_id,
                done=at.done + len(items),
                failed=at.failed + sum(1 for outcome in outcomes if outcome.errcode),
            )
            await self._report(at, _AT_WECOM)
        return at

    async def _waiting(self, marking_id: int, after: int) -> list[_Item]:
        async with self._db.tenant(self._tenant_id) as session:
            rows = await session.execute(
                select(Contact.id, StaffAccount.userid, Identity.value, TagMarkingItem.state)
                .select_from(TagMarkingItem)
                .join(
                    Contact,
                    (Contact.tenant_id == TagMarkingItem.tenant_id)
                    & (Contact.id == TagMarkingItem.contact_id),
                )
                .join(
                    StaffAccount,
                    (StaffAccount.tenant_id == Contact.tenant_id)
                    & (StaffAccount.id == Contact.staff_account_id),
                )
                .join(
                    Identity,
                    (Identity.tenant_id == Contact.tenant_id)
                    & (Identity.id == Contact.identity_id),
                )
                .where(
                    TagMarkingItem.tenant_id == self._tenant_id,
                    TagMarkingItem.marking_id == marking_id,
                    TagMarkingItem.contact_id > after,
                )
                .order_by(TagMarkingItem.contact_id)
                .limit(_CALLS)
            )
            return [_Item(*row) for row in rows]

    async def _call(
        self,
        client: WecomClient,
        marking: TagMarking,
        corp: dict[int, str],
        items: Sequence[_Item],
    ) -> tuple[list[_Outcome], Exception | None]:
        """Call for each item that waits; return what came of those answered, and why it stopped."""
        add = [corp[tag_id] for tag_id in marking.add_tag_ids if tag_id in corp]
        remove = [corp[tag_id] for tag_id in marking.remove_tag_ids if tag_id in corp]

        async def one(item: _Item) -> _Outcome:
            try:
                await client.call(
                    MARK_TAG,
                    MarkTagRequest(
                        userid=item.userid,
                        external_userid=item.external_userid,
                        add_tag=add or None,
                        remove_tag=remove or None,
                    ),
                    patience=_PATIENCE,
                )
            except WeComError as error:
                if error.subject == "tag" and error.advice is Advice.GONE:
                    await sync_tags(self._db, self._clock, self._tenant_id, client)
                    raise _TagGone from error
                if error.advice in {Advice.GONE, Advice.GIVE_UP}:
                    return _Outcome(item.contact_id, error.errcode)
                raise
            return _Outcome(item.contact_id, None)

        waiting = [item for item in items if item.state == "waiting"]
        answers = await asyncio.gather(*map(one, waiting), return_exceptions=True)
        outcomes = [answer for answer in answers if isinstance(answer, _Outcome)]
        failures = [answer for answer in answers if isinstance(answer, BaseException)]
        return outcomes, _worst(failures)

    async def _write(
        self, marking: TagMarking, corp: dict[int, str], outcomes: Sequence[_Outcome]
    ) -> None:
        if not outcomes:
            return
        marked = [outcome.contact_id for outcome in outcomes if outcome.errcode is None]
        why = Why("employee", marking.reason, marking.employee_id)
        async with self._db.tenant(self._tenant_id) as session:
            ctx = self._ctx(session)
            add = [(one, t) for one in marked for t in marking.add_tag_ids if t in corp]
            remove = [(one, t) for one in marked for t in marking.remove_tag_ids if t in corp]
            await mark_contacts(ctx, add, why)
            await unmark_contacts(ctx, remove, why.source)
            connection = await session.connection()
            table = TagMarkingItem.__table__
            await connection.execute(
                update(TagMarkingItem)
                .where(
                    table.c.tenant_id == self._tenant_id,
                    table.c.marking_id == marking.id,
                    table.c.contact_id == bindparam("whose"),
                )
                .values(state=bindparam("fate"), errcode=bindparam("code")),
                [
                    {
                        "whose": outcome.contact_id,
                        "fate": "failed" if outcome.errcode else "marked",
                        "code": outcome.errcode,
                    }
                    for outcome in outcomes
                ],
            )


def _chunks(people: BitMap64, after: int) -> Any:
    """Yield the people behind a number, by and by."""
    rest = people.rank(after) if after else 0
    while rest < len(people):
        yield list(people[rest : rest + _PEOPLE])
        rest += _PEOPLE


def _worst(failures: Sequence[BaseException]) -> Exception | None:
    """Return the failure to act on: a bug first, then a gone tag, then a refusal, then a quota."""

    def weight(failure: BaseException) -> int:
        if isinstance(failure, QuotaExhausted):
            return 0
        return 1 if isinstance(failure, WeComFailure) else 2

    worst = max(failures, key=weight, default=None)
    if worst is not None and not isinstance(worst, Exception):
        raise worst
    return worst
