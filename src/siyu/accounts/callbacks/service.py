"""Looking at callbacks, and having parked ones read again."""

import re
from typing import Any, Final

import msgspec
from sqlalchemy import func, select

from siyu.accounts.audit import record
from siyu.accounts.callbacks.schemas import CallbackRow, CallbackState, CallbackView
from siyu.channels.wecom.callback import is_json
from siyu.channels.wecom.inbox import WecomInbox
from siyu.core.context import Context
from siyu.core.errors import Conflict, NotFound
from siyu.core.paging import Page, decode_cursor, encode_cursor

_PRIVATE: Final = (
    "Mobile", "Telephone", "Email", "BizMail", "Address", "ExtAttr",
    "SuiteTicket", "AuthCode", "RegisterCode",
)  # fmt: skip
"""What callbacks may tell of staff that is personal data of class A, and suites' secrets."""
_ELEMENT: Final = re.compile(rf"<({'|'.join(_PRIVATE)})>.*?</\1>", re.DOTALL)
_MEMBERS: Final = frozenset(name.lower() for name in _PRIVATE)
_PHONE: Final = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


async def list_callbacks(
    ctx: Context, state: CallbackState | None, cursor: str | None, limit: int
) -> Page[CallbackRow]:
    """Return callbacks of the last two weeks, and all parked ones, latest first."""
    query = (
        select(
            WecomInbox.id,
            WecomInbox.received_at,
            WecomInbox.event,
            WecomInbox.change_type,
            WecomInbox.state,
            WecomInbox.fate,
            WecomInbox.tries,
        )
        .where(WecomInbox.tenant_id == ctx.tenant_id)
        .order_by(WecomInbox.id.desc())
        .limit(limit + 1)
    )
    if state is not None:
        query = query.where(WecomInbox.state == state)
    if cursor is not None:
        (last,) = decode_cursor(cursor, int)
        query = query.where(WecomInbox.id < last)
    rows = (await ctx.session.execute(query)).mappings().all()
    items = [CallbackRow(**row) for row in rows[:limit]]
    return Page(items, encode_cursor(items[-1].id) if len(rows) > limit else None)


async def count_parked(ctx: Context) -> int:
    """Return how many callbacks could not be dealt with and wait for a person."""
    count = await ctx.session.scalar(
        select(func.count())
        .select_from(WecomInbox)
        .where(WecomInbox.tenant_id == ctx.tenant_id, WecomInbox.state == "parked")
    )
    return count or 0


async def read_callback(ctx: Context, callback_id: int) -> CallbackView:
    """Return a callback with its content; the audit log tells who looked."""
    row = await ctx.session.get(WecomInbox, (ctx.tenant_id, callback_id))
    if row is None:
        raise _unknown()
    record(ctx, "callback.read", "callback", callback_id)
    return CallbackView(
        id=row.id,
        received_at=row.received_at,
        event=row.event,
        change_type=row.change_type,
        state=row.state,  # type: ignore[arg-type]  # the table's check keeps it a state
        fate=row.fate,
        tries=row.tries,
        occurred_at=row.occurred_at,
        xml=blacken(row.body.decode("utf-8", "replace")),
    )


async def retry_callback(ctx: Context, callback_id: int) -> None:
    """Let a parked callback be read again, as if it had just come."""
    row = await ctx.session.get(WecomInbox, (ctx.tenant_id, callback_id), with_for_update=True)
    if row is None:
        raise _unknown()
    if row.state != "parked":
        raise Conflict("callback_not_parked", "这条回调没有被搁置，不需要重试")
    row.state, row.fate, row.tries, row.not_before = "waiting", "", 0, None
    record(ctx, "callback.retry", "callback", callback_id)


def blacken(text: str) -> str:
    """Return a callback, XML or JSON, without personal data of class A or secrets: names stay."""
    if is_json(text.encode()):
        shown = msgspec.json.encode(_emptied(msgspec.json.decode(text.lstrip("\ufeff")))).decode()
    else:
        shown = _ELEMENT.sub(r"<\1>***</\1>", text)
    return _PHONE.sub("***", shown)


def _emptied(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: "***" if name.replace("_", "").lower() in _MEMBERS else _emptied(inner)
            for name, inner in value.items()
        }
    return [_emptied(inner) for inner in value] if isinstance(value, list) else value


def _unknown() -> NotFound:
    return NotFound("callback_unknown", "回调不存在，或已过保存期（14 天）")
