"""Followers, codes with parameters and menus of the official account."""

import io
import re
from typing import Any

import msgspec
import segno

from siyu.sandbox.api.call import Answer, Call, Endpoint, File
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.wechat.accounts import official, person_of
from siyu.sandbox.world import ids
from siyu.sandbox.world import wechat_records as w
from siyu.sandbox.world.wechat import menu_of, openid_of

_BATCH = 100
_REMARK = 30
_LONGEST = 2_592_000
_SHORT = 60
_SCENE = 64
_QR_SCALE = 10


def _shown(call: Call, openid: str) -> dict[str, Any]:
    world = call.world
    person = person_of(call, openid, world.official.appid)
    follower = world.wechat.followers.get(str(person.id))
    if follower is None or not follower.following:
        return {"subscribe": 0, "openid": openid}
    answer = {
        "subscribe": 1, "openid": openid, "nickname": "", "sex": 0, "language": "zh_CN",
        "city": "", "province": "", "country": "", "headimgurl": "",
        "subscribe_time": follower.since, "remark": follower.remark, "groupid": 0,
        "tagid_list": follower.tags, "subscribe_scene": follower.came, "qr_scene": 0,
        "qr_scene_str": follower.scene,
    }  # fmt: skip
    if world.switches.open_platform_bound:
        answer["unionid"] = person.unionid
    return answer


def _info(call: Call) -> Answer:
    official(call)
    call.free = True
    return _shown(call, call.query.get("openid", ""))


def _list(call: Call) -> Answer:
    account, world = official(call), call.world
    following = sorted((f for f in world.wechat.followers if f.following), key=lambda f: f.since)
    openids = [
        openid_of(world, person, account.appid)
        for f in following
        if (person := world.people.get(str(f.person))) is not None
    ]
    after = call.query.get("next_openid", "")
    if after and after not in openids:
        raise ApiError(40003, "invalid openid")
    start = openids.index(after) + 1 if after else 0
    page = openids[start : start + world.switches.followers_per_page]
    call.free = True
    answer: dict[str, Any] = {"total": len(openids), "count": len(page)}
    if page:
        answer["data"] = {"openid": page}
    return answer | {"next_openid": page[-1] if page else ""}


class _Who(msgspec.Struct):
    openid: str


class _Batch(msgspec.Struct):
    user_list: list[_Who] = []


def _batch(call: Call) -> Answer:
    official(call)
    asked = call.read(_Batch).user_list
    if not asked or (len(asked) > _BATCH and call.world.holds("official_batch")):
        raise ApiError(40032, "invalid openid list size")
    call.free = True
    return {"user_info_list": [_shown(call, who.openid) for who in asked]}


class _Remark(msgspec.Struct):
    openid: str
    remark: str = ""


def _rename(call: Call) -> Answer:
    account, asked = official(call), call.read(_Remark)
    person = person_of(call, asked.openid, account.appid)
    follower = call.world.wechat.followers.get(str(person.id))
    if follower is None or not follower.following:
        raise ApiError(43004, "require subscribe")
    if len(asked.remark) >= _REMARK and call.world.holds("official_remark"):
        raise ApiError(45159, "remark too long")
    follower.remark = asked.remark
    call.world.wechat.followers.save(follower)
    return {}


class _Scene(msgspec.Struct):
    scene_str: str = ""
    scene_id: int = 0


class _Action(msgspec.Struct):
    scene: _Scene


class _Code(msgspec.Struct):
    action_name: str
    action_info: _Action
    expire_seconds: int = _SHORT


def _create_code(call: Call) -> Answer:
    official(call)
    world, asked = call.world, call.read(_Code)
    action = re.fullmatch(r"QR_(LIMIT_)?(STR_)?SCENE", asked.action_name)
    if action is None:
        raise ApiError(40053, "invalid action info")
    scene = asked.action_info.scene
    text = scene.scene_str if action[2] else str(scene.scene_id)
    limited = world.holds("official_code")
    if text in {"", "0"} or (limited and len(text) > _SCENE):
        raise ApiError(40053, "invalid action info")
    permanent = action[1] is not None
    if permanent:
        kept = sum(code.expires is None for code in world.wechat.codes)
        if limited and kept >= world.switches.permanent_codes:
            raise ApiError(45029, "qrcode count out of limit")
    elif asked.expire_seconds <= 0 or (limited and asked.expire_seconds > _LONGEST):
        raise ApiError(40052, "invalid expire_seconds")
    now, key = world.now(), ids.random_text(20)
    code = w.SceneCode(
        ticket=f"gQ{ids.random_text(92)}==", key=key, scene=text, created=now,
        expires=None if permanent else now + asked.expire_seconds,
    )  # fmt: skip
    world.wechat.codes.save(code)
    world.feed.publish("scene_code", code)
    call.free = True
    life = {} if permanent else {"expire_seconds": asked.expire_seconds}
    return {"ticket": code.ticket, **life, "url": f"{world.base_url}/o/{key}"}


