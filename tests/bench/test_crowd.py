"""The load generator: what it gives the engine is what siyu would make of PostgreSQL's rows."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Text, cast, select, text

from siyu.bench.crowd.company import phone_of
from siyu.bench.crowd.folder import OtherCrowd, crowd_in
from siyu.composition import PersonSources
from siyu.core.analytics import Analytics
from siyu.core.analytics.columns import CHECKSUM, checksum, event_columns, owner_rows
from siyu.core.analytics.schema import EVENT, IDENTITY_OWNER, Table
from siyu.core.clock import FixedClock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.settings import Settings
from siyu.core.stream.events import select_events, shard_of, to_event
from siyu.core.stream.models import StreamEvent
from siyu.facts import catalogue
from siyu.people.contacts.turns import Turn, standing
from siyu.people.identity.phones import find_by_phone
from siyu.people.models import Contact, ContactTurn
from siyu.people.picture.engine import PERSON, PERSON_CONTACT, PERSON_VALUE
from siyu.people.picture.loading import load
from siyu.runtime import Runtime, analytics_client, database_server, runtime
from siyu.supervisor import engine
from tests.people.picture.picture_rows import contact_rows, person_rows, value_rows

PEOPLE = 2_000
NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


def settings_in(folder: Path) -> Settings:
    return Settings(data_dir=folder, port=1, base_host="crowd.localhost", log_level="error")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


def plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return tuple(plain(item) for item in value)
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return value


async def held(analytics: Analytics, table: Table) -> Counter[Any]:
    rows = await analytics.query(f"SELECT {', '.join(table.columns)} FROM {table.name}")  # noqa: S608
    return Counter(plain(row) for row in rows)


def difference(one: Counter[Any], other: Counter[Any]) -> tuple[list[Any], list[Any]]:
    return list((one - other).items())[:3], list((other - one).items())[:3]


async def test_both_sides_hold_the_same_people(settings: Settings) -> None:
    stamp = await crowd_in(settings, PEOPLE, 2026, NOW)
    assert stamp.crowd.customers == PEOPLE
    assert await crowd_in(settings, PEOPLE, 2026, NOW) == stamp
    with pytest.raises(OtherCrowd):
        await crowd_in(settings, PEOPLE + 1, 2026, NOW)
    with database_server(settings) as urls:
        async with (
            engine(settings),
            runtime(settings, urls, pool_size=2) as services,
            services.db.tenant(1) as session,
        ):
            ctx = Context(1, SYSTEM_ACTOR, FixedClock(NOW), session)
            analytics = analytics_client(settings)
            await same_picture(ctx, analytics)
            await same_stream(ctx, analytics)
            await friendships_follow_from_their_turns(ctx)
            vault = await services.vaults.of(session, 1)
            someone = await find_by_phone(ctx, vault, phone_of(40))
            assert someone is not None
            assert someone.customer_id == 40
            await indexes_work(services)
            await analytics.close()


async def same_picture(ctx: Context, analytics: Analytics) -> None:
    persons = (await load(ctx, range(1, PEOPLE + 1), PersonSources())).values()
    assert len(persons) == PEOPLE
    for table, rows in (
        (PERSON, person_rows((0, 1), persons, 1)),
        (PERSON_CONTACT, contact_rows((0, 1), persons, 1)),
        (PERSON_VALUE, value_rows((0, 1), persons, 1)),
    ):
        expected = Counter(plain(row) for row in rows)
        assert difference(await held(analytics, table), expected) == ([], [])


async def same_stream(ctx: Context, analytics: Analytics) -> None:
    query = select_events().order_by(StreamEvent.shard, StreamEvent.position)
    events = [to_event(row) for row in await ctx.session.execute(query)]
    rows = await analytics.query(
        "SELECT shard, position, id, type, occurred_at, identity_id, properties FROM event"
        " ORDER BY shard, position"
    )
    assert len(rows) == len(events) > 4 * PEOPLE
    known = catalogue()
    last: Counter[int] = Counter()
    for event, row in zip(events, rows, strict=True):
        assert (event.shard, event.position, event.id, event.type) == row[:4]
        assert event.shard == shard_of(1, event.identity_id)
        assert event.position == last[event.shard] + 1
        assert event.version == known[event.type].version
        last[event.shard] += 1
    found = await analytics.query(f"SELECT {CHECKSUM} FROM event")  # noqa: S608
    assert found.scalar() == checksum(event.id for event in events)
    texts = await ctx.session.scalars(
        select(cast(StreamEvent.properties, Text)).order_by(StreamEvent.shard, StreamEvent.position)
    )
    assert texts.all() == [row[-1] for row in rows]
    columns = event_columns(list((await held(analytics, EVENT)).elements()))
    owners = Counter(owner_rows(columns))
    assert difference(await held(analytics, IDENTITY_OWNER), owners) == ([], [])
    # What the columns hold is what the engine itself would read out of the JSON.
    odd = await analytics.query(
        "SELECT count() FROM event WHERE JSONExtract(properties,"
        " 'Tuple(contact_id UInt64, visit_id UInt64, amount_fen Int64, kind String, first Bool)')"
        " != (contact_id, visit_id, amount_fen, kind, first)"
    )
    assert odd.scalar() == 0


async def friendships_follow_from_their_turns(ctx: Context) -> None:
    contacts = {row.id: row for row in await ctx.session.scalars(select(Contact))}
    turns: dict[int, list[Turn]] = {}
    for row in await ctx.session.scalars(select(ContactTurn)):
        turn = Turn(row.at, row.kind, row.by, row.observed, row.channel_id, row.live_code_id)  # type: ignore[arg-type]
        turns.setdefault(row.contact_id, []).append(turn)
    assert turns.keys() == contacts.keys()
    for number, contact in contacts.items():
        folded = standing(turns[number])
        assert all(getattr(contact, name) == getattr(folded, name) for name in folded._fields)


async def indexes_work(services: Runtime) -> None:
    async with services.db.system() as session:
        idle = await session.execute(
            text("select indexrelid from pg_index where not indisready or not indisvalid")
        )
        assert idle.all() == []
        quick = await session.scalar(text("show fsync"))
        assert quick == "on"
