"""Putting tags on people and taking them off: corp tags on friendships, internal ones on ids.

What is written here is what WeCom knows already, or need not know; calls to WeCom come first and
are made elsewhere.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import delete, select, tuple_, update

from siyu.core.context import Context, News
from siyu.core.db.many import insert_many
from siyu.facts.people import TagMarked, TagUnmarked
from siyu.people.models import Contact, ContactTag, Identity, IdentityTag, Tag

Pair = tuple[int, int]
"""Whose (a contact's or an identity's number) and which tag."""


class Why(NamedTuple):
    """How a mark came about: the reason in words, who, and until when it stays."""

    source: str
    reason: str = ""
    employee_id: int | None = None
    ends_at: datetime | None = None


WECOM: Final = Why("wecom")


async def tags_by_wecom_id(ctx: Context, wecom_ids: Collection[str]) -> dict[str, int]:
    """Return the known living tags among WeCom's ids; the library of tags is behind on others."""
    rows = await ctx.session.execute(
        select(Tag.wecom_id, Tag.id).where(
            Tag.tenant_id == ctx.tenant_id, Tag.wecom_id.in_(set(wecom_ids)), ~Tag.gone
        )
    )
    return {row.wecom_id: row.id for row in rows}


async def mark(
    ctx: Context, contact_id: int, tag_ids: Iterable[int], source: str
) -> frozenset[int]:
    """Put tags on a contact; return those that are new there, each announced."""
    new = await mark_contacts(ctx, [(contact_id, tag_id) for tag_id in tag_ids], Why(source))
    return frozenset(tag_id for _, tag_id in new)


async def mark_contacts(ctx: Context, pairs: Collection[Pair], why: Why) -> list[Pair]:
    """Put corp tags on contacts; return those that are new there, each announced.

    A mark that a rule made ends later when the rule made it again; any other stays as it was.
    """
    new = await _put(ctx, ContactTag, "contact_id", pairs, why)
    await _tell_contacts(ctx, TagMarked, new, why.source)
    return new


async def unmark_contacts(ctx: Context, pairs: Collection[Pair], source: str) -> list[Pair]:
    """Take corp tags off contacts; return what was there, each announced."""
    gone = await _drop(ctx, ContactTag, "contact_id", pairs)
    await _tell_contacts(ctx, TagUnmarked, gone, source)
    return gone


async def mark_identities(ctx: Context, pairs: Collection[Pair], why: Why) -> list[Pair]:
    """Put internal tags on people at one of their ids; return those that are new, announced.

    Who carries a tag at another of their ids already is not marked twice.
    """
    new = await _put(ctx, IdentityTag, "identity_id", await _missing(ctx, pairs), why)
    await _tell_identities(ctx, TagMarked, new, why.source)
    return new


async def unmark_identities(ctx: Context, pairs: Collection[Pair], source: str) -> list[Pair]:
    """Take internal tags off ids; return what was there, each announced."""
    gone = await _drop(ctx, IdentityTag, "identity_id", pairs)
    await _tell_identities(ctx, TagUnmarked, gone, source)
    return gone


async def replace_tags(
    ctx: Context, contact_id: int, tag_ids: Collection[int], *, read_at: datetime
) -> None:
    """Let a contact carry exactly the tags that WeCom showed at `read_at`.

    Tags put on since then are not taken off again by what was read before.
    """
    await replace_many(ctx, {contact_id: tag_ids}, read_at=read_at)


async def replace_many(
    ctx: Context, shown: Mapping[int, Collection[int]], *, read_at: datetime
) -> None:
    """Do for many contacts what `replace_tags` does for one."""
    pairs = {(contact_id, tag_id) for contact_id, tags in shown.items() for tag_id in tags}
    await mark_contacts(ctx, pairs, WECOM)
    rows = await ctx.session.execute(
        delete(ContactTag)
        .where(
            ContactTag.tenant_id == ctx.tenant_id,
            ContactTag.contact_id.in_(shown),
            tuple_(ContactTag.contact_id, ContactTag.tag_id).not_in(pairs),
            ContactTag.marked_at < read_at,
        )
        .returning(ContactTag.contact_id, ContactTag.tag_id)
        .execution_options(synchronize_session=False)
    )
    await _tell_contacts(ctx, TagUnmarked, sorted((row[0], row[1]) for row in rows), WECOM.source)


