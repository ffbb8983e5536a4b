"""The gateways to WeCom and WeChat, with each tenant's credentials wired in."""

import time
from datetime import datetime
from typing import Any, ClassVar, Final, Generic, TypeVar

import httpx

from siyu.accounts.connections.ledger import DatabaseQuotaLedger
from siyu.accounts.connections.models import OfficialAccountConnection, WecomConnection
from siyu.accounts.connections.tokens import DatabaseTokenStore
from siyu.accounts.tenants import Vaults
from siyu.channels.wechat.door import PushAccount
from siyu.channels.wechat.official import OfficialAccount, OfficialAccountCredentials
from siyu.channels.wechat.pushes import PushDoor
from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.credentials import AppCredentials
from siyu.channels.wecom.crypto import CallbackCrypto
from siyu.channels.wecom.gateway import WecomGateway
from siyu.channels.wecom.quota import Governor
from siyu.core.clock import Clock
from siyu.core.db import Database
from siyu.core.db.directory import find_slug
from siyu.core.errors import Conflict
from siyu.core.followed import sleep_by
from siyu.core.settings import Settings
from siyu.core.vault import Vault

APP_SECRET: Final = "wecom-app-secret"  # noqa: S105 - the name of a purpose
CALLBACK_TOKEN: Final = "wecom-callback-token"  # noqa: S105 - the name of a purpose
CALLBACK_KEY: Final = "wecom-callback-key"
OFFICIAL_SECRET: Final = "official-account-secret"  # noqa: S105 - the name of a purpose
CALLBACK_SLUG: Final = "wecom_callback"
SUITE_SLUG: Final = "wecom_suite"
OFFICIAL_SLUG: Final = "official_push"

K = TypeVar("K")

_FRESH_SECONDS: Final = 5.0


class WecomGateways:
    """Gives each tenant's client of WeCom; credentials are read anew every few seconds."""

    def __init__(
        self,
        db: Database,
        vaults: Vaults,
        clock: Clock,
        http: httpx.AsyncClient,
        settings: Settings,
        *,
        own_vault: Vault,
    ) -> None:
        self._db = db
        self._vaults = vaults
        tokens = DatabaseTokenStore(db, own_vault, clock)
        governor = Governor(
            clock, ledger=DatabaseQuotaLedger(db, clock, settings.egress), sleep=sleep_by(clock)
        )
        self._gateway = WecomGateway(
            http, tokens, clock, base=settings.wecom_base, governor=governor
        )
        self._known: dict[int, tuple[float, AppCredentials]] = {}

    async def client(self, tenant_id: int) -> WecomClient:
        """Return the client of a tenant; raises `Conflict` while WeCom is not connected."""
        return WecomClient(self._gateway, await self.app_credentials(tenant_id))

    def client_with(self, app: AppCredentials) -> WecomClient:
        """Return a client with credentials that are being tried out."""
        return WecomClient(self._gateway, app)

    async def app_credentials(self, tenant_id: int) -> AppCredentials:
        """Return the credentials of a tenant's app; raises `Conflict` while there are none."""
        known = self._known.get(tenant_id)
        if known is None or known[0] < time.monotonic():
            if known is not None:  # one asks; whoever calls meanwhile goes on with what is known
                self._known[tenant_id] = (time.monotonic() + _FRESH_SECONDS, known[1])
            app = await self._read(tenant_id)
            known = self._known[tenant_id] = (time.monotonic() + _FRESH_SECONDS, app)
        return known[1]

    def forget(self, tenant_id: int) -> None:
        """Read a tenant's credentials anew at the next call, after they were changed."""
        self._known.pop(tenant_id, None)

    async def aclose(self) -> None:
        """Stop the gateway's timers."""
        await self._gateway.aclose()

    async def _read(self, tenant_id: int) -> AppCredentials:
        async with self._db.tenant(tenant_id) as session:
            row = await session.get(WecomConnection, tenant_id)
            if row is None or not row.corp_id or row.agent_id is None or row.secret is None:
                raise Conflict(
                    "wecom_not_connected", "尚未连接企业微信，请先在「企业微信连接与诊断」完成设置"
                )
            vault = await self._vaults.of(session, tenant_id)
            return AppCredentials(row.corp_id, row.agent_id, vault.decrypt(APP_SECRET, row.secret))


