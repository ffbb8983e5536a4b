"""Who has just read what."""

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import InstrumentedAttribute

from siyu.activation.sharing.schemas import ChatCustomer, Reading
from siyu.content.models import Material, Visit
from siyu.core.context import Context
from siyu.core.db import TenantBase
from siyu.core.errors import NotFound
from siyu.people.identity.visitors import is_person
from siyu.people.models import Contact, Customer, Identity


async def recent_readings(ctx: Context, limit: int = 20) -> list[Reading]:
    """Return the latest readings of what the actor's own staff accounts sent, latest first.

    Readings of unknown persons are kept but not shown here.
    """
    rows = await ctx.session.execute(
        select(Visit, Material.title, Customer)
        .join(Material, _same(Visit.tenant_id, Material, Visit.material_id))
        .join(Identity, _same(Visit.tenant_id, Identity, Visit.identity_id))
        .join(Customer, _same(Identity.tenant_id, Customer, Identity.customer_id))
        .where(
            Visit.tenant_id == ctx.tenant_id,
            Visit.staff_account_id.in_(ctx.actor.staff_account_ids),
            Visit.viewed_at.is_not(None),
            is_person(Customer.id),
        )
        .order_by(Visit.viewed_at.desc(), Visit.id.desc())
        .limit(limit)
    )
    return [_reading(visit, title, customer) for visit, title, customer in rows]


async def customer_in_chat(ctx: Context, external_userid: str) -> ChatCustomer:
    """Return whom a chat of the actor's own is with; raises `NotFound` for anyone else's."""
    customer = await ctx.session.scalar(
        select(Customer)
        .select_from(Contact)
        .join(Identity, _same(Contact.tenant_id, Identity, Contact.identity_id))
        .join(Customer, _same(Identity.tenant_id, Customer, Identity.customer_id))
        .where(
            Contact.tenant_id == ctx.tenant_id,
            Contact.staff_account_id.in_(ctx.actor.staff_account_ids),
            Identity.kind == "external_userid",
            Identity.value == external_userid,
        )
        .limit(1)
    )
    if customer is None:
        raise NotFound("customer_unknown", "当前聊天的客户还没有同步到 siyu，请稍后再试")
    return ChatCustomer(customer_id=customer.id, name=customer.name, avatar_url=customer.avatar_url)


def _same(
    tenant_id: InstrumentedAttribute[int],
    table: type[TenantBase],
    key: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
) -> ColumnElement[bool]:
    return and_(table.tenant_id == tenant_id, table.id == key)


def _reading(visit: Visit, title: str, customer: Customer) -> Reading:
    return Reading(
        visit_id=visit.id,
        customer_id=customer.id,
        customer_name=customer.name,
        customer_avatar_url=customer.avatar_url,
        material_id=visit.material_id,
        title=title,
        viewed_at=visit.viewed_at or visit.opened_at,
        last_beat_at=visit.last_beat_at,
        ended=visit.ended_at is not None and visit.ended_at == visit.last_beat_at,
        seconds=visit.seconds,
        depth=visit.depth,
        forwarded=visit.forwarded,
    )
