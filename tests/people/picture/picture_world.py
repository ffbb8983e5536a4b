"""A stream, an engine and a picture of one test's own; and what the picture should be, by hand."""

import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from siyu.commerce.models import SalesOrder
from siyu.composition import PersonSources
from siyu.core.analytics import Analytics, EngineProcess
from siyu.core.analytics.feeder import Feeder
from siyu.core.clock import FixedClock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.stream.sequencer import Sequencer
from siyu.people.churn.models import SensitivityMark
from siyu.people.fields.models import FieldValue
from siyu.people.groups.models import GroupMember
from siyu.people.models import Contact, ContactTag, Customer, Identity, IdentityTag
from siyu.people.picture.engine import PERSON, PERSON_CONTACT, PERSON_VALUE
from siyu.people.picture.following import Following
from siyu.people.picture.projector import Roof
from siyu.people.privacy.models import Consent
from siyu.people.stages.models import StageChange

_NO_DAY = date(1970, 1, 1)
Rows = dict[int, list[tuple[Any, ...]]]
Shown = tuple[Rows, Rows, Rows]
"""Rows of the three tables by customer, without tier and version."""
_TABLES: tuple[type[Any], ...] = (
    Customer, Identity, Contact, ContactTag, IdentityTag, GroupMember, FieldValue, StageChange,
    Consent, SensitivityMark, SalesOrder,
)  # fmt: skip


@dataclass
class World:
    db: Database
    clock: FixedClock
    engine: EngineProcess
    analytics: Analytics
    roof: Roof = field(default_factory=lambda: Roof(PersonSources()))

    @asynccontextmanager
    async def tenant(self, tenant_id: int) -> AsyncIterator[Context]:
        async with self.db.tenant(tenant_id) as session:
            yield Context(tenant_id, SYSTEM_ACTOR, self.clock, session)

    async def following(self, **options: Any) -> Following:
        """Return a leader."""
        found = Following(self.db, self.analytics, self.clock, self.roof, **options)
        await found.lead()
        return found

    async def feed(self) -> None:
        """Bring all facts into the stream and the engine."""
        sequencer = Sequencer(self.db, self.clock)
        await sequencer.prepare()
        while await sequencer.step():
            pass
        await Feeder(self.db, self.analytics, self.clock).drain()

    async def follow(self, following: Following) -> None:
        """Let the picture follow all that is so far, and time."""
        await self.feed()
        while await following.tidy():
            pass
        while await following.projector.step():
            pass

    def kill_engine(self) -> None:
        os.kill(self.engine.pid or 0, signal.SIGKILL)

    async def shown(self, tenant_id: int, generation: int) -> Shown:
        """Return what the engine holds, read as its contract says."""
        params = {"tenant": tenant_id, "generation": generation}
        latest = (
            "SELECT customer_id, max(version) FROM person WHERE tier = 1"
            " AND tenant_id = {tenant:UInt64} AND version > {generation:UInt64}"
            " GROUP BY customer_id"
        )
        changed = f"(SELECT customer_id FROM ({latest}))"  # noqa: S608
        counts = (
            f"(tier = 0 AND customer_id NOT IN {changed}"
            f" OR tier = 1 AND (customer_id, version) IN ({latest}))"
        )
        found = []
        for table in (PERSON, PERSON_CONTACT, PERSON_VALUE):
            columns = [name for name in table.columns if name not in {"tier", "version", "gone"}]
            living = " AND gone = 0" if table is PERSON else ""
            rows = await self.analytics.query(
                f"SELECT DISTINCT customer_id, {', '.join(columns)} FROM {table.name}"  # noqa: S608
                f" WHERE tenant_id = {{tenant:UInt64}} AND {counts}{living}",
                params,
            )
            by_customer: Rows = {}
            for customer_id, *row in rows:
                listed = tuple(tuple(x) if isinstance(x, list) else x for x in row)
                by_customer.setdefault(customer_id, []).append(listed)
            found.append({number: sorted(rows, key=repr) for number, rows in by_customer.items()})
        return found[0], found[1], found[2]

    async def told(self, tenant_id: int) -> Shown:
        """Return what the engine should hold: customer by customer, as plainly as possible."""
        async with self.tenant(tenant_id) as ctx:
            rows = {table: list(await ctx.session.scalars(select(table))) for table in _TABLES}
            read = Read(tenant_id, ctx.now(), rows)
        people, contacts, values = Rows(), Rows(), Rows()
        for customer in read.all(Customer):
            identities = read.all(Identity, customer_id=customer.id)
            if customer.merged_into_id is not None or not identities:
                continue
            one = _one(read, customer, identities, [identity.id for identity in identities])
            people[customer.id] = [one[0]]
            if one[1]:
                contacts[customer.id] = sorted(one[1], key=repr)
            values[customer.id] = sorted(one[2], key=repr)
        return people, contacts, values