class _KeysBySlug(Generic[K]):
    """Knows keys of all tenants by the last part of an address, for some seconds from memory."""

    slug_kind: ClassVar[str]
    table: ClassVar[type[Any]] = WecomConnection

    def __init__(self, db: Database, vaults: Vaults, clock: Clock) -> None:
        self._db = db
        self._vaults = vaults
        self._clock = clock
        self._known: dict[str, tuple[float, tuple[int, K] | None]] = {}

    async def of(self, slug: str) -> tuple[int, K] | None:
        """Return the tenant whose address ends in `slug`, and its keys."""
        known = self._known.get(slug)
        if known is None or known[0] < time.monotonic():
            if len(self._known) > 10_000:  # noqa: PLR2004 - strangers may invent addresses
                self._known.clear()
            if known is not None:  # one asks; whoever calls meanwhile goes on with what is known
                self._known[slug] = (time.monotonic() + _FRESH_SECONDS, known[1])
            found = await self._read(slug)
            known = self._known[slug] = (time.monotonic() + _FRESH_SECONDS, found)
        return known[1]

    async def proven(self, tenant_id: int) -> None:
        """Note that the other side verified the address: from now on siyu hears what happens."""
        now = self._clock.now()
        async with self._db.tenant(tenant_id) as session:
            row = await session.get(self.table, tenant_id, with_for_update=True)
            if row is not None:
                self._note(row, now)

    async def _read(self, slug: str) -> tuple[int, K] | None:
        async with self._db.tenant(None) as session:
            target = await find_slug(session, slug)
        if target is None or target.kind != self.slug_kind:
            return None
        async with self._db.tenant(target.tenant_id) as session:
            row = await session.get(self.table, target.tenant_id)
            vault = await self._vaults.of(session, target.tenant_id)
            keys = None if row is None else self._keys(row, slug, vault)
        return None if keys is None else (target.tenant_id, keys)

    def _note(self, row: Any, now: datetime) -> None:
        """Write that the address was verified."""
        raise NotImplementedError

    def _keys(self, row: Any, slug: str, vault: Vault) -> K | None:
        """Return the keys of a connection, unless the address is an older one of it."""
        raise NotImplementedError


class TenantCallbackKeys(_KeysBySlug[CallbackCrypto]):
    """Knows the callback keys of all tenants."""

    slug_kind = CALLBACK_SLUG

    def _note(self, row: WecomConnection, now: datetime) -> None:
        row.callback_at = now
        row.watched_since = row.watched_since or now

    def _keys(self, row: WecomConnection, slug: str, vault: Vault) -> CallbackCrypto | None:
        if row.callback_slug != slug or not row.corp_id:
            return None
        return _opened(vault, row.callback_token, row.callback_aes_key, row.corp_id)


class SuiteCallbackKeys(_KeysBySlug[CallbackCrypto]):
    """Knows the keys of the suites' instruction addresses.

    Any receiver is accepted: the documents differ on whose id stands inside an instruction and
    inside the verification of the address (the suite's, the provider's, the corporation's).
    """

    slug_kind = SUITE_SLUG

    def _note(self, row: WecomConnection, now: datetime) -> None:
        row.suite_at = now

    def _keys(self, row: WecomConnection, slug: str, vault: Vault) -> CallbackCrypto | None:
        if row.suite_slug != slug:
            return None
        return _opened(vault, row.suite_token, row.suite_aes_key, None)


class OfficialPushKeys(_KeysBySlug[PushAccount]):
    """Knows the keys under which official accounts push."""

    slug_kind = OFFICIAL_SLUG
    table = OfficialAccountConnection

    def _note(self, row: OfficialAccountConnection, now: datetime) -> None:
        row.push_at = now

    def _keys(self, row: OfficialAccountConnection, slug: str, vault: Vault) -> PushAccount | None:
        if row.push_slug != slug or row.push_token is None or row.push_aes_key is None:
            return None
        token = vault.decrypt(CALLBACK_TOKEN, row.push_token)
        aes_key = vault.decrypt(CALLBACK_KEY, row.push_aes_key)
        return PushAccount(row.app_id, PushDoor(token, row.app_id, aes_key), vault)


def _opened(
    vault: Vault, token: bytes | None, aes_key: bytes | None, receiver: str | None
) -> CallbackCrypto | None:
    if token is None or aes_key is None:
        return None
    return CallbackCrypto(
        vault.decrypt(CALLBACK_TOKEN, token), vault.decrypt(CALLBACK_KEY, aes_key), receiver
    )


class OfficialAccounts:
    """Gives each tenant's official account."""

    def __init__(
        self,
        db: Database,
        vaults: Vaults,
        clock: Clock,
        http: httpx.AsyncClient,
        settings: Settings,
        *,
        own_vault: Vault,
    ) -> None:
        self._db = db
        self._vaults = vaults
        self._clock = clock
        self._http = http
        self._base = settings.wechat_base
        self._tokens = DatabaseTokenStore(db, own_vault, clock)

    async def account(self, tenant_id: int) -> OfficialAccount | None:
        """Return the tenant's official account, or nothing while none is connected."""
        async with self._db.tenant(tenant_id) as session:
            row = await session.get(OfficialAccountConnection, tenant_id)
            if row is None:
                return None
            vault = await self._vaults.of(session, tenant_id)
            secret = vault.decrypt(OFFICIAL_SECRET, row.secret)
        return self.account_with(row.app_id, secret)

    def account_with(self, app_id: str, secret: str) -> OfficialAccount:
        """Return an official account by credentials, as when they are being tried out."""
        credentials = OfficialAccountCredentials(app_id, secret)
        return OfficialAccount(self._http, self._tokens, self._clock, credentials, base=self._base)
