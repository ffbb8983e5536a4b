"""All that is known of a person, as a package they can read: a page and the data behind it."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import jinja2
import msgspec
from sqlalchemy import select

from siyu.accounts.tenants import zone_of
from siyu.core.context import Context
from siyu.core.db import among
from siyu.core.stream.models import StreamEvent
from siyu.core.vault import Vault
from siyu.facts.listing import catalogue
from siyu.people.identity.phones import PHONE
from siyu.people.privacy.places import PersonIds, Place, Places, table_named, theirs

_NAMED: Final[Mapping[str, tuple[str, str]]] = {
    "staff_account_id": ("staff_account", "name"),
    "tag_id": ("tag", "name"),
    "field_id": ("custom_field", "name"),
    "stage_id": ("stage", "name"),
    "channel_id": ("channel", "name"),
    "live_code_id": ("live_code", "name"),
    "material_id": ("material", "title"),
    "group_id": ("group_chat", "name"),
}
"""Columns that hold the number of something with a name."""

_WORDS: Final[Mapping[str, str]] = {
    "active": "好友", "half": "单向好友", "lost": "已流失", "added": "添加", "granted": "同意",
    "refused": "拒绝", "marketing": "接收营销信息", "profiling": "个性化推荐", "phone": "手机号",
    "customer": "客户", "employee": "员工", "staff": "员工", "import": "导入", "wecom": "企业微信",
    "rule": "规则", "live_code": "活码", "external_userid": "企业微信外部联系人",
    "member": "会员号", "paid": "已付款", "refunded": "已退款", "partly_refunded": "部分退款",
    "welcome": "欢迎语", "share": "分享", "code": "活码", "sent": "已发送", "given_up": "未发送",
    "open": "待处理", "accepted": "已合并", "found": "待审核", "confirmed": "已确认",
    "dismissed": "已排除", "missing": "漏收的好友", "returned": "重新成为好友",
    "gone": "已不是好友", "details": "资料没有读到", "remark": "备注不同", "tags": "标签不同",
    "add_external_contact": "添加好友", "edit_external_contact": "好友资料变更",
    "add_half_external_contact": "单向添加", "del_external_contact": "员工删除好友",
    "del_follow_user": "本人删除好友",
}  # fmt: skip
_EVIDENCE: Final[Mapping[str, str]] = {
    "first_seen": "首次出现", "oauth": "微信授权登录", "unionid": "unionid 相同",
    "external_userid": "企业微信授权登录", "browser": "同一浏览器",
    "customer_phone": "本人提供的手机号", "order": "订单中的会员编号",
    "order_phone": "订单中的手机号", "staff_remark": "员工备注的手机号", "import": "导入",
    "manual": "手工合并", "unmerge": "手工拆分",
}  # fmt: skip
_CODES: Final[Mapping[str, Mapping[str, str]]] = {
    "evidence": _EVIDENCE,
    **dict.fromkeys(("by", "change_type", "kind", "source", "state"), _WORDS),
}
"""Columns that hold a code and not somebody's own words, and what the codes mean."""
_GENDERS: Final = {1: "男", 2: "女", 0: ""}

_PAGE: Final = jinja2.Environment(autoescape=True).from_string("""<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><title>个人信息副本</title>
<style>
body{font:14px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;color:#17211f;
background:#fafaf7;margin:32px auto;max-width:960px;padding:0 16px}
h1{font-size:22px}h2{font-size:16px;margin-top:32px;border-bottom:1px solid #e6e8e3}
table{border-collapse:collapse;width:100%;font-size:13px}
td,th{border:1px solid #e6e8e3;padding:4px 8px;text-align:left;vertical-align:top}
th{background:#fff;white-space:nowrap}
</style>
<h1>个人信息副本</h1>
<p>制作时间：{{ at }}。以下是我们保存的与你有关的全部信息；
同样的内容以 data.json 附在一起，便于转移。</p>
{% for section in sections %}<h2>{{ section.title }}（{{ section.rows|length }}）</h2>
<table><tr>{% for title in section.titles %}<th>{{ title }}</th>{% endfor %}</tr>
{% for row in section.rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table>
{% endfor %}</html>
""")


