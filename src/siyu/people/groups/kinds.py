"""Background work about customer groups: the kinds, for whoever wants it done."""

from datetime import timedelta
from typing import Final

import msgspec

from siyu.core.jobs import JobKind

SETTLES: Final = timedelta(seconds=3)
"""How long after an event WeCom's data of a group are taken to lag behind it."""


class RefreshGroup(msgspec.Struct, frozen=True):
    """A customer group that is to be read from WeCom."""

    chat_id: str


REFRESH_GROUP: Final = JobKind(
    "people.refresh_group", RefreshGroup, "读取客户群", priority=8, follows_after=SETTLES
)
