"""HTTP doors of tags."""

from contextlib import AbstractAsyncContextManager

from litestar import Controller, delete, get, patch, post, put
from litestar.params import JSONBody

from siyu.accounts.audit import record
from siyu.accounts.connections.gateways import WecomGateways
from siyu.accounts.dependencies import acting
from siyu.accounts.sessions import Principal
from siyu.core.analytics import Analytics
from siyu.core.clock import Clock
from siyu.core.context import Context
from siyu.core.db import Database
from siyu.core.errors import Forbidden
from siyu.people.kinds import SYNC_TAGS, SyncTags
from siyu.people.picture.loading import Sources
from siyu.people.rules.behaviours import doings
from siyu.people.tags import marking, queries, rules, triggers
from siyu.people.tags.checks import RuleChecks
from siyu.people.tags.librarian import Librarian
from siyu.people.tags.one import OneCustomer, marks_of
from siyu.people.tags.rule_schemas import (
    Hearable,
    RulePreview,
    RuleSaved,
    RuleView,
    TagRuleDraft,
)
from siyu.people.tags.schemas import (
    Estimate,
    MarkingStarted,
    MarkingView,
    MarkManyDraft,
    MarkOne,
    Marks,
    NewTags,
    TagChange,
    TagLibrary,
    TagOrder,
)
from siyu.people.tags.targets import Crowds


def _librarian(principal: Principal, db: Database, clock: Clock, wecom: WecomGateways) -> Librarian:
    if "tags.write" not in principal.actor.permissions:
        raise Forbidden(
            "permission_missing", "你的角色没有这项权限，请联系企业管理员在「员工与角色」中开通"
        )

    def work() -> AbstractAsyncContextManager[Context]:
        return acting(db, clock, principal)

    return Librarian(db, clock, wecom, principal.tenant_id, work)


