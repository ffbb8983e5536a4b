"""`redirect`: how soon a tracked link leads on, at a steady rate, beside a bare redirect."""

from itertools import cycle, islice
from typing import Any, Final

from sqlalchemy import text

from siyu.accounts.models import Employee, StaffAccount
from siyu.bench.bare import Bare, bare_server
from siyu.bench.beside import beside, share
from siyu.bench.load import Load, request
from siyu.bench.stand import HOST, Stand, free_port, stand
from siyu.content.links import create_link
from siyu.content.pages.article import LINK_PATH
from siyu.content.schemas import MaterialDraft
from siyu.content.service import create_material, publish_material
from siyu.core.clock import SystemClock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.messaging.touches import NewTouch, create_touches

_LINKS: Final = 200
_TENANT: Final = 1
_CONNECTIONS: Final = 128
_CLICKS: Final = text("select count(*) from collect_inbox where kind = 'click'")


async def redirect(
    *, rate: float = 1_000, seconds: float = 10.0, rounds: int = 3
) -> dict[str, Any]:
    """Open tracked links at `rate` a second, each at its moment, whatever the earlier ones do.

    Measured is one `siyu web` process with its PostgreSQL, without a worker; each click is stored.
    The limit is a bare redirect; `ratio` is the limit's p99 over siyu's.
    """
    port = free_port()
    bare = Bare(302, ((b"location", b"/a/somewhere"), (b"content-length", b"0")))
    async with stand() as servers, bare_server(bare, port), servers.running("web"):
        slugs = await _links(servers)
        requests = [
            request("GET", f"{LINK_PATH}{slug}", host=HOST) for slug in islice(cycle(slugs), 1_000)
        ]

        def load(port: int) -> Load:
            return Load(port, requests, _CONNECTIONS, rate=rate, seconds=seconds)

        siyu, limit = await beside(
            lambda: load(servers.settings.port), lambda: load(port), rounds=rounds, expected=302
        )
        async with servers.db.system() as session:
            clicks = await session.scalar(_CLICKS)
    return {
        "benchmark": "redirect",
        "rate": siyu.per_second,
        "p50_ms": siyu.milliseconds(0.5),
        "p99_ms": siyu.milliseconds(0.99),
        "limit_p50_ms": limit.milliseconds(0.5),
        "limit_p99_ms": limit.milliseconds(0.99),
        "ratio": share(limit.milliseconds(0.99), siyu.milliseconds(0.99)),
        "redirected": siyu.sent,
        "clicks_stored": clicks,
        "rounds": rounds,
    }


async def _links(servers: Stand) -> list[str]:
    async with servers.db.tenant(_TENANT) as session:
        ctx = Context(_TENANT, SYSTEM_ACTOR, SystemClock(), session)
        employee = Employee(tenant_id=_TENANT, name="林小月", created_at=ctx.now())
        session.add(employee)
        await session.flush()
        account = StaffAccount(
            tenant_id=_TENANT, userid="linxiaoyue", name="林小月", employee_id=employee.id
        )
        session.add(account)
        await session.flush()
        draft = MaterialDraft(title="辅食怎么加", body="<p>六个月起。</p>")
        material = await publish_material(ctx, (await create_material(ctx, draft)).id)
        wanted = [NewTouch(kind="share", staff_account_id=account.id) for _ in range(_LINKS)]
        return [
            (
                await create_link(
                    ctx,
                    material,
                    touch_id=touch.id,
                    touch_slug=touch.slug,
                    staff_account_id=account.id,
                    sent_to=None,
                )
            ).slug
            for touch in await create_touches(ctx, wanted)
        ]
