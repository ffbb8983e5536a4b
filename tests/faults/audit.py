"""Is everything that was acknowledged in effect, exactly once?"""

import asyncio
from collections import Counter
from typing import Any

from sqlalchemy import text
from traffic import Traffic

from siyu.core.db import Database

PATIENCE_SECONDS = 240
UNDONE = """
select (select count(*) from wecom_inbox where state = 'waiting')
     + (select count(*) from collect_inbox) + (select count(*) from outbox)
     + (select coalesce(sum(s.head - coalesce(c.position, 0)), 0) from sys.shard s
        cross join (values ('commerce.match'), ('conversion.attribution')) r (reader)
        left join sys.cursor c on c.shard = s.shard and c.reader = r.reader)
"""
PARKED = """
select (select count(*) from wecom_inbox where state = 'parked')
     + (select count(*) from sys.parked_event)
"""
CONTACTS = """
select i.value, c.state, (select array_agg(e.type order by e.shard, e.position) from event e
                          where e.tenant_id = i.tenant_id and e.identity_id = i.id
                            and e.type like 'contact.%' and e.type <> 'contact.updated')
from identity i join contact c on c.tenant_id = i.tenant_id and c.identity_id = i.id
where i.kind = 'external_userid' and i.value like 'wm-_-%'
"""
VISITS = "select id, seconds from visit"
VIEWED = "select (properties->>'visit_id')::bigint from event where type = 'material.viewed'"
EVENTS = "select (properties->'properties'->>'number')::bigint from event where type = 'site.event'"
ORDERS = """
select o.external_id, o.amount_fen, a.method, a.touch_id, a.amount_fen,
       (select count(*) from event e where e.type = 'order.paid'
        and (e.properties->>'order_id')::bigint = o.id),
       (select count(*) from order_line l where l.tenant_id = o.tenant_id and l.order_id = o.id)
from sales_order o join attribution a on a.tenant_id = o.tenant_id and a.order_id = o.id
"""
TURNS = {
    "active:1": ["contact.added"],
    "lost": ["contact.added", "contact.lost"],
    "active:3": ["contact.added", "contact.lost", "contact.readded"],
}


async def settled(db: Database) -> None:
    """Wait until nothing waits any more."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (await _rows(db, UNDONE))[0][0]:  # noqa: ASYNC110 - other processes move it
            await asyncio.sleep(0.1)


async def check(db: Database, traffic: Traffic) -> None:
    """Compare what outsiders were told with what is there."""
    assert all((traffic.people, traffic.orders, traffic.events, traffic.beats))
    assert (await _rows(db, PARKED))[0][0] == 0
    await _contacts(db, traffic)
    await _readings(db, traffic)
    await _orders(db, traffic)


async def _contacts(db: Database, traffic: Traffic) -> None:
    rows = await _rows(db, CONTACTS)
    found = {person: (state, facts) for person, state, facts in rows}
    assert len(found) == len(rows)
    assert found == {
        person: (fate.partition(":")[0], TURNS[fate]) for person, fate in traffic.people.items()
    }


async def _readings(db: Database, traffic: Traffic) -> None:
    seconds = dict(map(tuple, await _rows(db, VISITS)))
    for visit, acknowledged in traffic.beats.items():
        assert acknowledged <= seconds[visit] <= traffic.beats_sent[visit]
    viewed = Counter(row[0] for row in await _rows(db, VIEWED))
    assert traffic.beats.keys() <= viewed.keys() <= traffic.beats_sent.keys()
    events = Counter(row[0] for row in await _rows(db, EVENTS))
    assert traffic.events <= events.keys() <= traffic.events_sent
    assert set((viewed | events).values()) == {1}


async def _orders(db: Database, traffic: Traffic) -> None:
    rows = await _rows(db, ORDERS)
    assert len(rows) == len(traffic.orders)
    expected = {
        (key, order.amount_fen, order.method, order.touch_id, order.amount_fen, 1, 1)
        for key, order in traffic.orders.items()
    }
    assert set(map(tuple, rows)) == expected


async def _rows(db: Database, query: str) -> Any:
    async with db.system() as session:
        return (await session.execute(text(query))).all()
