"""How far the guided set-up is."""

from urllib.parse import urlsplit

from sqlalchemy import func, select

from siyu.accounts.connections.models import OfficialAccountConnection, WecomConnection
from siyu.accounts.connections.schemas import ProbeView, SetupStep, WecomConnectionView
from siyu.accounts.connections.service import callback_url, push_url, suite_url
from siyu.channels.wecom.inbox import WecomInbox
from siyu.core.context import Context


async def connection_view(ctx: Context, public_base: str) -> WecomConnectionView:
    """Return the connection with the state of each step; secrets are only said to be set."""
    wecom = await ctx.session.get(WecomConnection, ctx.tenant_id)
    official = await ctx.session.get(OfficialAccountConnection, ctx.tenant_id)
    row = wecom or WecomConnection(tenant_id=ctx.tenant_id)
    return WecomConnectionView(
        corp_id=row.corp_id,
        agent_id=row.agent_id,
        secret_set=row.secret is not None,
        callback_url=callback_url(public_base, row.callback_slug) if row.callback_slug else None,
        callback_keys_set=row.callback_token is not None,
        last_callback_at=await ctx.session.scalar(
            select(func.max(WecomInbox.received_at)).where(WecomInbox.tenant_id == ctx.tenant_id)
        ),
        watched_since=row.watched_since,
        suite_id=row.suite_id,
        suite_url=suite_url(public_base, row.suite_slug) if row.suite_slug else None,
        suite_at=row.suite_at,
        trusted_domain=row.trusted_domain,
        verification_file=row.verification_name,
        official_account_app_id=official.app_id if official else None,
        official_push_url=push_url(public_base, official.push_slug)
        if official and official.push_slug
        else None,
        official_push_at=official.push_at if official else None,
        suggested_domain=urlsplit(public_base).netloc,
        steps=_steps(row, official),
    )


def _steps(row: WecomConnection, official: OfficialAccountConnection | None) -> list[SetupStep]:
    linked = official.credentials_at if official else None
    return [
        SetupStep(
            "credentials",
            "应用凭证",
            "done" if row.credentials_at else "todo",
            "凭证有效，可以调用企业微信接口"
            if row.credentials_at
            else "填写企业 ID、AgentId 与 Secret",
            row.credentials_at,
        ),
        SetupStep(
            "callback",
            "接收事件",
            "done" if row.callback_at else "todo",
            _callback_detail(row),
            row.callback_at,
        ),
        SetupStep(
            "domain",
            "可信域名",
            "done" if row.domain_at else "todo",
            "企业微信已取到校验文件" if row.domain_at else "填写可信域名与校验文件",
            row.domain_at,
        ),
        SetupStep(
            "directory",
            "同步通讯录",
            "done" if row.directory_at else "todo",
            "部门与企微账号已同步" if row.directory_at else "同步部门与企微账号",
            row.directory_at,
        ),
        SetupStep(
            "customers",
            "同步客户",
            "done" if row.customers_at else "todo",
            "已有客户与标签已同步" if row.customers_at else "同步已有客户与企业标签",
            row.customers_at,
        ),
        SetupStep(
            "official_account",
            "公众号",
            "done" if linked else "todo",
            "可以识别阅读者身份" if linked else "连接公众号，才能知道是谁读了文章",
            linked,
        ),
    ]


def parked_view(parked: int) -> ProbeView:
    """Return what the diagnosis says of callbacks that could not be dealt with."""
    fix = f"有 {parked} 条回调多次处理失败，已搁置；请查看原因后重试" if parked else ""
    return ProbeView(
        "callbacks",
        "回调都已处理",
        "missing" if parked else "granted",
        errcode=None,
        detail="",
        fix=fix,
        count=parked,
    )


def _callback_detail(row: WecomConnection) -> str:
    if row.callback_at:
        return "企业微信已验证回调地址"
    if row.callback_token:
        return "密钥已生成，请填入企业微信后台并保存"
    return "生成回调地址与密钥，填入企业微信后台"
