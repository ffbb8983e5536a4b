"""Many rows in one statement arrive as they were sent, in their order."""

from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import select

from siyu.core.db import among, insert_many, table_of
from siyu.core.stream.models import OutboxEvent
from siyu.people.fields.models import CustomField, FieldValue
from siyu.people.identity.identities import identify
from siyu.people.models import Customer, CustomerPrivate

NAMES = ["王芳", 'a "quoted" \\ one', "two\nlines\ttab", "'; drop table customer; --", "{}[],:", ""]
MOMENT = datetime(2026, 1, 31, 23, 59, 59, 123456, tzinfo=UTC)


async def test_values_of_every_kind_arrive_as_they_were(ctx):
    identity = await identify(ctx, "member", "", "m1")
    fields = [
        CustomField(tenant_id=ctx.tenant_id, key=f"f{n}", name=f"字段 {n}", kind="text")
        for n in range(3)
    ]
    ctx.session.add_all(fields)
    await ctx.session.flush()
    values = [
        {"number": 0.1 + 0.2, "text": None, "day": date(1900, 2, 28), "choices": [2, 1]},
        {"number": -1.5e300, "text": NAMES[1], "day": None, "choices": []},
        {"number": None, "text": NAMES[2], "day": date(9999, 12, 31), "choices": [{"a": "“”"}]},
    ]
    rows = [{"field_id": one.id, **value} for one, value in zip(fields, values, strict=True)]
    await ctx.session.execute(
        insert_many(
            FieldValue,
            rows,
            tenant_id=ctx.tenant_id,
            identity_id=identity.id,
            set_at=MOMENT,
            employee_id=None,
        )
    )
    kept = (await ctx.session.scalars(select(FieldValue).order_by(FieldValue.field_id))).all()
    assert [{name: getattr(row, name) for name in values[0]} for row in kept] == values
    assert {(row.set_at, row.employee_id) for row in kept} == {(MOMENT, None)}


async def test_bytes_arrive_as_they_were(ctx):
    identity = await identify(ctx, "member", "", "m1")
    sent = [bytes(range(256)), b"", b"\\x00", b"\x00"]
    rows = [{"ciphertext": each, "blind": each} for each in sent]
    await ctx.session.execute(
        insert_many(
            CustomerPrivate,
            rows,
            tenant_id=ctx.tenant_id,
            identity_id=identity.id,
            kind="phone",
            created_at=ctx.now(),
        )
    )
    kept = await ctx.session.scalars(select(CustomerPrivate).order_by(CustomerPrivate.id))
    assert [(row.ciphertext, row.blind) for row in kept] == [(each, each) for each in sent]


async def test_rows_keep_their_order(ctx):
    names = NAMES * 200
    rows = [{"name": name} for name in names]
    made = (
        await ctx.session.scalars(
            insert_many(Customer, rows, tenant_id=ctx.tenant_id, created_at=ctx.now()).returning(
                Customer.id
            )
        )
    ).all()
    assert list(made) == sorted(made)
    kept = await ctx.session.execute(
        select(Customer.id, Customer.name).where(among(Customer.id, made))
    )
    assert dict(kept.all()) == dict(zip(made, names, strict=True))


async def test_rows_are_a_table_with_their_places(ctx):
    event = UUID(int=7)
    came = table_of(
        OutboxEvent,
        [
            {"shard": 3, "event_id": event, "occurred_at": MOMENT, "properties": {"a": None}},
            {"shard": 1, "event_id": event, "occurred_at": None, "properties": {}},
        ],
    )
    rows = (await ctx.session.execute(select(came).order_by(came.c.shard))).all()
    assert rows == [(1, event, None, {}, 2), (3, event, MOMENT, {"a": None}, 1)]
