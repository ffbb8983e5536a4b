"""The guided set-up: each step proves itself before it is called done."""

from typing import Final
from urllib.parse import urlsplit

import msgspec
from sqlalchemy import case
from sqlalchemy.dialects.postgresql import insert

from siyu.accounts.audit import record
from siyu.accounts.connections.gateways import (
    APP_SECRET,
    CALLBACK_KEY,
    CALLBACK_SLUG,
    CALLBACK_TOKEN,
    OFFICIAL_SECRET,
    OFFICIAL_SLUG,
    SUITE_SLUG,
    WecomGateways,
)
from siyu.accounts.connections.models import OfficialAccountConnection, WecomConnection
from siyu.accounts.connections.schemas import (
    CallbackKeys,
    OfficialAccountCredentials,
    Suite,
    TrustedDomain,
    WecomCredentials,
)
from siyu.accounts.tenants import Vaults
from siyu.channels.wecom.credentials import AppCredentials
from siyu.channels.wecom.crypto import generate_aes_key, generate_token
from siyu.channels.wecom.errors import WeComFailure
from siyu.core.context import Context
from siyu.core.db.directory import register_slug
from siyu.core.errors import BadGateway, Conflict, Invalid
from siyu.core.ids import slug
from siyu.core.jobs import JobKind
from siyu.core.jobs.progress import RUN_KEY, JobRun
from siyu.facts.accounts import ConnectionVerified


class SyncPayload(msgspec.Struct, frozen=True):
    """Which run of the sync the job is."""

    run_id: int


SYNC: Final = JobKind("wecom.sync", SyncPayload, "同步企业微信通讯录与客户", attempts=3)


async def prove_credentials(wecom: WecomGateways, wanted: WecomCredentials) -> None:
    """Call WeCom with the credentials; raises `BadGateway` with what to correct.

    Outside any transaction: it goes over the network.
    """
    app = AppCredentials(wanted.corp_id, wanted.agent_id, wanted.secret)
    try:
        await wecom.client_with(app).agent()
    except WeComFailure as failure:
        raise BadGateway(
            "wecom_credentials_refused",
            f"企业微信拒绝了这组凭证，请核对企业 ID、AgentId 与 Secret（{failure}）",
        ) from failure


async def store_credentials(ctx: Context, vaults: Vaults, wanted: WecomCredentials) -> None:
    """Keep proven credentials; a change of corporation is refused while data of another exist."""
    ctx.require("settings.write")
    row = await _locked(ctx)
    if row.corp_id is not None and row.corp_id != wanted.corp_id and row.directory_at is not None:
        raise Conflict(
            "wecom_corp_fixed",
            "这个企业空间已经同步过另一家企业微信的数据，不能更换企业 ID；请为新企业另开空间",
        )
    vault = await vaults.of(ctx.session, ctx.tenant_id)
    row.corp_id = wanted.corp_id
    row.agent_id = wanted.agent_id
    row.secret = vault.encrypt(APP_SECRET, wanted.secret)
    row.credentials_at = ctx.now()
    ctx.announce(ConnectionVerified(channel="wecom", step="credentials"))
    record(ctx, "wecom.set_credentials", "connection", "wecom", corp_id=wanted.corp_id)


async def new_callback_keys(ctx: Context, vaults: Vaults, public_base: str) -> CallbackKeys:
    """Make address, token and AES key for callbacks; the keys are shown this once.

    Until WeCom has verified the new keys, callbacks signed with the old ones are refused.
    """
    ctx.require("settings.write")
    row = await _locked(ctx)
    if row.corp_id is None:
        raise Conflict("wecom_not_connected", "请先填写企业 ID、AgentId 与 Secret")
    if row.callback_slug is None:
        row.callback_slug = slug(12)
        await register_slug(
            ctx.session, row.callback_slug, ctx.tenant_id, CALLBACK_SLUG, ctx.tenant_id
        )
    token, aes_key = generate_token(), generate_aes_key()
    vault = await vaults.of(ctx.session, ctx.tenant_id)
    row.callback_token = vault.encrypt(CALLBACK_TOKEN, token)
    row.callback_aes_key = vault.encrypt(CALLBACK_KEY, aes_key)
    row.callback_at = None
    record(ctx, "wecom.new_callback_keys", "connection", "wecom")
    return CallbackKeys(callback_url(public_base, row.callback_slug), token, aes_key)


async def new_suite_keys(
    ctx: Context, vaults: Vaults, wanted: Suite, public_base: str
) -> CallbackKeys:
    """Make address and keys for the instructions of a provider's suite; shown this once.

    What comes there is kept and shown, and changes nothing: it is not yet proven on a provider.
    """
    ctx.require("settings.write")
    row = await _locked(ctx)
    if row.suite_slug is None:
        row.suite_slug = slug(12)
        await register_slug(ctx.session, row.suite_slug, ctx.tenant_id, SUITE_SLUG, ctx.tenant_id)
    token, aes_key = generate_token(), generate_aes_key()
    vault = await vaults.of(ctx.session, ctx.tenant_id)
    row.suite_id = wanted.suite_id
    row.suite_token = vault.encrypt(CALLBACK_TOKEN, token)
    row.suite_aes_key = vault.encrypt(CALLBACK_KEY, aes_key)
    row.suite_at = None
    record(ctx, "wecom.new_suite_keys", "connection", "wecom", suite_id=wanted.suite_id)
    return CallbackKeys(suite_url(public_base, row.suite_slug), token, aes_key)


