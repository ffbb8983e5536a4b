"""Control of the official account and the mini program, as its admin and as people."""

from collections.abc import Callable
from typing import Any

import msgspec
from litestar import Controller, delete, get, post, put
from litestar.params import FromPath, JSONBody

from siyu.sandbox.callbacks.pushes import set_address
from siyu.sandbox.control.guard import from_this_machine
from siyu.sandbox.control.parts import TheHttp, TheWorld
from siyu.sandbox.control.people import person_of
from siyu.sandbox.control.problems import NotInWorld
from siyu.sandbox.world import records as r
from siyu.sandbox.world import wechat
from siyu.sandbox.world import wechat_records as w
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.state import World


class Address(msgspec.Struct):
    """Body of ``PUT official/push``. ``mode``: plain, both, safe (the last two need a key)."""

    url: str
    token: str
    aes_key: str = ""
    mode: str = "plain"


class Act(msgspec.Struct):
    """Body of what a person does: what the act needs of it."""

    url: str = ""
    name: str = ""
    text: str = ""
    template_id: str = ""
    accept: bool = True
    link: str = ""


def _official(world: World) -> dict[str, Any]:
    official, address = world.official, world.wechat.address
    return {
        "appid": official.appid,
        "name": official.name,
        "secret": official.secret,
        "original_id": address.original_id,
        "push": {"url": address.url, "mode": address.mode},
        "followers": sum(f.following for f in world.wechat.followers),
        "templates": [t for t in world.wechat.templates if t.kind != "mini"],
        "codes": list(world.wechat.codes),
        "menus": list(world.wechat.menus),
        "waiting_pushes": sum(p.status == "waiting" for p in world.wechat.pushes),
    }


class AccountsController(Controller):
    """The two accounts as their admin sees them."""

    path = "/world/api"
    guards = (from_this_machine,)

    @get("/official")
    async def official(self, world: TheWorld) -> dict[str, Any]:
        """Show the official account with its secret."""
        return _official(world)

    @put("/official/push")
    async def push(self, world: TheWorld, http: TheHttp, data: JSONBody[Address]) -> dict[str, Any]:
        """Set where pushes go; verified by a plain echostr."""
        known = world.wechat.address
        wanted = w.PushAddress(
            original_id=known.original_id, number=known.number, url=data.url, token=data.token,
            aes_key=data.aes_key, mode=data.mode,
        )  # fmt: skip
        await set_address(world, http, wanted)
        await world.journal.settled()
        return _official(world)

    @delete("/official/push", status_code=200)
    async def no_push(self, world: TheWorld) -> dict[str, Any]:
        """Take the address away."""
        known = world.wechat.address
        world.wechat.addresses.save(
            w.PushAddress(original_id=known.original_id, number=known.number)
        )
        await world.journal.settled()
        return _official(world)

    @get("/official/followers")
    async def followers(self, world: TheWorld) -> dict[str, list[w.Follower]]:
        """List who follows, and who did."""
        return {"items": list(world.wechat.followers)}

    @get("/mini")
    async def mini(self, world: TheWorld) -> dict[str, Any]:
        """Show the mini program with its secret."""
        program = world.wechat.mini
        return {
            "appid": program.appid,
            "name": program.name,
            "secret": program.secret,
            "templates": [t for t in world.wechat.templates if t.kind == "mini"],
            "links": list(world.wechat.links),
        }


class OfficialPeopleController(Controller):
    """What a person does with the official account."""

    path = "/world/api/people/{person:int}/official"
    guards = (from_this_machine,)

    @get()
    async def seen(self, world: TheWorld, person: FromPath[int]) -> dict[str, Any]:
        """Show whether the person follows, the menu they see, and what they agreed to."""
        found = person_of(world, person)
        menu = wechat.menu_of(world, found)
        return {
            "following": wechat.is_following(world, found),
            "openid": wechat.openid_of(world, found, world.official.appid),
            "menu": menu.button if menu else [],
            "consents": [c for c in world.wechat.consents if c.person == found.id],
        }

    @post("/{act:str}")
    async def act(
        self, world: TheWorld, person: FromPath[int], act: FromPath[str], data: JSONBody[Act]
    ) -> dict[str, Any]:
        """Do one of: follow, unfollow, scan, click, say, choose."""
        found = person_of(world, person)
        if act not in _ACTS:
            raise NotInWorld(f"对公众号只能:{'、'.join(_ACTS)}")
        outcome = _ACTS[act](world, found, data)
        await world.journal.settled()
        return {"outcome": outcome}


def _code(world: World, asked: Act) -> w.SceneCode:
    key = asked.url.rpartition("/")[2]
    code = next((c for c in world.wechat.codes if key in {c.key, c.ticket}), None)
    if code is None:
        raise NotInWorld("没有这个二维码")
    return code


def _choose(world: World, person: r.Person, asked: Act, appid: str, kind: str) -> str:
    template = world.wechat.templates.get(asked.template_id)
    if template is None or template.kind != kind:
        raise NotInWorld("没有这个订阅消息模板")
    wechat.choose(world, person, appid, template, accept=asked.accept)
    return "accepted" if asked.accept else "rejected"


def _say(world: World, person: r.Person, asked: Act) -> str:
    if not asked.text:
        raise WorldRefused("没有可以发送的内容")
    wechat.say(world, person, asked.text)
    return "said"


_ACTS: dict[str, Callable[[World, r.Person, Act], str]] = {
    "follow": lambda world, person, _: wechat.follow(world, person).came,
    "unfollow": lambda world, person, _: wechat.unfollow(world, person).came,
    "scan": lambda world, person, asked: wechat.scan(world, person, _code(world, asked)),
    "click": lambda world, person, asked: wechat.click(world, person, asked.name)["type"],
    "say": _say,
    "choose": lambda world, person, asked: _choose(
        world, person, asked, world.official.appid, "official"
    ),
}


class MiniPeopleController(Controller):
    """What a person does with the mini program."""

    path = "/world/api/people/{person:int}/mini"
    guards = (from_this_machine,)

    @post("/{act:str}")
    async def act(
        self, world: TheWorld, person: FromPath[int], act: FromPath[str], data: JSONBody[Act]
    ) -> dict[str, Any]:
        """Do one of: login, phone (each answers a code), choose, open (a link)."""
        found = person_of(world, person)
        if act in {"login", "phone"}:
            code = wechat.grant(world, found, "mini" if act == "login" else "phone")
            answer = {"code": code}
        elif act == "choose":
            appid = world.wechat.mini.appid
            answer = {"outcome": _choose(world, found, data, appid, "mini")}
        elif act == "open":
            link = wechat.open_link(world, data.link)
            answer = {"path": link.path, "query": link.query}
        else:
            raise NotInWorld("对小程序只能:login、phone、choose、open")
        await world.journal.settled()
        return answer
