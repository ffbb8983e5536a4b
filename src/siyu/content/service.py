"""What a planner can do with materials."""

from typing import Final

from siyu.accounts.audit import record
from siyu.content.cleaning import clean_html, plain_text
from siyu.content.models import Material
from siyu.content.schemas import MaterialDraft
from siyu.core.context import Context
from siyu.core.db.directory import register_slug
from siyu.core.errors import Conflict, Invalid, NotFound
from siyu.core.ids import slug
from siyu.facts.content import MaterialPublished

SLUG_KIND: Final = "material"
_SUMMARY_LENGTH: Final = 60


async def get_material(ctx: Context, material_id: int) -> Material:
    """Return a material; raises `NotFound`."""
    material = await ctx.session.get(Material, (ctx.tenant_id, material_id))
    if material is None:
        raise NotFound("material_unknown", "素材不存在")
    return material


async def create_material(ctx: Context, draft: MaterialDraft) -> Material:
    """Keep a new article as a draft."""
    material = Material(
        tenant_id=ctx.tenant_id,
        kind="article",
        slug=slug(),
        state="draft",
        created_by=ctx.actor.id,
        created_at=ctx.now(),
        updated_at=ctx.now(),
    )
    _write(material, draft)
    ctx.session.add(material)
    await ctx.session.flush()
    await register_slug(ctx.session, material.slug, ctx.tenant_id, SLUG_KIND, material.id)
    record(ctx, "material.create", "material", material.id)
    return material


async def update_material(ctx: Context, material_id: int, draft: MaterialDraft) -> Material:
    """Write a material anew; a published one shows the new text at once."""
    material = await get_material(ctx, material_id)
    _write(material, draft)
    if material.state == "published":
        _require_text(material)
    material.updated_at = ctx.now()
    record(ctx, "material.update", "material", material.id)
    return material


async def publish_material(ctx: Context, material_id: int) -> Material:
    """Let staff share a material."""
    material = await get_material(ctx, material_id)
    if material.state == "published":
        return material
    _require_text(material)
    material.state = "published"
    material.published_at = material.updated_at = ctx.now()
    ctx.announce(MaterialPublished(material_id=material.id))
    record(ctx, "material.publish", "material", material.id)
    return material


async def archive_material(ctx: Context, material_id: int) -> Material:
    """Take a material out of circulation; links that were sent keep working."""
    material = await get_material(ctx, material_id)
    if material.state == "draft":
        raise Conflict("material_not_published", "草稿尚未发布，无需下架")
    if material.state != "archived":
        material.state = "archived"
        material.updated_at = ctx.now()
        record(ctx, "material.archive", "material", material.id)
    return material


def _write(material: Material, draft: MaterialDraft) -> None:
    title = draft.title.strip()
    if not title:
        raise Invalid.field("title", "title_missing", "请填写标题")
    material.title = title
    material.body = clean_html(draft.body)
    material.summary = draft.summary.strip() or plain_text(material.body)[:_SUMMARY_LENGTH]
    material.cover_key = draft.cover_key
    material.topics = sorted({topic.strip() for topic in draft.topics} - {""})


def _require_text(material: Material) -> None:
    if not plain_text(material.body) and "<img" not in material.body:
        raise Invalid.field("body", "body_missing", "正文为空，请先填写内容再发布")
