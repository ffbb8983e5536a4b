"""Many rows in one statement: they travel as one JSON text, however many there are.

A unit of work would spend some hundred times as much processor time on each row, and arrays, which
the driver encodes value by value, ten times as much.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    LargeBinary,
    Subquery,
    any_,
    bindparam,
    func,
    literal,
    select,
    text,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import ARRAY, Insert, insert
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.core.db.base import Base

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


def table_of(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> Subquery:
    """Return `rows` as a table to select from or join with, and their `place` in it from 1.

    There must be some; all name the same columns of `model`, whose types they have.
    """
    columns = {name: model.__table__.c[name].type for name in rows[0]}
    typed = ", ".join(f"{name} {kind.compile(_DIALECT)}" for name, kind in columns.items())
    came = text(
        f"select * from rows from (json_to_recordset(cast(:rows as json)) as ({typed}))"  # noqa: S608 - names and types of columns
        f" with ordinality as came({', '.join(columns)}, place)"
    )
    binary = [name for name, kind in columns.items() if isinstance(kind, LargeBinary)]
    if binary:
        rows = [{**row, **{name: _hex(row[name]) for name in binary}} for row in rows]
    sent: BindParameter[str] = bindparam("rows", msgspec.json.encode(rows).decode(), unique=True)
    return came.bindparams(sent).columns(**columns, place=BigInteger()).subquery()


def insert_many(model: type[Base], rows: Sequence[Mapping[str, Any]], /, **same: Any) -> Insert:
    """Return the statement that inserts `rows` (see `table_of`) in their order.

    `same` are the columns that are the same in every row, which are sent once. The model's defaults
    stand for columns that are not named.
    """
    came = table_of(model, rows)
    alike = (literal(value, model.__table__.c[name].type) for name, value in same.items())
    wanted = select(*(came.c[name] for name in rows[0]), *alike).order_by(came.c.place)
    return insert(model).from_select([*rows[0], *same], wanted)


def among(column: Any, ids: Collection[int]) -> ColumnElement[bool]:
    """Return that a column has one of these ids; they travel as one array."""
    fits: ColumnElement[bool] = column == any_(bindparam(None, list(ids), ARRAY(BigInteger)))
    return fits


async def plan_for_any_values(session: AsyncSession) -> None:
    """Have the statements of this transaction planned for whatever values they are given.

    Of a tenant that is new, or grows by what is being written, the statistics know nothing: a plan
    made for its very number takes it for empty, and reads all of its rows again for each statement.
    """
    await session.execute(select(func.set_config("plan_cache_mode", "force_generic_plan", True)))


def _hex(value: bytes | None) -> str | None:
    return None if value is None else rf"\x{value.hex()}"