async def _put(
    ctx: Context, table: Any, owner: str, pairs: Collection[Pair], why: Why
) -> list[Pair]:
    """Insert marks in one order everywhere, so that nobody deadlocks."""
    if not pairs:
        return []
    rows = [
        {
            "tenant_id": ctx.tenant_id,
            owner: whose,
            "tag_id": tag_id,
            "marked_at": ctx.now(),
            **why._asdict(),
        }
        for whose, tag_id in sorted(set(pairs))
    ]
    put = insert_many(table, rows).on_conflict_do_nothing()
    found = await ctx.session.execute(put.returning(getattr(table, owner), table.tag_id))
    new = sorted((row[0], row[1]) for row in found)
    if why.ends_at is not None and len(new) < len(rows):
        await _prolong(ctx, table, owner, set(pairs) - set(new), why)
    return new


async def _prolong(ctx: Context, table: Any, owner: str, pairs: set[Pair], why: Why) -> None:
    await ctx.session.execute(
        update(table)
        .where(
            table.tenant_id == ctx.tenant_id,
            tuple_(getattr(table, owner), table.tag_id).in_(pairs),
            table.source == why.source,
            table.ends_at < why.ends_at,
        )
        .values(ends_at=why.ends_at)
        .execution_options(synchronize_session=False)
    )


async def _drop(ctx: Context, table: Any, owner: str, pairs: Collection[Pair]) -> list[Pair]:
    if not pairs:
        return []
    column = getattr(table, owner)
    rows = await ctx.session.execute(
        delete(table)
        .where(table.tenant_id == ctx.tenant_id, tuple_(column, table.tag_id).in_(set(pairs)))
        .returning(column, table.tag_id)
        .execution_options(synchronize_session=False)
    )
    return sorted((row[0], row[1]) for row in rows)


async def _missing(ctx: Context, pairs: Collection[Pair]) -> list[Pair]:
    """Return those of the pairs whose person carries the tag at no id yet."""
    if not pairs:
        return []
    whose = {identity for identity, _ in pairs}
    own = select(Identity.id, Identity.customer_id).where(
        Identity.tenant_id == ctx.tenant_id, Identity.id.in_(whose)
    )
    people = {row.id: row.customer_id for row in await ctx.session.execute(own)}
    carried = await ctx.session.execute(
        select(Identity.customer_id, IdentityTag.identity_id, IdentityTag.tag_id)
        .join(
            IdentityTag,
            (IdentityTag.tenant_id == Identity.tenant_id)
            & (IdentityTag.identity_id == Identity.id),
        )
        .where(
            Identity.tenant_id == ctx.tenant_id,
            Identity.customer_id.in_(set(people.values())),
            IdentityTag.tag_id.in_({tag_id for _, tag_id in pairs}),
        )
    )
    at = {(row.customer_id, row.tag_id): row.identity_id for row in carried}
    # The id that has it stays: marking it again may let the mark end later.
    chosen = {
        (people[identity], tag_id): (at.get((people[identity], tag_id), identity), tag_id)
        for identity, tag_id in sorted(pairs)
        if identity in people
    }
    return list(chosen.values())


async def _tell_contacts(ctx: Context, fact: Any, pairs: Sequence[Pair], source: str) -> None:
    if not pairs:
        return
    rows = await ctx.session.execute(
        select(Contact.id, Contact.staff_account_id, Contact.identity_id, Identity.customer_id)
        .join(
            Identity,
            (Identity.tenant_id == Contact.tenant_id) & (Identity.id == Contact.identity_id),
        )
        .where(
            Contact.tenant_id == ctx.tenant_id, Contact.id.in_({contact for contact, _ in pairs})
        )
    )
    known = {row.id: row for row in rows}
    await ctx.announce_many(
        [
            News(
                fact(tag_id=tag_id, customer_id=known[contact].customer_id, source=source),
                known[contact].identity_id,
                known[contact].staff_account_id,
            )
            for contact, tag_id in pairs
        ]
    )


async def _tell_identities(ctx: Context, fact: Any, pairs: Sequence[Pair], source: str) -> None:
    if not pairs:
        return
    rows = await ctx.session.execute(
        select(Identity.id, Identity.customer_id).where(
            Identity.tenant_id == ctx.tenant_id, Identity.id.in_({whose for whose, _ in pairs})
        )
    )
    customers = {row.id: row.customer_id for row in rows}
    await ctx.announce_many(
        [
            News(fact(tag_id=tag_id, customer_id=customers[whose], source=source), whose)
            for whose, tag_id in pairs
        ]
    )
