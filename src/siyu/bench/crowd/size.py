"""How large a crowd is, and what follows from it."""

from datetime import UTC, datetime
from typing import Final

from msgspec import Struct

TENANT: Final = 1
STAGES: Final = 6
SLOTS: Final = 3
"""Ids are reserved by the greatest number a person may have: contacts (and as many identities),"""
ORDERS: Final = 12
"""and orders."""
CHANNELS: Final = 20
CODES: Final = 60
CORP_TAGS: Final = 300
INTERNAL_TAGS: Final = 60
PHONE_EVERY: Final = 20
"""Every so many-th person has a phone: they are encrypted one by one."""
_STREAM_PEOPLE: Final = 1_000_000


class Crowd(Struct, frozen=True):
    """The people of one tenant, as of `moment` (UTC, whole seconds)."""

    customers: int
    seed: int
    moment: datetime

    @property
    def staff(self) -> int:
        """Staff accounts: one for 5,000 customers, at least 20, at most 1,000."""
        return min(1000, max(20, self.customers // 5000))

    @property
    def groups(self) -> int:
        """Customer groups: one for 300 customers."""
        return min(20_000, max(10, self.customers // 300))

    @property
    def heard_every(self) -> int:
        """Every so many-th person has their facts in PostgreSQL's stream too; the engine has all.

        Up to a million customers that is everybody.
        """
        return max(1, -(-self.customers // _STREAM_PEOPLE))

    @property
    def epoch(self) -> int:
        """The moment in seconds since 1970."""
        return int(self.moment.timestamp())


def as_of(now: datetime) -> datetime:
    """Return the moment of a crowd made now: whole seconds, a little ago."""
    return datetime.fromtimestamp(int(now.timestamp()) - 60, UTC)
