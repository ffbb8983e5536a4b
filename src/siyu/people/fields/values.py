"""What was noted of customers in custom fields: checked, set, read."""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import Row, select
from sqlalchemy.dialects.postgresql import distinct_on

from siyu.accounts.models import Employee
from siyu.core.context import Context, News
from siyu.core.db import among, insert_many
from siyu.core.errors import FieldError, Invalid
from siyu.facts.people import CustomerChanged
from siyu.people.fields.models import CustomField, FieldValue
from siyu.people.fields.schemas import FieldInput, FieldValueView
from siyu.people.fields.service import visible_fields
from siyu.people.identity.holding import hold
from siyu.people.identity.identities import homes_of
from siyu.people.identity.phones import mask_phones
from siyu.people.models import Identity

_MOST_CHARS: Final = 500
_MOST_CHOICES: Final = 50
_MOST: Final = 1e15
_YEARS: Final = range(1900, 2201)


class Noted(NamedTuple):
    """A value as the table has it; all empty: there is none."""

    number: float | None = None
    text: str | None = None
    day: date | None = None
    choices: tuple[int, ...] = ()


NOTHING: Final = Noted()


class Refused(Exception):
    """A value does not fit its field; says why in Chinese."""


def check(field: CustomField, value: FieldInput) -> Noted:
    """Return a value as the table keeps it; raises `Refused`."""
    if value is None or value in ("", []):
        return NOTHING
    return _KINDS[field.kind](field, value)


def shown(field: CustomField, noted: Noted) -> FieldInput:
    """Return a value as it goes out, and as it came in."""
    if noted == NOTHING:
        return None
    if field.kind == "flag":
        return bool(noted.number)
    if field.kind == "number":
        return noted.number
    if field.kind == "date":
        return noted.day.isoformat() if noted.day else None
    return noted.text if field.kind == "text" else list(noted.choices)


async def set_fields(
    ctx: Context, customer_ids: Collection[int], values: Mapping[int, FieldInput]
) -> int:
    """Note the same values of customers; return how many are different now.

    The customers must be such that the actor may see; merged ones lead to who they became. Raises
    `Invalid` with one error for each value that does not fit or may not be set.
    """
    noted = _checked(await visible_fields(ctx), values)
    customers = sorted(set((await hold(ctx, customer_ids, writing=True)).values()))
    homes = await homes_of(ctx, customers)
    before = await _latest(ctx, customers, noted.keys())
    rows = [
        {
            "tenant_id": ctx.tenant_id,
            "identity_id": homes[customer_id],
            "field_id": field_id,
            **value._asdict(),
            "choices": list(value.choices),
            "set_at": ctx.now(),
            "employee_id": ctx.actor.id,
        }
        for customer_id in customers
        if customer_id in homes
        for field_id, value in noted.items()
        if _noted(before.get((customer_id, field_id))) != value
    ]
    if not rows:
        return 0
    upsert = insert_many(FieldValue, rows)
    await ctx.session.execute(
        upsert.on_conflict_do_update(
            index_elements=["tenant_id", "identity_id", "field_id"],
            set_={
                name: upsert.excluded[name]
                for name in ("number", "text", "day", "choices", "set_at", "employee_id")
            },
        )
    )
    return await _announce(ctx, rows, {home: number for number, home in homes.items()})


async def values_of(ctx: Context, customer_id: int) -> list[FieldValueView]:
    """Return the values of one customer that the actor may see, in the order of the fields."""
    known = await visible_fields(ctx)
    latest = await _latest(ctx, [customer_id], known.keys())
    names = await _names(ctx, {row.employee_id for row in latest.values() if row.employee_id})
    return [
        FieldValueView(
            field_id=field.id,
            value=shown(field, _noted(row)),
            set_at=row.set_at,
            by=names.get(row.employee_id or 0),
        )
        for field in known.values()
        if (row := latest.get((customer_id, field.id))) is not None and _noted(row) != NOTHING
    ]


async def values_of_many(
    ctx: Context, customer_ids: Collection[int], field_ids: Collection[int]
) -> dict[int, dict[int, FieldInput]]:
    """Return values by customer and field; those the actor may not see are left out."""
    known = await visible_fields(ctx)
    latest = await _latest(ctx, customer_ids, known.keys() & set(field_ids))
    found: dict[int, dict[int, FieldInput]] = {}
    for (customer_id, field_id), row in latest.items():
        if (value := shown(known[field_id], _noted(row))) is not None:
            found.setdefault(customer_id, {})[field_id] = value
    return found


