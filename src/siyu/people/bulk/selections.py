"""Freezing who an act is about, so that whoever comes or goes meanwhile changes nothing."""

from datetime import timedelta
from typing import Any, Final

import msgspec
from msgspec.structs import replace
from pyroaring import BitMap64
from sqlalchemy import select

from siyu.accounts.dependencies import acting
from siyu.accounts.sessions import Principal
from siyu.core.context import Context
from siyu.core.errors import Invalid, NotFound
from siyu.people.audiences import membership
from siyu.people.bulk.models import PeopleSelection
from siyu.people.bulk.schemas import SelectionDraft, SelectionView
from siyu.people.customers.queries import CustomerFilter
from siyu.people.customers.sight import seen
from siyu.people.identity.holding import survivors
from siyu.people.lists.filters import rule_in
from siyu.people.lists.finding import CustomerFinder, Found, Wanted

CONFIRM_ABOVE: Final = 1000
_USABLE: Final = timedelta(hours=1)
_SEARCHED: Final = "***"
"""Stands for words that were searched for."""


async def freeze(
    finder: CustomerFinder, principal: Principal, draft: SelectionDraft
) -> SelectionView:
    """Choose people whom the actor may see and keep who they are.

    Raises `Invalid` for a wrong rule, `Unavailable` where only the engine could answer.
    """
    found = None if draft.customer_ids is not None else await finder.members(principal, _of(draft))
    async with acting(finder.db, finder.clock, principal) as ctx:
        ctx.require("customers.write")
        if found is None:
            found = Found(await _seen(ctx, draft.customer_ids or ()), ctx.now())
        members = found.members - await membership.forgotten(ctx)
        row = PeopleSelection(
            tenant_id=ctx.tenant_id,
            employee_id=ctx.actor.id,
            asked=None if draft.customer_ids is not None else _told(draft),
            members=members.serialize(),
            size=len(members),
            as_of=found.as_of,
            made_at=ctx.now(),
        )
        ctx.session.add(row)
        await ctx.session.flush()
        return SelectionView(row.id, row.size, row.as_of, CONFIRM_ABOVE)


async def take(ctx: Context, selection_id: int) -> PeopleSelection:
    """Return a selection of the actor's own, locked: whoever takes it next finds what was done.

    Raises `NotFound` for anybody else's, and for one that is too old.
    """
    row = await ctx.session.scalar(
        select(PeopleSelection)
        .where(
            PeopleSelection.tenant_id == ctx.tenant_id,
            PeopleSelection.id == selection_id,
            PeopleSelection.employee_id == ctx.actor.id,
            PeopleSelection.made_at > ctx.now() - _USABLE,
        )
        .with_for_update()
    )
    if row is None:
        raise NotFound("selection_gone", "选中的名单已过期，请关闭后重新选择客户")
    return row


async def members_of(ctx: Context, selection_id: int) -> BitMap64 | None:
    """Return who is in a selection, or nothing where it is no longer kept."""
    row = await ctx.session.get(PeopleSelection, (ctx.tenant_id, selection_id))
    return None if row is None else BitMap64.deserialize(row.members)


def _of(draft: SelectionDraft) -> Wanted:
    filters = CustomerFilter(
        q=draft.q.strip(),
        tags=draft.tag,
        staff_account_id=draft.staff,
        channel_id=draft.channel,
        live_code_id=draft.live_code,
        state=draft.state,
        imported=draft.imported,
        customer_id=draft.customer,
    )
    return Wanted(filters, rule_in(draft.rule))


def _told(draft: SelectionDraft) -> dict[str, Any]:
    rule = draft.rule and msgspec.json.encode(_wordless(msgspec.json.decode(draft.rule))).decode()
    kept = replace(draft, q=_SEARCHED if draft.q else "", rule=rule)
    told: dict[str, Any] = msgspec.to_builtins(kept)
    return told


def _wordless(said: Any) -> Any:
    """Return a rule without its texts, and without the values of properties that others name."""
    match said:
        case {"name": str(name), "values": [*values]} if "." in name:
            return said | {"values": [_SEARCHED if isinstance(v, str) else v for v in values]}
        case dict():
            return {
                name: _SEARCHED if name == "text" and value else _wordless(value)
                for name, value in said.items()
            }
        case list():
            return [_wordless(each) for each in said]
    return said


async def _seen(ctx: Context, customer_ids: tuple[int, ...]) -> BitMap64:
    """Return those of chosen people whom the actor may see, as whom they turned out to be."""
    if not customer_ids:
        raise Invalid.field("customer_ids", "required", "请先选择客户")
    now = set((await survivors(ctx, customer_ids)).values())
    return BitMap64(await seen(ctx, now))
