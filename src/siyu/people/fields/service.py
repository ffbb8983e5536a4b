"""Which custom fields there are: made, changed, ordered, hidden from roles, removed."""

import secrets
from collections.abc import Sequence
from typing import Any, Final

from msgspec import UNSET

from siyu.accounts.audit import record
from siyu.core.context import Context
from siyu.core.errors import Conflict, Invalid, NotFound
from siyu.people.fields.models import CustomField
from siyu.people.fields.schemas import FieldChange, FieldView, NewField, Option, OptionInput
from siyu.people.ordered import alone, in_order, next_place, put_in_order, refuse_taken

MOST_FIELDS: Final = 100
_CHOICES: Final = ("choice", "choices")


async def fields(ctx: Context, *, gone: bool = False) -> Sequence[CustomField]:
    """Return the custom fields in their order; with `gone` also those that were removed."""
    return await in_order(ctx, CustomField, gone=gone)


async def visible_fields(ctx: Context) -> dict[int, CustomField]:
    """Return the fields whose values the actor may see, by number, in their order.

    Whoever may make fields sees all of them. What is not here is neither shown nor set, nor may
    a rule or an export of the actor's ask for it.
    """
    return {field.id: field for field in await fields(ctx) if sees(ctx, field)}


def sees(ctx: Context, field: CustomField) -> bool:
    """Tell whether the actor may see the values of a field."""
    return not field.visible_to or ctx.actor.role in field.visible_to or ctx.may("fields.write")


async def create(ctx: Context, new: NewField) -> CustomField:
    """Make a field, as the last one."""
    ctx.require("fields.write")
    await alone(ctx, CustomField)
    living = await fields(ctx, gone=True)
    _refuse_more([field for field in living if not field.gone])
    _refuse_taken(living, new.name, new.key)
    _check_options(new.kind, new.options)
    field = CustomField(
        tenant_id=ctx.tenant_id,
        key=new.key or f"f_{secrets.token_hex(4)}",
        name=new.name.strip(),
        kind=new.kind,
        options=_options([], new.options),
        visible_to=sorted(set(new.visible_to)),
        hint=new.hint.strip(),
        sort=next_place(living),
    )
    ctx.session.add(field)
    await ctx.session.flush()
    record(ctx, "field.create", "custom_field", field.id, name=field.name, kind=field.kind)
    return field


async def change(ctx: Context, field_id: int, wanted: FieldChange) -> CustomField:
    """Change a field; its kind and key never change."""
    ctx.require("fields.write")
    await alone(ctx, CustomField)
    field = await find(ctx, field_id, lock=True)
    back = field.gone and wanted.gone is False
    if back or wanted.name is not UNSET:
        others = [other for other in await fields(ctx) if other.id != field_id]
        name = field.name if wanted.name is UNSET else wanted.name.strip()
        _refuse_taken(others, name, None)
        if back:
            _refuse_more(others)
        field.name = name
    if wanted.options is not UNSET:
        _check_options(field.kind, wanted.options)
        field.options = _options(field.options, wanted.options)
    if wanted.visible_to is not UNSET:
        field.visible_to = sorted(set(wanted.visible_to))
    if wanted.hint is not UNSET:
        field.hint = wanted.hint.strip()
    if wanted.gone is not UNSET:
        field.gone = wanted.gone
    await ctx.session.flush()
    record(ctx, "field.change", "custom_field", field_id, name=field.name, gone=field.gone)
    return field


async def order(ctx: Context, ids: Sequence[int]) -> None:
    """Put the living fields into this order."""
    ctx.require("fields.write")
    changed = Conflict("fields_changed", "字段已被他人增删，请刷新后重新排序")
    await put_in_order(ctx, CustomField, ids, changed)
    record(ctx, "field.order", "custom_field", "all")


async def find(ctx: Context, field_id: int, *, lock: bool = False) -> CustomField:
    """Return a field, living or not; raises `NotFound`."""
    field = await ctx.session.get(
        CustomField, (ctx.tenant_id, field_id), with_for_update=lock, populate_existing=lock
    )
    if field is None:
        raise NotFound("field_unknown", "自定义字段不存在")
    return field


def view(field: CustomField) -> FieldView:
    """Return a field as it goes out."""
    return FieldView(
        id=field.id,
        key=field.key,
        name=field.name,
        kind=field.kind,  # type: ignore[arg-type]  # the table's check holds it
        options=[Option(**option) for option in field.options],
        visible_to=field.visible_to,
        hint=field.hint,
        gone=field.gone,
    )


def _refuse_more(living: Sequence[CustomField]) -> None:
    if len(living) >= MOST_FIELDS:
        raise Conflict("too_many_fields", f"自定义字段最多 {MOST_FIELDS} 个，请先移除不用的")


def _refuse_taken(others: Sequence[CustomField], name: str, key: str | None) -> None:
    taken = Conflict("field_name_taken", "已有同名字段，请换一个名称")
    refuse_taken(others, name, taken)
    if key is not None and any(other.key == key for other in others):
        raise Conflict("field_key_taken", "已有字段使用这个标识，请换一个")


def _check_options(kind: str, options: Sequence[OptionInput]) -> None:
    if kind not in _CHOICES:
        if options:
            raise Invalid.field("options", "unexpected", "只有单选和多选字段有选项")
        return
    names = [option.name.strip() for option in options]
    if not names:
        raise Invalid.field("options", "missing", "请至少填写一个选项")
    if len(set(names)) < len(names) or "" in names:
        raise Invalid.field("options", "repeated", "选项不能为空，也不能重复")


def _options(known: Sequence[dict[str, Any]], wanted: Sequence[OptionInput]) -> list[Any]:
    """Return the options as they are to be; those that are not wanted stay known as gone."""
    numbers = {option["id"] for option in known}
    following = max(numbers, default=0) + 1
    made: list[dict[str, Any]] = []
    for option in wanted:
        number = option.id if option.id in numbers else None
        if number is None:
            number, following = following, following + 1
        made.append({"id": number, "name": option.name.strip(), "gone": False})
    kept = {option["id"] for option in made}
    return made + [{**option, "gone": True} for option in known if option["id"] not in kept]
