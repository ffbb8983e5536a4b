"""What people do with the official account and the mini program, and the pushes this brings."""

from collections.abc import Mapping
from typing import Any

from siyu.sandbox.world import ids
from siyu.sandbox.world import records as r
from siyu.sandbox.world import wechat_records as w
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.state import World

_TEMPLATES = (
    ("template", "订单发货通知", "订单号：{{keyword1.DATA}}\n快递：{{keyword2.DATA}}"),
    ("official", "活动提醒", "活动：{{thing1.DATA}}\n时间：{{time2.DATA}}"),
    ("mini", "到货提醒", "商品：{{thing1.DATA}}\n数量：{{number2.DATA}}"),
)
CODE_SECONDS = 300.0


def settle(world: World) -> None:
    """Give the world its mini program and templates, where it has none yet."""
    book = world.wechat
    if not len(book.minis):
        rng = ids.seeded(f"wechat:{world.settings.seed}")
        book.minis.save(
            w.MiniProgram(appid=ids.appid(rng), name="小鲸鱼商城", secret=ids.secret(rng, 32))
        )
        book.addresses.save(
            w.PushAddress(original_id=f"gh_{ids.random_text(12, rng, '0123456789abcdef')}")
        )
        for kind, title, content in _TEMPLATES:
            template = w.Template(
                id=ids.random_text(43, rng), kind=kind, title=title, content=content
            )
            book.templates.save(template)


def openid_of(world: World, person: r.Person, appid: str) -> str:
    """Return a person's id in an account; it is there from the first look on."""
    if appid not in person.openids:
        openid = ids.openid(ids.seeded(f"openid:{appid}:{person.id}:{person.unionid}"))
        person.openids = {**person.openids, appid: openid}
        world.people.save(person)
        world.by_openid[openid] = person
    return person.openids[appid]


def is_following(world: World, person: r.Person) -> bool:
    """Whether a person follows the official account."""
    follower = world.wechat.followers.get(str(person.id))
    return follower is not None and follower.following


def follow(world: World, person: r.Person, code: w.SceneCode | None = None) -> w.Follower:
    """Follow the official account, by a code or by its name."""
    if is_following(world, person):
        raise WorldRefused("已经关注了公众号")
    known = world.wechat.followers.get(str(person.id))
    follower = w.Follower(
        person=person.id, since=int(world.now()), remark=known.remark if known else "",
        came="ADD_SCENE_QR_CODE" if code else "ADD_SCENE_SEARCH", scene=code.scene if code else "",
    )  # fmt: skip
    world.wechat.followers.save(follower)
    told = (
        {"EventKey": f"qrscene_{code.scene}", "Ticket": code.ticket} if code else {"EventKey": ""}
    )
    push_event(world, person, "subscribe", told, answerable=True)
    world.feed.publish("follower", follower)
    return follower


def unfollow(world: World, person: r.Person) -> w.Follower:
    """Follow no more."""
    follower = world.wechat.followers.get(str(person.id))
    if follower is None or not follower.following:
        raise WorldRefused("没有关注公众号")
    follower.following = False
    world.wechat.followers.save(follower)
    push_event(world, person, "unsubscribe", {"EventKey": ""}, answerable=False)
    world.feed.publish("follower", follower)
    return follower


def scan(world: World, person: r.Person, code: w.SceneCode) -> str:
    """Scan a code with a parameter; who does not follow yet does then."""
    if code.expires is not None and code.expires <= world.now():
        raise WorldRefused("二维码已过期")
    code.scans += 1
    world.wechat.codes.save(code)
    if not is_following(world, person):
        follow(world, person, code)
        return "followed"
    told = {"EventKey": code.scene, "Ticket": code.ticket}
    push_event(world, person, "SCAN", told, answerable=True)
    return "scanned"


def menu_of(world: World, person: r.Person) -> w.Menu | None:
    """Return the menu a person sees: the conditional one made last that matches, or all's."""
    follower = world.wechat.followers.get(str(person.id))
    tags = {str(tag) for tag in follower.tags} if follower else set()
    menus = [menu for menu in world.wechat.menus if menu.matchrule.get("tag_id") in tags]
    return menus[-1] if menus else world.wechat.menus.get("default")


def click(world: World, person: r.Person, name: str) -> dict[str, Any]:
    """Use an entry of the menu by its name."""
    if not is_following(world, person):
        raise WorldRefused("没有关注公众号")
    menu = menu_of(world, person)
    tops = menu.button if menu else []
    entries = [x for top in tops for x in top.get("sub_button") or [top]]
    entry: dict[str, Any] | None = next((x for x in entries if x["name"] == name), None)
    if menu is None or entry is None:
        raise WorldRefused("菜单里没有这一项")
    if entry["type"] == "view":
        push_event(world, person, "VIEW", {"EventKey": entry["url"], "MenuId": menu.id})
    elif entry["type"] == "miniprogram":
        told = {"EventKey": entry["pagepath"], "MenuId": menu.id}
        push_event(world, person, "view_miniprogram", told)
    elif "key" in entry:
        event = "CLICK" if entry["type"] == "click" else entry["type"]
        push_event(world, person, event, {"EventKey": entry["key"]}, answerable=True)
    return entry


