"""Reading materials."""

from typing import Final

from sqlalchemy import select

from siyu.content.models import Material
from siyu.content.schemas import MaterialSummary, MaterialView
from siyu.core.context import Context
from siyu.core.paging import Page, decode_cursor, encode_cursor

FILES_PATH: Final = "/files/"
ARTICLE_PATH: Final = "/a/"


async def list_materials(
    ctx: Context, *, state: str | None, topic: str | None, cursor: str | None, limit: int
) -> Page[MaterialSummary]:
    """Return materials, latest first."""
    query = select(Material).order_by(Material.id.desc()).limit(limit + 1)
    if state is not None:
        query = query.where(Material.state == state)
    if topic is not None:
        query = query.where(Material.topics.contains([topic]))
    if cursor is not None:
        (last,) = decode_cursor(cursor, int)
        query = query.where(Material.id < last)
    rows = list((await ctx.session.scalars(query)).all())
    more = len(rows) > limit
    return Page(
        [summary_of(row) for row in rows[:limit]],
        encode_cursor(rows[limit - 1].id) if more else None,
    )


def file_url(key: str | None) -> str | None:
    """Return the address of a stored file on the tenant's own host."""
    return None if key is None else f"{FILES_PATH}{key}"


def summary_of(material: Material) -> MaterialSummary:
    """Return a material as lists show it."""
    return MaterialSummary(
        id=material.id,
        kind=material.kind,
        state=material.state,
        slug=material.slug,
        title=material.title,
        summary=material.summary,
        cover_url=file_url(material.cover_key),
        topics=list(material.topics),
        created_at=material.created_at,
        updated_at=material.updated_at,
        published_at=material.published_at,
    )


def view_of(material: Material) -> MaterialView:
    """Return a material as its own page in the console shows it."""
    return MaterialView(
        id=material.id,
        kind=material.kind,
        state=material.state,
        slug=material.slug,
        title=material.title,
        summary=material.summary,
        cover_url=file_url(material.cover_key),
        topics=list(material.topics),
        created_at=material.created_at,
        updated_at=material.updated_at,
        published_at=material.published_at,
        body=material.body,
        cover_key=material.cover_key,
        url=f"{ARTICLE_PATH}{material.slug}",
    )
