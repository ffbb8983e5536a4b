"""What one process of siyu stands on: settings, pools, keys, clients. Opened and closed once."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from siyu.accounts.connections.gateways import OfficialAccounts, WecomGateways
from siyu.accounts.tenancy import TenantDirectory
from siyu.accounts.tenants import Vaults
from siyu.core.analytics import Analytics
from siyu.core.clock import Clock, SystemClock
from siyu.core.db import Database, DatabaseUrls
from siyu.core.files import Files
from siyu.core.followed import following
from siyu.core.http import http_client
from siyu.core.postgres import EmbeddedPostgres
from siyu.core.settings import Settings
from siyu.core.signing import Signer
from siyu.core.vault import MasterKey, load_master_key

_DATABASE = "siyu"


@dataclass(frozen=True)
class Runtime:
    """The services of a process."""

    settings: Settings
    clock: Clock
    db: Database
    master: MasterKey
    signer: Signer
    vaults: Vaults
    tenants: TenantDirectory
    files: Files
    analytics: Analytics
    http: httpx.AsyncClient
    wecom: WecomGateways
    official_accounts: OfficialAccounts


def master_key(settings: Settings) -> bytes:
    """Return the installation's master key."""
    configured = settings.master_key.get_secret_value() if settings.master_key else None
    return load_master_key(configured, settings.data_dir / "keys" / "master.key")


@contextmanager
def database_server(settings: Settings) -> Iterator[DatabaseUrls]:
    """Have a PostgreSQL server while the block runs: the enterprise's own, or the embedded one."""
    if settings.database_url is not None:
        yield DatabaseUrls.own(settings.database_url, master_key(settings))
        return
    with EmbeddedPostgres(settings.data_dir.absolute() / "postgres") as server:
        yield DatabaseUrls.embedded(server.socket_dir, _DATABASE)


def analytics_home(settings: Settings) -> Path:
    """Return the folder of the embedded analytics engine."""
    return settings.data_dir.absolute() / "analytics"


def analytics_client(settings: Settings) -> Analytics:
    """Return the client of the analytics engine, own or embedded."""
    if settings.clickhouse_url is not None:
        return Analytics.from_url(settings.clickhouse_url.get_secret_value())
    return Analytics.from_home(analytics_home(settings))


@asynccontextmanager
async def runtime(
    settings: Settings, urls: DatabaseUrls, *, pool_size: int, clock: Clock | None = None
) -> AsyncIterator[Runtime]:
    """Open the services of a process, and close them when the block ends."""
    if clock is None and settings.clock_url is not None:
        async with (
            following(settings.clock_url) as followed,
            runtime(settings, urls, pool_size=pool_size, clock=followed) as services,
        ):
            yield services
        return
    clock = clock or SystemClock()
    key = master_key(settings)
    master = MasterKey(key)
    vaults = Vaults(master)
    db = Database(urls, pool_size=pool_size)
    analytics = analytics_client(settings)
    http = http_client()
    try:
        await db.check()
        yield Runtime(
            settings=settings,
            clock=clock,
            db=db,
            master=master,
            signer=Signer(key),
            vaults=vaults,
            tenants=TenantDirectory(db),
            files=Files(settings.files_url),
            analytics=analytics,
            http=http,
            wecom=WecomGateways(db, vaults, clock, http, settings, own_vault=master.own),
            official_accounts=OfficialAccounts(
                db, vaults, clock, http, settings, own_vault=master.own
            ),
        )
    finally:
        await http.aclose()
        await analytics.close()
        await db.close()
