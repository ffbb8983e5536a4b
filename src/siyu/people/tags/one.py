"""The tags of one customer: which they carry and why, and changing them by hand."""

from collections.abc import Callable, Collection
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import Row, select, union_all

from siyu.accounts.audit import record
from siyu.accounts.models import Employee, StaffAccount
from siyu.channels.wecom.errors import WeComError, WeComFailure
from siyu.channels.wecom.in_job import Clients
from siyu.core.context import Context
from siyu.core.errors import Conflict, Invalid
from siyu.people.customers.profile import find_customer
from siyu.people.identity.identities import EXTERNAL
from siyu.people.kinds import SYNC_TAGS, SyncTags
from siyu.people.models import Contact, ContactTag, Identity, IdentityTag, Tag, TagGroup
from siyu.people.tags.librarian import refusal
from siyu.people.tags.schemas import MarkOne, Marks, MarkView
from siyu.people.tags.service import (
    Pair,
    Why,
    mark_contacts,
    mark_identities,
    unmark_contacts,
    unmark_identities,
)

_LIVING: Final = ("active",)
Work = Callable[[], AbstractAsyncContextManager[Context]]


class Friendship(NamedTuple):
    """What WeCom needs to know a friendship by."""

    contact_id: int
    userid: str
    external_userid: str


@dataclass(frozen=True)
class _Plan:
    customer_id: int
    identity_ids: tuple[int, ...]
    friendships: tuple[Friendship, ...]
    add: dict[int, str | None]
    remove: dict[int, str | None]


async def marks_of(ctx: Context, customer_id: int) -> Marks:
    """Return the tags of a customer the actor may see; those of others' friendships stay out."""
    customer = await find_customer(ctx, customer_id)
    columns = ("tag_id", "source", "reason", "employee_id", "marked_at", "ends_at")
    at_contacts = (
        select(
            Contact.id.label("contact_id"),
            Contact.staff_account_id,
            *(getattr(ContactTag, name) for name in columns),
        )
        .join(Contact, _same(Contact, ContactTag, "contact_id"))
        .join(Identity, _same(Identity, Contact, "identity_id"))
        .where(
            Contact.tenant_id == ctx.tenant_id,
            Identity.customer_id == customer.id,
            Contact.state != "lost",
        )
    )
    if ctx.actor.owners is not None:
        at_contacts = at_contacts.where(Contact.staff_account_id.in_(ctx.actor.owners))
    none = select(Contact.id).where(Contact.id.is_(None)).scalar_subquery()
    at_ids = (
        select(
            none.label("contact_id"),
            none.label("staff_account_id"),
            *(getattr(IdentityTag, name) for name in columns),
        )
        .join(Identity, _same(Identity, IdentityTag, "identity_id"))
        .where(IdentityTag.tenant_id == ctx.tenant_id, Identity.customer_id == customer.id)
    )
    marks = union_all(at_contacts, at_ids).subquery()
    rows = await ctx.session.execute(
        select(
            marks,
            Tag.name,
            Tag.wecom_id,
            TagGroup.name.label("group_name"),
            StaffAccount.name.label("staff"),
            Employee.name.label("employee"),
        )
        .join(Tag, (Tag.tenant_id == ctx.tenant_id) & (Tag.id == marks.c.tag_id))
        .join(TagGroup, _same(TagGroup, Tag, "group_id"))
        .outerjoin(
            StaffAccount,
            (StaffAccount.tenant_id == ctx.tenant_id)
            & (StaffAccount.id == marks.c.staff_account_id),
        )
        .outerjoin(
            Employee,
            (Employee.tenant_id == ctx.tenant_id) & (Employee.id == marks.c.employee_id),
        )
        .where(~Tag.gone)
        .order_by(TagGroup.sort.desc(), TagGroup.id, Tag.sort.desc(), Tag.id, marks.c.contact_id)
    )
    return Marks([_view(row) for row in rows])


