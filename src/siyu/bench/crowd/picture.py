"""What the engine is given of a piece: the picture's base and the stream.

Exactly what `siyu.people.picture.loading` and the feeder would make of PostgreSQL's rows.
"""
# Statements are put together from constants and numbers of this module alone.
# ruff: noqa: S608

from typing import Final

from siyu.bench.crowd.people import KINDS
from siyu.bench.crowd.size import TENANT, Crowd
from siyu.core.analytics.engine import DATABASE
from siyu.core.analytics.schema import EVENT, IDENTITY_OWNER, PROPERTY_COLUMNS, Table
from siyu.people.picture.engine import PERSON, PERSON_CONTACT, PERSON_VALUE

VERSION: Final = 1
"""Version of the rows, which are the picture's base."""
_KEY: Final = f"0, {TENANT}, n, {VERSION}"
_NOTHING: Final = "toFloat64(0) as number, '' as text, toDate32(0) as day"

_PERSON: Final = f"""
select {_KEY}, 0, ids, kinds, created_at, name, remarks, gender, kind, corp_name, state,
    first_add_at, last_add_at, stage_id, stage_at, marketing,
    sensitive, friends, orders, gmv_fen, first_paid_at, last_paid_at
from (
    select n, created_at, name, gender, kind, corp_name,
        arrayMap(i -> toUInt64(identity_id - 1 + i), known) as ids,
        arraySort(arrayMap(i -> {KINDS}[i], known)) as kinds,
        consent = '' ? 'unknown' : consent as marketing,
        mark in ('found', 'confirmed') as sensitive
    from who
) as who
any left join summary using n
any left join (
    select n, argMax(stage_id, id) as stage_id, toNullable(argMax(moved_at, id)) as stage_at
    from stage group by n
) as moved using n
any left join (
    select n, count() as orders, sum(amount_fen - refunded_fen) as gmv_fen,
        toNullable(min(paid_at)) as first_paid_at, toNullable(max(paid_at)) as last_paid_at
    from bought where state != 'refunded' group by n
) as paid using n
"""
_PERSON_CONTACT: Final = f"""
select {_KEY}, staff_account_id, contact_id, state, toNullable(first_add_at),
    toNullable(added_at), lost_at, ifNull(lost_by, ''), ifNull(channel_id, 0),
    ifNull(live_code_id, 0), ifNull(add_way, -1)
from friend
"""
_PERSON_VALUE: Final = f"""
select {_KEY}, kind, key, item, number, text, day from (
    select n, state = 'lost' ? 'past_tag' : 'tag' as kind, toUInt64(tag_id) as key,
        toUInt64(staff_account_id) as item, {_NOTHING} from friend array join tag_ids as tag_id
    union all
    select n, 'tag', toUInt64(tag_id), toUInt64(0), {_NOTHING} from inner_tag
    union all
    select n, 'identity', toUInt64(identity_id), toUInt64(0), {_NOTHING} from linked
    union all
    select n, 'group', toUInt64(group_id), toUInt64(0), {_NOTHING} from member
    where left_at is null
    union all
    select n, 'field', toUInt64(field_id), toUInt64(option), {_NOTHING}
    from held array join choices as option
    union all
    select n, 'field', toUInt64(field_id), toUInt64(0), toFloat64(ifNull(number, 0)),
        ifNull(text, ''), ifNull(day, toDate32(0))
    from held where empty(choices)
)
"""
_EVENT: Final = f"""
select shard, position, id, {TENANT}, type, version, at, {{moment}}, who, staff, 0, properties,
    {", ".join(f"p_{name}" for name in PROPERTY_COLUMNS)}
from fact
"""
_OWNER: Final = f"""
select {TENANT}, who, n, shard, type = 'customer.created' ? 0 : position
from fact where type in ('customer.created', 'identity.linked')
"""

WRITTEN: Final = (PERSON, PERSON_CONTACT, PERSON_VALUE, EVENT, IDENTITY_OWNER)
"""The engine's tables that a crowd fills."""


def statements(crowd: Crowd) -> list[str]:
    """Return the statements that write the piece into the engine's tables."""
    moment = f"toDateTime64({crowd.epoch}, 3, 'UTC')"
    rows = (_PERSON, _PERSON_CONTACT, _PERSON_VALUE, _EVENT.replace("{moment}", moment), _OWNER)
    return [_insert(table, select) for table, select in zip(WRITTEN, rows, strict=True)]


def _insert(table: Table, select: str) -> str:
    columns = ", ".join([*table.columns, *table.derived])
    return f"insert into {DATABASE}.{table.name} ({columns}) {select}"
