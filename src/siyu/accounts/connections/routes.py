"""HTTP doors of the guided set-up and the diagnosis."""

import msgspec
from litestar import Controller, Response, get, post, put

from siyu.accounts.callbacks.service import count_parked
from siyu.accounts.connections import queries, service
from siyu.accounts.connections.gateways import OfficialAccounts, WecomGateways
from siyu.accounts.connections.schemas import (
    CallbackKeys,
    OfficialAccountCredentials,
    ProbeView,
    Suite,
    SyncStarted,
    TrustedDomain,
    WecomConnectionView,
    WecomCredentials,
)
from siyu.accounts.dependencies import acting
from siyu.accounts.sessions import Principal
from siyu.accounts.tenants import Vaults
from siyu.channels.wechat.errors import WeChatFailure
from siyu.channels.wecom.probes import diagnose
from siyu.core.clock import Clock
from siyu.core.context import Context
from siyu.core.db import Database
from siyu.core.errors import BadGateway, Forbidden, NotFound
from siyu.core.settings import Settings


def _require(principal: Principal, permission: str) -> None:
    """Check a permission before a call that must not happen inside a transaction."""
    if permission not in principal.actor.permissions:
        raise Forbidden(
            "permission_missing", "你的角色没有这项权限，请联系企业管理员在「员工与角色」中开通"
        )


class ConnectionController(Controller):
    """The tenant's connections."""

    path = "/api/connection"
    tags = ("connection",)

    @get("/wecom")
    async def show(self, ctx: Context, settings: Settings) -> WecomConnectionView:
        """Return how far the set-up is."""
        ctx.require("settings.read")
        return await queries.connection_view(ctx, settings.public_base)

    @put("/wecom/credentials", status_code=204)
    async def set_credentials(
        self,
        principal: Principal,
        db: Database,
        clock: Clock,
        vaults: Vaults,
        wecom: WecomGateways,
        data: WecomCredentials,
    ) -> None:
        """Keep the app's credentials, if WeCom accepts them."""
        _require(principal, "settings.write")
        await service.prove_credentials(wecom, data)
        async with acting(db, clock, principal) as ctx:
            await service.store_credentials(ctx, vaults, data)
        wecom.forget(principal.tenant_id)

    @post("/wecom/callback-keys", status_code=200)
    async def new_callback_keys(
        self, ctx: Context, vaults: Vaults, settings: Settings
    ) -> CallbackKeys:
        """Make address and keys for callbacks; shown this once."""
        return await service.new_callback_keys(ctx, vaults, settings.public_base)

    @post("/wecom/suite-keys", status_code=200)
    async def new_suite_keys(
        self, ctx: Context, vaults: Vaults, settings: Settings, data: Suite
    ) -> CallbackKeys:
        """Make address and keys for a suite's instructions (unproven); shown this once."""
        return await service.new_suite_keys(ctx, vaults, data, settings.public_base)

    @put("/wecom/domain", status_code=204)
    async def set_domain(self, ctx: Context, data: TrustedDomain) -> None:
        """Serve the verification file of the trusted domain."""
        await service.set_trusted_domain(ctx, data)

    @get("/wecom/diagnosis")
    async def diagnosis(
        self, principal: Principal, db: Database, clock: Clock, wecom: WecomGateways
    ) -> list[ProbeView]:
        """Probe each permission by calls that cannot change anything; count parked callbacks."""
        _require(principal, "settings.read")
        probes = await diagnose(await wecom.client(principal.tenant_id))
        async with acting(db, clock, principal) as ctx:
            parked = await count_parked(ctx)
        return [
            *(ProbeView(**msgspec.structs.asdict(probe)) for probe in probes),
            queries.parked_view(parked),
        ]

    @post("/wecom/sync", status_code=202)
    async def sync(self, ctx: Context) -> SyncStarted:
        """Start the sync of directory and customers."""
        return SyncStarted(await service.start_sync(ctx))

    @put("/official-account", status_code=204)
    async def set_official_account(
        self,
        principal: Principal,
        db: Database,
        clock: Clock,
        vaults: Vaults,
        official_accounts: OfficialAccounts,
        data: OfficialAccountCredentials,
    ) -> None:
        """Keep the official account's credentials, if WeChat accepts them."""
        _require(principal, "settings.write")
        try:
            await official_accounts.account_with(data.app_id, data.secret).access_token()
        except WeChatFailure as failure:
            raise BadGateway(
                "official_account_refused",
                f"微信拒绝了这组凭证，请核对 AppID、AppSecret 与 IP 白名单（{failure}）",
            ) from failure
        async with acting(db, clock, principal) as ctx:
            await service.set_official_account(ctx, vaults, data)

    @post("/official-account/push-keys", status_code=200)
    async def new_push_keys(self, ctx: Context, vaults: Vaults, settings: Settings) -> CallbackKeys:
        """Make address and keys for what the official account pushes; shown this once."""
        return await service.new_push_keys(ctx, vaults, settings.public_base)


class VerificationController(Controller):
    """Verification files at the root of the trusted domain."""

    path = "/verification"
    include_in_schema = False

    @get("/{name:str}")
    async def verification_file(self, visitor: Context, name: str) -> Response[str]:
        """Return the verification file WeCom or WeChat looks for."""
        content = await service.verification_file(visitor, name)
        if content is None:
            raise NotFound("not_found", "没有找到这个地址")
        return Response(content, media_type="text/plain")


controllers = [ConnectionController, VerificationController]
