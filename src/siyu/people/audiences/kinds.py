"""Background work about audiences: the kinds, for whoever wants it done."""

from datetime import timedelta
from typing import Final

import msgspec

from siyu.core.jobs import JobKind

_AT_ONCE: Final = timedelta(seconds=1)


class Build(msgspec.Struct, frozen=True):
    """The audience to be built, and the run that tells of it."""

    audience_id: int
    run_id: int


class Follow(msgspec.Struct, frozen=True):
    """The audience whose meaning changed, so that those standing on it are built anew."""

    audience_id: int


class Rescore(msgspec.Struct, frozen=True):
    """The run that makes RFM thresholds anew."""

    run_id: int


BUILD: Final = JobKind("audiences.build", Build, "构建人群", attempts=5, follows_after=_AT_ONCE)
FOLLOW: Final = JobKind(
    "audiences.follow", Follow, "更新引用它的人群", attempts=5, follows_after=_AT_ONCE
)
RESCORE: Final = JobKind("audiences.rfm", Rescore, "计算 RFM 分值", attempts=5)
