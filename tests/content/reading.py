"""Pages of content on public doors, and how browsers and WeChat come to them."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
from sqlalchemy import select

from shop import by_path
from siyu.content.collection.door import inbox
from siyu.content.doors import doors
from siyu.content.links import create_link
from siyu.content.models import Visit
from siyu.content.pages.readers import ShareCard, WechatReader
from siyu.core.errors import BadGateway
from siyu.core.files import Files
from siyu.core.settings import Settings
from siyu.core.signing import Signer
from siyu.messaging.touches import create_touch, find_touch
from siyu.people.models import Identity

WECHAT = {"user-agent": "Mozilla/5.0 MicroMessenger/8.0.50"}


class WeChat:
    """The edge of the world: an official account that answers at once."""

    def __init__(self) -> None:
        self.connected = True
        self.next: WechatReader | None = None
        self.asked: list[str] = []

    async def authorize_url(self, _tenant_id, redirect_uri, state, scope):
        if not self.connected:
            return None
        self.asked.append(scope)
        query = httpx.QueryParams(redirect_uri=redirect_uri, state=state, scope=scope)
        return f"https://open.weixin.qq.com/connect/oauth2/authorize?{query}"

    async def reader(self, _tenant_id, code):
        if code == "bad":
            raise BadGateway("wechat_refused", "微信登录失败")
        return self.next

    async def share_card(self, _tenant_id, _url):
        return ShareCard("wx1", 1, "n", "s") if self.connected else None


@asynccontextmanager
async def opened(db, clock, wechat, folder: Path, **settings) -> AsyncIterator:
    """Open the doors of content, as the roof does."""
    appender = inbox(db)
    appender.start()
    yield by_path(
        doors(
            db=db,
            clock=clock,
            settings=Settings(frame_ancestors="'self'", **settings),
            files=Files(f"file://{folder}"),
            signer=Signer(b"k" * 32),
            gate=wechat,
            inbox=appender,
            find_touch=find_touch,
        )
    )
    await appender.close()


async def share(shop, sent_to=None, **changes):
    material = await shop.article(**changes)
    async with shop.work() as ctx:
        touch = await create_touch(
            ctx,
            "share",
            material_id=material.id,
            staff_account_id=shop.staff_account_id,
            identity_id=sent_to,
        )
        return await create_link(
            ctx,
            material,
            touch_id=touch.id,
            touch_slug=touch.slug,
            staff_account_id=shop.staff_account_id,
            sent_to=sent_to,
        )


async def open_page(client, wechat, url, reader=None, **options):
    """Follow redirects as WeChat's browser does; `reader` is who holds the phone."""
    wechat.next = reader
    for _ in range(8):
        response = await client.get(url, **options)
        if response.status_code != 302:
            return response
        url = response.headers["location"]
        if url.startswith("https://open.weixin.qq.com"):
            query = parse_qs(urlsplit(url).query)
            url = f"{query['redirect_uri'][0]}&code=c&state={query['state'][0]}"
    raise AssertionError("goes in circles")


def track_of(response) -> dict:
    found = re.search(r'id="siyu-track">(.*?)</script>', response.text)
    return json.loads(found[1])


async def visits(shop):
    async with shop.work() as ctx:
        return (await ctx.session.scalars(select(Visit).order_by(Visit.id))).all()


async def beat(client, page, seconds=6):
    track = track_of(page)
    report = {"visit": track["visit"], "seconds": seconds, "depth": 10}
    taken = await client.post(track["collect"], json=report)
    assert taken.status_code == 204


async def read(client, link, worker, **options):
    """Open a page outside WeChat and stay for a beat."""
    page = await client.get(f"/a/{link.slug}", **options)
    await beat(client, page)
    while await worker.step():
        pass
    return page


async def sign_in(client, wechat, link, reader):
    page = await open_page(client, wechat, f"/a/{link.slug}", reader, headers=WECHAT)
    assert "siyu_reader" in client.cookies
    return page


async def browsers(shop):
    async with shop.work() as ctx:
        found = select(Identity).where(
            Identity.tenant_id == shop.tenant_id, Identity.kind == "visitor"
        )
        return (await ctx.session.scalars(found.order_by(Identity.id))).all()
