"""Taking persons out of the engine at once, for whoever asked to be erased."""

from collections.abc import Collection

from siyu.core.analytics import Analytics
from siyu.core.analytics.schema import Topology
from siyu.core.db import Database
from siyu.people.picture.engine import PERSON, PERSON_CONTACT, PERSON_VALUE
from siyu.people.picture.rows import Writer
from siyu.people.picture.state import begin_state, generation_of, next_version


async def forget(
    db: Database,
    analytics: Analytics,
    tenant_id: int,
    customer_ids: Collection[int],
    topology: Topology | None = None,
) -> None:
    """Take customers out of the picture now, of all that is kept of it. Safe to repeat.

    Call it after they were erased from PostgreSQL, outside of any transaction; a fact
    (`customer.changed`, erased) must tell of it too, for whoever had read them before and writes
    them after. Raises what `Analytics` raises.
    """
    if not customer_ids:
        return
    place = topology or Topology()
    writer = Writer(analytics, place)
    version = generation = 0
    # A compaction that overtakes the writing of it would have it count for nothing.
    while version <= generation:
        async with db.system() as session:
            await begin_state(session)
            version = await next_version(session, None)
        await writer.write(tenant_id, (), customer_ids, version)
        async with db.system() as session:
            generation = await generation_of(session)
    for table in (PERSON, PERSON_CONTACT, PERSON_VALUE):
        await analytics.command(
            f"DELETE FROM {place.stored(table)} WHERE tenant_id = {{tenant:UInt64}}"  # noqa: S608 - constants
            " AND version < {version:UInt64} AND customer_id IN {customers:Array(UInt64)}",
            {"tenant": tenant_id, "version": version, "customers": sorted(customer_ids)},
        )
    async with db.system() as session:
        # What was kept of the engine's answers meanwhile is not the last word.
        await next_version(session, None)