class TagsController(Controller):
    """The library of tags: corp tags of WeCom, and internal ones."""

    path = "/api/tags"
    tags = ("tags",)

    @get()
    async def library(self, ctx: Context, analytics: Analytics) -> TagLibrary:
        """Return all tags by group."""
        ctx.require("tags.read")
        return await queries.tag_library(ctx, analytics)

    @post("/sync", status_code=202)
    async def sync(self, ctx: Context) -> None:
        """Read all tags from WeCom anew, in the background."""
        ctx.require("tags.write")
        await ctx.enqueue(SYNC_TAGS, SyncTags(), key="all")
        record(ctx, "tags.sync", "tags", "all")

    @post(status_code=204)
    async def create(
        self,
        principal: Principal,
        db: Database,
        clock: Clock,
        wecom: WecomGateways,
        data: JSONBody[NewTags],
    ) -> None:
        """Make tags, at WeCom if they are corp tags."""
        await _librarian(principal, db, clock, wecom).create(data)

    @patch("/{tag_id:int}", status_code=204)
    async def change(
        self,
        principal: Principal,
        db: Database,
        clock: Clock,
        wecom: WecomGateways,
        tag_id: int,
        data: JSONBody[TagChange],
    ) -> None:
        """Rename a tag, or move an internal one."""
        await _librarian(principal, db, clock, wecom).change_tag(tag_id, data)

    @delete("/{tag_id:int}", status_code=204)
    async def remove(
        self, principal: Principal, db: Database, clock: Clock, wecom: WecomGateways, tag_id: int
    ) -> None:
        """Delete a tag; customers lose it."""
        await _librarian(principal, db, clock, wecom).delete(tag_id=tag_id)

    @patch("/groups/{group_id:int}", status_code=204)
    async def change_group(
        self,
        principal: Principal,
        db: Database,
        clock: Clock,
        wecom: WecomGateways,
        group_id: int,
        data: JSONBody[TagChange],
    ) -> None:
        """Rename a group."""
        await _librarian(principal, db, clock, wecom).change_group(group_id, data)

    @delete("/groups/{group_id:int}", status_code=204)
    async def remove_group(
        self, principal: Principal, db: Database, clock: Clock, wecom: WecomGateways, group_id: int
    ) -> None:
        """Delete a group with its tags; customers lose them."""
        await _librarian(principal, db, clock, wecom).delete(group_id=group_id)

    @put("/order", status_code=204)
    async def order(
        self,
        principal: Principal,
        db: Database,
        clock: Clock,
        wecom: WecomGateways,
        data: JSONBody[TagOrder],
    ) -> None:
        """Bring groups, or the tags of one, into another order."""
        await _librarian(principal, db, clock, wecom).order(data)

    @post("/markings/estimate", status_code=200)
    async def estimate(
        self, ctx: Context, crowds: Crowds, data: JSONBody[MarkManyDraft]
    ) -> Estimate:
        """Tell what marking very many would take."""
        return await marking.estimate(ctx, crowds, data)

    @post("/markings", status_code=202)
    async def mark_many(
        self, ctx: Context, crowds: Crowds, data: JSONBody[MarkManyDraft]
    ) -> MarkingStarted:
        """Begin to mark very many; above 1,000 people the head count has to be confirmed."""
        return await marking.start(ctx, crowds, data)

    @get("/markings")
    async def markings(self, ctx: Context) -> list[MarkingView]:
        """Return the latest runs of marking very many."""
        return await marking.latest(ctx)

    @get("/rules")
    async def rules(self, ctx: Context) -> list[RuleView]:
        """Return the rules of automatic tags."""
        return await rules.rules(ctx)

    @get("/rules/behaviours")
    async def behaviours(self, ctx: Context) -> list[Hearable]:
        """Return the behaviours that can set a rule off."""
        ctx.require("tags.read")
        titles = doings()
        return [Hearable(t, titles[t].title) for t in titles if t in triggers.hearable()]

    @post("/rules")
    async def new_rule(
        self, ctx: Context, rule_checks: RuleChecks, data: JSONBody[TagRuleDraft]
    ) -> RuleSaved:
        """Make a rule; only what happens from now on sets it off."""
        return RuleSaved(await rules.save(ctx, rule_checks, data))

    @post("/rules/preview", status_code=200)
    async def preview(
        self, ctx: Context, rule_checks: RuleChecks, sources: Sources, data: JSONBody[TagRuleDraft]
    ) -> RulePreview:
        """Tell how many people a rule would have tagged in the last seven days."""
        return await rules.preview(ctx, rule_checks, sources, data)

    @put("/rules/{rule_id:int}", status_code=204)
    async def change_rule(
        self, ctx: Context, rule_checks: RuleChecks, rule_id: int, data: JSONBody[TagRuleDraft]
    ) -> None:
        """Change a rule, let it rest or go on."""
        await rules.save(ctx, rule_checks, data, rule_id)

    @delete("/rules/{rule_id:int}", status_code=204)
    async def remove_rule(self, ctx: Context, rule_id: int) -> None:
        """Take a rule away; tags it put on stay until their end."""
        await rules.remove(ctx, rule_id)


class CustomerTagsController(Controller):
    """The tags of one customer."""

    path = "/api/customers/{customer_id:int}/tags"
    tags = ("tags",)

    @get()
    async def show(self, ctx: Context, customer_id: int) -> Marks:
        """Return which tags the customer carries, why, by whom, and how long."""
        ctx.require("customers.read")
        return await marks_of(ctx, customer_id)

    @post(status_code=204)
    async def change(
        self,
        principal: Principal,
        db: Database,
        clock: Clock,
        wecom: WecomGateways,
        customer_id: int,
        data: JSONBody[MarkOne],
    ) -> None:
        """Put tags on the customer and take them off, corp tags at WeCom first."""
        work = OneCustomer(wecom, principal.tenant_id, lambda: acting(db, clock, principal))
        await work.change(customer_id, data)


controllers = [TagsController, CustomerTagsController]
