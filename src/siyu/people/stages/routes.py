"""HTTP doors of stages."""

from litestar import Controller, delete, get, patch, post, put

from siyu.accounts.audit import record
from siyu.core.context import Context
from siyu.people.customers.sight import require_sight
from siyu.people.stages import service
from siyu.people.stages.schemas import (
    ManyToStage,
    Moved,
    NewStage,
    StageEdit,
    StageHistory,
    StageList,
    StageOrder,
    StageView,
    ToStage,
)


class StagesController(Controller):
    """Stages customers go through."""

    path = "/api/stages"
    tags = ("stages",)

    @get()
    async def stages(self, ctx: Context) -> StageList:
        """Return the stages in their order, removed ones too: customers may still be in them."""
        ctx.require("customers.read")
        return StageList([service.view(stage) for stage in await service.stages(ctx, gone=True)])

    @post()
    async def create(self, ctx: Context, data: NewStage) -> StageView:
        """Make a stage."""
        return service.view(await service.create(ctx, data.name))

    @post("/usual", status_code=200)
    async def usual(self, ctx: Context) -> StageList:
        """Make the usual stages, where there are none yet."""
        return StageList([service.view(stage) for stage in await service.begin_usual(ctx)])

    @patch("/{stage_id:int}")
    async def change(self, ctx: Context, stage_id: int, data: StageEdit) -> StageView:
        """Rename a stage or bring it back."""
        return service.view(await service.change(ctx, stage_id, data))

    @delete("/{stage_id:int}")
    async def remove(self, ctx: Context, stage_id: int) -> None:
        """Remove a stage; who is in it stays there until moved."""
        await service.change(ctx, stage_id, StageEdit(gone=True))

    @put("/order", status_code=204)
    async def order(self, ctx: Context, data: StageOrder) -> None:
        """Put all living stages into an order."""
        await service.order(ctx, data.ids)


class CustomerStagesController(Controller):
    """Who is in which stage."""

    path = "/api/customers"
    tags = ("stages",)

    @get("/{customer_id:int}/stages")
    async def history(self, ctx: Context, customer_id: int) -> StageHistory:
        """Return through which stages a customer went, latest first."""
        ctx.require("customers.read")
        (number,) = await require_sight(ctx, [customer_id])
        return StageHistory(await service.history(ctx, number))

    @put("/{customer_id:int}/stage")
    async def one(self, ctx: Context, customer_id: int, data: ToStage) -> Moved:
        """Bring a customer to a stage, or to none."""
        ctx.require("customers.note")
        await require_sight(ctx, [customer_id])
        changed = await service.set_stage(ctx, [customer_id], data.stage_id, data.reason)
        if changed:
            record(ctx, "customer.stage", "customer", customer_id, stage=data.stage_id)
        return Moved(changed)

    @post("/stage", status_code=200)
    async def many(self, ctx: Context, data: ManyToStage) -> Moved:
        """Bring up to 1,000 customers to a stage."""
        ctx.require("customers.write")
        await require_sight(ctx, data.customer_ids)
        changed = await service.set_stage(ctx, data.customer_ids, data.stage_id, data.reason)
        record(ctx, "customer.stage", "customers", "many", stage=data.stage_id, changed=changed)
        return Moved(changed)


controllers = [StagesController, CustomerStagesController]
