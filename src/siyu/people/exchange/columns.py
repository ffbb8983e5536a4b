"""What can stand in an exported list, and the cells of many customers at once."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any, Final, NamedTuple, TypeVar, TypeVarTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Result, Row, Select, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import InstrumentedAttribute

from siyu.accounts.models import StaffAccount
from siyu.core.context import Context
from siyu.core.db import among
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
from siyu.people.privacy.models import Consent
from siyu.people.stages.models import Stage, StageChange

_GENDERS: Final = {1: "男", 2: "女"}
_KINDS: Final = {1: "微信", 2: "企业微信"}
_STATES: Final = {"active": "好友", "half": "单向好友", "lost": "已流失"}
_CONSENTS: Final = {"granted": "同意", "refused": "拒绝"}
_JOINED: Final = "、"
_TO_SECONDS: Final = len("2026-01-31 23:59:59")
T = TypeVar("T")
Ts = TypeVarTuple("Ts")

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
Texts = dict[int, list[str]]


class Bench(NamedTuple):
    """What cells are made with."""

    ctx: Context
    vault: Vault
    panels: CustomerPanels
    zone: ZoneInfo
    phones: bool
    """Whether phone numbers are written out."""


class _People(NamedTuple):
    """Customers whose cells are made."""

    customers: Mapping[int, Any]
    identities: Sequence[Row[int, int, str, str]]
    """Number, customer, kind and value of their ids, in the order in which these became known."""
    owners: Mapping[int, int]
    """Whose an id is."""


async def titles(ctx: Context, columns: Sequence[str]) -> dict[str, str]:
    """Return the titles of columns that exist and that the actor may see."""
    fields = await visible_fields(ctx)
    known = dict(COLUMNS) | {f"{FIELD}{number}": field.name for number, field in fields.items()}
    return {column: known[column] for column in columns if column in known}


async def cells_of(
    bench: Bench, columns: Sequence[str], customer_ids: Collection[int]
) -> list[tuple[str, ...]]:
    """Return the cells of customers who are there, by their number; a few statements in all."""
    people = await _people(bench.ctx, customer_ids)
    made: dict[str, Cells] = {}
    for column in columns:
        if column in made:
            continue
        if column in _PLAIN:
            plain = _PLAIN[column]
            made[column] = {number: plain(bench, one) for number, one in people.customers.items()}
        elif column in _FETCHED:
            made |= await _FETCHED[column](bench, people)
        elif column.startswith(FIELD):
            made |= await _fields(bench, people, columns)
    return list(
        zip(
            *([made[column].get(number, "") for number in people.customers] for column in columns),
            strict=True,
        )
    )


async def _people(ctx: Context, customer_ids: Collection[int]) -> "_People":
    rows = await _rows(
        ctx,
        select(
            Customer.id,
            Customer.name,
            Customer.gender,
            Customer.kind,
            Customer.corp_name,
            Customer.last_add_at,
            Customer.created_at,
        )
        .where(
            Customer.tenant_id == ctx.tenant_id,
            among(Customer.id, customer_ids),
            Customer.merged_into_id.is_(None),
        )
        .order_by(Customer.id),
    )
    customers = {row.id: row for row in rows}
    identities = await _rows(
        ctx,
        select(Identity.id, Identity.customer_id, Identity.kind, Identity.value)
        .where(Identity.tenant_id == ctx.tenant_id, among(Identity.customer_id, customers))
        .order_by(Identity.id),
    )
    known = identities.all()
    return _People(customers, known, {number: customer_id for number, customer_id, _, _ in known})


async def _rows(ctx: Context, query: Select[*Ts]) -> Result[*Ts]:
    """Return rows as the driver has them: a session would go through them once more."""
    return await (await ctx.session.connection()).execute(query)


def _when(bench: Bench, at: datetime | None) -> str:
    return "" if at is None else at.astimezone(bench.zone).isoformat(" ")[:_TO_SECONDS]


_PLAIN: Final[Mapping[str, Callable[[Bench, Any], str]]] = {
    "id": lambda _, one: str(one.id),
    "name": lambda _, one: one.name,
    "gender": lambda _, one: _GENDERS.get(one.gender, ""),
    "kind": lambda _, one: _KINDS.get(one.kind, ""),
    "corp_name": lambda _, one: one.corp_name,
    "added_at": lambda bench, one: _when(bench, one.last_add_at),
    "created_at": lambda bench, one: _when(bench, one.created_at),
}


async def _friends(bench: Bench, people: _People) -> dict[str, Cells]:
    ctx = bench.ctx
    rows = await _rows(
        ctx,
        select(Contact.identity_id, Contact.state, Contact.remark, Contact.staff_account_id)
        .where(among(Contact.identity_id, people.owners), visible(ctx))
        .order_by(Contact.id),
    )
    states: Texts = defaultdict(list)
    accounts: dict[int, list[int]] = defaultdict(list)
    remarks: Texts = defaultdict(list)
    for identity_id, state, remark, staff_account_id in rows:
        number = people.owners[identity_id]
        states[number].append(state)
        if state == "active":
            accounts[number].append(staff_account_id)
        if remark:
            remarks[number].append(remark)
    names = await _names(ctx, StaffAccount, accounts.values())
    return {
        "state": {number: _STATES[state_of(found)] for number, found in states.items()},
        "staff": _listed({number: [names[o] for o in found] for number, found in accounts.items()}),
        "remark": _listed(remarks),
    }


async def _ids(_: Bench, people: _People) -> dict[str, Cells]:
    found: dict[str, Texts] = {
        kind: defaultdict(list) for kind in ("external_userid", "unionid", "member")
    }
    for _id, number, kind, value in people.identities:
        if kind in found:
            found[kind][number].append(value)
    return {kind: _listed(values) for kind, values in found.items()}


async def _phones(bench: Bench, people: _People) -> dict[str, Cells]:
    ctx = bench.ctx
    rows = await _rows(
        ctx,
        select(CustomerPrivate.identity_id, CustomerPrivate.ciphertext)
        .where(
            CustomerPrivate.tenant_id == ctx.tenant_id,
            among(CustomerPrivate.identity_id, people.owners),
            CustomerPrivate.kind == PHONE,
        )
        .order_by(CustomerPrivate.id),
    )
    found: Texts = defaultdict(list)
    for identity_id, ciphertext in rows:
        found[people.owners[identity_id]].append(_phone(bench, ciphertext))
    return {"phone": _listed(found)}


def _phone(bench: Bench, ciphertext: bytes) -> str:
    phone = bench.vault.decrypt(PHONE, ciphertext).removeprefix("+86")
    if bench.phones:
        return phone
    masked = mask_phones(phone)
    # Numbers that are no Chinese mobile ones are hidden but for their end.
    return masked if masked != phone else f"****{phone[-4:]}"


async def _tags(bench: Bench, people: _People) -> dict[str, Cells]:
    ctx = bench.ctx
    of_friends = (
        select(Contact.identity_id, func.array_agg(ContactTag.tag_id))
        .join(
            ContactTag,
            (ContactTag.tenant_id == Contact.tenant_id) & (ContactTag.contact_id == Contact.id),
        )
        .where(among(Contact.identity_id, people.owners), visible(ctx))
        .group_by(Contact.identity_id)
    )
    internal = (
        select(IdentityTag.identity_id, func.array_agg(IdentityTag.tag_id))
        .where(
            IdentityTag.tenant_id == ctx.tenant_id,
            among(IdentityTag.identity_id, people.owners),
        )
        .group_by(IdentityTag.identity_id)
    )
    found: dict[int, set[int]] = defaultdict(set)
    for query in (of_friends, internal):
        for identity_id, tag_ids in await _rows(ctx, query):
            found[people.owners[identity_id]].update(tag_ids)
    names = await _names(ctx, Tag, found.values(), ~Tag.gone)
    carried = {
        number: [names[one] for one in sorted(tag_ids) if one in names]
        for number, tag_ids in found.items()
    }
    return {"tags": _listed(carried)}


async def _stages(bench: Bench, people: _People) -> dict[str, Cells]:
    ctx = bench.ctx
    latest = await _latest(ctx, people, StageChange, StageChange.stage_id)
    rows = await _rows(ctx, select(Stage.id, Stage.name).where(Stage.tenant_id == ctx.tenant_id))
    names = {row.id: row.name for row in rows}
    return {"stage": {number: names[at] for number, at in latest.items() if at in names}}


async def _consents(bench: Bench, people: _People) -> dict[str, Cells]:
    marketing = Consent.kind == "marketing"
    latest = await _latest(bench.ctx, people, Consent, Consent.state, marketing)
    return {"consent": {number: _CONSENTS[state] for number, state in latest.items()}}


async def _latest(
    ctx: Context,
    people: _People,
    table: type[StageChange | Consent],
    value: InstrumentedAttribute[T],
    *conditions: ColumnElement[bool],
) -> dict[int, T]:
    """Return what was noted last of each customer, at whichever of their ids."""
    rows = await _rows(
        ctx,
        select(table.id, table.identity_id, value)
        .where(
            table.tenant_id == ctx.tenant_id,
            among(table.identity_id, people.owners),
            *conditions,
        )
        .order_by(table.identity_id, table.id.desc())
        .ext(distinct_on(table.identity_id)),
    )
    by_id = sorted(rows, key=itemgetter(0))
    return {people.owners[identity_id]: noted for _, identity_id, noted in by_id}


async def _names(
    ctx: Context,
    table: type[StaffAccount | Tag],
    ids: Iterable[Collection[int]],
    *conditions: ColumnElement[bool],
) -> dict[int, str]:
    rows = await _rows(
        ctx,
        select(table.id, table.name).where(
            table.tenant_id == ctx.tenant_id, among(table.id, set().union(*ids)), *conditions
        ),
    )
    return {row.id: row.name for row in rows}


def _listed(texts: Mapping[int, Sequence[str]]) -> Cells:
    """Return the texts of each customer in one cell, each of them once."""
    return {
        number: some[0] if len(some) == 1 else _JOINED.join(dict.fromkeys(some))
        for number, some in texts.items()
    }


async def _orders(bench: Bench, people: _People) -> dict[str, Cells]:
    bought = await bench.panels.purchases(bench.ctx, people.customers)
    return {
        "orders": {number: str(each.orders) for number, each in bought.items()},
        "gmv": {number: f"{each.gmv_fen / 100:.2f}" for number, each in bought.items()},
    }


async def _fields(bench: Bench, people: _People, columns: Sequence[str]) -> dict[str, Cells]:
    wanted = [int(each.removeprefix(FIELD)) for each in columns if each.startswith(FIELD)]
    fields = await visible_fields(bench.ctx)
    values = await values_of_many(bench.ctx, people.customers, wanted)
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


_Fetch = Callable[[Bench, _People], Awaitable[dict[str, Cells]]]

_FETCHED: Final[Mapping[str, _Fetch]] = {
    **dict.fromkeys(("state", "staff", "remark"), _friends),
    **dict.fromkeys(("external_userid", "unionid", "member"), _ids),
    **dict.fromkeys(("orders", "gmv"), _orders),
    "phone": _phones,
    "tags": _tags,
    "stage": _stages,
    "consent": _consents,
}
