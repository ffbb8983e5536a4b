"""Facts of the stage Growth."""

from typing import ClassVar

from siyu.facts.base import Fact


class LiveCodeCreated(Fact, frozen=True, kw_only=True):
    """A live code was made in WeCom and can be scanned."""

    type: ClassVar[str] = "live_code.created"
    title: ClassVar[str] = "活码创建"

    live_code_id: int
    channel_id: int


class LiveCodeChanged(Fact, frozen=True, kw_only=True):
    """Staff, welcome or tags of a live code were changed."""

    type: ClassVar[str] = "live_code.changed"
    title: ClassVar[str] = "活码修改"

    live_code_id: int


class LiveCodeRemoved(Fact, frozen=True, kw_only=True):
    """A live code was deleted and can no longer be scanned."""

    type: ClassVar[str] = "live_code.removed"
    title: ClassVar[str] = "活码删除"

    live_code_id: int


class ChannelExposed(Fact, frozen=True, kw_only=True):
    """A channel was shown to people: cards printed, leaflets handed out.

    `source` says where the figure comes from, such as `printed`; `cost_fen` is what it cost.
    """

    type: ClassVar[str] = "channel.exposed"
    title: ClassVar[str] = "渠道曝光"

    channel_id: int
    count: int
    source: str
    cost_fen: int = 0
