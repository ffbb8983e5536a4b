"""Everything about one customer: basics, friendships, ids."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Row, func, select

from siyu.accounts.tenants import Vaults
from siyu.core.context import Context
from siyu.core.errors import NotFound
from siyu.people.customers.origins import OriginNames, Origins
from siyu.people.customers.panels import CustomerPanels
from siyu.people.customers.queries import contacts_of, kind_of, may_see, state_of, tag_refs
from siyu.people.customers.schemas import (
    ContactState,
    ContactView,
    CustomerView,
    Gender,
    IdentityView,
    Named,
    StaffRef,
    TagRef,
)
from siyu.people.identity.phones import PHONE, mask_phones
from siyu.people.models import Customer, CustomerPrivate, Identity, IdentityLink

_GENDERS: Final[Mapping[int, Gender]] = {1: "male", 2: "female"}
_LOST: Final[Mapping[str, ContactState]] = {
    "customer": "lost_by_customer",
    "staff": "lost_by_staff",
    "transfer": "lost_by_transfer",
}
_SHOWN_CHARS: Final = 6

ADD_WAYS: Final[Mapping[int, str]] = {
    1: "扫描二维码",
    2: "搜索手机号",
    3: "名片分享",
    4: "群聊",
    5: "手机通讯录",
    6: "微信联系人",
    8: "安装第三方应用时自动添加的客服人员",
    9: "搜索邮箱",
    10: "视频号添加",
    11: "通过日程参与人添加",
    12: "通过会议参与人添加",
    13: "添加微信好友对应的企业微信",
    14: "通过智慧硬件专属客服添加",
    15: "通过上门服务客服添加",
    16: "通过获客链接添加",
    201: "内部成员共享",
    202: "管理员或负责人分配",
}
"""How friendships come about, as WeCom numbers them (doc 92114)."""


async def show(
    ctx: Context, origins: Origins, panels: CustomerPanels, vaults: Vaults, customer_id: int
) -> CustomerView:
    """Return everything about a customer the actor may see; raises `NotFound`.

    The number of a customer that was merged leads to the one it became.
    """
    customer = await find_customer(ctx, customer_id)
    contacts = await contacts_of(ctx, [customer.id], only_visible=False)
    tags = await tag_refs(ctx, [contact.id for contact in contacts])
    names = await origins.names(
        ctx,
        {contact.channel_id for contact in contacts if contact.channel_id is not None},
        {contact.live_code_id for contact in contacts if contact.live_code_id is not None},
    )
    bought = (await panels.purchases(ctx, [customer.id])).get(customer.id)
    states = {contact.state for contact in contacts}
    own = {contact.id for contact in contacts if _may_see(ctx, contact.staff_account_id)}
    distinct = {tag.id: tag for number in own for tag in tags[number]}
    return CustomerView(
        id=customer.id,
        name=customer.name,
        avatar_url=customer.avatar_url or None,
        kind=kind_of(customer),
        gender=_GENDERS.get(customer.gender),
        corp_name=customer.corp_name or None,
        state=state_of(states) if states else None,
        phone_masked=await _phone(ctx, vaults, customer.id),
        tags=list(distinct.values()),
        contacts=[
            _contact(contact, names, tags[contact.id], own=contact.id in own)
            for contact in contacts
        ],
        identities=await _identities(ctx, customer.id),
        first_add_at=min((c.first_add_at for c in contacts if c.first_add_at), default=None),
        watching_since=min((c.watched_since for c in contacts), default=None),
        order_count=bought.orders if bought else None,
        gmv_fen=bought.gmv_fen if bought else None,
        panels=dict(await panels.panels(ctx, customer.id)),
    )


async def find_customer(ctx: Context, customer_id: int) -> Customer:
    """Return a customer the actor may see, following mergers; raises `NotFound`."""
    customer = await ctx.session.get(Customer, (ctx.tenant_id, customer_id))
    while customer is not None and customer.merged_into_id is not None:
        customer = await ctx.session.get(Customer, (ctx.tenant_id, customer.merged_into_id))
    if customer is None or not await may_see(ctx, customer.id):
        raise NotFound("customer_unknown", "客户不存在，或不在你的数据范围内")
    return customer


def _may_see(ctx: Context, staff_account_id: int) -> bool:
    return ctx.actor.owners is None or staff_account_id in ctx.actor.owners


def _contact(
    contact: Row[Any], names: OriginNames, tags: list[TagRef], *, own: bool
) -> ContactView:
    # That a colleague has the customer is known to whoever has them too; what the colleague
    # noted about them is not.
    state: ContactState = contact.state
    if contact.state == "lost":
        state = _LOST.get(contact.lost_by, "lost")
    return ContactView(
        id=contact.id,
        staff=StaffRef(contact.staff_account_id, contact.name, contact.avatar_url or None),
        remark=contact.remark or None if own else None,
        description=contact.description or None if own else None,
        add_way=None if contact.add_way is None else ADD_WAYS.get(contact.add_way, "其他方式"),
        channel=_named(contact.channel_id, names.channels),
        live_code=_named(contact.live_code_id, names.live_codes),
        state=state,
        added_at=contact.added_at,
        first_add_at=contact.first_add_at,
        lost_at=contact.lost_at,
        watched_since=contact.watched_since,
        tags=tags if own else [],
    )


def _named(number: int | None, names: Mapping[int, str]) -> Named | None:
    return Named(number, names[number]) if number is not None and number in names else None


async def _phone(ctx: Context, vaults: Vaults, customer_id: int) -> str | None:
    kept = await ctx.session.scalar(
        select(CustomerPrivate.ciphertext)
        .join(
            Identity,
            (Identity.tenant_id == CustomerPrivate.tenant_id)
            & (Identity.id == CustomerPrivate.identity_id),
        )
        .where(
            CustomerPrivate.tenant_id == ctx.tenant_id,
            Identity.customer_id == customer_id,
            CustomerPrivate.kind == PHONE,
        )
        .order_by(CustomerPrivate.id.desc())
        .limit(1)
    )
    if kept is None:
        return None
    vault = await vaults.of(ctx.session, ctx.tenant_id)
    return mask_phones(vault.decrypt(PHONE, kept))


async def _identities(ctx: Context, customer_id: int) -> list[IdentityView]:
    latest = (
        select(
            IdentityLink.identity_id,
            IdentityLink.linked_at,
            IdentityLink.evidence,
            func.row_number()
            .over(partition_by=IdentityLink.identity_id, order_by=IdentityLink.id.desc())
            .label("place"),
        )
        .where(IdentityLink.tenant_id == ctx.tenant_id, IdentityLink.customer_id == customer_id)
        .subquery()
    )
    rows = await ctx.session.execute(
        select(
            Identity.kind,
            Identity.value,
            func.coalesce(latest.c.linked_at, Identity.created_at).label("linked_at"),
            func.coalesce(latest.c.evidence, Identity.evidence).label("evidence"),
        )
        .outerjoin(latest, (latest.c.identity_id == Identity.id) & (latest.c.place == 1))
        .where(Identity.tenant_id == ctx.tenant_id, Identity.customer_id == customer_id)
        .order_by(Identity.id)
    )
    return [
        IdentityView(row.kind, _shortened(row.kind, row.value), row.linked_at, row.evidence or "")
        for row in rows
    ]


def _shortened(kind: str, value: str) -> str:
    """Return enough of an id to tell it apart; of a phone nothing, for its hash says nothing."""
    return "" if kind == PHONE else f"…{value[-min(_SHOWN_CHARS, len(value) // 2) :]}"
