"""Background work of import and export: the kinds, for whoever wants it done."""

from typing import Final

import msgspec

from siyu.core.jobs import JobKind


class ImportFile(msgspec.Struct, frozen=True):
    """Which file, and which run of the job."""

    run_id: int
    import_id: int


class ExportList(msgspec.Struct, frozen=True):
    """Which export, and which run of the job."""

    run_id: int
    export_id: int


PERMISSION: Final = "customers.import"
EXPORT_PERMISSION: Final = "customers.export"
CHECK: Final = JobKind("people.import_check", ImportFile, "试算导入文件", attempts=3)
IMPORT: Final = JobKind("people.import", ImportFile, "导入客户", attempts=5)
EXPORT: Final = JobKind("people.export", ExportList, "导出客户", attempts=5)
