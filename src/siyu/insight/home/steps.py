"""The first steps of a new enterprise, each done when the thing itself is there."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, exists, select

from siyu.accounts.connections.models import OfficialAccountConnection, WecomConnection
from siyu.commerce.models import OrderSource
from siyu.content.models import Material
from siyu.core.context import Context
from siyu.core.stream.models import StreamEvent
from siyu.growth.live_codes.models import LiveCode
from siyu.insight.home.schemas import FirstStep, FirstSteps


@dataclass(frozen=True)
class _Step:
    key: str
    title: str
    detail: str
    permission: str
    link: str
    done: ColumnElement[bool]


_STEPS: Final = (
    _Step(
        "connect",
        "接入企业微信",
        "填写应用凭证，配置接收事件与可信域名",
        "settings.write",
        "/settings/connection",
        exists(
            select(WecomConnection.tenant_id).where(
                WecomConnection.credentials_at.is_not(None),
                WecomConnection.callback_at.is_not(None),
                WecomConnection.domain_at.is_not(None),
            )
        ),
    ),
    _Step(
        "sync",
        "同步通讯录与已有客户",
        "把部门、企微账号、客户和标签带进来",
        "settings.write",
        "/settings/connection",
        exists(
            select(WecomConnection.tenant_id).where(
                WecomConnection.directory_at.is_not(None), WecomConnection.customers_at.is_not(None)
            )
        ),
    ),
    _Step(
        "official_account",
        "连接公众号",
        "之后才能知道是谁读了文章",
        "settings.write",
        "/settings/connection",
        exists(
            select(OfficialAccountConnection.tenant_id).where(
                OfficialAccountConnection.credentials_at.is_not(None)
            )
        ),
    ),
    _Step(
        "live_code",
        "做第一个员工活码",
        "选渠道、员工、标签和欢迎语，印到包裹卡上",
        "live_codes.write",
        "/growth/live-codes",
        exists(select(LiveCode.id).where(LiveCode.state == "active")),
    ),
    _Step(
        "material",
        "发布第一篇文章",
        "员工就可以在手机上分享，并看到谁读了",
        "materials.write",
        "/activation/materials",
        exists(select(Material.id).where(Material.state == "published")),
    ),
    _Step(
        "order_source",
        "接入订单",
        "商城把已支付订单推送过来，就能看到哪次触达带来成交",
        "orders.write",
        "/conversion/order-sources",
        exists(select(OrderSource.id)),
    ),
    _Step(
        "first_add",
        "迎来第一位客户",
        "扫一扫活码，看看欢迎语和标签",
        "live_codes.read",
        "/people/customers",
        exists(select(StreamEvent.id).where(StreamEvent.type == "contact.added")),
    ),
)


async def first_steps(ctx: Context) -> FirstSteps:
    """Return the checklist as it stands."""
    done = (await ctx.session.execute(select(*(step.done for step in _STEPS)))).one()
    items = [
        FirstStep(
            key=step.key,  # type: ignore[arg-type]  # the keys above are those of the schema
            title=step.title,
            detail=step.detail,
            done=bool(ready),
            allowed=ctx.may(step.permission),
            link=step.link,
        )
        for step, ready in zip(_STEPS, done, strict=True)
    ]
    return FirstSteps(items, sum(item.done for item in items), len(items))
