"""Background work about people."""

from siyu.accounts.tenants import Vaults
from siyu.channels.wecom.in_job import Clients
from siyu.core.clock import Clock
from siyu.core.db import Database
from siyu.core.jobs.kinds import AnyHandler, JobHandler
from siyu.people.contacts.details import Details
from siyu.people.customers.origins import Origins
from siyu.people.groups import jobs as groups
from siyu.people.kinds import REFRESH_CUSTOMER
from siyu.people.reconciliation.jobs import reconcile_handler
from siyu.people.tags import jobs as tags


def handlers(
    db: Database, clock: Clock, wecom: Clients, vaults: Vaults, origins: Origins
) -> list[AnyHandler]:
    """Return the jobs of this room."""
    return [
        JobHandler(REFRESH_CUSTOMER, Details(db, clock, wecom, vaults, origins).refresh),
        *tags.handlers(db, clock, wecom),
        reconcile_handler(db, clock, wecom, vaults, origins),
        *groups.handlers(db, clock, wecom, vaults),
    ]
