"""What a planner does with live codes; WeCom is told by a job afterwards."""

from collections.abc import Collection

import msgspec
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from siyu.accounts.audit import record
from siyu.accounts.models import StaffAccount
from siyu.core.context import Context
from siyu.core.errors import Conflict, Invalid, NotFound
from siyu.core.ids import slug
from siyu.facts.growth import LiveCodeChanged
from siyu.growth.channels.models import Channel
from siyu.growth.live_codes.articles import (
    DESCRIPTION_BYTES,
    TITLE_BYTES,
    articles_of,
    published,
)
from siyu.growth.live_codes.kinds import APPLY_LIVE_CODE, ApplyLiveCode
from siyu.growth.live_codes.media import want_media
from siyu.growth.live_codes.models import LiveCode, LiveCodeStaff, LiveCodeTag
from siyu.growth.live_codes.schemas import LiveCodeWrite, Welcome, WelcomeArticle, WelcomeLink
from siyu.messaging.plans import NICKNAME
from siyu.people.models import Tag

_TEXT_BYTES = 4000
_NICKNAME_BYTES = 200


async def create(ctx: Context, wanted: LiveCodeWrite) -> LiveCode:
    """Make a live code; it can be scanned once the job has made it in WeCom."""
    ctx.require("live_codes.write")
    await _check(ctx, wanted)
    code = LiveCode(
        tenant_id=ctx.tenant_id,
        # At most 30 characters fit into State; these are 19 of the kind WeCom hands back as is.
        state_token=f"lc_{slug(12)}",
        created_by=ctx.actor.id,
        created_at=ctx.now(),
        revision=1,
    )
    _fill(code, wanted)
    ctx.session.add(code)
    await ctx.session.flush()
    await _connect(ctx, code, wanted)
    await _apply(ctx, code)
    record(ctx, "live_code.create", "live_code", code.id, name=code.name)
    return code


async def change(ctx: Context, live_code_id: int, wanted: LiveCodeWrite) -> LiveCode:
    """Change a live code; the printed picture stays valid."""
    ctx.require("live_codes.write")
    code = await find(ctx, live_code_id, lock=True)
    if code.state == "deleting":
        raise Conflict("live_code_deleting", "这个活码正在删除，无法修改")
    await _check(ctx, wanted)
    _fill(code, wanted)
    code.revision += 1
    for table in (LiveCodeStaff, LiveCodeTag):
        await ctx.session.execute(
            delete(table).where(
                table.tenant_id == ctx.tenant_id, table.live_code_id == live_code_id
            )
        )
    await _connect(ctx, code, wanted)
    await _apply(ctx, code)
    ctx.announce(LiveCodeChanged(live_code_id=code.id))
    record(ctx, "live_code.change", "live_code", code.id, name=code.name)
    return code


async def remove(ctx: Context, live_code_id: int) -> None:
    """Take a live code out of use; printed pictures of it stop working."""
    ctx.require("live_codes.write")
    code = await find(ctx, live_code_id, lock=True)
    code.state = "deleting"
    code.failure = ""
    code.revision += 1
    await _apply(ctx, code)
    record(ctx, "live_code.remove", "live_code", code.id, name=code.name)


async def retry(ctx: Context, live_code_id: int) -> None:
    """Try once more what WeCom refused."""
    ctx.require("live_codes.write")
    code = await find(ctx, live_code_id, lock=True)
    if not code.failure:
        raise Conflict("live_code_not_failed", "这个活码没有失败，不需要重试")
    if code.state == "failed":
        code.state = "creating" if code.config_id is None else "active"
    code.failure = ""
    await _apply(ctx, code)
    record(ctx, "live_code.retry", "live_code", code.id)


async def find(ctx: Context, live_code_id: int, *, lock: bool = False) -> LiveCode:
    """Return a live code that was not removed; raises `NotFound`."""
    code = await ctx.session.get(LiveCode, (ctx.tenant_id, live_code_id), with_for_update=lock)
    if code is None or code.state == "removed":
        raise NotFound("live_code_unknown", "活码不存在或已被删除")
    return code


