"""Background work about customer groups: the kinds, for whoever wants it done."""

from datetime import timedelta
from typing import Final

import msgspec

from siyu.core.jobs import JobKind

_SETTLES: Final = timedelta(seconds=3)


class RefreshGroup(msgspec.Struct, frozen=True):
    """A customer group that is to be read from WeCom."""

    chat_id: str


REFRESH_GROUP: Final = JobKind(
    "people.refresh_group", RefreshGroup, "读取客户群", priority=8, follows_after=_SETTLES
)
