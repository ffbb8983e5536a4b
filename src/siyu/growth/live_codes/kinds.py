"""The kinds of background work about live codes."""

from datetime import timedelta
from typing import Final

import msgspec

from siyu.core.jobs import JobKind


class ApplyLiveCode(msgspec.Struct, frozen=True):
    """A live code to be brought to WeCom as the planner wants it."""

    live_code_id: int


class MarkTags(msgspec.Struct, frozen=True):
    """The tags of a live code are to be put on a contact who came through it."""

    live_code_id: int
    contact_id: int


APPLY_LIVE_CODE: Final = JobKind(
    "growth.apply_live_code",
    ApplyLiveCode,
    "同步活码到企业微信",
    attempts=6,
    priority=30,
    follows_after=timedelta(seconds=10),
)
MARK_TAGS: Final = JobKind("growth.mark_tags", MarkTags, "活码自动打标签", priority=5)
