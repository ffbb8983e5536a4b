"""Somebody wishes to be forgotten: asked, confirmed by a second look, then done within a day."""

from datetime import datetime, timedelta
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from siyu.accounts.audit import record
from siyu.accounts.models import Employee
from siyu.core.context import Context
from siyu.core.errors import Conflict, Invalid, NotFound
from siyu.core.jobs.notes import NoteData
from siyu.core.jobs.progress import JobRun
from siyu.core.paging import Page, decode_cursor, encode_cursor
from siyu.people.customers.profile import find_customer
from siyu.people.models import Customer
from siyu.people.privacy.kinds import ERASE, Erase
from siyu.people.privacy.models import Erasure

WITHIN: Final = timedelta(days=1)
WORD: Final = "删除"
"""What is to be typed, so that nobody erases a person by a slip."""

ErasureState = Literal["asked", "confirmed", "done", "withdrawn"]


class ErasureView(Struct):
    """A request. `customer_id` and `customer_name` are there until it is done."""

    id: int
    customer_id: int | None
    customer_name: str | None
    state: ErasureState
    asked_by: str
    note: str
    asked_at: datetime
    by: str | None
    due_at: datetime | None
    done_at: datetime | None
    run_id: int | None
    run_note: str
    run_said: NoteData
    report: dict[str, Any]


async def ask(ctx: Context, customer_id: int, asked_by: str, note: str) -> int:
    """Note the wish; return the request's number."""
    customer = await find_customer(ctx, customer_id)
    row = Erasure(
        tenant_id=ctx.tenant_id,
        customer_id=customer.id,
        asked_by=asked_by,
        note=note,
        asked_at=ctx.now(),
        employee_id=ctx.actor.id,
    )
    try:
        async with ctx.session.begin_nested():
            ctx.session.add(row)
    except IntegrityError as error:
        raise Conflict("erasure_asked", "这位客户已有一条删除申请") from error
    record(ctx, "erasure.ask", "erasure", row.id, asked_by=asked_by)
    return row.id


async def confirm(ctx: Context, erasure_id: int, word: str) -> None:
    """Begin to erase; there is no way back."""
    if word != WORD:
        raise Invalid.field("word", "word_wrong", f"请输入“{WORD}”以确认")
    row = await _open(ctx, erasure_id, "asked")
    run = JobRun(
        tenant_id=ctx.tenant_id,
        kind=ERASE.name,
        title=ERASE.title,
        payload={"erasure_id": row.id},
        created_by=ctx.actor.id,
        created_at=ctx.now(),
    )
    ctx.session.add(run)
    await ctx.session.flush()
    row.state = "confirmed"
    row.confirmed_at, row.confirmed_by = ctx.now(), ctx.actor.id
    row.due_at = ctx.now() + WITHIN
    row.run_id = run.id
    await ctx.enqueue(ERASE, Erase(run.id, row.id), key=f"erasure{row.id}")
    record(ctx, "erasure.confirm", "erasure", row.id)


async def withdraw(ctx: Context, erasure_id: int) -> None:
    """Drop a request that was not confirmed."""
    row = await _open(ctx, erasure_id, "asked")
    row.state = "withdrawn"
    record(ctx, "erasure.withdraw", "erasure", row.id)


async def page(ctx: Context, cursor: str | None, limit: int) -> Page[ErasureView]:
    """Return requests, latest first."""
    query = (
        select(Erasure, Customer.name, Employee.name.label("by"), JobRun.note, JobRun.said)
        .outerjoin(
            Customer,
            (Customer.tenant_id == Erasure.tenant_id) & (Customer.id == Erasure.customer_id),
        )
        .outerjoin(
            Employee,
            (Employee.tenant_id == Erasure.tenant_id) & (Employee.id == Erasure.employee_id),
        )
        .outerjoin(JobRun, (JobRun.tenant_id == Erasure.tenant_id) & (JobRun.id == Erasure.run_id))
        .where(Erasure.tenant_id == ctx.tenant_id)
        .order_by(Erasure.id.desc())
        .limit(limit + 1)
    )
    if cursor:
        (last,) = decode_cursor(cursor, int)
        query = query.where(Erasure.id < last)
    rows = (await ctx.session.execute(query)).all()
    items = [
        ErasureView(
            id=row.Erasure.id,
            customer_id=row.Erasure.customer_id,
            customer_name=row.name,
            state=row.Erasure.state,
            asked_by=row.Erasure.asked_by,
            note=row.Erasure.note,
            asked_at=row.Erasure.asked_at,
            by=row.by,
            due_at=row.Erasure.due_at,
            done_at=row.Erasure.done_at,
            run_id=row.Erasure.run_id,
            run_note=row.note or "",
            run_said=msgspec.convert(row.said or {}, NoteData),
            report=row.Erasure.report,
        )
        for row in rows[:limit]
    ]
    return Page(items, encode_cursor(items[-1].id) if len(rows) > limit else None)


async def _open(ctx: Context, erasure_id: int, state: str) -> Erasure:
    row = await ctx.session.get(Erasure, (ctx.tenant_id, erasure_id), with_for_update=True)
    if row is None:
        raise NotFound("erasure_unknown", "删除申请不存在")
    if row.state != state:
        raise Conflict("erasure_decided", "这条申请已经处理过了")
    return row
