"""One call of WeCom with the stored connection of a tenant."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from siyu.accounts.models import Tenant
from siyu.channels.wecom.credentials import AppCredentials
from siyu.channels.wecom.endpoint import Endpoint, Reply
from siyu.commands.options import refuse
from siyu.core.db.directory import find_tenant
from siyu.core.settings import Settings
from siyu.demonstration import settings_in
from siyu.launch import said
from siyu.runtime import Runtime, database_server, runtime


@dataclass(frozen=True)
class Caller:
    """As whom to call: the connected app, another with its secret, or with a token in hand."""

    app: str | None = None
    secret: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not be shown."""
        return tuple(one for one in (self.secret, self.token) if one)

    def credentials(self, known: AppCredentials) -> AppCredentials:
        """Return what to call with, in the corporation of the connected app."""
        if self.app is None or self.secret is None:
            return known
        # Only self-built apps have a number; of a system app the secret alone counts.
        number = int(self.app) if self.app.isascii() and self.app.isdigit() else 0
        return AppCredentials(known.corp_id, number, self.secret)


def answer_to(
    settings: Settings,
    tenant: str | None,
    caller: Caller,
    endpoint: Endpoint[Any, Any],
    fields: dict[str, Any],
) -> Reply:
    """Return WeCom's answer to a tenant's call; raises a `WeComFailure` or a `Problem`.

    On the data folder of a demonstration its simulated world is called.
    """
    with said():
        there = settings_in(settings.data_dir) or settings
        return asyncio.run(_call(there, tenant, caller, endpoint, fields))


async def _call(
    settings: Settings,
    tenant: str | None,
    caller: Caller,
    endpoint: Endpoint[Any, Any],
    fields: dict[str, Any],
) -> Reply:
    with database_server(settings) as urls:
        async with runtime(settings, urls, pool_size=4) as services:
            wecom = services.wecom
            app = await wecom.app_credentials(await _tenant(services, tenant))
            client = wecom.client_with(caller.credentials(app))
            try:
                reply: Reply = await client.call(endpoint, fields, token=caller.token)
            finally:
                await wecom.aclose()
            return reply


async def _tenant(services: Runtime, named: str | None) -> int:
    async with services.db.system() as session:
        rows = (await session.execute(select(Tenant.tenant_id, Tenant.name))).all()
        by_host = await find_tenant(session, named) if named else None
    found = [number for number, name in rows if named in {None, str(number), name}]
    if len(found) == 1 or by_host is not None:
        return by_host if by_host is not None else found[0]
    names = "、".join(f"{number} {name}" for number, name in rows) or "还没有企业"
    return refuse(f"请用 --tenant 指明企业：{names}", "which tenant?")
