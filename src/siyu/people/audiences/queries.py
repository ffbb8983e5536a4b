"""Reads of audiences; a constant number of queries, however many are shown."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import select

from siyu.accounts.models import Employee
from siyu.accounts.tenants import zone_of
from siyu.core.context import Context
from siyu.core.jobs.notes import NoteData
from siyu.core.jobs.progress import JobRun
from siyu.core.paging import Page, decode_cursor, encode_cursor
from siyu.people.audiences.builds import run_of
from siyu.people.audiences.models import (
    Audience,
    AudienceSize,
    AudienceUse,
    AudienceVersion,
)
from siyu.people.audiences.rules import named_by, rule_in_force, rule_of
from siyu.people.audiences.schemas import (
    AudienceRow,
    AudienceThen,
    AudienceView,
    BuildView,
    SizePoint,
    UseDetail,
    UseView,
    VersionView,
)
from siyu.people.audiences.service import find
from siyu.people.audiences.standing import OtherRooms, standing_on
from siyu.people.audiences.uses import find_use
from siyu.people.customers.schemas import Named
from siyu.people.picture.state import followed_until

_TREND_DAYS: Final = 30


async def page(
    ctx: Context,
    others: OtherRooms,
    *,
    q: str,
    kind: Literal["rule", "list", "all"],
    archived: bool,
    cursor: str | None,
    limit: int,
) -> Page[AudienceRow]:
    """Return audiences, the latest made first."""
    query = (
        select(Audience)
        .where(
            Audience.tenant_id == ctx.tenant_id,
            Audience.archived_at.is_not(None) if archived else Audience.archived_at.is_(None),
        )
        .order_by(Audience.id.desc())
        .limit(limit + 1)
    )
    if q:
        query = query.where(Audience.name.icontains(q, autoescape=True))
    if kind != "all":
        query = query.where(Audience.kind == kind)
    if cursor:
        (last,) = decode_cursor(cursor, int)
        query = query.where(Audience.id < last)
    found = (await ctx.session.scalars(query)).all()
    shown = found[:limit]
    rows = [AudienceRow(**one) for one in await _rows(ctx, others, shown)]
    return Page(rows, encode_cursor(shown[-1].id) if len(found) > limit else None)


async def view(ctx: Context, others: OtherRooms, audience: Audience) -> AudienceView:
    """Return everything about an audience."""
    (row,) = await _rows(ctx, others, [audience])
    rule = await rule_in_force(ctx, audience)
    run = await run_of(ctx, audience)
    below = await names_of(ctx, named_by(rule) if rule else frozenset())
    return AudienceView(
        **row,
        rule=rule,
        built_version=audience.built_version,
        build=build_view(run),
        stands_on=[Named(number, name) for number, name in below.items()],
    )


def build_view(run: JobRun | None) -> BuildView | None:
    """Return how far a run is."""
    if run is None:
        return None
    said = msgspec.convert(run.said, NoteData)
    return BuildView(run.id, run.state, run.done, run.total, run.note, said)  # type: ignore[arg-type]  # the table's check keeps it a state


async def versions(
    ctx: Context, audience: Audience, *, cursor: str | None, limit: int
) -> Page[VersionView]:
    """Return the versions of an audience's rule, the latest first."""
    query = (
        select(AudienceVersion)
        .where(
            AudienceVersion.tenant_id == ctx.tenant_id, AudienceVersion.audience_id == audience.id
        )
        .order_by(AudienceVersion.version.desc())
        .limit(limit + 1)
    )
    if cursor:
        (last,) = decode_cursor(cursor, int)
        query = query.where(AudienceVersion.version < last)
    found = (await ctx.session.scalars(query)).all()
    shown = found[:limit]
    names = await _employees(ctx, {one.employee_id for one in shown})
    rows = [
        VersionView(one.version, rule_of(one.rule), _who(one.employee_id, names), one.at)
        for one in shown
    ]
    return Page(rows, encode_cursor(shown[-1].version) if len(found) > limit else None)


async def uses(
    ctx: Context, audience: Audience, *, cursor: str | None, limit: int
) -> Page[UseView]:
    """Return what an audience was used for, the latest first."""
    query = (
        select(AudienceUse)
        .where(AudienceUse.tenant_id == ctx.tenant_id, AudienceUse.audience_id == audience.id)
        .order_by(AudienceUse.id.desc())
        .limit(limit + 1)
    )
    if cursor:
        (last,) = decode_cursor(cursor, int)
        query = query.where(AudienceUse.id < last)
    found = (await ctx.session.scalars(query)).all()
    shown = found[:limit]
    names = await _employees(ctx, {one.employee_id for one in shown})
    rows = [UseView(**_use(ctx, one, names)) for one in shown]
    return Page(rows, encode_cursor(shown[-1].id) if len(found) > limit else None)


