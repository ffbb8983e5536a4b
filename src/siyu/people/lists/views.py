"""Kept lists: making, changing and reading them."""

from typing import Any, Final

import msgspec
from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from siyu.accounts.models import Employee
from siyu.core.context import Context
from siyu.core.errors import Conflict, Invalid, NotFound
from siyu.people.lists.filters import refuse_phone
from siyu.people.lists.models import CustomerListView
from siyu.people.lists.schemas import KeptView, ViewDraft
from siyu.people.rules.language import Rule

_MOST: Final = 100


async def views(ctx: Context) -> list[KeptView]:
    """Return what the reader kept, and what others share."""
    rows = await ctx.session.execute(
        select(CustomerListView, Employee.name)
        .join(
            Employee,
            (Employee.tenant_id == CustomerListView.tenant_id)
            & (Employee.id == CustomerListView.employee_id),
        )
        .where(
            CustomerListView.tenant_id == ctx.tenant_id,
            or_(CustomerListView.shared, CustomerListView.employee_id == ctx.actor.id),
        )
        .order_by(CustomerListView.name, CustomerListView.id)
    )
    return [_view(ctx, view, by) for view, by in rows]


async def keep(ctx: Context, draft: ViewDraft) -> KeptView:
    """Keep a list. Raises `Conflict` when the reader has one of that name already."""
    owner = _owner(ctx)
    count = len([one for one in await views(ctx) if one.mine])
    if count >= _MOST:
        raise Invalid("views_full", f"每人最多保存 {_MOST} 个视图，请先删除不用的")
    made = await ctx.session.scalar(
        insert(CustomerListView)
        .values(tenant_id=ctx.tenant_id, employee_id=owner, **_values(ctx, draft))
        .on_conflict_do_nothing()
        .returning(CustomerListView)
    )
    if made is None:
        raise _taken()
    return _view(ctx, made, None)


async def change(ctx: Context, view_id: int, draft: ViewDraft) -> KeptView:
    """Change a list the reader kept; errors as for `keep` and `remove`."""
    view = await _mine(ctx, view_id)
    try:
        # The table itself knows the names: somebody else may be giving this one at this moment.
        async with ctx.session.begin_nested():
            for name, value in _values(ctx, draft).items():
                setattr(view, name, value)
            await ctx.session.flush()
    except IntegrityError as error:
        raise _taken() from error
    return _view(ctx, view, None)


async def remove(ctx: Context, view_id: int) -> None:
    """Remove a list the reader kept. Raises `NotFound` for anybody else's."""
    await ctx.session.delete(await _mine(ctx, view_id))


async def _mine(ctx: Context, view_id: int) -> CustomerListView:
    found = await ctx.session.scalar(
        select(CustomerListView)
        .where(
            CustomerListView.tenant_id == ctx.tenant_id,
            CustomerListView.id == view_id,
            CustomerListView.employee_id == ctx.actor.id,
        )
        .with_for_update()
    )
    if found is None:
        raise NotFound("view_unknown", "视图不存在，或不是你保存的")
    return found


def _owner(ctx: Context) -> int:
    if ctx.actor.id is None:
        raise Invalid("views_personal", "视图由登录的员工保存")
    return ctx.actor.id


def _taken() -> Conflict:
    return Conflict("view_name_taken", "你已有同名的视图，请换一个名称")


def _values(ctx: Context, draft: ViewDraft) -> dict[str, Any]:
    refuse_phone(draft.filters.get("q", ""))
    return {
        "name": draft.name.strip(),
        "filters": draft.filters,
        "rule": None if draft.rule is None else msgspec.to_builtins(draft.rule),
        "columns": draft.columns,
        "shared": draft.shared,
        "changed_at": ctx.now(),
    }


def _view(ctx: Context, view: CustomerListView, by: str | None) -> KeptView:
    return KeptView(
        id=view.id,
        name=view.name,
        filters=view.filters,
        rule=None if view.rule is None else msgspec.convert(view.rule, Rule),
        columns=view.columns,
        shared=view.shared,
        mine=view.employee_id == ctx.actor.id,
        by=by,
        changed_at=view.changed_at,
    )
