"""Reads of customers; a constant number of queries, however many are shown."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, Row, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from siyu.accounts.models import StaffAccount
from siyu.core.context import Context
from siyu.core.errors import Invalid
from siyu.core.paging import Moment, Number, decode_cursor, encode_cursor
from siyu.people.customers.origins import Origins
from siyu.people.customers.panels import CustomerPanels
from siyu.people.customers.schemas import (
    CustomerKind,
    CustomerRow,
    ListState,
    Named,
    StaffRef,
    TagRef,
)
from siyu.people.models import Contact, ContactTag, Customer, Identity, IdentityTag, Tag, TagGroup
from siyu.people.stages.models import Stage
from siyu.people.stages.service import stages_of

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""In a cursor of the list: since when somebody is a friend is not known."""
_KINDS: Final[dict[int, CustomerKind]] = {1: "wechat", 2: "wecom"}

Place = tuple[datetime, int]
"""When a customer was added last, and their number: the order of the list."""


@dataclass(frozen=True)
class CustomerFilter:
    """Whom the list shows. Tags: any of them, ever so long ago marked by whomever.

    Of the rest, what says something of a friendship must hold for one. `customer_id` is somebody
    who was found otherwise, such as by phone. `all` are those who have a friendship, however it
    stands, and `none` those who never had any; of the rows of a file (`imported`) `all` are
    everybody.
    """

    q: str = ""
    tags: tuple[int, ...] = ()
    staff_account_id: int | None = None
    channel_id: int | None = None
    live_code_id: int | None = None
    state: Literal["active", "lost", "none", "all"] = "all"
    customer_id: int | None = None
    imported: int | None = None

    @property
    def of_friendship(self) -> bool:
        """Tell whether a friendship must be such and such."""
        origin = (self.staff_account_id, self.channel_id, self.live_code_id)
        return self.state in {"active", "lost"} or origin != (None, None, None)

    @property
    def by_number(self) -> bool:
        """Tell whether the list may hold people without a friendship: the latest known first."""
        return self.state == "none" or self.imported is not None


def _all(ctx: Context) -> Select[Customer]:
    return select(Customer).where(
        Customer.tenant_id == ctx.tenant_id,
        Customer.last_add_at.is_not(None),
        Customer.merged_into_id.is_(None),
    )


def in_order(ctx: Context, after: Place | None = None) -> Select[Customer]:
    """Return the query of all customers in the order of the list, behind a place."""
    query = _all(ctx).order_by(Customer.last_add_at.desc().nulls_last(), Customer.id)
    if after is None:
        return query
    at, number = after
    # In this form the index is entered at the moment, though its columns run opposite ways.
    return query.where(
        Customer.last_add_at <= at, or_(Customer.last_add_at < at, Customer.id > number)
    )


def place_in(cursor: str | None) -> Place | None:
    """Return behind whom a page begins; raises `Invalid`."""
    if cursor is None:
        return None
    at, number = decode_cursor(cursor, Moment, Number)
    if at <= EPOCH:
        # Of the engine, which does not know since when: it alone finds who follows.
        raise Invalid("cursor_invalid", "翻页位置已失效，请回到第一页")
    return at, number


def cursor_of(customer: Customer) -> str:
    """Return the cursor of the page behind a customer."""
    return encode_cursor(customer.last_add_at, customer.id)


def visible(ctx: Context, contact: Any = Contact) -> ColumnElement[bool]:
    """Return the condition that a contact is one the actor may see."""
    same = contact.tenant_id == ctx.tenant_id
    if ctx.actor.owners is None:
        return and_(same)
    return and_(same, contact.staff_account_id.in_(ctx.actor.owners))


async def may_see(ctx: Context, customer_id: int) -> bool:
    """Tell whether the actor may see a customer: all of them, or through a friendship."""
    if ctx.actor.owners is None:
        return True
    return bool(
        await ctx.session.scalar(
            select(
                exists()
                .where(visible(ctx), _of_customer(Contact))
                .where(Identity.customer_id == customer_id)
            )
        )
    )


