"""Where a person is: in which tables, how their rows are found, and what an erasure does there.

The roof says it for every table (`siyu.personal`). The same lines tell what a data package holds
and what is removed, so neither can know of less than the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple

from sqlalchemy import ColumnElement, Table, delete, false, or_, select, update

from siyu.core.context import Context
from siyu.core.db import Base, among
from siyu.people.identity.holding import branch, survivors
from siyu.people.models import Identity

Reach = tuple[str, str]
"""A column, and what it holds: the id of an `identity`, of a `customer` or of a row of another
place (its table); or the value of an identity (`=` and its kind; `#` and its kind where the
column holds the bytes of a keyed hash)."""


@dataclass(frozen=True)
class Place:
    """One table. `reach`: any of these finds a row.

    `erase`: `rows` go altogether; of what must stay, `links` are cut: the columns in `blank` are
    set to what stands there. `shown` names the columns that a person can read, in Chinese.
    """

    table: str
    title: str
    reach: Sequence[Reach] = (("identity_id", "identity"),)
    erase: Literal["rows", "links"] = "rows"
    blank: Mapping[str, Any] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)


class PersonIds(NamedTuple):
    """All numbers and ids of a person, of everybody who was merged into them as well."""

    customer_ids: frozenset[int]
    identity_ids: frozenset[int]
    values: Mapping[str, frozenset[str]]
    """Values of the identities by kind."""

    def of(self, kind: str) -> frozenset[str]:
        """Return the values of a kind."""
        return self.values.get(kind, frozenset())


Places = Mapping[str, Place]

_BY_NUMBER: Final = frozenset({"identity", "customer"})


async def person_ids(ctx: Context, customer_id: int) -> PersonIds:
    """Return who a customer is."""
    number = (await survivors(ctx, [customer_id]))[customer_id]
    customers = await branch(ctx, number)
    rows = await ctx.session.execute(
        select(Identity.id, Identity.kind, Identity.value).where(
            Identity.tenant_id == ctx.tenant_id, among(Identity.customer_id, customers)
        )
    )
    identities = rows.all()
    values: dict[str, set[str]] = {}
    for row in identities:
        values.setdefault(row.kind, set()).add(row.value)
    return PersonIds(
        frozenset(customers),
        frozenset(row.id for row in identities),
        {kind: frozenset(found) for kind, found in values.items()},
    )


def table_named(name: str) -> Table:
    """Return a table."""
    return Base.metadata.tables[name]


def theirs(ctx: Context, places: Places, place: Place, person: PersonIds) -> ColumnElement[bool]:
    """Return the condition that a row of a place is about a person."""
    table = table_named(place.table)
    found = [_fits(ctx, places, table.c[name], held, person) for name, held in place.reach]
    return (table.c.tenant_id == ctx.tenant_id) & or_(false(), *found)


def _fits(
    ctx: Context, places: Places, column: Any, held: str, person: PersonIds
) -> ColumnElement[bool]:
    match held[0], held[1:]:
        case "=", kind:
            fits: ColumnElement[bool] = column.in_(person.of(kind))
        case "#", kind:
            fits = column.in_([bytes.fromhex(value) for value in person.of(kind)])
        case _ if held in _BY_NUMBER:
            ids = person.identity_ids if held == "identity" else person.customer_ids
            fits = among(column, ids)
        case _:
            parent = table_named(held)
            fits = column.in_(select(parent.c.id).where(theirs(ctx, places, places[held], person)))
    return fits


async def remove(ctx: Context, places: Places, person: PersonIds) -> dict[str, int]:
    """Remove a person from all places in this transaction; return how many rows, by table."""
    removed: dict[str, int] = {}
    # What points to others first.
    for table in reversed(Base.metadata.sorted_tables):
        place = places.get(table.name)
        if place is None or table.schema is not None:
            continue
        condition = theirs(ctx, places, place, person)
        statement: Any = (
            delete(table).where(condition)
            if place.erase == "rows"
            else update(table).where(condition).values(**place.blank)
        )
        result: Any = await ctx.session.execute(statement)
        if result.rowcount:
            removed[table.name] = result.rowcount
    return removed