def _show_code(call: Call) -> Answer:
    code = call.world.wechat.codes.get(call.query.get("ticket", ""))
    if code is None:
        raise ApiError(40056, "invalid ticket")
    picture = io.BytesIO()
    address = f"{call.world.base_url}/o/{code.key}"
    segno.make(address, error="m").save(picture, kind="png", scale=_QR_SCALE, border=4)
    return File(picture.getvalue(), "image/png")


class _Menu(msgspec.Struct):
    button: list[dict[str, Any]] = []
    matchrule: dict[str, str] = {}


_MOST = {"top": 3, "sub": 5}
_NEEDS = {"view": ("url",), "miniprogram": ("url", "appid", "pagepath"), "media_id": ("media_id",)}


def _check_menu(call: Call, buttons: list[dict[str, Any]]) -> None:
    if call.world.holds("official_menu"):
        _check_buttons(buttons, "top")


def _check_buttons(buttons: list[dict[str, Any]], level: str) -> None:
    if not 0 < len(buttons) <= _MOST[level]:
        raise ApiError(40017 if level == "top" else 40023, "invalid button size")
    longest = 16 if level == "top" else 60
    for button in buttons:
        if not 0 < len(str(button.get("name", "")).encode()) <= longest:
            raise ApiError(40018 if level == "top" else 40025, "invalid button name size")
        if subs := button.get("sub_button"):
            if level == "sub":
                raise ApiError(40022, "invalid sub button level")
            _check_buttons(subs, "sub")
            continue
        needs = _NEEDS.get(str(button.get("type", "")), ("key",))
        if not button.get("type") or not all(button.get(need) for need in needs):
            raise ApiError(40016, "invalid button")


def _create_menu(call: Call) -> Answer:
    official(call)
    asked = call.read(_Menu)
    _check_menu(call, asked.button)
    call.world.wechat.menus.save(w.Menu(id="default", button=asked.button))
    return {}


def _add_conditional(call: Call) -> Answer:
    official(call)
    asked = call.read(_Menu)
    if "default" not in call.world.wechat.menus:
        raise ApiError(65303, "there is no self-defined menu, please create one first")
    if not any(asked.matchrule.values()):
        raise ApiError(65305, "match rule is empty")
    _check_menu(call, asked.button)
    menu = w.Menu(
        id=ids.random_text(9, alphabet="123456789"), button=asked.button, matchrule=asked.matchrule
    )
    call.world.wechat.menus.save(menu)
    call.free = True
    return {"menuid": menu.id}


def _get_menu(call: Call) -> Answer:
    official(call)
    menus = call.world.wechat.menus
    default = menus.get("default")
    if default is None:
        raise ApiError(46003, "menu no exist")
    some = [
        {"button": m.button, "matchrule": m.matchrule, "menuid": int(m.id)}
        for m in reversed(list(menus)) if m.id != "default"
    ]  # fmt: skip
    call.free = True
    return {"menu": {"button": default.button}} | ({"conditionalmenu": some} if some else {})


def _delete_menu(call: Call) -> Answer:
    official(call)
    for menu in list(call.world.wechat.menus):
        call.world.wechat.menus.drop(menu.id)
    return {}


class _MenuId(msgspec.Struct):
    menuid: str


def _delete_conditional(call: Call) -> Answer:
    official(call)
    asked = call.read(_MenuId)
    if asked.menuid == "default" or asked.menuid not in call.world.wechat.menus:
        raise ApiError(65301, "menuid not exist")
    call.world.wechat.menus.drop(asked.menuid)
    return {}


class _Try(msgspec.Struct):
    user_id: str


def _try(call: Call) -> Answer:
    account, asked = official(call), call.read(_Try)
    menu = menu_of(call.world, person_of(call, asked.user_id, account.appid))
    call.free = True
    return {"button": menu.button if menu else []}


def _row(method: str, path: str, rule: Any) -> Endpoint:
    return Endpoint(method, f"/cgi-bin/{path}", rule, token=False, host="wechat")


ENDPOINTS = (
    _row("GET", "user/info", _info),
    _row("GET", "user/get", _list),
    _row("POST", "user/info/batchget", _batch),
    _row("POST", "user/info/updateremark", _rename),
    _row("POST", "qrcode/create", _create_code),
    _row("GET", "showqrcode", _show_code),
    _row("POST", "menu/create", _create_menu),
    _row("GET", "menu/get", _get_menu),
    _row("GET", "menu/delete", _delete_menu),
    _row("POST", "menu/addconditional", _add_conditional),
    _row("POST", "menu/delconditional", _delete_conditional),
    _row("POST", "menu/trymatch", _try),
)