async def tag_refs(ctx: Context, contact_ids: Collection[int]) -> dict[int, list[TagRef]]:
    """Return the living tags of contacts."""
    rows = await ctx.session.execute(
        select(ContactTag.contact_id, Tag.id, Tag.name, TagGroup.name.label("group_name"))
        .join(Tag, and_(Tag.tenant_id == ContactTag.tenant_id, Tag.id == ContactTag.tag_id))
        .join(TagGroup, and_(TagGroup.tenant_id == Tag.tenant_id, TagGroup.id == Tag.group_id))
        .where(
            ContactTag.tenant_id == ctx.tenant_id,
            ContactTag.contact_id.in_(contact_ids),
            ~Tag.gone,
        )
        .order_by(TagGroup.sort.desc(), TagGroup.id, Tag.sort.desc(), Tag.id)
    )
    found: dict[int, list[TagRef]] = defaultdict(list)
    for row in rows:
        found[row.contact_id].append(TagRef(row.id, row.name, row.group_name))
    return found


def kind_of(customer: Customer) -> CustomerKind:
    """Return what kind of user a customer is."""
    return _KINDS.get(customer.kind, "unknown")


def state_of(states: Collection[str]) -> ListState:
    """Return what a customer is, given the states of their friendships."""
    if "active" in states:
        return "active"
    return "half" if "half" in states else "lost"


def _of_customer(contact: Any) -> ColumnElement[bool]:
    return and_(Identity.tenant_id == contact.tenant_id, Identity.id == contact.identity_id)


def befriended(ctx: Context, wanted: CustomerFilter) -> list[ColumnElement[bool]]:
    """Return the conditions that a customer has a friendship which the actor sees and that fits."""
    fits = [visible(ctx), _of_customer(Contact), Identity.customer_id == Customer.id]
    if wanted.staff_account_id is not None:
        fits.append(Contact.staff_account_id == wanted.staff_account_id)
    if wanted.channel_id is not None:
        fits.append(Contact.channel_id == wanted.channel_id)
    if wanted.live_code_id is not None:
        fits.append(Contact.live_code_id == wanted.live_code_id)
    if wanted.state != "all":
        fits.append(Contact.state == wanted.state)
    conditions: list[ColumnElement[bool]] = [exists().where(*fits).correlate(Customer)]
    if wanted.state == "lost":
        other, owner = aliased(Contact), aliased(Identity)
        conditions.append(
            ~exists()
            .where(
                visible(ctx, other),
                owner.tenant_id == other.tenant_id,
                owner.id == other.identity_id,
                owner.customer_id == Customer.id,
                other.state == "active",
            )
            .correlate(Customer)
        )
    return conditions


