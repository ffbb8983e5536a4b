"""Reads of customer groups; a constant number of queries, however many are shown."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, and_, exists, select, tuple_
from sqlalchemy.orm import aliased

from siyu.accounts.models import StaffAccount
from siyu.core.context import Context
from siyu.core.errors import NotFound
from siyu.core.paging import Page, decode_cursor, encode_cursor
from siyu.people.customers.queries import visible
from siyu.people.customers.schemas import StaffRef
from siyu.people.groups.models import GroupChat, GroupMember
from siyu.people.groups.schemas import (
    GroupOfCustomer,
    GroupRow,
    GroupState,
    GroupView,
    JoinScene,
    MemberRow,
)
from siyu.people.models import Contact, Customer, Identity

_SCENES: Final[Mapping[int, JoinScene]] = {1: "invited", 2: "link", 3: "code"}
_SUCCESSIONS: Final[Mapping[int, GroupState]] = {1: "owner_left", 2: "inheriting"}
_SHOWN_ON_CUSTOMER: Final = 50

Invitor = aliased(StaffAccount)
_OWNER: Final = and_(
    StaffAccount.tenant_id == GroupChat.tenant_id, StaffAccount.userid == GroupChat.owner_userid
)


@dataclass(frozen=True)
class GroupFilter:
    """Which groups the list shows."""

    q: str = ""
    owner_id: int | None = None
    state: Literal["active", "owner_left", "dismissed", "all"] = "active"


async def page(
    ctx: Context, wanted: GroupFilter, *, cursor: str | None, limit: int
) -> Page[GroupRow]:
    """Return the groups whose owner the actor may see, the latest first."""
    query = (
        select(GroupChat, StaffAccount)
        .outerjoin(StaffAccount, _OWNER)
        .where(seen(ctx), *_conditions(wanted))
        .order_by(GroupChat.created_at.desc(), GroupChat.id.desc())
        .limit(limit + 1)
    )
    if cursor:
        at, number = decode_cursor(cursor, datetime, int)
        query = query.where(tuple_(GroupChat.created_at, GroupChat.id) < tuple_(at, number))
    rows = (await ctx.session.execute(query)).all()
    shown = [_row(group, owner) for group, owner in rows[:limit]]
    last = shown[-1] if len(rows) > limit else None
    return Page(shown, encode_cursor(last.created_at, last.id) if last else None)


async def show(ctx: Context, group_id: int) -> GroupView:
    """Return a group the actor may see; raises `NotFound`."""
    group, owner = await _found(ctx, group_id)
    row = _row(group, owner)
    accounts = await ctx.session.scalars(
        select(StaffAccount)
        .where(StaffAccount.tenant_id == ctx.tenant_id, StaffAccount.userid.in_(group.admins))
        .order_by(StaffAccount.id)
    )
    return GroupView(
        id=row.id,
        name=row.name,
        notice=group.notice,
        owner=row.owner,
        admins=[_staff(account) for account in accounts],
        state=row.state,
        members=row.members,
        customers=row.customers,
        created_at=row.created_at,
        dismissed_at=group.dismissed_at,
        watched_since=group.watched_since,
        read_at=group.pulled_at,
    )


async def members(
    ctx: Context, group_id: int, *, past: bool, cursor: str | None, limit: int
) -> Page[MemberRow]:
    """Return who is (or, `past`, was) in a group, the latest to join first; raises `NotFound`."""
    group, _ = await _found(ctx, group_id)
    query = (
        select(
            GroupMember,
            Customer,
            StaffAccount,
            Invitor.name.label("invitor"),
            _seen_customer(ctx).label("seen"),
        )
        .outerjoin(
            Identity,
            and_(
                Identity.tenant_id == GroupMember.tenant_id,
                Identity.id == GroupMember.identity_id,
            ),
        )
        .outerjoin(
            Customer,
            and_(Customer.tenant_id == Identity.tenant_id, Customer.id == Identity.customer_id),
        )
        .outerjoin(
            StaffAccount,
            and_(
                StaffAccount.tenant_id == GroupMember.tenant_id,
                StaffAccount.userid == GroupMember.userid,
            ),
        )
        .outerjoin(
            Invitor,
            and_(
                Invitor.tenant_id == GroupMember.tenant_id,
                Invitor.userid == GroupMember.invitor_userid,
            ),
        )
        .where(
            GroupMember.tenant_id == ctx.tenant_id,
            GroupMember.group_id == group.id,
            GroupMember.left_at.is_not(None) if past else GroupMember.left_at.is_(None),
        )
        .order_by(GroupMember.joined_at.desc(), GroupMember.id.desc())
        .limit(limit + 1)
    )
    if cursor:
        at, number = decode_cursor(cursor, datetime, int)
        query = query.where(tuple_(GroupMember.joined_at, GroupMember.id) < tuple_(at, number))
    rows = (await ctx.session.execute(query)).all()
    shown = [_member(row, group) for row in rows[:limit]]
    last = shown[-1] if len(rows) > limit else None
    return Page(shown, encode_cursor(last.joined_at, last.id) if last else None)


async def groups_of(ctx: Context, customer_id: int) -> list[GroupOfCustomer]:
    """Return the latest stays of a customer in groups the actor may see, present ones first."""
    rows = await ctx.session.execute(
        select(GroupChat.id, GroupChat.name, StaffAccount.name.label("owner"), GroupMember)
        .join(
            GroupMember,
            and_(
                GroupMember.tenant_id == GroupChat.tenant_id, GroupMember.group_id == GroupChat.id
            ),
        )
        .join(
            Identity,
            and_(
                Identity.tenant_id == GroupMember.tenant_id,
                Identity.id == GroupMember.identity_id,
            ),
        )
        .outerjoin(StaffAccount, _OWNER)
        .where(seen(ctx), Identity.customer_id == customer_id)
        .order_by(GroupMember.left_at.is_not(None), GroupMember.joined_at.desc(), GroupMember.id)
        .limit(_SHOWN_ON_CUSTOMER)
    )
    return [
        GroupOfCustomer(
            row.id,
            row.name,
            row.owner,
            _SCENES.get(row.GroupMember.join_scene, "unknown"),
            row.GroupMember.joined_at,
            row.GroupMember.left_at,
        )
        for row in rows
    ]


async def names_of(ctx: Context, group_ids: Collection[int]) -> Mapping[int, str]:
    """Return the names of those groups the actor may see."""
    if not group_ids:
        return {}
    rows = await ctx.session.execute(
        select(GroupChat.id, GroupChat.name).where(seen(ctx), GroupChat.id.in_(group_ids))
    )
    return {row.id: row.name for row in rows}


def seen(ctx: Context) -> ColumnElement[bool]:
    """Return the condition that a group belongs to whom the actor may see."""
    same = GroupChat.tenant_id == ctx.tenant_id
    if ctx.actor.owners is None:
        return and_(same)
    own = aliased(StaffAccount)
    return and_(
        same,
        exists()
        .where(
            own.tenant_id == GroupChat.tenant_id,
            own.userid == GroupChat.owner_userid,
            own.id.in_(ctx.actor.owners),
        )
        .correlate(GroupChat),
    )


async def _found(ctx: Context, group_id: int) -> tuple[GroupChat, StaffAccount | None]:
    row = (
        await ctx.session.execute(
            select(GroupChat, StaffAccount)
            .outerjoin(StaffAccount, _OWNER)
            .where(seen(ctx), GroupChat.id == group_id)
        )
    ).one_or_none()
    if row is None:
        raise NotFound("group_unknown", "客户群不存在，或不在你的数据范围内")
    group, owner = row
    return group, owner


def _conditions(wanted: GroupFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.q:
        conditions.append(GroupChat.name.icontains(wanted.q, autoescape=True))
    if wanted.owner_id is not None:
        conditions.append(StaffAccount.id == wanted.owner_id)
    if wanted.state == "owner_left":
        conditions.append(GroupChat.succession == 1)
    if wanted.state != "all":
        state = "dismissed" if wanted.state == "dismissed" else "active"
        conditions.append(GroupChat.state == state)
    return conditions


def _seen_customer(ctx: Context) -> ColumnElement[bool]:
    """Tell of a member whether the actor may open the page about the customer."""
    if ctx.actor.owners is None:
        return Customer.id.is_not(None)
    owner = aliased(Identity)
    return (
        exists()
        .where(
            visible(ctx),
            owner.tenant_id == Contact.tenant_id,
            owner.id == Contact.identity_id,
            owner.customer_id == Customer.id,
        )
        .correlate(Customer)
    )


def _staff(account: StaffAccount) -> StaffRef:
    return StaffRef(account.id, account.name, account.avatar_url or None)


def _row(group: GroupChat, owner: StaffAccount | None) -> GroupRow:
    state = _SUCCESSIONS.get(group.succession, "active")
    read = group.pulled_at is not None
    return GroupRow(
        id=group.id,
        name=group.name,
        owner=_staff(owner) if owner else None,
        state="dismissed" if group.state == "dismissed" else state,
        members=group.members if read else None,
        customers=group.customers if read else None,
        created_at=group.created_at,
    )


def _member(row: Any, group: GroupChat) -> MemberRow:
    stay, customer, account = row.GroupMember, row.Customer, row.StaffAccount
    known = customer or account
    return MemberRow(
        id=stay.id,
        kind="staff" if stay.identity_id is None else "customer",
        name=known.name if known else stay.userid or "",
        avatar_url=(known.avatar_url or None) if known else None,
        nickname=stay.nickname or None,
        customer_id=customer.id if customer and row.seen else None,
        owner=stay.userid is not None and stay.userid == group.owner_userid,
        scene=_SCENES.get(stay.join_scene, "unknown"),
        invitor=row.invitor,
        joined_at=stay.joined_at,
        left_at=stay.left_at,
        quit=stay.quit,
    )
