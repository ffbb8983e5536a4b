"""Background work of privacy: the kinds, for whoever wants it done."""

from typing import Final

import msgspec

from siyu.core.jobs import JobKind


class Erase(msgspec.Struct, frozen=True):
    """Which request, and which run of the job."""

    run_id: int
    erasure_id: int


class Pack(msgspec.Struct, frozen=True):
    """Which data package, and which run of the job."""

    run_id: int
    package_id: int


ERASE: Final = JobKind("people.erase", Erase, "删除个人信息", attempts=20, priority=5)
PACK: Final = JobKind("people.pack", Pack, "制作个人信息副本", attempts=5)