def described(ctx: Context, wanted: CustomerFilter) -> list[ColumnElement[bool]]:
    """Return the conditions that what is noted of a customer fits."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.customer_id is not None:
        conditions.append(Customer.id == wanted.customer_id)
    if wanted.tags:
        conditions.append(_tagged(ctx, wanted.tags))
    if wanted.q:
        named, owner = aliased(Contact), aliased(Identity)
        remarked = (
            exists()
            .where(
                visible(ctx, named),
                owner.tenant_id == named.tenant_id,
                owner.id == named.identity_id,
                owner.customer_id == Customer.id,
                named.remark.icontains(wanted.q, autoescape=True),
            )
            .correlate(Customer)
        )
        conditions.append(or_(Customer.name.icontains(wanted.q, autoescape=True), remarked))
    return conditions


def _tagged(ctx: Context, tag_ids: Collection[int]) -> ColumnElement[bool]:
    """Return the condition that a customer carries a tag: at a friendship, or an internal one."""
    contact, owner = aliased(Contact), aliased(Identity)
    at_friendship = exists().where(
        visible(ctx, contact),
        owner.tenant_id == contact.tenant_id,
        owner.id == contact.identity_id,
        owner.customer_id == Customer.id,
        ContactTag.tenant_id == contact.tenant_id,
        ContactTag.contact_id == contact.id,
        ContactTag.tag_id.in_(tag_ids),
    )
    person = aliased(Identity)
    internal = exists().where(
        person.tenant_id == ctx.tenant_id,
        person.customer_id == Customer.id,
        IdentityTag.tenant_id == person.tenant_id,
        IdentityTag.identity_id == person.id,
        IdentityTag.tag_id.in_(tag_ids),
    )
    return or_(at_friendship.correlate(Customer), internal.correlate(Customer))


async def _internal_tags(ctx: Context, customer_ids: Collection[int]) -> dict[int, list[TagRef]]:
    """Return the living internal tags of customers."""
    rows = await ctx.session.execute(
        select(Identity.customer_id, Tag.id, Tag.name, TagGroup.name.label("group_name"))
        .join(
            IdentityTag,
            and_(
                IdentityTag.tenant_id == Identity.tenant_id, IdentityTag.identity_id == Identity.id
            ),
        )
        .join(Tag, and_(Tag.tenant_id == IdentityTag.tenant_id, Tag.id == IdentityTag.tag_id))
        .join(TagGroup, and_(TagGroup.tenant_id == Tag.tenant_id, TagGroup.id == Tag.group_id))
        .where(
            Identity.tenant_id == ctx.tenant_id, Identity.customer_id.in_(customer_ids), ~Tag.gone
        )
        .order_by(TagGroup.sort, Tag.sort, Tag.id)
    )
    found: dict[int, list[TagRef]] = defaultdict(list)
    for row in rows:
        found[row.customer_id].append(TagRef(row.id, row.name, row.group_name))
    return found


async def _stages(ctx: Context, customer_ids: Collection[int]) -> dict[int, Named]:
    """Return the stages of customers, which may be gone since."""
    at = await stages_of(ctx, customer_ids)
    rows = await ctx.session.execute(
        select(Stage.id, Stage.name).where(
            Stage.tenant_id == ctx.tenant_id, Stage.id.in_(set(at.values()) - {None})
        )
    )
    named = {row.id: Named(row.id, row.name) for row in rows}
    return {number: named[stage] for number, stage in at.items() if stage in named}


async def rows_of(
    ctx: Context, origins: Origins, panels: CustomerPanels, customers: Sequence[Customer]
) -> list[CustomerRow]:
    """Return customers as the list shows them: what is read is as of now."""
    ids = [customer.id for customer in customers]
    contacts = await contacts_of(ctx, ids, only_visible=True)
    tags = await tag_refs(ctx, [contact.id for contact in contacts])
    internal = await _internal_tags(ctx, ids)
    stages = await _stages(ctx, ids)
    channel_ids = {contact.channel_id for contact in contacts if contact.channel_id is not None}
    names = await origins.names(ctx, channel_ids, ())
    bought = await panels.purchases(ctx, ids)
    by_customer: dict[int, list[Row[Any]]] = defaultdict(list)
    for contact in contacts:
        by_customer[contact.customer_id].append(contact)
    rows = []
    for customer in customers:
        own = by_customer[customer.id]
        channel = next((c.channel_id for c in own if c.channel_id in names.channels), None)
        purchases = bought.get(customer.id)
        marked = [tag for contact in own for tag in tags[contact.id]]
        distinct = {tag.id: tag for tag in [*marked, *internal[customer.id]]}
        living = [c for c in own if c.state == "active"] or own
        rows.append(
            CustomerRow(
                id=customer.id,
                name=customer.name,
                remark=next((c.remark for c in own if c.remark not in {"", customer.name}), None),
                avatar_url=customer.avatar_url or None,
                kind=kind_of(customer),
                tags=list(distinct.values()),
                staff=[StaffRef(c.staff_account_id, c.name, c.avatar_url or None) for c in living],
                channel=None if channel is None else Named(channel, names.channels[channel]),
                state=state_of({contact.state for contact in own}) if own else None,
                stage=stages.get(customer.id),
                added_at=max((c.added_at for c in own if c.added_at), default=None),
                order_count=purchases.orders if purchases else None,
                gmv_fen=purchases.gmv_fen if purchases else None,
                last_paid_at=purchases.last_paid_at if purchases else None,
            )
        )
    return rows


async def contacts_of(
    ctx: Context, customer_ids: Collection[int], *, only_visible: bool
) -> Sequence[Row[Any]]:
    """Return friendships with `customer_id` and the staff account's name, latest first."""
    query = (
        select(
            Identity.customer_id,
            Contact.id,
            Contact.staff_account_id,
            Contact.state,
            Contact.channel_id,
            Contact.live_code_id,
            Contact.first_add_at,
            Contact.added_at,
            Contact.lost_at,
            Contact.lost_by,
            Contact.watched_since,
            Contact.remark,
            Contact.description,
            Contact.add_way,
            StaffAccount.name,
            StaffAccount.avatar_url,
        )
        .select_from(Contact)
        .join(Identity, _of_customer(Contact))
        .join(
            StaffAccount,
            and_(
                StaffAccount.tenant_id == Contact.tenant_id,
                StaffAccount.id == Contact.staff_account_id,
            ),
        )
        .where(Identity.customer_id.in_(customer_ids), Contact.tenant_id == ctx.tenant_id)
        .order_by(Contact.added_at.desc().nulls_last(), Contact.id)
    )
    if only_visible:
        query = query.where(visible(ctx))
    rows: Sequence[Row[Any]] = (await ctx.session.execute(query)).all()  # type: ignore[assignment]  # by name
    return rows