class Section(msgspec.Struct):
    """What one table knows: cells for people, and the same as data."""

    title: str
    titles: list[str]
    rows: list[list[str]]
    data: list[dict[str, Any]]


async def pack(ctx: Context, vault: Vault, places: Places, person: PersonIds) -> bytes:
    """Return the package of a person: a ZIP archive."""
    zone = await zone_of(ctx)
    sections = [
        section
        for place in places.values()
        if (section := await _section(ctx, vault, places, place, person, zone)).rows
    ]
    trail = await _trail(ctx, person, zone)
    if trail.rows:
        sections.append(trail)
    page = _PAGE.render(at=_cell(ctx.now(), zone), sections=sections)
    data = {section.title: section.data for section in sections}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("个人信息.html", page)
        archive.writestr("data.json", msgspec.json.format(msgspec.json.encode(data), indent=2))
    return out.getvalue()


async def _section(
    ctx: Context, vault: Vault, places: Places, place: Place, person: PersonIds, zone: ZoneInfo
) -> Section:
    table = table_named(place.table)
    columns: list[Any] = [table.c[name] for name in place.shown]
    if place.table == "identity":
        columns.append(table.c.kind.label("which"))
    rows = (
        (
            await ctx.session.execute(
                select(*columns)
                .where(theirs(ctx, places, place, person))
                .order_by(*table.primary_key.columns)
            )
        )
        .mappings()
        .all()
    )
    names = await _names(ctx, place, rows)
    plain = [{name: _plain(vault, name, row, names) for name in place.shown} for row in rows]
    return Section(
        place.title,
        list(place.shown.values()),
        [[_cell(value, zone, _CODES.get(name)) for name, value in row.items()] for row in plain],
        [msgspec.to_builtins(row) for row in plain],
    )


async def _trail(ctx: Context, person: PersonIds, zone: ZoneInfo) -> Section:
    facts = catalogue()
    rows = await ctx.session.execute(
        select(StreamEvent.occurred_at, StreamEvent.type, StreamEvent.properties)
        .where(
            StreamEvent.tenant_id == ctx.tenant_id,
            among(StreamEvent.identity_id, person.identity_ids),
        )
        .order_by(StreamEvent.occurred_at)
    )
    data = [
        {
            "occurred_at": row.occurred_at,
            "type": row.type,
            "title": facts[row.type].title if row.type in facts else row.type,
            "properties": row.properties,
        }
        for row in rows
    ]
    return Section(
        "行为轨迹",
        ["时间", "行为"],
        [[_cell(row["occurred_at"], zone), str(row["title"])] for row in data],
        [msgspec.to_builtins(row) for row in data],
    )


async def _names(
    ctx: Context, place: Place, rows: Sequence[Mapping[Any, Any]]
) -> dict[str, dict[int, str]]:
    found: dict[str, dict[int, str]] = {}
    for column in place.shown.keys() & _NAMED.keys():
        of, name = _NAMED[column]
        table = table_named(of)
        ids = {row[column] for row in rows if row[column] is not None}
        named = await ctx.session.execute(
            select(table.c.id, table.c[name]).where(
                table.c.tenant_id == ctx.tenant_id, table.c.id.in_(ids)
            )
        )
        found[column] = {row[0]: row[1] for row in named}
    return found


def _plain(
    vault: Vault, name: str, row: Mapping[Any, Any], names: Mapping[str, Mapping[int, str]]
) -> Any:
    """Return a value as its owner reads it: decrypted, named, without what only siyu reads."""
    value = row[name]
    if isinstance(value, bytes):
        return vault.decrypt(PHONE, value)
    if name in names:
        return names[name].get(value, "")
    if name == "gender":
        return _GENDERS.get(value, "")
    if name == "value" and row["which"] == PHONE:
        return "（见联系方式）"
    return value


def _cell(value: Any, zone: ZoneInfo, codes: Mapping[str, str] | None = None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    return (codes or {}).get(str(value), str(value))