async def new_push_keys(ctx: Context, vaults: Vaults, public_base: str) -> CallbackKeys:
    """Make address and keys for what the official account pushes; shown this once.

    Until WeChat has verified the new keys, pushes signed with the old ones are refused.
    """
    ctx.require("settings.write")
    row = await ctx.session.get(OfficialAccountConnection, ctx.tenant_id, with_for_update=True)
    if row is None:
        raise Conflict("official_account_missing", "请先连接公众号，再生成接收消息的地址与密钥")
    if row.push_slug is None:
        row.push_slug = slug(12)
        await register_slug(ctx.session, row.push_slug, ctx.tenant_id, OFFICIAL_SLUG, ctx.tenant_id)
    token, aes_key = generate_token(), generate_aes_key()
    vault = await vaults.of(ctx.session, ctx.tenant_id)
    row.push_token = vault.encrypt(CALLBACK_TOKEN, token)
    row.push_aes_key = vault.encrypt(CALLBACK_KEY, aes_key)
    row.push_at = None
    record(ctx, "official_account.new_push_keys", "connection", "official_account")
    return CallbackKeys(push_url(public_base, row.push_slug), token, aes_key)


def push_url(public_base: str, name: str) -> str:
    """Return the address that WeChat pushes to."""
    return f"{public_base}/wechat/push/{name}"


def suite_url(public_base: str, name: str) -> str:
    """Return the address that a suite's instructions are posted to."""
    return f"{public_base}/wecom/suite/{name}"


def callback_url(public_base: str, name: str) -> str:
    """Return the address WeCom posts callbacks to."""
    return f"{public_base}/wecom/callback/{name}"


async def set_trusted_domain(ctx: Context, wanted: TrustedDomain) -> None:
    """Serve the verification file of the trusted domain from now on."""
    ctx.require("settings.write")
    domain = wanted.domain.strip().lower()
    if "/" in domain or urlsplit(f"//{domain}").hostname is None:
        raise Invalid.field("domain", "domain_invalid", "请只填写域名，不要带 https:// 或路径")
    row = await _locked(ctx)
    row.trusted_domain = domain
    row.verification_name = wanted.file_name
    row.verification_content = wanted.file_content
    row.domain_at = None
    record(ctx, "wecom.set_trusted_domain", "connection", "wecom", domain=domain)


async def verification_file(ctx: Context, name: str) -> str | None:
    """Return the content of the tenant's verification file, noting that it was fetched."""
    row = await ctx.session.get(WecomConnection, ctx.tenant_id)
    if row is None or row.verification_name != name:
        return None
    if row.domain_at is None:
        row.domain_at = ctx.now()
        ctx.announce(ConnectionVerified(channel="wecom", step="domain"))
    return row.verification_content


async def set_official_account(
    ctx: Context, vaults: Vaults, wanted: OfficialAccountCredentials
) -> None:
    """Keep the credentials of the official account, after they were proven."""
    ctx.require("settings.write")
    vault = await vaults.of(ctx.session, ctx.tenant_id)
    same = OfficialAccountConnection.app_id == wanted.app_id
    values = {
        "app_id": wanted.app_id,
        "secret": vault.encrypt(OFFICIAL_SECRET, wanted.secret),
        "credentials_at": ctx.now(),
    }
    await ctx.session.execute(
        insert(OfficialAccountConnection)
        .values(tenant_id=ctx.tenant_id, **values)
        .on_conflict_do_update(
            index_elements=["tenant_id"],
            # Another account has verified nothing yet.
            set_=values | {"push_at": case((same, OfficialAccountConnection.push_at))},
        )
    )
    ctx.announce(ConnectionVerified(channel="official_account", step="credentials"))
    record(ctx, "official_account.set_credentials", "connection", "official_account")


async def start_sync(ctx: Context) -> int:
    """Start bringing directory and customers up to WeCom's state; return the run's id."""
    ctx.require("settings.write")
    row = await _locked(ctx)
    if row.credentials_at is None:
        raise Conflict("wecom_not_connected", "请先完成企业微信凭证设置，再开始同步")
    run = JobRun(
        tenant_id=ctx.tenant_id,
        kind=SYNC.name,
        title=SYNC.title,
        created_by=ctx.actor.id,
        created_at=ctx.now(),
    )
    ctx.session.add(run)
    await ctx.session.flush()
    if not await ctx.enqueue(SYNC, SyncPayload(run.id), key=RUN_KEY):
        raise Conflict("sync_running", "同步正在进行，或即将自动重试，请在「后台任务」查看进度")
    record(ctx, "wecom.sync", "job_run", run.id)
    return run.id


async def _locked(ctx: Context) -> WecomConnection:
    await ctx.session.execute(
        insert(WecomConnection).values(tenant_id=ctx.tenant_id).on_conflict_do_nothing()
    )
    row = await ctx.session.get(WecomConnection, ctx.tenant_id, with_for_update=True)
    if row is None:
        raise RuntimeError("the connection's row was removed while it was being made")
    return row