async def _apply(ctx: Context, code: LiveCode) -> None:
    await ctx.enqueue(APPLY_LIVE_CODE, ApplyLiveCode(live_code_id=code.id), key=str(code.id))


def _fill(code: LiveCode, wanted: LiveCodeWrite) -> None:
    code.name = wanted.name.strip()
    code.channel_id = wanted.channel_id
    code.skip_verify = wanted.skip_verify
    code.welcome = msgspec.to_builtins(wanted.welcome)


async def _connect(ctx: Context, code: LiveCode, wanted: LiveCodeWrite) -> None:
    await ctx.session.execute(
        insert(LiveCodeStaff),
        [
            {"tenant_id": ctx.tenant_id, "live_code_id": code.id, "staff_account_id": number}
            for number in sorted(set(wanted.staff_account_ids))
        ],
    )
    if wanted.tag_ids:
        await ctx.session.execute(
            insert(LiveCodeTag),
            [
                {"tenant_id": ctx.tenant_id, "live_code_id": code.id, "tag_id": number}
                for number in sorted(set(wanted.tag_ids))
            ],
        )
    await want_media(ctx, wanted.welcome)


async def _check(ctx: Context, wanted: LiveCodeWrite) -> None:
    if not wanted.name.strip():
        raise Invalid.field("name", "name_empty", "请填写活码名称")
    _check_welcome(wanted.welcome)
    await _check_articles(ctx, wanted.welcome)
    if await ctx.session.get(Channel, (ctx.tenant_id, wanted.channel_id)) is None:
        raise Invalid.field("channel_id", "channel_unknown", "请选择一个渠道")
    usable = await ctx.session.scalar(
        select(func.count())
        .select_from(StaffAccount)
        .where(
            StaffAccount.tenant_id == ctx.tenant_id,
            StaffAccount.id.in_(wanted.staff_account_ids),
            StaffAccount.can_contact,
        )
    )
    if usable != len(set(wanted.staff_account_ids)):
        raise Invalid.field(
            "staff_account_ids", "staff_unusable", "有成员不存在或没有客户联系权限，请重新选择"
        )
    if await _known_tags(ctx, wanted.tag_ids) != len(set(wanted.tag_ids)):
        raise Invalid.field("tag_ids", "tag_unknown", "有标签不存在或已删除，请重新选择")


async def _check_articles(ctx: Context, welcome: Welcome) -> None:
    sendable = await published(ctx, articles_of(welcome))
    for place, attachment in enumerate(welcome.attachments):
        if isinstance(attachment, WelcomeArticle) and attachment.material_id not in sendable:
            raise Invalid.field(
                f"welcome.attachments.{place}.material_id",
                "article_not_published",
                "文章不存在、尚未发布或已下架，请换一篇",
            )


async def _known_tags(ctx: Context, tag_ids: Collection[int]) -> int:
    return (
        await ctx.session.scalar(
            select(func.count())
            .select_from(Tag)
            .where(Tag.tenant_id == ctx.tenant_id, Tag.id.in_(tag_ids), ~Tag.gone)
        )
        or 0
    )


def _check_welcome(welcome: Welcome) -> None:
    """Hold WeCom's limits in bytes (doc 92137), so that no welcome is refused when it counts."""
    most = _TEXT_BYTES - (_NICKNAME_BYTES if NICKNAME in welcome.text else 0)
    if len(welcome.text.encode()) > most:
        raise Invalid.field(
            "welcome.text", "welcome_too_long", f"欢迎语最多 {most} 字节，约 {most // 3} 个汉字"
        )
    for place, attachment in enumerate(welcome.attachments):
        if not isinstance(attachment, WelcomeLink):
            continue
        if len(attachment.title.encode()) > TITLE_BYTES:
            raise Invalid.field(
                f"welcome.attachments.{place}.title", "title_too_long", "链接标题最多 42 个汉字"
            )
        if len(attachment.description.encode()) > DESCRIPTION_BYTES:
            raise Invalid.field(
                f"welcome.attachments.{place}.description",
                "description_too_long",
                "链接描述最多 170 个汉字",
            )
