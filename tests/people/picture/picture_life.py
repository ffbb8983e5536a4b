"""What can happen to persons, at random, each with the fact that tells of it."""

import random
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update

from siyu.accounts.models import Employee, StaffAccount, Tenant
from siyu.commerce.models import OrderSource, SalesOrder
from siyu.core.context import Context
from siyu.facts.commerce import OrderPaid, OrderRefunded
from siyu.facts.groups import GroupMemberJoined
from siyu.facts.people import (
    ConsentGiven,
    CustomerChanged,
    SensitivityFound,
    StageChanged,
    TagMarked,
    TagUnmarked,
)
from siyu.people.churn.models import SensitivityMark
from siyu.people.contacts.service import note
from siyu.people.contacts.turns import Turn
from siyu.people.fields.models import CustomField, FieldValue
from siyu.people.groups.heads import dismiss
from siyu.people.groups.models import GroupChat, GroupMember
from siyu.people.identity.identities import identify
from siyu.people.identity.joining import join
from siyu.people.models import Contact, ContactTag, Identity, IdentityTag, Tag, TagGroup
from siyu.people.privacy.models import Consent
from siyu.people.stages.models import Stage, StageChange
from tests.people.picture.picture_world import World


class Life:
    """The life of one tenant's people."""

    def __init__(self, world: World, tenant_id: int, dice: random.Random) -> None:
        self.world, self.tenant_id, self.dice = world, tenant_id, dice
        self.staff: list[int] = []
        self.tags: list[int] = []
        self.stages: list[int] = []
        self.fields: list[int] = []
        self.groups: list[GroupChat] = []
        self.source = 0
        self.count = 0

    async def settle(self) -> None:
        """Make what a company has."""
        async with self.world.tenant(self.tenant_id) as ctx:
            tenant = {"tenant_id": self.tenant_id}
            company = Tenant(**tenant, name="x", data_key=b"", created_at=ctx.now())
            boss = Employee(**tenant, name="boss", created_at=ctx.now())
            ctx.session.add_all([company, boss])
            await ctx.session.flush()
            staff = [
                StaffAccount(**tenant, userid=f"s{n}", name=f"s{n}", employee_id=boss.id)
                for n in range(3)
            ]
            stages = [Stage(**tenant, name=f"stage{n}") for n in range(2)]
            fields = [
                CustomField(**tenant, key=kind, name=kind, kind=kind)
                for kind in ("number", "text", "date", "choices")
            ]
            group = TagGroup(**tenant, name="tags")
            self.groups = [
                GroupChat(**tenant, chat_id=f"g{n}", created_at=ctx.now(), watched_since=ctx.now())
                for n in range(3)
            ]
            source = OrderSource(
                **tenant, name="x", key=f"k{self.tenant_id}", secret=b"", created_at=ctx.now()
            )
            ctx.session.add_all([*staff, *stages, *fields, group, *self.groups, source])
            await ctx.session.flush()
            tags = [Tag(**tenant, group_id=group.id, name=f"tag{n}") for n in range(4)]
            ctx.session.add_all(tags)
            await ctx.session.flush()
            self.staff = [one.id for one in staff]
            self.stages = [one.id for one in stages]
            self.fields = [one.id for one in fields]
            self.tags = [one.id for one in tags]
            self.source = source.id
            for _ in range(3):
                await self.come(ctx)

    async def happen(self, times: int) -> None:
        """Let some things happen, each in a transaction of its own."""
        happenings = [
            self.come, self.turn, self.turn, self.merge, self.tag, self.untag, self.internal_tag,
            self.move, self.fill, self.agree, self.suspect, self.stay, self.dismiss, self.buy,
            self.refund, self.erase, self.rename,
        ]  # fmt: skip
        for _ in range(times):
            async with self.world.tenant(self.tenant_id) as ctx:
                await self.dice.choice(happenings)(ctx)
            self.world.clock.advance(timedelta(seconds=self.dice.randrange(1, 400)))

    async def come(self, ctx: Context) -> None:
        self.count += 1
        kind, scope = self.dice.choice([("external_userid", ""), ("openid", "app")])
        await identify(ctx, kind, scope, f"p{self.count}")

    async def turn(self, ctx: Context) -> None:
        identity = await self._identity(ctx, kind="external_userid")
        if identity is not None:
            kind = self.dice.choice(["added", "added", "lost", "half"])
            by = "customer" if kind == "lost" else ""
            origin = self.dice.choice((None, 1, 2)) if kind == "added" else None
            turn = Turn(ctx.now(), kind, by, channel_id=origin, live_code_id=origin)
            await note(ctx, identity, self.dice.choice(self.staff), turn)
            # A half addition is no fact of its own.
            self._changed(ctx, identity, "profile")

    async def merge(self, ctx: Context) -> None:
        identity = await self._identity(ctx, kind="external_userid")
        if identity is not None:
            await join(ctx, identity, f"u{self.dice.randrange(self.count // 2 + 1)}")

    async def rename(self, ctx: Context) -> None:
        identity = await self._identity(ctx)
        if identity is not None:
            from siyu.people.models import Customer

            name = self.dice.choice(["小王", "李\n四", "🙂"])
            await ctx.session.execute(
                update(Customer).where(Customer.id == identity.customer_id).values(name=name)
            )
            self._changed(ctx, identity, "profile")

    async def tag(self, ctx: Context) -> None:
        contact = await self._any(ctx, Contact)
        if contact is None:
            return
        tag_id = self.dice.choice(self.tags)
        if await ctx.session.get(ContactTag, (ctx.tenant_id, contact.id, tag_id)) is not None:
            return
        ctx.session.add(
            ContactTag(
                tenant_id=ctx.tenant_id,
                contact_id=contact.id,
                tag_id=tag_id,
                source="wecom",
                marked_at=ctx.now(),
                ends_at=self._end(ctx),
            )
        )
        fact = TagMarked(tag_id=tag_id, customer_id=0, source="wecom")
        ctx.announce(fact, identity_id=contact.identity_id)

    async def internal_tag(self, ctx: Context) -> None:
        identity = await self._identity(ctx)
        tag_id = self.dice.choice(self.tags)
        if identity is None:
            return
        key = (ctx.tenant_id, identity.id, tag_id)
        if await ctx.session.get(IdentityTag, key) is not None:
            return
        ctx.session.add(
            IdentityTag(
                tenant_id=ctx.tenant_id,
                identity_id=identity.id,
                tag_id=tag_id,
                source="rule",
                marked_at=ctx.now(),
                ends_at=self._end(ctx),
            )
        )
        fact = TagMarked(tag_id=tag_id, customer_id=0, source="rule")
        ctx.announce(fact, identity_id=identity.id)

    async def untag(self, ctx: Context) -> None:
        contact = await self._any(ctx, Contact)
        if contact is None:
            return
        await ctx.session.execute(delete(ContactTag).where(ContactTag.contact_id == contact.id))
        fact = TagUnmarked(tag_id=1, customer_id=0, source="wecom")
        ctx.announce(fact, identity_id=contact.identity_id)

    async def move(self, ctx: Context) -> None:
        identity = await self._identity(ctx)
        if identity is not None:
            stage_id = self.dice.choice([None, *self.stages])
            row = {"tenant_id": ctx.tenant_id, "identity_id": identity.id, "at": ctx.now()}
            ctx.session.add(StageChange(**row, stage_id=stage_id))
            ctx.announce(StageChanged(customer_id=0), identity_id=identity.id)

    async def fill(self, ctx: Context) -> None:
        identity = await self._identity(ctx)
        if identity is None:
            return
        number, text, day, choices = self.fields
        value: dict[str, Any] = self.dice.choice([
            {"field_id": number, "number": self.dice.choice([0.0, 1.5])},
            {"field_id": text, "text": self.dice.choice(["a", "'\\\"🙂"])},
            {"field_id": text},
            {"field_id": day, "day": ctx.now().date()},
            {"field_id": choices, "choices": [1, 2][: self.dice.randrange(3)]},
        ])  # fmt: skip
        key = {"tenant_id": ctx.tenant_id, "identity_id": identity.id, "set_at": ctx.now()}
        empty = {"number": None, "text": None, "day": None, "choices": []}
        await ctx.session.merge(FieldValue(**key, **empty | value))
        self._changed(ctx, identity, "fields")

    async def agree(self, ctx: Context) -> None:
        identity = await self._identity(ctx)
        if identity is not None:
            said: Any = {
                "kind": self.dice.choice(["marketing", "profiling"]),
                "state": self.dice.choice(["granted", "refused"]),
            }
            row = {"tenant_id": ctx.tenant_id, "identity_id": identity.id, "at": ctx.now()}
            ctx.session.add(Consent(**row, **said, source="customer"))
            ctx.announce(ConsentGiven(customer_id=0, **said), identity_id=identity.id)

    async def suspect(self, ctx: Context) -> None:
        identity = await self._identity(ctx)
        if identity is None:
            return
        state: Any = self.dice.choice(["found", "confirmed", "dismissed"])
        known = await ctx.session.scalar(
            select(SensitivityMark).where(SensitivityMark.identity_id == identity.id)
        )
        if known is None:
            known = SensitivityMark(
                tenant_id=ctx.tenant_id,
                identity_id=identity.id,
                source="archive",
                found_at=ctx.now(),
            )
            ctx.session.add(known)
        known.state = state
        fact = SensitivityFound(customer_id=0, state=state, source="archive")
        ctx.announce(fact, identity_id=identity.id)

    async def stay(self, ctx: Context) -> None:
        identity = await self._identity(ctx)
        group = self.dice.choice(self.groups)
        if identity is None or group.state == "dismissed":
            return
        known = await ctx.session.scalar(
            select(GroupMember).where(
                GroupMember.identity_id == identity.id,
                GroupMember.group_id == group.id,
                GroupMember.left_at.is_(None),
            )
        )
        if known is None:
            ctx.session.add(
                GroupMember(
                    tenant_id=ctx.tenant_id,
                    group_id=group.id,
                    identity_id=identity.id,
                    joined_at=ctx.now(),
                )
            )
        else:
            known.left_at, known.quit = ctx.now(), "left"
        fact = GroupMemberJoined(group_id=group.id, member="customer", scene=1)
        ctx.announce(fact, identity_id=identity.id)

    async def dismiss(self, ctx: Context) -> None:
        if self.dice.random() < 0.1:
            group = await ctx.session.merge(self.dice.choice(self.groups))
            await dismiss(ctx, group, ctx.now(), observed=True)
            self.groups = [group if one.id == group.id else one for one in self.groups]

    async def buy(self, ctx: Context) -> None:
        identity = await self._identity(ctx)
        if identity is None:
            return
        self.count += 1
        order = SalesOrder(
            tenant_id=ctx.tenant_id,
            source_id=self.source,
            external_id=f"o{self.count}",
            paid_at=ctx.now(),
            amount_fen=self.dice.randrange(1, 10_000),
            currency="CNY",
            identity_id=identity.id,
            received_at=ctx.now(),
        )
        ctx.session.add(order)
        await ctx.session.flush()
        fact = OrderPaid(order_id=order.id, amount_fen=order.amount_fen, source_id=self.source)
        ctx.announce(fact, identity_id=identity.id)

    async def refund(self, ctx: Context) -> None:
        order = await self._any(ctx, SalesOrder)
        if order is not None:
            order.refunded_fen = self.dice.choice([order.amount_fen, order.amount_fen // 2])
            whole = order.refunded_fen == order.amount_fen
            order.state = "refunded" if whole else "partly_refunded"
            fact = OrderRefunded(order_id=order.id, refund_fen=order.refunded_fen)
            ctx.announce(fact, identity_id=order.identity_id)

    async def erase(self, ctx: Context) -> None:
        """Take a person who has nothing but ids out of the world."""
        if self.dice.random() < 0.8:
            return
        identity = await self._identity(ctx, kind="openid")
        if identity is None or await self._used(ctx, identity):
            return
        from siyu.people.models import IdentityLink

        mine = (Identity.id == identity.id, IdentityLink.identity_id == identity.id)
        await ctx.session.execute(delete(IdentityLink).where(mine[1]))
        await ctx.session.execute(delete(Identity).where(mine[0]))
        fact = CustomerChanged(customer_id=identity.customer_id, what="erased")
        ctx.announce(fact)

    async def _used(self, ctx: Context, identity: Identity) -> bool:
        tables = (
            Contact, IdentityTag, StageChange, FieldValue, Consent, SensitivityMark, GroupMember,
            SalesOrder,
        )  # fmt: skip
        for table in tables:
            if await ctx.session.scalar(
                select(table.tenant_id).where(table.identity_id == identity.id).limit(1)
            ):
                return True
        return False

    async def _identity(self, ctx: Context, **wanted: str) -> Identity | None:
        found: Identity | None = await self._any(ctx, Identity, **wanted)
        return found

    async def _any(self, ctx: Context, table: type[Any], **wanted: Any) -> Any:
        query = select(table).order_by(table.id)
        for name, value in wanted.items():
            query = query.where(getattr(table, name) == value)
        rows = list(await ctx.session.scalars(query))
        return self.dice.choice(rows) if rows else None

    def _changed(self, ctx: Context, identity: Identity, what: Any) -> None:
        fact = CustomerChanged(customer_id=identity.customer_id, what=what)
        ctx.announce(fact, identity_id=identity.id)

    def _end(self, ctx: Context) -> Any:
        return self.dice.choice([None, ctx.now() + timedelta(minutes=self.dice.randrange(1, 60))])
