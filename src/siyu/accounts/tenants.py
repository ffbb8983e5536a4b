"""Opening tenants, and the vault of each."""

from zoneinfo import ZoneInfo

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.accounts.models import TENANT_IDS, Tenant
from siyu.core.clock import Clock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.db.directory import register_host
from siyu.core.errors import NotFound
from siyu.core.vault import MasterKey, Vault
from siyu.facts.accounts import TenantOpened


class Vaults:
    """Opens the vault of a tenant; each wrapped key is read once per process."""

    def __init__(self, master: MasterKey) -> None:
        self._master = master
        self._open: dict[int, Vault] = {}

    async def of(self, session: AsyncSession, tenant_id: int) -> Vault:
        """Return the tenant's vault; `session` must be the tenant's own."""
        vault = self._open.get(tenant_id)
        if vault is None:
            wrapped = await session.scalar(
                select(Tenant.data_key).where(Tenant.tenant_id == tenant_id)
            )
            if wrapped is None:
                raise NotFound("tenant_unknown", "企业不存在")
            vault = self._open[tenant_id] = self._master.open(tenant_id, wrapped)
        return vault


async def open_tenant(
    db: Database, clock: Clock, master: MasterKey, *, name: str, host: str, wildcard: bool = False
) -> int:
    """Make a tenant that is reached under `host`; return its id."""
    async with db.system() as session:
        tenant_id: int = await session.scalar(TENANT_IDS.next_value()) or 0
    async with db.tenant(tenant_id) as session:
        ctx = Context(tenant_id=tenant_id, actor=SYSTEM_ACTOR, clock=clock, session=session)
        session.add(
            Tenant(
                tenant_id=tenant_id,
                name=name,
                data_key=master.new_data_key(tenant_id),
                created_at=ctx.now(),
            )
        )
        await session.flush()
        await register_host(session, host, tenant_id, wildcard=wildcard)
        ctx.announce(TenantOpened())
    return tenant_id


async def only_tenant(db: Database) -> int | None:
    """Return the installation's tenant, or nothing before the first one is opened."""
    async with db.system() as session:
        found: int | None = await session.scalar(text("select min(tenant_id) from tenant"))
        return found


async def zone_of(ctx: Context) -> ZoneInfo:
    """Return the zone in which the tenant's days begin and end."""
    name = await ctx.session.scalar(
        select(Tenant.timezone).where(Tenant.tenant_id == ctx.tenant_id)
    )
    return ZoneInfo(name or "Asia/Shanghai")
