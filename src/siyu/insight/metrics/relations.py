"""The rows that formulas count, as ClickHouse SQL over the engine's copy of the stream.

Each relation is one tenant's, within one range of time, and within a data scope: the rows
of some staff accounts, or of one channel. All of them resolve identities to the customers
they belong to now, and call a person who is not known customer 0.
"""

# ruff: noqa: S608 - every part is a constant of this package, every value a bound parameter

from typing import Final

from siyu.insight.metrics.definitions import Relation

_TENANT: Final = "tenant_id = {tenant:UInt64}"
_AT: Final = "toUnixTimestamp64Milli(occurred_at)"
_DAY: Final = 86_400_000
"""Milliseconds of a day."""

_SCOPED: Final = """(not {by_staff:Bool} or has({staff:Array(UInt64)}, staff))
      and ({channel:UInt64} = 0 or channel = {channel:UInt64})"""


def _bounded(start: str = "{start:Int64}", end: str = "{end:Int64}") -> str:
    """Return the condition on a range of time, in the form that the engine's index serves."""
    return (
        f"occurred_at >= fromUnixTimestamp64Milli({start}, 'UTC')"
        f" and occurred_at < fromUnixTimestamp64Milli({end}, 'UTC')"
    )


def _owners(types: str, span: str) -> str:
    """Return whom identities belong to now: only those in facts of some types, in some span."""
    return f"""(
        select identity_id, argMax(customer_id, position) as customer_id from identity_owner
        where {_TENANT} and identity_id in (
            select identity_id from event where {_TENANT} and type in ({types}) and {span}
        ) group by identity_id
    )"""


_COUNTED: Final = """'channel.exposed', 'welcome.sent', 'welcome.given_up', 'material.shared',
            'material.viewed', 'contact.added', 'contact.readded', 'contact.lost',
            'order.paid'"""

_FACTS: Final = f"""(
    select type, occurred_at, staff, channel, owner.customer_id as customer_id, observed, first,
           lost_by, part as source, exposures, cost_fen, seconds
    from (
        select type, occurred_at, identity_id, staff_account_id as staff, channel_id as channel,
               first, cost_fen, seconds,
               type = 'contact.added' and JSONExtractBool(properties, 'observed') as observed,
               if(type = 'contact.lost', JSONExtractString(properties, 'by'), '') as lost_by,
               multiIf(type = 'channel.exposed', toString(source), type = 'welcome.sent', 'welcome',
                       type = 'material.shared', 'share', type = 'material.viewed', 'page_view',
                       '') as part,
               multiIf(type = 'channel.exposed', count, part != '', 1, 0) as exposures
        from event
        where {_TENANT} and type in ({_COUNTED}) and {_bounded()}
    ) as fact
    left join {_owners(_COUNTED, _bounded())} as owner on owner.identity_id = fact.identity_id
    where {_SCOPED}
)"""

_ADDITIONS: Final = f"""(
    select occurred_at, staff, channel, owner.customer_id as customer_id,
           {_AT} + {_DAY} <= {{now:Int64}} as due,
           arrayExists(at -> at >= {_AT} and at < {_AT} + {_DAY}, losses.times) as lost_within_a_day
    from (
        select contact_id, occurred_at, identity_id, staff_account_id as staff,
               channel_id as channel
        from event
        where {_TENANT} and type = 'contact.added' and JSONExtractBool(properties, 'observed')
          and {_bounded()}
    ) as addition
    left join (
        select contact_id, groupArray({_AT}) as times
        from event
        where {_TENANT} and type = 'contact.lost'
          and JSONExtractString(properties, 'by') != 'transfer'
          and {_bounded(end=f"{{end:Int64}} + {_DAY}")}
        group by contact_id
    ) as losses on losses.contact_id = addition.contact_id
    left join {_owners("'contact.added'", _bounded())} as owner
        on owner.identity_id = addition.identity_id
    where {_SCOPED}
)"""

# Of several facts that say the same of one order, the latest in the order of recording counts.
_LATEST: Final = "(recorded_at, shard, position)"
_PAID: Final = f"""(
        select order_id from event where {_TENANT} and type = 'order.paid' and {_bounded()}
    )"""

_ORDERS: Final = f"""(
    select paid.order_id as order_id, paid.occurred_at as occurred_at, amount_fen,
           refunds.refunded_fen as refund_fen, amount_fen - refund_fen as net_fen,
           if(matches.buyer != 0, matches.buyer, paid.identity_id) as person,
           owner.customer_id as customer_id, if(owed.how.1 = '', 'none', owed.how.1) as method,
           owed.how.2 as staff, owed.how.3 as channel
    from (
        select order_id, occurred_at, identity_id, amount_fen
        from event where {_TENANT} and type = 'order.paid' and {_bounded()}
    ) as paid
    left join (
        select order_id, sum(event.refund_fen) as refunded_fen
        from event where {_TENANT} and type = 'order.refunded' and order_id in {_PAID}
        group by order_id
    ) as refunds on refunds.order_id = paid.order_id
    left join (
        select order_id, argMax(identity_id, {_LATEST}) as buyer
        from event where {_TENANT} and type = 'order.matched' and order_id in {_PAID}
        group by order_id
    ) as matches on matches.order_id = paid.order_id
    left join (
        select order_id,
               argMax((toString(event.method), staff_account_id, channel_id), {_LATEST}) as how
        from event where {_TENANT} and type = 'order.attributed' and order_id in {_PAID}
        group by order_id
    ) as owed on owed.order_id = paid.order_id
    left join {_owners("'order.paid', 'order.matched'", f"order_id in {_PAID}")} as owner
        on owner.identity_id = person
    where {_SCOPED}
)"""

SQL: Final = {
    Relation.FACTS: _FACTS,
    Relation.ADDITIONS: _ADDITIONS,
    Relation.ORDERS: _ORDERS,
}

_COMMON: Final = {
    "hour": "toUnixTimestamp(toStartOfHour(toTimeZone(occurred_at, {zone:String})))",
    "day": "toUnixTimestamp(toStartOfDay(toTimeZone(occurred_at, {zone:String})))",
    "staff": "staff",
    "channel": "channel",
}

DIMENSIONS: Final[dict[Relation, dict[str, str]]] = {
    Relation.FACTS: {**_COMMON, "source": "source", "lost_by": "lost_by"},
    Relation.ADDITIONS: _COMMON,
    Relation.ORDERS: {**_COMMON, "method": "method"},
}
"""What the rows of a relation can be grouped by, as expressions."""
