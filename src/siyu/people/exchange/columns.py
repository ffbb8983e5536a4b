"""What can stand in an exported list, and the cells of many customers at once."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from siyu.accounts.models import StaffAccount
from siyu.core.context import Context
from siyu.core.vault import Vault
from siyu.people.customers.panels import CustomerPanels
from siyu.people.customers.queries import state_of, visible
from siyu.people.fields.models import CustomField
from siyu.people.fields.service import visible_fields
from siyu.people.fields.values import values_of_many
from siyu.people.identity.phones import PHONE, mask_phones
from siyu.people.models import (
    Contact,
    ContactTag,
    Customer,
    CustomerPrivate,
    Identity,
    IdentityTag,
    Tag,
)
from siyu.people.picture.loading import among
from siyu.people.privacy.models import Consent
from siyu.people.stages.models import Stage, StageChange

_GENDERS: Final = {1: "男", 2: "女"}
_KINDS: Final = {1: "微信", 2: "企业微信"}
_STATES: Final = {"active": "好友", "half": "单向好友", "lost": "已流失"}
_CONSENTS: Final = {"granted": "同意", "refused": "拒绝"}
_JOINED: Final = "、"

COLUMNS: Final[Mapping[str, str]] = {
    "id": "客户编号",
    "name": "昵称",
    "gender": "性别",
    "kind": "类型",
    "corp_name": "企业",
    "state": "好友状态",
    "phone": "手机号",
    "external_userid": "外部联系人 ID",
    "unionid": "unionid",
    "member": "会员号",
    "staff": "跟进员工",
    "remark": "员工备注",
    "tags": "标签",
    "stage": "客户阶段",
    "consent": "营销授权",
    "orders": "订单数",
    "gmv": "成交额（元）",
    "added_at": "最近添加时间",
    "created_at": "成为客户时间",
}
"""Columns by their names, in the order in which they stand; `field:N` are custom fields."""

FIELD: Final = "field:"

Cells = Mapping[int, str]


class Bench(NamedTuple):
    """What cells are made with."""

    ctx: Context
    vault: Vault
    panels: CustomerPanels
    zone: ZoneInfo
    phones: bool
    """Whether phone numbers are written out."""


async def titles(ctx: Context, columns: Sequence[str]) -> dict[str, str]:
    """Return the titles of columns that exist and that the actor may see."""
    fields = await visible_fields(ctx)
    known = dict(COLUMNS) | {f"{FIELD}{number}": field.name for number, field in fields.items()}
    return {column: known[column] for column in columns if column in known}


async def cells_of(
    bench: Bench, columns: Sequence[str], customer_ids: Sequence[int]
) -> list[list[str]]:
    """Return the cells of customers who are there, in the order given; a few statements in all."""
    ctx = bench.ctx
    rows = await ctx.session.scalars(
        select(Customer).where(
            Customer.tenant_id == ctx.tenant_id,
            among(Customer.id, customer_ids),
            Customer.merged_into_id.is_(None),
        )
    )
    customers = {customer.id: customer for customer in rows}
    ids = [number for number in customer_ids if number in customers]
    made: dict[str, Cells] = {}
    for column in columns:
        if column in made:
            continue
        if column in _PLAIN:
            plain = _PLAIN[column]
            made[column] = {number: plain(bench, customers[number]) for number in ids}
        elif column in _FETCHED:
            made |= await _FETCHED[column](bench, ids)
        elif column.startswith(FIELD):
            made |= await _fields(bench, ids, columns)
    return [[made[column].get(number, "") for column in columns] for number in ids]


def _when(bench: Bench, at: datetime | None) -> str:
    return "" if at is None else at.astimezone(bench.zone).strftime("%Y-%m-%d %H:%M:%S")


_PLAIN: Final[Mapping[str, Callable[[Bench, Customer], str]]] = {
    "id": lambda _, one: str(one.id),
    "name": lambda _, one: one.name,
    "gender": lambda _, one: _GENDERS.get(one.gender, ""),
    "kind": lambda _, one: _KINDS.get(one.kind, ""),
    "corp_name": lambda _, one: one.corp_name,
    "added_at": lambda bench, one: _when(bench, one.last_add_at),
    "created_at": lambda bench, one: _when(bench, one.created_at),
}


async def _friends(bench: Bench, ids: Sequence[int]) -> dict[str, Cells]:
    ctx = bench.ctx
    rows = await ctx.session.execute(
        select(Identity.customer_id, Contact.state, Contact.remark, StaffAccount.name)
        .join(
            Contact,
            (Contact.tenant_id == Identity.tenant_id) & (Contact.identity_id == Identity.id),
        )
        .join(
            StaffAccount,
            (StaffAccount.tenant_id == Contact.tenant_id)
            & (StaffAccount.id == Contact.staff_account_id),
        )
        .where(among(Identity.customer_id, ids), visible(ctx))
        .order_by(Contact.id)
    )
    states: dict[int, set[str]] = defaultdict(set)
    staff: dict[int, dict[str, None]] = defaultdict(dict)
    remarks: dict[int, dict[str, None]] = defaultdict(dict)
    for number, state, remark, name in rows:
        states[number].add(state)
        if state == "active":
            staff[number][name] = None
        if remark:
            remarks[number][remark] = None
    return {
        "state": {number: _STATES[state_of(found)] for number, found in states.items()},
        "staff": {number: _JOINED.join(found) for number, found in staff.items()},
        "remark": {number: _JOINED.join(found) for number, found in remarks.items()},
    }


async def _ids(bench: Bench, ids: Sequence[int]) -> dict[str, Cells]:
    ctx = bench.ctx
    kinds = ("external_userid", "unionid", "member")
    rows = await ctx.session.execute(
        select(Identity.customer_id, Identity.kind, Identity.value)
        .where(
            Identity.tenant_id == ctx.tenant_id,
            among(Identity.customer_id, ids),
            Identity.kind.in_(kinds),
        )
        .order_by(Identity.id)
    )
    found: dict[str, dict[int, str]] = {kind: {} for kind in kinds}
    for number, kind, value in rows:
        before = found[kind].get(number)
        found[kind][number] = value if before is None else f"{before}{_JOINED}{value}"
    return dict(found)


async def _phones(bench: Bench, ids: Sequence[int]) -> dict[str, Cells]:
    ctx = bench.ctx
    rows = await ctx.session.execute(
        select(Identity.customer_id, CustomerPrivate.ciphertext)
        .join(
            CustomerPrivate,
            (CustomerPrivate.tenant_id == Identity.tenant_id)
            & (CustomerPrivate.identity_id == Identity.id),
        )
        .where(
            Identity.tenant_id == ctx.tenant_id,
            among(Identity.customer_id, ids),
            CustomerPrivate.kind == PHONE,
        )
        .order_by(CustomerPrivate.id)
    )
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for number, ciphertext in rows:
        found[number][_phone(bench, ciphertext)] = None
    return {"phone": {number: _JOINED.join(phones) for number, phones in found.items()}}


def _phone(bench: Bench, ciphertext: bytes) -> str:
    phone = bench.vault.decrypt(PHONE, ciphertext).removeprefix("+86")
    if bench.phones:
        return phone
    masked = mask_phones(phone)
    # Numbers that are no Chinese mobile ones are hidden but for their end.
    return masked if masked != phone else f"****{phone[-4:]}"


async def _tags(bench: Bench, ids: Sequence[int]) -> dict[str, Cells]:
    ctx = bench.ctx
    of_friends = (
        select(Identity.customer_id, Tag.name, Tag.id)
        .join(
            Contact,
            (Contact.tenant_id == Identity.tenant_id) & (Contact.identity_id == Identity.id),
        )
        .join(
            ContactTag,
            (ContactTag.tenant_id == Contact.tenant_id) & (ContactTag.contact_id == Contact.id),
        )
        .join(Tag, (Tag.tenant_id == ContactTag.tenant_id) & (Tag.id == ContactTag.tag_id))
        .where(among(Identity.customer_id, ids), visible(ctx), ~Tag.gone)
    )
    internal = (
        select(Identity.customer_id, Tag.name, Tag.id)
        .join(
            IdentityTag,
            (IdentityTag.tenant_id == Identity.tenant_id)
            & (IdentityTag.identity_id == Identity.id),
        )
        .join(Tag, (Tag.tenant_id == IdentityTag.tenant_id) & (Tag.id == IdentityTag.tag_id))
        .where(Identity.tenant_id == ctx.tenant_id, among(Identity.customer_id, ids), ~Tag.gone)
    )
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for query in (of_friends, internal):
        for number, name, tag_id in await ctx.session.execute(query):
            found[number][tag_id] = name
    return {"tags": {number: _JOINED.join(tags.values()) for number, tags in found.items()}}


async def _stages(bench: Bench, ids: Sequence[int]) -> dict[str, Cells]:
    ctx = bench.ctx
    latest = (
        select(Identity.customer_id, StageChange.stage_id)
        .join(
            StageChange,
            (StageChange.tenant_id == Identity.tenant_id)
            & (StageChange.identity_id == Identity.id),
        )
        .where(Identity.tenant_id == ctx.tenant_id, among(Identity.customer_id, ids))
        .order_by(Identity.customer_id, StageChange.id.desc())
        .ext(distinct_on(Identity.customer_id))
        .subquery()
    )
    rows = await ctx.session.execute(
        select(latest.c.customer_id, Stage.name).join(
            Stage, (Stage.tenant_id == ctx.tenant_id) & (Stage.id == latest.c.stage_id)
        )
    )
    return {"stage": {row[0]: row[1] for row in rows}}


async def _consents(bench: Bench, ids: Sequence[int]) -> dict[str, Cells]:
    ctx = bench.ctx
    rows = await ctx.session.execute(
        select(Identity.customer_id, Consent.state)
        .join(
            Consent,
            (Consent.tenant_id == Identity.tenant_id) & (Consent.identity_id == Identity.id),
        )
        .where(
            Identity.tenant_id == ctx.tenant_id,
            among(Identity.customer_id, ids),
            Consent.kind == "marketing",
        )
        .order_by(Identity.customer_id, Consent.id.desc())
        .ext(distinct_on(Identity.customer_id))
    )
    return {"consent": {row[0]: _CONSENTS[row[1]] for row in rows}}


async def _orders(bench: Bench, ids: Sequence[int]) -> dict[str, Cells]:
    bought = await bench.panels.purchases(bench.ctx, ids)
    return {
        "orders": {number: str(each.orders) for number, each in bought.items()},
        "gmv": {number: f"{each.gmv_fen / 100:.2f}" for number, each in bought.items()},
    }


async def _fields(bench: Bench, ids: Sequence[int], columns: Sequence[str]) -> dict[str, Cells]:
    wanted = [int(each.removeprefix(FIELD)) for each in columns if each.startswith(FIELD)]
    fields = await visible_fields(bench.ctx)
    values = await values_of_many(bench.ctx, ids, wanted)
    return {
        f"{FIELD}{number}": {
            customer_id: _value(fields[number], found[number])
            for customer_id, found in values.items()
            if number in found
        }
        for number in wanted
    }


def _value(field: CustomField, value: Any) -> str:
    match field.kind:
        case "flag":
            return "是" if value else "否"
        case "choice" | "choices":
            names = {int(each["id"]): str(each["name"]) for each in field.options}
            chosen = value if isinstance(value, list | tuple) else [value]
            return _JOINED.join(names.get(int(each), "") for each in chosen)
        case "number":
            return str(int(value)) if float(value).is_integer() else str(value)
    return str(value)


_Fetch = Callable[[Bench, Sequence[int]], Awaitable[dict[str, Cells]]]

_FETCHED: Final[Mapping[str, _Fetch]] = {
    **dict.fromkeys(("state", "staff", "remark"), _friends),
    **dict.fromkeys(("external_userid", "unionid", "member"), _ids),
    **dict.fromkeys(("orders", "gmv"), _orders),
    "phone": _phones,
    "tags": _tags,
    "stage": _stages,
    "consent": _consents,
}
