"""What a browser sees of the world: OAuth pages, scripts, codes, portraits, shop, world page."""

import io
import mimetypes
from html import escape
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

import msgspec
import segno
from litestar import Controller, Request, Response, get, post
from litestar.enums import MediaType
from litestar.exceptions import ClientException
from litestar.params import FromPath
from litestar.response import Redirect

from siyu.sandbox.control.guard import from_this_machine
from siyu.sandbox.control.parts import TheNotices, TheShop, TheWorld
from siyu.sandbox.control.problems import NotInWorld
from siyu.sandbox.hosts import Who, split_host
from siyu.sandbox.wechat import cashier, jsapi, oauth
from siyu.sandbox.world import records as r
from siyu.sandbox.world.avatars import portrait
from siyu.sandbox.world.log import hide_secrets
from siyu.sandbox.world.state import World

_CORS = {"access-control-allow-origin": "*"}
_DAY = {"cache-control": "public, max-age=86400"}
_QR_SCALE = 10
_BODY_LIMIT = 65_536
_Asked = TypeVar("_Asked", bound=msgspec.Struct)


def _query(request: Request[Any, Any, Any]) -> dict[str, str]:
    return dict(request.query_params.items())


def _svg(text: str) -> Response[str]:
    return Response(text, media_type="image/svg+xml", headers=_DAY | _CORS)


def _png(text: str) -> Response[bytes]:
    picture = io.BytesIO()
    segno.make(text, error="m").save(picture, kind="png", scale=_QR_SCALE, border=4)
    return Response(picture.getvalue(), media_type="image/png", headers=_DAY | _CORS)


class OpenController(Controller):
    """OAuth, sign-in, and the scripts with what they call."""

    path = "/"

    @get("/connect/oauth2/authorize")
    async def authorize(self, world: TheWorld, request: Request[Any, Any, Any]) -> Response[str]:
        """Answer OAuth of WeCom and of the official account."""
        return await self._oauth(world, request, oauth.authorize(world, _query(request)))

    @get("/wwlogin/sso/login")
    async def login(self, world: TheWorld, request: Request[Any, Any, Any]) -> Response[str]:
        """Answer WeCom's sign-in for browsers."""
        return await self._oauth(world, request, oauth.login(world, _query(request)))

    @staticmethod
    async def _oauth(
        world: World, request: Request[Any, Any, Any], outcome: oauth.Outcome
    ) -> Response[str]:
        await world.journal.settled()
        world.log.add(
            world.now(), "oauth", sender=outcome.note or "browser", receiver="wechat",
            method="GET", path=f"{request.url.path}?{hide_secrets(request.url.query)}",
            status=outcome.status, note=outcome.note,
        )  # fmt: skip
        headers = {"cache-control": "no-store"}
        if outcome.location:
            return Response("", status_code=302, headers=headers | {"location": outcome.location})
        return Response(
            outcome.page, status_code=outcome.status, media_type=MediaType.HTML, headers=headers
        )

    @get(["/open/js/{name:str}", "/wwopen/js/{name:str}", "/node/open/js/{name:str}"])
    async def script(self, world: TheWorld, name: FromPath[str]) -> Response[str]:
        """Serve the stand-ins: jweixin under any version, and WeCom's jssdk."""
        if not name.endswith(".js"):
            raise NotInWorld("没有这个脚本")
        file = "jssdk.js" if "jssdk" in name else "jweixin.js"
        return Response(
            jsapi.script(file, world.base_url),
            media_type="text/javascript; charset=utf-8",
            headers=_CORS | {"cache-control": "no-cache"},
        )

    @post("/jsapi/check", status_code=200)
    async def check(self, world: TheWorld, request: Request[Any, Any, Any]) -> Response[Any]:
        """Check the signature a page presents."""
        asked = await _asked(request, jsapi.Check)
        return await self._js(world, asked.kind, asked.url, jsapi.check(world, asked))

    @post("/jsapi/call", status_code=200)
    async def call(self, world: TheWorld, request: Request[Any, Any, Any]) -> Response[Any]:
        """Answer a script interface."""
        asked = await _asked(request, jsapi.JsCall)
        return await self._js(world, asked.name, asked.url, jsapi.call(world, asked))

    @post("/jsapi/pay", status_code=200)
    async def pay(
        self, world: TheWorld, notices: TheNotices, request: Request[Any, Any, Any]
    ) -> Response[Any]:
        """Put an order on the pay sheet, or pay it."""
        asked = await _asked(request, cashier.Asked)
        return await self._js(world, "pay", asked.url, cashier.ask(world, notices, asked))

    @staticmethod
    async def _js(world: World, name: str, url: str, answer: dict[str, Any]) -> Response[Any]:
        await world.journal.settled()
        who, host = split_host(urlsplit(url).netloc)
        world.log.add(
            world.now(), "js", sender=who.label if who else host, receiver="wechat",
            method="JS", path=name, response=answer["errMsg"], status=200,
            errcode=answer.get("errCode"), note=hide_secrets(url),
        )  # fmt: skip
        return Response(answer, headers=_CORS)