def _checked(
    known: Mapping[int, CustomField], values: Mapping[int, FieldInput]
) -> dict[int, Noted]:
    noted: dict[int, Noted] = {}
    errors = []
    for field_id, value in values.items():
        field = known.get(field_id)
        if field is None:
            message = "字段不存在、已移除，或你的角色不能填写"
            errors.append(FieldError(f"values.{field_id}", "unknown", message))
            continue
        try:
            noted[field_id] = check(field, value)
        except Refused as refusal:
            message = f"「{field.name}」{refusal}"
            errors.append(FieldError(f"values.{field_id}", "invalid", message))
    if errors:
        raise Invalid("field_values_invalid", errors[0].message, errors=errors)
    return noted


async def _latest(
    ctx: Context, customer_ids: Collection[int], field_ids: Collection[int]
) -> dict[tuple[int, int], Row[Any]]:
    """Return what counts of each customer's ids: what was noted last."""
    rows = await ctx.session.execute(
        select(
            Identity.customer_id,
            FieldValue.field_id,
            FieldValue.number,
            FieldValue.text,
            FieldValue.day,
            FieldValue.choices,
            FieldValue.set_at,
            FieldValue.employee_id,
        )
        .ext(distinct_on(Identity.customer_id, FieldValue.field_id))
        .join(
            Identity,
            (Identity.tenant_id == FieldValue.tenant_id) & (Identity.id == FieldValue.identity_id),
        )
        .where(
            FieldValue.tenant_id == ctx.tenant_id,
            among(Identity.customer_id, customer_ids),
            among(FieldValue.field_id, field_ids),
        )
        .order_by(
            Identity.customer_id,
            FieldValue.field_id,
            FieldValue.set_at.desc(),
            FieldValue.identity_id.desc(),
        )
    )
    return {(row.customer_id, row.field_id): row for row in rows}


def _noted(row: Row[Any] | None) -> Noted:
    return NOTHING if row is None else Noted(row.number, row.text, row.day, tuple(row.choices))


async def _announce(
    ctx: Context, rows: Sequence[Mapping[str, Any]], owners: Mapping[int, int]
) -> int:
    changed: dict[int, list[int]] = {}
    for row in rows:
        changed.setdefault(row["identity_id"], []).append(row["field_id"])
    await ctx.announce_many(
        [
            News(
                CustomerChanged(
                    customer_id=owners[identity_id], what="fields", field_ids=field_ids
                ),
                identity_id,
            )
            for identity_id, field_ids in changed.items()
        ]
    )
    return len(changed)


async def _names(ctx: Context, employee_ids: Collection[int]) -> dict[int, str]:
    rows = await ctx.session.execute(
        select(Employee.id, Employee.name).where(
            Employee.tenant_id == ctx.tenant_id, Employee.id.in_(employee_ids)
        )
    )
    return {row.id: row.name for row in rows}


def _text(_: CustomField, value: FieldInput) -> Noted:
    if not isinstance(value, str):
        raise Refused("应为文本")
    text = mask_phones(value.strip())
    if len(text) > _MOST_CHARS:
        raise Refused(f"最多 {_MOST_CHARS} 个字")
    if "\0" in text:
        raise Refused("含有不能保存的字符")
    return Noted(text=text) if text else NOTHING


def _number(_: CustomField, value: FieldInput) -> Noted:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused("应为数字")
    if not math.isfinite(value) or abs(value) > _MOST:
        raise Refused("数字过大")
    return Noted(number=float(value))


def _day(_: CustomField, value: FieldInput) -> Noted:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        day = None
    if day is None or day.year not in _YEARS:
        raise Refused("应为日期，如 2026-11-18")
    return Noted(day=day)


def _choices(field: CustomField, value: FieldInput) -> Noted:
    if not isinstance(value, list):
        raise Refused("应为选项")
    living = {option["id"] for option in field.options if not option["gone"]}
    if not living.issuperset(value):
        raise Refused("有选项不存在或已移除")
    if len(set(value)) > _MOST_CHOICES:
        raise Refused(f"最多选 {_MOST_CHOICES} 项")
    return Noted(choices=tuple(sorted(set(value))))


def _choice(field: CustomField, value: FieldInput) -> Noted:
    noted = _choices(field, value)
    if len(noted.choices) > 1:
        raise Refused("只能选一项")
    return noted


def _flag(_: CustomField, value: FieldInput) -> Noted:
    if not isinstance(value, bool):
        raise Refused("应为是或否")
    return Noted(number=float(value))


_KINDS: Final[Mapping[str, Callable[[CustomField, FieldInput], Noted]]] = {
    "text": _text,
    "number": _number,
    "date": _day,
    "choice": _choice,
    "choices": _choices,
    "flag": _flag,
}
