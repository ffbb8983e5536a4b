"""What live codes do when somebody came through them."""

from collections.abc import Sequence

from sqlalchemy import select

from siyu.core.context import Context
from siyu.core.stream import Event
from siyu.core.stream.reactions import Reaction
from siyu.facts.people import ContactAdded, ContactReadded
from siyu.growth.live_codes.kinds import MARK_TAGS, MarkTags
from siyu.growth.live_codes.models import LiveCodeTag
from siyu.messaging.touches import NewTouch, create_touches


async def note_scans(ctx: Context, events: Sequence[Event]) -> None:
    """Make the scan a touch of its own, and have the code's tags put on the contact."""
    scans = [event for event in events if event.properties.get("live_code_id") is not None]
    await create_touches(
        ctx,
        [
            NewTouch(
                kind="code",
                channel_id=event.properties.get("channel_id"),
                live_code_id=event.properties["live_code_id"],
                staff_account_id=event.staff_account_id,
                identity_id=event.identity_id,
                at=event.occurred_at,
            )
            for event in scans
        ],
    )
    tagging = set(
        await ctx.session.scalars(
            select(LiveCodeTag.live_code_id)
            .where(
                LiveCodeTag.tenant_id == ctx.tenant_id,
                LiveCodeTag.live_code_id.in_({e.properties["live_code_id"] for e in scans}),
            )
            .distinct()
        )
    )
    for event in scans:
        live_code_id, contact_id = event.properties["live_code_id"], event.properties["contact_id"]
        if live_code_id in tagging:
            await ctx.enqueue(
                MARK_TAGS,
                MarkTags(live_code_id=live_code_id, contact_id=contact_id),
                key=f"{live_code_id}:{contact_id}",
            )


def reactions() -> list[Reaction]:
    """Return what this room does when it hears a fact."""
    return [
        Reaction(
            "live_codes.scans", frozenset({ContactAdded.type, ContactReadded.type}), note_scans
        )
    ]