async def use(ctx: Context, use_id: int) -> UseDetail:
    """Return what an audience was used for, once; raises `NotFound`."""
    found = await find_use(ctx, use_id)
    then = {int(number): version for number, version in found.stands_on.items()}
    names = await names_of(ctx, {found.audience_id, *then})
    return UseDetail(
        **_use(ctx, found, await _employees(ctx, {found.employee_id})),
        audience_id=found.audience_id,
        audience=names[found.audience_id],
        rule=rule_of(found.rule),
        stands_on=[
            AudienceThen(number, names[number], version) for number, version in then.items()
        ],
    )


async def size_of(ctx: Context, audience_id: int) -> int | None:
    """Return how many are in an audience; nothing for who sees some customers only."""
    audience = await find(ctx, audience_id)
    return audience.size if ctx.actor.owners is None else None


async def sizes(
    ctx: Context, audience_ids: Collection[int], days: int
) -> dict[int, list[SizePoint]]:
    """Return how many were in audiences on each of the last days on which that was noted.

    Nothing for who sees some customers only.
    """
    found: dict[int, list[SizePoint]] = {one: [] for one in audience_ids}
    if ctx.actor.owners is not None or not found:
        return found
    today = ctx.now().astimezone(await zone_of(ctx)).date()
    rows = await ctx.session.execute(
        select(AudienceSize.audience_id, AudienceSize.day, AudienceSize.size)
        .where(
            AudienceSize.tenant_id == ctx.tenant_id,
            AudienceSize.audience_id.in_(found),
            AudienceSize.day > today - timedelta(days=days),
        )
        .order_by(AudienceSize.day)
    )
    for row in rows:
        found[row.audience_id].append(SizePoint(row.day, row.size))
    return found


async def names_of(ctx: Context, audience_ids: Collection[int]) -> dict[int, str]:
    """Return what audiences are called, archived ones too, in the order they were made."""
    rows = await ctx.session.execute(
        select(Audience.id, Audience.name)
        .where(Audience.tenant_id == ctx.tenant_id, Audience.id.in_(audience_ids))
        .order_by(Audience.id)
    )
    return {row.id: row.name for row in rows}


async def _rows(
    ctx: Context, others: OtherRooms, audiences: Sequence[Audience]
) -> list[dict[str, Any]]:
    ids = [one.id for one in audiences]
    names = await _employees(ctx, {one.created_by for one in audiences})
    trends, standing = await sizes(ctx, ids, _TREND_DAYS), await standing_on(ctx, others, ids)
    followed = await followed_until(ctx) if any(map(_is_followed, audiences)) else None
    return [
        _row(ctx, one, names)
        | {
            "trend": trends[one.id],
            "used_by": standing[one.id],
            "checked_at": _later(one.as_of, followed) if _is_followed(one) else one.as_of,
        }
        for one in audiences
    ]


def _is_followed(audience: Audience) -> bool:
    """Tell whether members come and go by themselves just now."""
    follows = audience.dynamic and audience.told_since is not None and audience.state == "ready"
    return follows and audience.archived_at is None


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((moment for moment in (one, other) if moment is not None), default=None)


def _use(ctx: Context, use: AudienceUse, names: dict[int, str]) -> dict[str, Any]:
    all_ = ctx.actor.owners is None
    return {
        "id": use.id,
        "kind": use.kind,
        "purpose": use.purpose,
        "marketing": use.marketing,
        "version": use.version,
        "size": use.size if all_ else None,
        "excluded": use.excluded if all_ else {},
        "as_of": use.as_of,
        "at": use.at,
        "by": _who(use.employee_id, names),
        "ended_at": use.ended_at,
    }


def _row(ctx: Context, audience: Audience, names: dict[int, str]) -> dict[str, Any]:
    all_ = ctx.actor.owners is None and audience.built_at is not None
    return {
        "id": audience.id,
        "name": audience.name,
        "description": audience.description,
        "kind": audience.kind,
        "dynamic": audience.dynamic,
        "state": audience.state,
        "version": audience.version,
        "size": audience.size if all_ else None,
        "built_at": audience.built_at,
        "as_of": audience.as_of,
        "created_by": _who(audience.created_by, names),
        "created_at": audience.created_at,
        "changed_at": audience.changed_at,
        "archived_at": audience.archived_at,
    }


async def _employees(ctx: Context, ids: set[int | None]) -> dict[int, str]:
    rows = await ctx.session.execute(
        select(Employee.id, Employee.name).where(
            Employee.tenant_id == ctx.tenant_id, Employee.id.in_(ids - {None})
        )
    )
    return {row.id: row.name for row in rows}


def _who(employee_id: int | None, names: dict[int, str]) -> Named | None:
    if employee_id is None or employee_id not in names:
        return None
    return Named(employee_id, names[employee_id])
