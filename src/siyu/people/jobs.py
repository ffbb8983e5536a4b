"""Background work about people."""

from siyu.accounts.tenants import Vaults
from siyu.channels.wecom.in_job import Clients, job_failures
from siyu.core.clock import Clock
from siyu.core.db import Database
from siyu.core.jobs.kinds import AnyHandler, JobHandler
from siyu.people.contacts.details import Details
from siyu.people.contacts.sync import sync_tags
from siyu.people.customers.origins import Origins
from siyu.people.groups import jobs as groups
from siyu.people.kinds import REFRESH_CUSTOMER, SYNC_TAGS, SyncTags
from siyu.people.reconciliation.jobs import reconcile_handler


def handlers(
    db: Database, clock: Clock, wecom: Clients, vaults: Vaults, origins: Origins
) -> list[AnyHandler]:
    """Return the jobs of this room."""

    async def tags(tenant_id: int, _: SyncTags) -> None:
        with job_failures(clock):
            client = await wecom.client(tenant_id)
            await sync_tags(db, clock, tenant_id, client)

    return [
        JobHandler(REFRESH_CUSTOMER, Details(db, clock, wecom, vaults, origins).refresh),
        JobHandler(SYNC_TAGS, tags),
        reconcile_handler(db, clock, wecom, vaults, origins),
        *groups.handlers(db, clock, wecom),
    ]