class Read:
    """All rows of a tenant, and the moment; nothing is asked twice."""

    def __init__(self, tenant_id: int, now: datetime, rows: dict[type[Any], list[Any]]) -> None:
        self.tenant_id, self.now, self._rows = tenant_id, now, rows

    def all(self, table: type[Any], **wanted: Any) -> list[Any]:
        return [
            row
            for row in self._rows[table]
            if all(
                getattr(row, name) in value
                if isinstance(value, list)
                else getattr(row, name) == value
                for name, value in wanted.items()
            )
        ]


def _one(read: Read, customer: Customer, identities: list[Any], ids: list[int]) -> Any:
    head = (read.tenant_id, customer.id)
    contacts = read.all(Contact, identity_id=ids)
    contacts.sort(key=lambda contact: contact.id)
    states = [contact.state for contact in contacts]
    state = next((s for s in ("active", "half", "lost") if s in states), "none")
    stages = read.all(StageChange, identity_id=ids)
    stage = max(stages, key=lambda row: row.id, default=None)
    consents = read.all(Consent, identity_id=ids, kind="marketing")
    consent = max(consents, key=lambda row: row.id, default=None)
    marks = read.all(SensitivityMark, identity_id=ids)
    orders = [order for order in read.all(SalesOrder, identity_id=ids) if order.state != "refunded"]
    remarks = [" ".join(c.remark.splitlines()) for c in contacts if c.remark.strip()]
    person = (
        *head,
        tuple(sorted(ids)),
        tuple(sorted({identity.kind for identity in identities})),
        customer.created_at,
        customer.name,
        "\n".join(remarks),
        customer.gender,
        customer.kind,
        customer.corp_name,
        state,
        min((c.first_add_at for c in contacts if c.first_add_at), default=None),
        max((c.added_at for c in contacts if c.added_at), default=None),
        (stage.stage_id or 0) if stage else 0,
        stage.at if stage and stage.stage_id else None,
        consent.state if consent else "unknown",
        int(any(mark.state != "dismissed" for mark in marks)),
        sum(state != "lost" for state in states),
        len(orders),
        sum(order.amount_fen - order.refunded_fen for order in orders),
        min((order.paid_at for order in orders), default=None),
        max((order.paid_at for order in orders), default=None),
    )
    friends = [
        (
            *head,
            c.staff_account_id,
            c.id,
            c.state,
            c.first_add_at,
            c.added_at,
            c.lost_at,
            c.lost_by or "",
            c.channel_id or 0,
            c.live_code_id or 0,
            -1 if c.add_way is None else c.add_way,
        )
        for c in contacts
    ]
    values = _values(read, contacts, ids)
    return person, friends, [(*head, *value) for value in values]


def _values(read: Read, contacts: list[Any], ids: list[int]) -> set[tuple[Any, ...]]:
    keyed = {("identity", number, 0) for number in ids}
    for contact in contacts:
        for tag in read.all(ContactTag, contact_id=contact.id):
            if tag.ends_at is None or tag.ends_at > read.now:
                kind = "past_tag" if contact.state == "lost" else "tag"
                keyed.add((kind, tag.tag_id, contact.staff_account_id))
    for tag in read.all(IdentityTag, identity_id=ids):
        if tag.ends_at is None or tag.ends_at > read.now:
            keyed.add(("tag", tag.tag_id, 0))
    stays = read.all(GroupMember, identity_id=ids)
    keyed |= {("group", stay.group_id, 0) for stay in stays if stay.left_at is None}
    values: set[tuple[Any, ...]] = {(*key, 0.0, "", _NO_DAY) for key in keyed}
    return values | _fields(read, ids)


def _fields(read: Read, ids: list[int]) -> set[tuple[Any, ...]]:
    values: set[tuple[Any, ...]] = set()
    latest: dict[int, Any] = {}
    for value in read.all(FieldValue, identity_id=ids):
        best = latest.get(value.field_id)
        if best is None or (value.set_at, value.identity_id) > (best.set_at, best.identity_id):
            latest[value.field_id] = value
    for value in latest.values():
        key = ("field", value.field_id)
        if value.choices:
            values |= {(*key, item, 0.0, "", _NO_DAY) for item in value.choices}
        elif value.number is not None or value.text is not None or value.day is not None:
            values.add((*key, 0, value.number or 0.0, value.text or "", value.day or _NO_DAY))
    return values
