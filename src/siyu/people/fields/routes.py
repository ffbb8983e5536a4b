"""HTTP doors of custom fields."""

from litestar import Controller, delete, get, patch, post, put

from siyu.accounts.audit import record
from siyu.core.context import Context
from siyu.people.customers.sight import require_sight
from siyu.people.fields import service
from siyu.people.fields.schemas import (
    Changed,
    FieldChange,
    FieldList,
    FieldValueList,
    FieldValues,
    FieldView,
    ManyFieldValues,
    NewField,
    Order,
)
from siyu.people.fields.values import set_fields, values_of


class FieldsController(Controller):
    """Custom fields of customers."""

    path = "/api/fields"
    tags = ("fields",)

    @get()
    async def fields(self, ctx: Context) -> FieldList:
        """Return the fields whose values the reader may see; managers see removed ones too."""
        ctx.require("customers.read")
        known = await service.fields(ctx, gone=ctx.may("fields.write"))
        return FieldList([service.view(field) for field in known if service.sees(ctx, field)])

    @post()
    async def create(self, ctx: Context, data: NewField) -> FieldView:
        """Make a field."""
        return service.view(await service.create(ctx, data))

    @patch("/{field_id:int}")
    async def change(self, ctx: Context, field_id: int, data: FieldChange) -> FieldView:
        """Change a field."""
        return service.view(await service.change(ctx, field_id, data))

    @delete("/{field_id:int}")
    async def remove(self, ctx: Context, field_id: int) -> None:
        """Remove a field; what was noted in it is kept, should it come back."""
        await service.change(ctx, field_id, FieldChange(gone=True))

    @put("/order", status_code=204)
    async def order(self, ctx: Context, data: Order) -> None:
        """Put all living fields into an order."""
        await service.order(ctx, data.ids)


class FieldValuesController(Controller):
    """What is noted of customers."""

    path = "/api/customers"
    tags = ("fields",)

    @get("/{customer_id:int}/fields")
    async def values(self, ctx: Context, customer_id: int) -> FieldValueList:
        """Return what is noted of a customer, as far as the reader may see it."""
        ctx.require("customers.read")
        (number,) = await require_sight(ctx, [customer_id])
        return FieldValueList(await values_of(ctx, number))

    @put("/{customer_id:int}/fields")
    async def one(self, ctx: Context, customer_id: int, data: FieldValues) -> Changed:
        """Note values of one customer; a null clears."""
        ctx.require("customers.note")
        await require_sight(ctx, [customer_id])
        changed = await set_fields(ctx, [customer_id], data.values)
        if changed:
            record(ctx, "customer.fields", "customer", customer_id, fields=sorted(data.values))
        return Changed(changed)

    @post("/fields", status_code=200)
    async def many(self, ctx: Context, data: ManyFieldValues) -> Changed:
        """Note the same values of up to 1,000 customers."""
        ctx.require("customers.write")
        await require_sight(ctx, data.customer_ids)
        changed = await set_fields(ctx, data.customer_ids, data.values)
        fields = sorted(data.values)
        record(ctx, "customer.fields", "customers", "many", fields=fields, changed=changed)
        return Changed(changed)


controllers = [FieldsController, FieldValuesController]
