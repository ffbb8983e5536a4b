"""Tables of import and export.

Files stand encrypted in the store (`siyu.core.sealed`); these rows only name them, and no row
repeats what a file says of a person.
"""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from siyu.core.db import Base, TenantBase, TenantTable
from siyu.core.db.base import tenant_key

SOURCES: Final = ("csv", "xlsx")
FORMATS: Final = ("csv", "xlsx")


class PeopleImport(TenantBase):
    """A file somebody uploaded to import customers from.

    `plan` says what its columns mean (`siyu.people.exchange.plan.Plan`); `checked` is what the
    last trial run counted. `file` is empty once the file is gone.
    """

    __tablename__ = "people_import"
    __table_args__ = (
        CheckConstraint(f"source in {SOURCES}", name="source"),
        Index("ix_people_import_recent", "tenant_id", text("id desc")),
        tenant_key("run_id", "job_run"),
        tenant_key("check_id", "job_run"),
    )

    name: Mapped[str]
    source: Mapped[str]
    file: Mapped[str]
    size: Mapped[int]
    encoding: Mapped[str]
    separator: Mapped[str]
    header: Mapped[list[Any]]
    plan: Mapped[dict[str, Any] | None]
    checked: Mapped[dict[str, Any] | None]
    check_id: Mapped[int | None]
    run_id: Mapped[int | None]
    created_by: Mapped[int | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class ImportChunk(TenantTable, Base):
    """Rows of a file that were imported, written in their own transaction: so none comes twice.

    They begin behind the `first` rows of the file, so an import goes on however its chunks are cut.
    `members` are the customers the rows were about, as a 64-bit roaring bitmap.
    """

    __tablename__ = "people_import_chunk"
    __table_args__ = (tenant_key("import_id", "people_import", ondelete="CASCADE"),)

    import_id: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rows: Mapped[int]
    new: Mapped[int]
    known: Mapped[int]
    repeated: Mapped[int] = mapped_column(server_default="0")
    conflicting: Mapped[int]
    bad: Mapped[int]
    members: Mapped[bytes]


class ImportProblem(TenantTable, Base):
    """What is to be said of a row: why it was not imported, or that it repeats another.

    The row itself is in the file; `line` counts as Excel does. Until the import begins these are
    the words of the last trial.
    """

    __tablename__ = "people_import_problem"
    __table_args__ = (tenant_key("import_id", "people_import", ondelete="CASCADE"),)

    import_id: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    column_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """The column from 1; 0 where the row as a whole is meant."""
    message: Mapped[str]
    repeats: Mapped[int | None]
    """The line that is about the same person, 0 where that is further away; the row was imported.
    Empty: it was not."""


class PeopleExport(TenantBase):
    """A list of customers somebody asked for. `wanted` says whom (`export_schemas.ExportWanted`).

    `selection_id` is the selection of the customer list it is about, which is written once.
    """

    __tablename__ = "people_export"
    __table_args__ = (
        CheckConstraint(f"format in {FORMATS}", name="format"),
        Index("ix_people_export_recent", "tenant_id", text("id desc")),
        Index("uq_people_export_selection", "tenant_id", "selection_id", unique=True),
        tenant_key("run_id", "job_run"),
    )

    format: Mapped[str]
    columns: Mapped[list[Any]]
    wanted: Mapped[dict[str, Any]]
    selection_id: Mapped[int | None]
    use_id: Mapped[int | None]
    """The use of the audience it is about, which says who was in it when it was asked for."""
    phones: Mapped[bool]
    """Whether phone numbers are written out; else they are masked."""
    file: Mapped[str] = mapped_column(default="")
    """The finished workbook; a CSV is its parts."""
    ready: Mapped[bool] = mapped_column(default=False)
    rows: Mapped[int] = mapped_column(default=0)
    downloads: Mapped[int] = mapped_column(default=0)
    run_id: Mapped[int | None]
    created_by: Mapped[int | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class ExportPart(TenantTable, Base):
    """A finished part of an export; the next one goes on behind `last_id`."""

    __tablename__ = "people_export_part"
    __table_args__ = (tenant_key("export_id", "people_export", ondelete="CASCADE"),)

    export_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    file: Mapped[str]
    rows: Mapped[int]
    last_id: Mapped[int]
    members: Mapped[bytes]