def say(world: World, person: r.Person, text: str) -> None:
    """Write to the official account."""
    if not is_following(world, person):
        raise WorldRefused("没有关注公众号")
    world.post_message(official_chat(person.id), f"p-{person.id}", "text", "customer", text=text)
    address = world.wechat.address
    number, address.number = address.number, address.number + 1
    world.wechat.addresses.save(address)
    fields: dict[str, str | int] = {"Content": text, "MsgId": number}
    _push(world, person, "text", fields, answerable=True)


def choose(
    world: World, person: r.Person, appid: str, template: w.Template, *, accept: bool
) -> None:
    """Answer the question for consent; each yes is good for one message."""
    consent = world.wechat.consent(person.id, appid, template.id)
    consent.left = consent.left + 1 if accept else 0
    world.wechat.consents.save(consent)
    if appid == world.official.appid:
        outcome = "accept" if accept else "reject"
        told_about(world, person, "Popup", template.id, SubscribeStatusString=outcome, PopupScene=2)


def told_about(
    world: World, person: r.Person, what: str, template: str, **fields: str | int
) -> None:
    """Push a decision about a template (``Popup``, ``Change``), or a message's end (``Sent``)."""
    items = "".join(_element(k, v) for k, v in {"TemplateId": template, **fields}.items())
    holder = f"SubscribeMsg{what}Event"
    inner = f"<{holder}><List>{items}</List></{holder}>"
    event = f"subscribe_msg_{what.lower()}_event"
    _push(world, person, "event", {"Event": event}, inner=inner)


def push_event(
    world: World,
    person: r.Person,
    event: str,
    fields: Mapping[str, str | int],
    *,
    answerable: bool = False,
) -> None:
    """Push an event of the official account."""
    _push(world, person, "event", {"Event": event, **fields}, answerable=answerable)


def _push(
    world: World,
    person: r.Person,
    kind: str,
    fields: Mapping[str, str | int],
    *,
    inner: str = "",
    answerable: bool = False,
) -> None:
    address = world.wechat.address
    if not address.url:
        return
    whole = {
        "ToUserName": address.original_id,
        "FromUserName": openid_of(world, person, world.official.appid),
        "CreateTime": int(world.now()),
        "MsgType": kind,
        **fields,
    }
    body = "".join(_element(name, value) for name, value in whole.items())
    corp = world.corp
    push = w.Push(
        id=corp.next_delivery, person=person.id, xml=f"<xml>{body}{inner}</xml>",
        created=world.now(), answerable=answerable,
    )  # fmt: skip
    corp.next_delivery += 1
    world.corps.save(corp)
    world.wechat.pushes.save(push)
    world.wechat.on_push(push)


def official_chat(person: int) -> str:
    """Return the chat of a person with the official account."""
    return f"official|p-{person}"


def mini_chat(person: int) -> str:
    """Return the notices of the mini program to a person."""
    return f"mini|p-{person}"


def grant(world: World, person: r.Person, kind: str) -> str:
    """Give out a code of the mini program: ``mini`` of wx.login, ``phone`` of the phone button."""
    made = r.Grant(
        key=ids.oauth_code()[:32], kind=kind, appid=world.wechat.mini.appid, who=f"p-{person.id}",
        expires=world.now() + CODE_SECONDS,
    )  # fmt: skip
    return world.grants.save(made).key


def open_link(world: World, text: str) -> w.MiniLink:
    """Open the mini program by a link."""
    link, now = world.wechat.links.get(text), world.now()
    if link is None:
        raise WorldRefused("链接打不开小程序")
    if link.expires is not None and link.expires <= now:
        raise WorldRefused("链接已过期")
    today = int(now) // 86_400
    opened = sum(int(at) // 86_400 == today for x in world.wechat.links for at in x.opens)
    most = world.switches.mini_opens_per_day
    if opened >= most and world.holds("mini_link_counts"):
        raise WorldRefused("今天通过链接打开小程序的次数已达上限")
    link.opens = [*link.opens, now]
    return world.wechat.links.save(link)


def _element(name: str, value: str | int) -> str:
    if isinstance(value, int):
        return f"<{name}>{value}</{name}>"
    safe = value.replace("]]>", "]]]]><![CDATA[>")
    return f"<{name}><![CDATA[{safe}]]></{name}>"
