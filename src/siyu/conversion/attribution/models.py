"""What orders are owed to."""

from datetime import datetime
from typing import Final

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from siyu.core.db import TenantBase
from siyu.core.db.base import tenant_key

METHODS: Final = ("touch", "window", "none")


class Attribution(TenantBase):
    """The one present verdict on an order. `amount_fen` is what is left after refunds.

    `method` is `touch` when the touch's id came back with the order, `window` when it is the
    person's last touch within the window, `none` when the order is owed to nobody.
    """

    __tablename__ = "attribution"
    __table_args__ = (
        CheckConstraint(f"method in {METHODS}", name="method"),
        CheckConstraint("amount_fen >= 0", name="amount"),
        CheckConstraint("(method = 'none') = (touch_id is null)", name="owed"),
        UniqueConstraint("tenant_id", "order_id"),
        Index("ix_attribution_staff", "tenant_id", "staff_account_id"),
        Index("ix_attribution_channel", "tenant_id", "channel_id"),
        Index("ix_attribution_touch", "tenant_id", "touch_id"),
        tenant_key("order_id", "sales_order"),
        tenant_key("touch_id", "touch"),
        tenant_key("staff_account_id", "staff_account"),
    )

    order_id: Mapped[int]
    method: Mapped[str]
    touch_id: Mapped[int | None]
    channel_id: Mapped[int | None]
    material_id: Mapped[int | None]
    staff_account_id: Mapped[int | None]
    amount_fen: Mapped[int]
    attributed_at: Mapped[datetime]