async def _asked(request: Request[Any, Any, Any], kind: type[_Asked]) -> _Asked:
    body = await request.body()
    if len(body) > _BODY_LIMIT:
        raise ClientException("内容过长")
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.MsgspecError as error:
        raise ClientException(str(error)) from error


class PictureController(Controller):
    """Codes, portraits and uploaded files."""

    path = "/"

    @get("/qr/way/{name:str}")
    async def way_code(self, world: TheWorld, name: FromPath[str]) -> Response[bytes]:
        """Draw the picture of a contact way: a QR that says the code's address."""
        config_id = name.removesuffix(".png")
        if config_id not in world.ways:
            raise NotInWorld("没有这个二维码")
        return _png(f"{world.base_url}/q/{config_id}")

    @get("/qr/group/{name:str}")
    async def group_code(self, world: TheWorld, name: FromPath[str]) -> Response[bytes]:
        """Draw the picture of a code that leads into groups."""
        config_id = name.removesuffix(".png")
        if config_id not in world.join_ways:
            raise NotInWorld("没有这个二维码")
        return _png(f"{world.base_url}/g/{config_id}")

    @get("/qr/staff/{name:str}")
    async def staff_code(self, world: TheWorld, name: FromPath[str]) -> Response[bytes]:
        """Draw the picture of a staff account's own code."""
        userid = name.removesuffix(".png")
        if userid not in world.staff:
            raise NotInWorld("没有这个员工账号")
        return _png(f"{world.base_url}/u/{userid}")

    @get(["/q/{config_id:str}", "/g/{config_id:str}", "/o/{config_id:str}"])
    async def scanned(self, config_id: FromPath[str]) -> Redirect:
        """Open the world page on a code that a real camera read."""
        return Redirect(f"/?scan={config_id}")

    @get("/ca/{link_id:str}")
    async def acquisition(
        self, request: Request[Any, Any, Any], link_id: FromPath[str]
    ) -> Redirect:
        """Open the world page on an acquisition link."""
        asked = {"acquire": link_id, **request.query_params.dict()}
        return Redirect(f"/?{urlencode({k: str(v) for k, v in asked.items()})}")

    @get("/avatar/{name:str}")
    async def portrait(self, world: TheWorld, name: FromPath[str]) -> Response[str]:
        """Draw the portrait of a person, a staff account or an app."""
        label = name.removesuffix(".svg")
        kind, _, key = label.partition("-")
        found = (
            world.people.get(key) if kind == "p" else world.staff.get(key) if kind == "s" else None
        )
        return _svg(portrait(label, found.gender if found else 0))

    @get(["/media/{media_id:str}", "/img/{media_id:str}"])
    async def media(self, world: TheWorld, media_id: FromPath[str]) -> Response[bytes]:
        """Serve an uploaded file as the phones in the world load it."""
        media = world.media.get(media_id)
        content = await world.blob(media_id) if media else None
        if media is None or content is None:
            raise NotInWorld("没有这个文件")
        safe = media.type == "image"
        return Response(
            content,
            media_type=media.content_type if safe else "application/octet-stream",
            headers=_DAY | _CORS | {"x-content-type-options": "nosniff"},
        )


