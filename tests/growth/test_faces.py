"""A page shows the code of the staff account whose face it shows, and of nobody else."""

import pytest

from shop import open_shop
from siyu.accounts.models import StaffAccount
from siyu.growth.channels.models import Channel
from siyu.growth.live_codes.faces import picture_of_own_code
from siyu.growth.live_codes.models import LiveCode, LiveCodeStaff


@pytest.fixture
async def shop(db, clock, master, tenant_id):
    return await open_shop(db, clock, master, tenant_id)


async def code(shop, channel_id, name, accounts, state="active"):
    async with shop.work() as ctx:
        made = LiveCode(
            tenant_id=shop.tenant_id,
            name=name,
            channel_id=channel_id,
            state=state,
            state_token=f"{shop.tenant_id}-{name}",
            qr_file=f"{name}.png",
            created_at=ctx.now(),
        )
        ctx.session.add(made)
        await ctx.session.flush()
        for account in accounts:
            ctx.session.add(
                LiveCodeStaff(
                    tenant_id=shop.tenant_id, live_code_id=made.id, staff_account_id=account
                )
            )


async def test_the_latest_code_that_shows_nobody_else(shop):
    async with shop.work() as ctx:
        colleague = StaffAccount(
            tenant_id=shop.tenant_id, userid="wang", employee_id=shop.employee_id, name="小王"
        )
        channel = Channel(
            tenant_id=shop.tenant_id, name="包裹卡", kind="parcel_card", created_at=ctx.now()
        )
        ctx.session.add_all([colleague, channel])
        await ctx.session.flush()
        me, other, channel_id = shop.staff_account_id, colleague.id, channel.id
        assert await picture_of_own_code(ctx.session, shop.tenant_id, me) is None
    await code(shop, channel_id, "old", [me])
    await code(shop, channel_id, "mine", [me])
    await code(shop, channel_id, "ours", [me, other])
    await code(shop, channel_id, "gone", [me], state="removed")
    async with shop.work() as ctx:
        assert await picture_of_own_code(ctx.session, shop.tenant_id, me) == "/files/mine.png"
        assert await picture_of_own_code(ctx.session, shop.tenant_id, other) is None
