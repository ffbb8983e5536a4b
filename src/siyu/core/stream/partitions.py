"""Monthly partitions of the stream, made ahead of time by a role that may not alter tables."""

from datetime import datetime
from typing import Final

from sqlalchemy import TextClause, text

from siyu.core.db.policies import SYS, protect
from siyu.core.db.roles import SYSTEM

_PROTECT = "\n".join(
    # A partition read directly must be as shut as its parent.
    f"    execute format($ddl${statement.replace('PARTITION', '%I')}$ddl$, name);"
    for statement in protect("PARTITION")
    if not statement.startswith("drop")
)

DEFINE: Final = f"""
create or replace function {SYS}.ensure_event_partition(at timestamptz) returns void
language plpgsql security definer set search_path = public as $body$
declare
    first timestamptz := date_trunc('month', at at time zone 'UTC') at time zone 'UTC';
    next timestamptz := (date_trunc('month', at at time zone 'UTC') + interval '1 month')
        at time zone 'UTC';
    name text := 'event_' || to_char(first at time zone 'UTC', 'YYYY_MM');
begin
    if to_regclass(name) is not null then
        return;
    end if;
    execute format('create table %I partition of event for values from (%L) to (%L)',
                   name, first, next);
{_PROTECT}
exception when check_violation then
    -- Facts of that month came early and lie in the default partition: it stays responsible.
    return;
end $body$
"""  # noqa: S608 - built from constants of this package
"""Definition of the function that makes the partition of a month."""

STATEMENTS: Final = (
    "create table if not exists event_default partition of event default",
    *protect("event_default"),
    DEFINE,
    f"revoke all on function {SYS}.ensure_event_partition(timestamptz) from public",
    f"grant execute on function {SYS}.ensure_event_partition(timestamptz) to {SYSTEM}",
)


def ensure(at: datetime) -> TextClause:
    """Return the statement that makes the partition of the month of `at`."""
    return text(f"select {SYS}.ensure_event_partition(:at)").bindparams(at=at)
