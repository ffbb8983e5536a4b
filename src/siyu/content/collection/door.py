"""`POST /collect`: beats of readings and events of the enterprise's own pages.

The answer comes after the commit. Nothing is looked up in the database on the way but
what is remembered: readings prove themselves by a signed token, sources by a name.
"""

from dataclasses import dataclass
from typing import Final

import msgspec

from siyu.content.collection.directory import Remembered, remembered_slugs
from siyu.content.collection.messages import HeardBeat, Report, harmless
from siyu.content.collection.models import CollectInbox, CollectSource
from siyu.content.visitors import visitor_of
from siyu.core.appender import Appender, Row
from siyu.core.clock import Clock
from siyu.core.db import Database
from siyu.core.doors import Headers, Request, Response
from siyu.core.errors import Forbidden, Invalid, Problem
from siyu.core.signing import Signer

MOST_BYTES: Final = 32 * 1024
SOURCE_KIND: Final = "collect_source"
VISIT_USE: Final = "visit"

_COLUMNS: Final = ("tenant_id", "kind", "target_id", "received_at", "body")
_ANY_ORIGIN: Final[Headers] = (
    ("access-control-allow-origin", "*"),
    ("cross-origin-resource-policy", "cross-origin"),
)
_PREFLIGHT: Final[Headers] = (
    *_ANY_ORIGIN,
    ("access-control-allow-methods", "POST"),
    ("access-control-allow-headers", "content-type"),
    ("access-control-max-age", "86400"),
)
_TAKEN: Final = Response(204, headers=_ANY_ORIGIN)
_REPORT: Final = msgspec.json.Decoder(Report)


@dataclass(frozen=True)
class _Source:
    tenant_id: int
    id: int
    origins: frozenset[str]


def inbox(db: Database) -> Appender:
    """Return the appender that the doors of this room share."""
    return Appender(db, CollectInbox.__tablename__, _COLUMNS)


class CollectDoor:
    """Takes reports and stores them before answering 204."""

    def __init__(self, db: Database, clock: Clock, signer: Signer, inbox: Appender) -> None:
        self._db = db
        self._clock = clock
        self._signer = signer
        self._inbox = inbox
        self._slugs = remembered_slugs(db)
        self._sources = Remembered(self._load_source)

    async def handle(self, request: Request) -> Response:
        """Answer one request; refusals can be read by the page that asked."""
        if request.method == "OPTIONS":
            return Response(204, headers=_PREFLIGHT)
        if request.method != "POST":
            return Response(405, headers=(("allow", "POST, OPTIONS"),))
        try:
            await self._inbox.append(await self._rows(request))
        except Problem as problem:
            refusal = Response.problem(problem)
            return Response(refusal.status, refusal.body, (*refusal.headers, *_ANY_ORIGIN))
        return _TAKEN

    async def _rows(self, request: Request) -> list[Row]:
        try:
            report = _REPORT.decode(await request.body(MOST_BYTES))
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise Invalid("report_invalid", "上报内容格式不正确") from error
        if report.visit is not None:
            return [self._beat(request, report.visit, report)]
        if report.key is not None and report.events:
            return await self._events(report.key, report, request.header("origin"))
        raise Invalid("report_invalid", "上报内容缺少 visit 或 key 与 events")

    def _beat(self, request: Request, token: str, report: Report) -> Row:
        now = self._clock.now()
        reading = self._signer.read(VISIT_USE, token, tuple[int, int], now=now)
        if reading is None:
            raise Forbidden("visit_unknown", "浏览凭证无效或已过期")
        tenant_id, visit_id = reading
        visitor = visitor_of(request, self._signer, tenant_id, now) or ""
        beat = HeardBeat(report.seconds, report.depth, report.end, visitor)
        return (tenant_id, "visit", visit_id, now, msgspec.json.encode(beat))

    async def _events(self, key: str, report: Report, origin: str) -> list[Row]:
        source = await self._sources.get(key)
        if source is None or (source.origins and origin not in source.origins):
            raise Forbidden("source_unknown", "采集来源不存在、已停用或不允许该网站")
        now = self._clock.now()
        return [
            (source.tenant_id, "site", source.id, now, msgspec.json.encode(harmless(event)))
            for event in report.events
        ]

    async def _load_source(self, key: str) -> _Source | None:
        target = await self._slugs.get(key)
        if target is None or target.kind != SOURCE_KIND:
            return None
        async with self._db.tenant(target.tenant_id) as session:
            row = await session.get(CollectSource, (target.tenant_id, target.target_id))
            if row is None or not row.enabled:
                return None
            return _Source(row.tenant_id, row.id, frozenset(row.origins))
