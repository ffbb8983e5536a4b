"""Many rows in one statement: each column travels as one array, however many rows there are.

A unit of work would spend some hundred times as much processor time on each row.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import TableValuedAlias, bindparam, column, func, select
from sqlalchemy.dialects.postgresql import ARRAY, Insert, insert

from siyu.core.db.base import Base


def table_of(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> TableValuedAlias:
    """Return `rows` as a table to select from or join with, and their `place` in it from 1.

    There must be some; all name the same columns of `model`, whose types they have.
    """
    columns = {name: model.__table__.c[name].type for name in rows[0]}
    arrays = (
        bindparam(None, [row[name] for row in rows], ARRAY(kind, dimensions=1))
        for name, kind in columns.items()
    )
    return (
        func.unnest(*arrays)
        .table_valued(
            *(column(name, kind) for name, kind in columns.items()), with_ordinality="place"
        )
        .render_derived()
    )


def insert_many(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> Insert:
    """Return the statement that inserts `rows` (see `table_of`) in their order.

    The model's defaults stand for columns that are not named.
    """
    came = table_of(model, rows)
    wanted = select(*(came.c[name] for name in rows[0])).order_by(came.c.place)
    return insert(model).from_select(list(rows[0]), wanted)
