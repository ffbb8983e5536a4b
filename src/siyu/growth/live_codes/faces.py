"""The code by which a customer adds one certain staff account, for pages that show a face."""

from sqlalchemy import and_, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from siyu.content.queries import file_url
from siyu.growth.live_codes.models import LiveCode, LiveCodeStaff


async def picture_of_own_code(
    session: AsyncSession, tenant_id: int, staff_account_id: int
) -> str | None:
    """Return the address of the picture of the account's latest code that shows nobody else."""
    other = aliased(LiveCodeStaff)
    shared = exists().where(
        other.tenant_id == tenant_id,
        other.live_code_id == LiveCode.id,
        other.staff_account_id != staff_account_id,
    )
    key = await session.scalar(
        select(LiveCode.qr_file)
        .join(
            LiveCodeStaff,
            and_(
                LiveCodeStaff.tenant_id == LiveCode.tenant_id,
                LiveCodeStaff.live_code_id == LiveCode.id,
            ),
        )
        .where(
            LiveCode.tenant_id == tenant_id,
            LiveCode.state == "active",
            LiveCode.qr_file != "",
            LiveCodeStaff.staff_account_id == staff_account_id,
            ~shared,
        )
        .order_by(LiveCode.id.desc())
        .limit(1)
    )
    return file_url(key)