class OneCustomer:
    """Changes the tags of one customer; corp tags at WeCom first, then here."""

    def __init__(self, wecom: Clients, tenant_id: int, work: Work) -> None:
        self._wecom = wecom
        self._tenant_id = tenant_id
        self._work = work

    async def change(self, customer_id: int, wanted: MarkOne) -> None:
        """Put tags on and take them off; raises when WeCom refuses, having changed nothing here."""
        async with self._work() as ctx:
            plan = await _plan(ctx, customer_id, wanted)
        add = [wecom_id for wecom_id in plan.add.values() if wecom_id]
        remove = [wecom_id for wecom_id in plan.remove.values() if wecom_id]
        told: list[Friendship] = []
        try:
            if add or remove:
                client = await self._wecom.client(self._tenant_id)
                for friendship in plan.friendships:
                    await client.mark_tags(
                        friendship.userid, friendship.external_userid, add=add, remove=remove
                    )
                    told.append(friendship)
        except WeComFailure as failure:
            if told:
                await self._write(plan, told, wanted)
            if isinstance(failure, WeComError) and failure.subject == "tag":
                async with self._work() as ctx:
                    await ctx.enqueue(SYNC_TAGS, SyncTags(), key="all")
            raise refusal(failure) from failure
        await self._write(plan, plan.friendships, wanted)

    async def _write(
        self, plan: _Plan, friendships: Collection[Friendship], wanted: MarkOne
    ) -> None:
        async with self._work() as ctx:
            why = Why("employee", wanted.reason.strip(), ctx.actor.id, wanted.ends_at)
            contacts = [friendship.contact_id for friendship in friendships]
            await mark_contacts(ctx, _pairs(contacts, plan.add, corp=True), why)
            await unmark_contacts(ctx, _pairs(contacts, plan.remove, corp=True), why.source)
            await mark_identities(ctx, _pairs(plan.identity_ids[:1], plan.add, corp=False), why)
            await unmark_identities(
                ctx, _pairs(plan.identity_ids, plan.remove, corp=False), why.source
            )
            record(
                ctx,
                "customer.tags",
                "customer",
                plan.customer_id,
                add=list(plan.add),
                remove=list(plan.remove),
            )


async def _plan(ctx: Context, customer_id: int, wanted: MarkOne) -> _Plan:
    ctx.require("customers.tag")
    if not wanted.add and not wanted.remove:
        raise Invalid.field("add", "required", "请选择要打上或移除的标签")
    if wanted.ends_at is not None and wanted.ends_at <= ctx.now():
        raise Invalid.field("ends_at", "past", "结束时间要在现在之后")
    customer = await find_customer(ctx, customer_id)
    tags = await living_tags(ctx, {*wanted.add, *wanted.remove})
    add = {number: tags[number] for number in wanted.add}
    remove = {number: tags[number] for number in wanted.remove if number not in add}
    friendships: list[Friendship] = []
    if any({**add, **remove}.values()):
        friendships = await _friendships(ctx, customer.id, wanted.contact_id)
    identities = await ctx.session.scalars(
        select(Identity.id)
        .where(Identity.tenant_id == ctx.tenant_id, Identity.customer_id == customer.id)
        .order_by(Identity.kind != EXTERNAL, Identity.id)
    )
    return _Plan(customer.id, tuple(identities), tuple(friendships), add, remove)


async def living_tags(ctx: Context, tag_ids: Collection[int]) -> dict[int, str | None]:
    """Return WeCom's ids of tags, nothing for internal ones; raises when one is not there."""
    rows = await ctx.session.execute(
        select(Tag.id, Tag.wecom_id).where(
            Tag.tenant_id == ctx.tenant_id, Tag.id.in_(set(tag_ids)), ~Tag.gone
        )
    )
    found = {row.id: row.wecom_id for row in rows}
    if found.keys() != set(tag_ids):
        raise Conflict("tag_gone", "选中的标签里有的已被删除，请刷新后再选")
    return found


async def _friendships(ctx: Context, customer_id: int, contact_id: int | None) -> list[Friendship]:
    """Return the living friendships that corp tags go to; raises when there are none."""
    query = (
        select(Contact.id, Contact.staff_account_id, StaffAccount.userid, Identity.value)
        .join(Identity, _same(Identity, Contact, "identity_id"))
        .join(StaffAccount, _same(StaffAccount, Contact, "staff_account_id"))
        .where(
            Contact.tenant_id == ctx.tenant_id,
            Identity.customer_id == customer_id,
            Contact.state.in_(_LIVING),
        )
        .order_by(Contact.id)
    )
    if ctx.actor.owners is not None:
        query = query.where(Contact.staff_account_id.in_(ctx.actor.owners))
    if contact_id is not None:
        query = query.where(Contact.id == contact_id)
    found = (await ctx.session.execute(query)).all()
    if contact_id is None:
        own = [row for row in found if row.staff_account_id in ctx.actor.staff_account_ids]
        found = own or found
    if not found:
        raise Conflict(
            "no_friendship", "企业标签要打在好友关系上，这位客户现在不是你范围内成员的好友"
        )
    return [Friendship(row.id, row.userid, row.value) for row in found]


def _pairs(owners: Collection[int], tags: dict[int, str | None], *, corp: bool) -> list[Pair]:
    return [
        (owner, tag_id)
        for owner in owners
        for tag_id, wecom_id in tags.items()
        if (wecom_id is not None) == corp
    ]


def _view(row: Row[Any]) -> MarkView:
    return MarkView(
        tag_id=row.tag_id,
        name=row.name,
        group=row.group_name,
        kind="internal" if row.wecom_id is None else "wecom",
        contact_id=row.contact_id,
        staff=row.staff,
        source=row.source,
        reason=row.reason,
        employee=row.employee,
        since=row.marked_at,
        until=row.ends_at,
    )


def _same(one: Any, many: Any, key: str) -> Any:
    return (one.tenant_id == many.tenant_id) & (one.id == getattr(many, key))
