"""The own articles that welcomes of live codes bring along."""

from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy import select

from siyu.content.models import Material
from siyu.content.queries import ARTICLE_PATH, file_url
from siyu.core.context import Context
from siyu.growth.live_codes.schemas import Welcome, WelcomeArticle
from siyu.messaging.plans import PlannedLink

TITLE_BYTES: Final = 128
DESCRIPTION_BYTES: Final = 512
"""What a link card of a welcome takes (doc 92137)."""


def articles_of(welcome: Welcome) -> list[int]:
    """Return the numbers of the articles a welcome brings along, in order."""
    return [item.material_id for item in welcome.attachments if isinstance(item, WelcomeArticle)]


async def published(ctx: Context, material_ids: Collection[int]) -> Mapping[int, Material]:
    """Return those articles that may be sent now."""
    if not material_ids:
        return {}
    rows = await ctx.session.scalars(
        select(Material).where(
            Material.tenant_id == ctx.tenant_id,
            Material.id.in_(material_ids),
            Material.state == "published",
        )
    )
    return {material.id: material for material in rows}


def card_of(material: Material, base: str) -> PlannedLink:
    """Return the link card of an article; the touch in its address makes it a tracked one.

    `base` is the address of siyu that customers reach.
    """
    cover = file_url(material.cover_key)
    return PlannedLink(
        title=_cut(material.title, TITLE_BYTES),
        url=f"{base}{ARTICLE_PATH}{material.slug}",
        description=_cut(material.summary, DESCRIPTION_BYTES),
        picture_url=f"{base}{cover}" if cover else "",
    )


def _cut(text: str, most: int) -> str:
    """Return what fits into so many bytes, without half a character."""
    return text.encode()[:most].decode(errors="ignore")
