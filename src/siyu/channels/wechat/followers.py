"""Who follows an official account (用户管理): `account.followers`."""

from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, Annotated, Final

from siyu.channels.wechat.rows import Row
from siyu.channels.wecom.endpoint import Part, Reply, Request
from siyu.channels.wecom.limits import Chars, Items

if TYPE_CHECKING:
    from siyu.channels.wechat.api import WeChatApi

_BATCH: Final = 100


class FollowerRequest(Request, kw_only=True, frozen=True):
    """Names one follower."""

    openid: Annotated[str, Chars(128, 1)]
    lang: str = "zh_CN"


class Follower(Reply, kw_only=True, frozen=True):
    """What WeChat tells of who follows, or once did (`subscribe` 0: then nothing but the openid).

    `subscribe_time` in Unix seconds; `subscribe_scene` says how they came (``ADD_SCENE_QR_CODE``,
    …), `qr_scene` and `qr_scene_str` which code with a parameter they scanned.
    """

    openid: str
    subscribe: int = 0
    unionid: str = ""
    language: str = ""
    subscribe_time: int = 0
    remark: str = ""
    groupid: int = 0
    tagid_list: tuple[int, ...] = ()
    subscribe_scene: str = ""
    qr_scene: int = 0
    qr_scene_str: str = ""


class FollowersRequest(Request, kw_only=True, frozen=True):
    """The page after `next_openid`; without one, the first."""

    next_openid: str | None = None


class OpenIds(Part, kw_only=True, frozen=True):
    """Openids of a page."""

    openid: tuple[str, ...] = ()


class FollowersReply(Reply, kw_only=True, frozen=True):
    """Up to 10,000 openids; the page behind the last is empty."""

    total: int = 0
    count: int = 0
    data: OpenIds = OpenIds()
    next_openid: str = ""


class BatchRequest(Request, kw_only=True, frozen=True):
    """Up to 100 followers at once."""

    user_list: Annotated[list[FollowerRequest], Items(_BATCH, 1)]


class BatchReply(Reply, kw_only=True, frozen=True):
    """Followers in the order they were asked for."""

    user_info_list: tuple[Follower, ...] = ()


class RemarkRequest(Request, kw_only=True, frozen=True):
    """The account's own name for a follower; empty takes it away."""

    openid: Annotated[str, Chars(128, 1)]
    remark: Annotated[str, Chars(29)]


INFO: Final = Row("GET", "/cgi-bin/user/info", FollowerRequest, Follower)
LIST: Final = Row("GET", "/cgi-bin/user/get", FollowersRequest, FollowersReply)
BATCH: Final = Row("POST", "/cgi-bin/user/info/batchget", BatchRequest, BatchReply)
REMARK: Final = Row("POST", "/cgi-bin/user/info/updateremark", RemarkRequest, Reply)
ROWS: Final = (INFO, LIST, BATCH, REMARK)


class Followers:
    """Followers by openid."""

    def __init__(self, api: "WeChatApi") -> None:
        self._api = api

    async def one(self, openid: str) -> Follower:
        """Return what WeChat tells of an openid; `subscribe` is 0 for who does not follow."""
        return await self._api.call(INFO, FollowerRequest(openid=openid))

    async def openids(self) -> AsyncIterator[str]:
        """Yield the openid of every follower."""
        after: str | None = None
        while True:
            page = await self._api.call(LIST, FollowersRequest(next_openid=after))
            for openid in page.data.openid:
                yield openid
            if not page.data.openid or page.next_openid in {"", after}:
                return
            after = page.next_openid

    async def some(self, openids: Sequence[str]) -> list[Follower]:
        """Return what WeChat tells of many, in batches."""
        found: list[Follower] = []
        for start in range(0, len(openids), _BATCH):
            asked = [FollowerRequest(openid=one) for one in openids[start : start + _BATCH]]
            found += (await self._api.call(BATCH, BatchRequest(user_list=asked))).user_info_list
        return found

    async def rename(self, openid: str, remark: str) -> None:
        """Give a follower the account's own name for them; an empty one takes it away."""
        await self._api.call(REMARK, RemarkRequest(openid=openid, remark=remark))
