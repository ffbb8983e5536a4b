"""Whose access token a call of api.weixin.qq.com carries."""

from siyu.sandbox.api.call import Call
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world import records as r
from siyu.sandbox.world import wechat_records as w
from siyu.sandbox.world.state import World

Account = r.OfficialAccount | w.MiniProgram


def with_secret(world: World, appid: str, secret: str) -> Account:
    """Return the account, or 40013, 40125."""
    accounts: tuple[Account, ...] = (world.official, world.wechat.mini)
    account = next((a for a in accounts if a.appid == appid), None)
    if account is None:
        raise ApiError(40013, "invalid appid")
    if account.secret != secret:
        raise ApiError(40125)
    return account


def save(world: World, account: Account) -> None:
    """Put an account that was changed into the next commit."""
    if isinstance(account, r.OfficialAccount):
        world.officials.save(account)
    else:
        world.wechat.minis.save(account)


def check_token(call: Call, account: Account) -> None:
    """Refuse a token that is not the account's (40001), missing (41001) or expired (42001)."""
    token = call.query.get("access_token", "")
    if not token:
        raise ApiError(41001)
    if token != account.token:
        raise ApiError(40001)
    if account.token_expires <= call.world.now():
        raise ApiError(42001)


def official(call: Call) -> r.OfficialAccount:
    """Return the official account whose token the call carries."""
    check_token(call, call.world.official)
    return call.world.official


def mini(call: Call) -> w.MiniProgram:
    """Return the mini program whose token the call carries."""
    check_token(call, call.world.wechat.mini)
    return call.world.wechat.mini


def is_of_wechat(world: World, token: str) -> bool:
    """Whether a token is one of these accounts', for paths that WeCom has as well."""
    return bool(token) and token in {world.official.token, world.wechat.mini.token}


def person_of(call: Call, openid: str, appid: str) -> r.Person:
    """Return whose openid it is in an account, or 40003."""
    person = call.world.by_openid.get(openid)
    if person is None or person.openids.get(appid) != openid:
        raise ApiError(40003, "invalid openid")
    return person
