"""Who calls: the application of a corporation, and where its secret comes from."""

import hashlib
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class AppCredentials:
    """A self-built application of a corporation."""

    corp_id: str
    agent_id: int
    secret: str = field(repr=False)

    @property
    def key(self) -> str:
        """A name for tokens of this secret: tells another secret apart, tells nothing of it."""
        digest = hashlib.sha256(f"{self.corp_id}\n{self.secret}".encode()).hexdigest()
        return f"{self.corp_id}:{self.agent_id}:{digest[:16]}"


class CredentialSource(Protocol):
    """Finds the application a tenant calls with; wired where tenants are known."""

    async def app_credentials(self, tenant_id: int) -> AppCredentials:
        """Return the credentials of the tenant's application; raises where there are none."""
        ...
