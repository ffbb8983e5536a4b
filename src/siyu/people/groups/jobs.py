"""Background work about customer groups."""

from siyu.accounts.tenants import Vaults
from siyu.channels.wecom.in_job import Clients
from siyu.core.clock import Clock
from siyu.core.db import Database
from siyu.core.jobs.kinds import AnyHandler, JobHandler
from siyu.people.groups.kinds import REFRESH_GROUP
from siyu.people.groups.pictures import Pictures


def handlers(db: Database, clock: Clock, wecom: Clients, vaults: Vaults) -> list[AnyHandler]:
    """Return the jobs of this room."""
    return [JobHandler(REFRESH_GROUP, Pictures(db, clock, wecom, vaults).refresh)]
