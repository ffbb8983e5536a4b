"""`GET /l/{slug}` and `GET /a/{slug}`: the way to an article, and the article."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.accounts.models import StaffAccount, Tenant
from siyu.content.collection.directory import remembered_slugs
from siyu.content.collection.door import VISIT_USE
from siyu.content.links import LINK_KIND, FindTouch, link_of_touch, record_opening
from siyu.content.models import Material, TrackedLink, Visit
from siyu.content.pages.readers import BACK_PARAMETER, Readers
from siyu.content.pages.render import (
    TOUCH_PARAMETER,
    ArticlePage,
    StaffFace,
    body_with_touch,
    render,
)
from siyu.content.queries import ARTICLE_PATH, file_url
from siyu.content.service import SLUG_KIND
from siyu.content.visitors import no_visitor, visitor_cookie
from siyu.core.appender import Appender
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.db.directory import Target, find_slug
from siyu.core.doors import Headers, Request, Response
from siyu.core.errors import Unavailable
from siyu.core.signing import Signer
from siyu.facts.content import READING

LINK_PATH: Final = "/l/"
COLLECT_PATH: Final = "/collect"
_TOUCH_KIND: Final = "touch"

AddCode = Callable[[AsyncSession, int, int], Awaitable[str | None]]
"""Returns the address of a picture by which a customer adds a staff account, if there is one:
`await add_code(session, tenant_id, staff_account_id)`."""


async def no_add_code(_session: AsyncSession, _tenant_id: int, _staff_account_id: int) -> None:
    """Know no picture."""


class LinkDoor:
    """Leads from a tracked link to its page; the click is stored beside, never in the way."""

    def __init__(self, db: Database, clock: Clock, inbox: Appender) -> None:
        self._clock = clock
        self._inbox = inbox
        self._slugs = remembered_slugs(db)

    async def handle(self, request: Request) -> Response:
        """Answer one request."""
        slug = request.path.removeprefix(LINK_PATH)
        target = await self._slugs.get(slug)
        if target is None or target.kind not in {LINK_KIND, SLUG_KIND}:
            return not_found()
        if target.kind == LINK_KIND and request.method == "GET":
            self._note(target)
        return Response.redirect(f"{ARTICLE_PATH}{quote(slug)}")

    def _note(self, target: Target) -> None:
        row = (target.tenant_id, "click", target.target_id, self._clock.now(), b"")
        # A full buffer costs a click in the statistics, not the customer's page.
        with suppress(Unavailable):
            self._inbox.leave([row])


@dataclass(frozen=True)
class PageSettings:
    """What pages need to know of the installation."""

    jweixin_url: str
    frame_ancestors: str
    staff_cookie: str
    """Who carries it is signed in as staff: they look, they are no reader."""
    secure: bool
    """Whether cookies are for https only."""


class ArticleDoor:
    """Draws articles, and opens a visit for each drawing of a tracked one."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        signer: Signer,
        readers: Readers,
        *,
        settings: PageSettings,
        find_touch: FindTouch,
        add_code: AddCode = no_add_code,
    ) -> None:
        self._db = db
        self._clock = clock
        self._signer = signer
        self._readers = readers
        self._settings = settings
        self._find_touch = find_touch
        self._add_code = add_code
        self._slugs = remembered_slugs(db)

    async def handle(self, request: Request) -> Response:
        """Answer one request."""
        slug = request.path.removeprefix(ARTICLE_PATH)
        target = await self._slugs.get(slug)
        if target is None or request.method not in {"GET", "HEAD"}:
            return not_found()
        if target.kind == SLUG_KIND:
            return await self._untracked(request, target)
        if target.kind != LINK_KIND:
            return not_found()
        reader = self._readers.known(request, target.tenant_id)
        if reader is not None and BACK_PARAMETER in request.query:
            # The mark has done its work; share cards are signed for the plain address.
            return Response.redirect(request.path)
        looking = request.method == "HEAD" or (
            reader is None and request.cookie(self._settings.staff_cookie) is not None
        )
        if reader is None and not looking:
            redirect = await self._readers.sign_in(request, target.tenant_id, slug)
            if redirect is not None:
                return redirect
        return await self._tracked(request, target, slug, reader=reader, looking=looking)

    async def _untracked(self, request: Request, target: Target) -> Response:
        """Draw a material outside any share: no staff, no visit.

        With a touch in its address it is a share all the same, and leads to the touch's link.
        """
        async with self._db.tenant(target.tenant_id) as session:
            material = await session.get(Material, (target.tenant_id, target.target_id))
            if material is None or material.state == "draft":
                return not_found()
            link = await self._link_of_touch(session, request, material)
            if link is not None:
                return Response.redirect(f"{LINK_PATH}{link}")
            page = await self._page(session, request, material)
        return self._answer(page)

    async def _link_of_touch(
        self, session: AsyncSession, request: Request, material: Material
    ) -> str | None:
        slug = request.query.get(TOUCH_PARAMETER)
        target = await find_slug(session, slug) if slug else None
        if target is None or (target.tenant_id, target.kind) != (material.tenant_id, _TOUCH_KIND):
            return None
        ctx = Context(
            tenant_id=material.tenant_id, actor=SYSTEM_ACTOR, clock=self._clock, session=session
        )
        touch = await self._find_touch(ctx, target.target_id)
        return None if touch is None else await link_of_touch(ctx, material.id, touch)

    async def _tracked(
        self, request: Request, target: Target, slug: str, *, reader: int | None, looking: bool
    ) -> Response:
        async with self._db.tenant(target.tenant_id) as session:
            ctx = Context(
                tenant_id=target.tenant_id, actor=SYSTEM_ACTOR, clock=self._clock, session=session
            )
            link = await session.get(TrackedLink, (target.tenant_id, target.target_id))
            if link is None:
                return not_found()
            material = await session.get_one(Material, (link.tenant_id, link.material_id))
            staff = await session.get_one(StaffAccount, (link.tenant_id, link.staff_account_id))
            page = await self._page(session, request, material)
            add_code = await self._add_code(session, link.tenant_id, link.staff_account_id)
            visit = None if looking else await record_opening(ctx, link, reader)
        page = replace(
            page,
            body=body_with_touch(page.body, link.touch_slug),
            staff=StaffFace(staff.alias or staff.name, staff.avatar_url, staff.position),
            add_code=add_code,
        )
        if visit is not None:
            page = await self._with_tracker(request, page, visit, slug)
        return self._answer(page, () if looking else self._visitor(request, target, reader))

    async def _page(
        self, session: AsyncSession, request: Request, material: Material
    ) -> ArticlePage:
        tenant = await session.get_one(Tenant, material.tenant_id)
        published = material.published_at
        return ArticlePage(
            title=material.title,
            summary=material.summary,
            body=material.body,
            cover=file_url(material.cover_key),
            origin=request.origin,
            url=f"{request.origin}{request.path}",
            enterprise=tenant.name,
            published_at=published and published.astimezone(ZoneInfo(tenant.timezone)),
        )

    async def _with_tracker(
        self, request: Request, page: ArticlePage, visit: Visit, slug: str
    ) -> ArticlePage:
        ends = self._clock.now() + READING
        token = self._signer.sign(VISIT_USE, visit.tenant_id, visit.id, ends=ends)
        track: dict[str, Any] = {"collect": COLLECT_PATH, "visit": token}
        # WeChat signs the address as the browser shows it, without the fragment.
        shown = page.url
        if BACK_PARAMETER in request.query:
            shown += f"?{request.scope['query_string'].decode('latin-1')}"
        card = await self._readers.share_card(visit.tenant_id, shown)
        if card is None:
            return replace(page, track=track)
        track["share"] = {
            "config": msgspec.to_builtins(card),
            "card": {
                "title": page.title,
                "desc": page.summary,
                "link": f"{page.origin}{LINK_PATH}{slug}",
                "imgUrl": f"{page.origin}{page.cover}" if page.cover else "",
            },
        }
        return replace(page, track=track, jweixin=self._settings.jweixin_url)

    def _visitor(self, request: Request, target: Target, reader: int | None) -> Headers:
        """Return what a browser is told to keep: a number of its own while nobody signed in."""
        secure = self._settings.secure
        if reader is not None:
            return no_visitor(request, target.tenant_id, secure=secure)
        now = self._clock.now()
        return visitor_cookie(request, self._signer, target.tenant_id, now, secure=secure)

    def _answer(self, page: ArticlePage, cookies: Headers = ()) -> Response:
        return Response.html(render(page), headers=(*self._headers(), *cookies))

    def _headers(self) -> Headers:
        script = self._settings.jweixin_url
        parts = urlsplit(script)
        policy = (
            "default-src 'none'; img-src * data:; style-src 'unsafe-inline'",
            f"script-src 'self' {script}",
            f"connect-src 'self' {parts.scheme}://{parts.netloc}",
            "base-uri 'none'; form-action 'none'",
            f"frame-ancestors {self._settings.frame_ancestors}",
        )
        return (
            ("cache-control", "private, no-store"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
            ("content-security-policy", "; ".join(policy)),
        )


def not_found() -> Response:
    """Tell a customer, not a programmer, that there is nothing here."""
    return Response.html(_NOT_FOUND, status=404, headers=(("cache-control", "no-store"),))


_NOT_FOUND: Final = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width,initial-scale=1">'
    '<meta name="color-scheme" content="light dark"><title>内容不存在</title>'
    '<p style="font:18px/1.7 sans-serif;padding:15vh 2em;text-align:center">'
    "这篇内容不存在或已下架。<br>请联系分享给你的人。</p></html>"
)