class ShopController(Controller):
    """A page of the shop per product, where a link's mark (``?t=``) comes along to the order."""

    path = "/shop"
    guards = (from_this_machine,)

    @get("/{sku:str}")
    async def product(
        self, world: TheWorld, request: Request[Any, Any, Any], sku: FromPath[str]
    ) -> Response[str]:
        """Show a product; the visitor carries the link's mark from now on."""
        person, touch = _visitor(world, request), request.query_params.get("t", "")
        if person is not None and touch:
            person.touch = touch
            world.people.save(person)
            await world.journal.settled()
        return _shop_page(_product(world, sku), person, "")

    @post("/{sku:str}", status_code=200)
    async def buy(
        self,
        world: TheWorld,
        shop: TheShop,
        request: Request[Any, Any, Any],
        sku: FromPath[str],
    ) -> Response[str]:
        """Buy one as the person whose browser this is."""
        product, person = _product(world, sku), _visitor(world, request)
        if person is None:
            return _shop_page(product, None, "")
        order = await shop.buy(
            person, sku, quantity=1, touch=request.query_params.get("t", ""),
            identifiers=["unionid", "phone"],
        )  # fmt: skip
        return _shop_page(product, person, order.external_id)


def _product(world: World, sku: str) -> r.Product:
    for product in world.shop.products:
        if product.sku == sku:
            return product
    raise NotInWorld("商城没有这个商品")


def _visitor(world: World, request: Request[Any, Any, Any]) -> r.Person | None:
    """Read who is here from the own host, or from the page that led here."""
    who: Who | None = None
    for netloc in (
        request.headers.get("host", ""), urlsplit(request.headers.get("referer", "")).netloc,
    ):  # fmt: skip
        who = who or split_host(netloc)[0]
    return world.people.get(who.key) if who and not who.is_staff else None


def _shop_page(product: r.Product, person: r.Person | None, order: str) -> Response[str]:
    price = f"¥{product.price_fen // 100}.{product.price_fen % 100:02d}"
    if order:
        act = f'<p role="status">已下单,订单号 {escape(order)}</p>'
    elif person is None:
        act = "<p>请在模拟手机里打开这个页面再购买。</p>"
    else:
        act = f'<form method="post"><p>{escape(person.name)}</p><button>立即购买</button></form>'
    return Response(
        oauth.page(product.name, f"<h1>{escape(product.name)}</h1><p>{price}</p>{act}"),
        media_type=MediaType.HTML,
    )


class StaticController(Controller):
    """The built world page."""

    path = "/"

    @get(["/", "/{file:path}"])
    async def file(self, world: TheWorld, file: FromPath[Path] = Path()) -> Response[bytes]:
        """Serve a file of the world page; every other path is the page itself."""
        root = world.settings.static_dir.resolve()
        wanted = (root / str(file).lstrip("/")).resolve()
        if not wanted.is_file() or not wanted.is_relative_to(root):
            wanted = root / "index.html"
        if not wanted.is_file():
            raise NotInWorld("模拟世界的页面还没有构建")
        kind = mimetypes.guess_type(wanted.name)[0] or "application/octet-stream"
        hashed = "/assets/" in wanted.as_posix()
        cache = "public, max-age=31536000, immutable" if hashed else "no-cache"
        return Response(wanted.read_bytes(), media_type=kind, headers={"cache-control": cache})
