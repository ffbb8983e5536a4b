"""What live codes answer to the rooms below: whose State this is, and what its welcome says."""

from collections.abc import Collection, Mapping, Sequence

import msgspec
from sqlalchemy import select

from siyu.core.context import Context
from siyu.growth.channels.models import Channel
from siyu.growth.live_codes.media import pictures_of
from siyu.growth.live_codes.models import LiveCode
from siyu.growth.live_codes.schemas import Welcome, WelcomeLink
from siyu.messaging.media import media_ids
from siyu.messaging.plans import PlannedLink, WelcomePlan
from siyu.people.origins import Origin, OriginNames


class LiveCodeOrigins:
    """Tells where customers came from, by State; also of codes that were removed since."""

    async def of(self, ctx: Context, state: str) -> Origin | None:
        """Return the origin, or nothing for a State that is not siyu's."""
        row = (
            await ctx.session.execute(
                select(LiveCode.id, LiveCode.channel_id).where(
                    LiveCode.tenant_id == ctx.tenant_id, LiveCode.state_token == state
                )
            )
        ).first()
        return None if row is None else Origin(channel_id=row.channel_id, live_code_id=row.id)

    async def names(
        self, ctx: Context, channel_ids: Collection[int], live_code_ids: Collection[int]
    ) -> OriginNames:
        """Return the names of channels and live codes."""
        channels = await ctx.session.execute(
            select(Channel.id, Channel.name).where(
                Channel.tenant_id == ctx.tenant_id, Channel.id.in_(channel_ids)
            )
        )
        codes = await ctx.session.execute(
            select(LiveCode.id, LiveCode.name).where(
                LiveCode.tenant_id == ctx.tenant_id, LiveCode.id.in_(live_code_ids)
            )
        )
        return OriginNames(
            {row.id: row.name for row in channels}, {row.id: row.name for row in codes}
        )


class LiveCodePlans:
    """Finds the welcomes of live codes."""

    async def by_state(self, ctx: Context, states: Collection[str]) -> Mapping[str, WelcomePlan]:
        """Return the plans of live codes by the State that WeCom reports."""
        rows = (
            await ctx.session.scalars(
                select(LiveCode).where(
                    LiveCode.tenant_id == ctx.tenant_id, LiveCode.state_token.in_(set(states))
                )
            )
        ).all()
        plans = await _plans(ctx, rows)
        return {row.state_token: plans[row.id] for row in rows}

    async def by_live_code(
        self, ctx: Context, live_code_ids: Collection[int]
    ) -> Mapping[int, WelcomePlan]:
        """Return the plans of live codes by their number."""
        rows = await ctx.session.scalars(
            select(LiveCode).where(
                LiveCode.tenant_id == ctx.tenant_id, LiveCode.id.in_(set(live_code_ids))
            )
        )
        return await _plans(ctx, rows.all())


async def _plans(ctx: Context, codes: Sequence[LiveCode]) -> dict[int, WelcomePlan]:
    welcomes = {code.id: msgspec.convert(code.welcome, Welcome) for code in codes}
    wanted = {key for welcome in welcomes.values() for key in pictures_of(welcome)}
    ready = await media_ids(ctx, wanted) if wanted else {}
    return {
        code.id: WelcomePlan(
            live_code_id=code.id,
            channel_id=code.channel_id,
            text=welcomes[code.id].text,
            links=tuple(
                PlannedLink(title=item.title, url=item.url, description=item.description)
                for item in welcomes[code.id].attachments
                if isinstance(item, WelcomeLink)
            ),
            # A picture that is not there yet is left out: the rest must go out in time.
            image_media_ids=tuple(
                ready[key] for key in pictures_of(welcomes[code.id]) if key in ready
            ),
        )
        for code in codes
    }
