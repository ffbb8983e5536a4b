"""What live codes answer to the rooms below: whose State this is, and what its welcome says."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal

import msgspec
from sqlalchemy import select

from siyu.content.models import Material
from siyu.core.context import Context
from siyu.growth.channels.models import Channel
from siyu.growth.live_codes.articles import articles_of, card_of, published
from siyu.growth.live_codes.media import pictures_of
from siyu.growth.live_codes.models import LiveCode
from siyu.growth.live_codes.schemas import Welcome, WelcomeArticle, WelcomeLink
from siyu.messaging.media import media_ids
from siyu.messaging.plans import PlannedLink, WelcomePlan
from siyu.people.customers.origins import Origin, OriginNames


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

    async def choices(
        self,
        ctx: Context,
        kind: Literal["channel", "live_code"],
        words: str,
        ids: Collection[int],
        most: int,
    ) -> Mapping[int, str]:
        """Return the latest of a kind by words in their names; with `ids`, these instead."""
        table = Channel if kind == "channel" else LiveCode
        query = select(table.id, table.name).where(table.tenant_id == ctx.tenant_id)
        if ids:
            query = query.where(table.id.in_(ids))
        else:
            query = query.where(table.name.icontains(words, autoescape=True))
        rows = await ctx.session.execute(query.order_by(table.id.desc()).limit(most))
        return {row.id: row.name for row in rows}


class LiveCodePlans:
    """Finds the welcomes of live codes; `base` is the address of siyu that customers reach."""

    def __init__(self, base: str) -> None:
        self._base = base

    async def by_state(self, ctx: Context, states: Collection[str]) -> Mapping[str, WelcomePlan]:
        """Return the plans of live codes by the State that WeCom reports."""
        rows = (
            await ctx.session.scalars(
                select(LiveCode).where(
                    LiveCode.tenant_id == ctx.tenant_id, LiveCode.state_token.in_(set(states))
                )
            )
        ).all()
        plans = await self._plans(ctx, rows)
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
        return await self._plans(ctx, rows.all())

    async def _plans(self, ctx: Context, codes: Sequence[LiveCode]) -> dict[int, WelcomePlan]:
        welcomes = {code.id: msgspec.convert(code.welcome, Welcome) for code in codes}
        pictures = {key for welcome in welcomes.values() for key in pictures_of(welcome)}
        ready = await media_ids(ctx, pictures) if pictures else {}
        articles = await published(
            ctx, {number for welcome in welcomes.values() for number in articles_of(welcome)}
        )
        return {
            code.id: WelcomePlan(
                live_code_id=code.id,
                channel_id=code.channel_id,
                text=welcomes[code.id].text,
                links=tuple(self._links(welcomes[code.id], articles)),
                # A picture that is not there yet is left out: the rest must go out in time.
                image_media_ids=tuple(
                    ready[key] for key in pictures_of(welcomes[code.id]) if key in ready
                ),
            )
            for code in codes
        }

    def _links(self, welcome: Welcome, articles: Mapping[int, Material]) -> Iterator[PlannedLink]:
        for item in welcome.attachments:
            if isinstance(item, WelcomeLink):
                yield PlannedLink(title=item.title, url=item.url, description=item.description)
            elif isinstance(item, WelcomeArticle) and item.material_id in articles:
                yield card_of(articles[item.material_id], self._base)
