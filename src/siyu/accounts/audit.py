"""The audit log: privileged deeds, written in the transaction of the deed."""

from typing import Any

from siyu.accounts.models import AuditEntry
from siyu.core.context import Context


def record(ctx: Context, action: str, target_kind: str, target_id: object, **details: Any) -> None:
    """Note that the actor did `action`, such as `live_code.create`, to a thing.

    `details` say what changed; they hold neither secrets nor personal data.
    """
    ctx.session.add(
        AuditEntry(
            tenant_id=ctx.tenant_id,
            at=ctx.now(),
            actor_kind=ctx.actor.kind,
            actor_id=ctx.actor.id,
            actor_name=ctx.actor.name,
            action=action,
            target_kind=target_kind,
            target_id=str(target_id),
            details=details,
            ip=ctx.request.get("ip", ""),
        )
    )
