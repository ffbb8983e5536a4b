"""The admin consoles of WeCom and of the official account: ``/world/api/admin``."""

from random import SystemRandom
from typing import Any

import msgspec
from litestar import Controller, delete, get, post, put
from litestar.params import FromPath, JSONBody

from siyu.sandbox.callbacks import verify
from siyu.sandbox.control.guard import from_this_machine
from siyu.sandbox.control.parts import TheHttp, TheWorld
from siyu.sandbox.control.problems import NotInWorld
from siyu.sandbox.control.views import app_view, official_view
from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.faults import change_secret, forget_token
from siyu.sandbox.world.seed import PERMISSIONS
from siyu.sandbox.world.state import World
from siyu.sandbox.world.switches import RULES, Switches


class Callback(msgspec.Struct):
    """Body of ``PUT admin/app/{agentid}/callback``."""

    url: str
    token: str
    aes_key: str


class Domain(msgspec.Struct):
    """Body of ``PUT …/trusted-domain``: host and port; siyu must serve the verification file.

    ``without_file`` stands for a domain whose ownership was proven elsewhere.
    """

    domain: str
    without_file: bool = False


class Advance(msgspec.Struct):
    """Body of ``POST admin/clock``."""

    seconds: float


def _app(world: World, agentid: int) -> r.App:
    app = world.apps.get(str(agentid))
    if app is None:
        raise NotInWorld("没有这个应用")
    return app


class AdminController(Controller):
    """What a real admin clicks in the consoles, and the named switches of the world."""

    path = "/world/api/admin"
    guards = (from_this_machine,)

    @get("/app")
    async def apps(self, world: TheWorld) -> dict[str, Any]:
        """List the corporation's apps with corp id and secrets."""
        return {"corpid": world.corp.corpid, "items": [app_view(app) for app in world.apps]}

    @put("/app/{agentid:int}/callback")
    async def callback(
        self,
        world: TheWorld,
        http: TheHttp,
        agentid: FromPath[int],
        data: JSONBody[Callback],
    ) -> dict[str, Any]:
        """Set where the app receives events; verified by an encrypted echostr."""
        app = _app(world, agentid)
        await verify.set_callback(world, http, app, data.url, data.token, data.aes_key)
        await world.journal.settled()
        return app_view(app)

    @delete("/app/{agentid:int}/callback", status_code=200)
    async def no_callback(self, world: TheWorld, agentid: FromPath[int]) -> dict[str, Any]:
        """Take the callback address away."""
        app = _app(world, agentid)
        app.callback_url = app.callback_token = app.callback_aes_key = ""
        app.callback_verified_at = None
        world.apps.save(app)
        await world.journal.settled()
        return app_view(app)

    @put("/app/{agentid:int}/trusted-domain")
    async def domain(
        self,
        world: TheWorld,
        http: TheHttp,
        agentid: FromPath[int],
        data: JSONBody[Domain],
    ) -> dict[str, Any]:
        """Set the app's trusted domain; its verification file is fetched."""
        app = _app(world, agentid)
        if data.without_file:
            app.trusted_domain, app.domain_verified_at = data.domain.lower(), None
            world.apps.save(app)
        else:
            await verify.set_trusted_domain(world, http, app, data.domain)
        await world.journal.settled()
        return app_view(app)

    @put("/app/{agentid:int}/permissions")
    async def permissions(
        self, world: TheWorld, agentid: FromPath[int], data: JSONBody[dict[str, bool]]
    ) -> dict[str, Any]:
        """Grant or take permissions, see `siyu.sandbox.world.seed.PERMISSIONS`."""
        app = _app(world, agentid)
        if not set(data) <= set(PERMISSIONS):
            raise WorldRefused(f"权限只有:{'、'.join(PERMISSIONS)}")
        app.permissions = app.permissions | data
        world.apps.save(app)
        await world.journal.settled()
        return app_view(app)

    @put("/app/{agentid:int}/visible-range")
    async def visible(
        self, world: TheWorld, agentid: FromPath[int], data: JSONBody[dict[str, list[int]]]
    ) -> dict[str, Any]:
        """Set the departments the app sees: ``{"departments": [1]}``."""
        app = _app(world, agentid)
        departments = data.get("departments", [])
        if not departments or any(str(d) not in world.departments for d in departments):
            raise WorldRefused("没有这个部门")
        app.departments = departments
        world.apps.save(app)
        await world.journal.settled()
        return app_view(app)

    @post("/app/{agentid:int}/reset-secret")
    async def reset_secret(self, world: TheWorld, agentid: FromPath[int]) -> dict[str, Any]:
        """Give the app a new secret; tokens of the old one die."""
        app = _app(world, agentid)
        change_secret(world, app, SystemRandom())
        await world.journal.settled()
        return app_view(app)

    @post("/app/{agentid:int}/expire-token", status_code=204)
    async def expire_token(self, world: TheWorld, agentid: FromPath[int]) -> None:
        """Let the app's access token die early, as may happen."""
        forget_token(world, _app(world, agentid))
        await world.journal.settled()

    @get("/official")
    async def official(self, world: TheWorld) -> dict[str, Any]:
        """Show the official account with its secret."""
        return official_view(world.official)

    @put("/official/domain")
    async def official_domain(
        self, world: TheWorld, http: TheHttp, data: JSONBody[Domain]
    ) -> dict[str, Any]:
        """Set the official account's 网页授权域名 (and JS 接口安全域名)."""
        if data.without_file:
            world.official.domain = data.domain.lower()
            world.officials.save(world.official)
        else:
            await verify.set_official_domain(world, http, data.domain)
        await world.journal.settled()
        return official_view(world.official)

    @get("/switches")
    async def switches(self, world: TheWorld) -> Switches:
        """Show the named switches."""
        return world.switches

    @put("/switches")
    async def switch(self, world: TheWorld, data: JSONBody[dict[str, Any]]) -> Switches:
        """Turn some switches; the others stay."""
        merged = msgspec.to_builtins(world.switches) | data
        try:
            if unknown := set(merged) - set(Switches.__struct_fields__):
                raise WorldRefused(f"没有这个开关:{'、'.join(sorted(unknown))}")
            switches = msgspec.convert(merged, Switches)
            if unknown := set(switches.rules_off) - set(RULES):
                raise WorldRefused(f"没有这条规则:{'、'.join(sorted(unknown))}")
            world.switch_shelf.save(switches)
        except msgspec.ValidationError as error:
            raise WorldRefused(f"开关的值不对:{error}") from error
        await world.journal.settled()
        return world.switches

    @post("/clock")
    async def clock(self, world: TheWorld, data: JSONBody[Advance]) -> dict[str, float]:
        """Push the world's clock forward; it never goes back."""
        if data.seconds < 0:
            raise WorldRefused("时间不能倒流")
        await world.agenda.push(data.seconds)
        await world.journal.settled()
        return {"now": world.now()}
