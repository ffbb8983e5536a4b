"""Background work on many customers: the kind, for whoever wants it done."""

from typing import Final

import msgspec

from siyu.core.jobs import JobKind


class DoAct(msgspec.Struct, frozen=True):
    """Which run of the job it is."""

    run_id: int


ACT: Final = JobKind("people.act", DoAct, "批量处理客户", attempts=5)
