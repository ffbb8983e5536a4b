"""Asking for builds: each audience has at most one that waits or is at work."""

from typing import Final

from siyu.accounts.audit import record
from siyu.core.context import Context
from siyu.core.errors import Conflict
from siyu.core.jobs.progress import JobRun
from siyu.people.audiences.kinds import BUILD, FOLLOW, Build, Follow
from siyu.people.audiences.models import Audience

GOING_ON: Final = frozenset({"waiting", "running"})


async def begin_build(ctx: Context, audience: Audience) -> int:
    """Have an audience (that is locked) built; return the run that tells of it.

    A build that goes on takes the change in, or is followed by another.
    """
    audience.state = "building" if audience.built_version is None else "behind"
    run = await run_of(ctx, audience)
    if run is None or run.state not in GOING_ON:
        run = await new_run(ctx, audience)
    await ctx.enqueue(BUILD, Build(audience.id, run.id), key=str(audience.id))
    return run.id


async def new_run(ctx: Context, audience: Audience) -> JobRun:
    """Open another run of an audience's builds."""
    run = JobRun(
        tenant_id=ctx.tenant_id,
        kind=BUILD.name,
        title=f"{BUILD.title}「{audience.name}」",
        payload={"audience_id": audience.id},
        created_by=ctx.actor.id,
        created_at=ctx.now(),
    )
    ctx.session.add(run)
    await ctx.session.flush()
    audience.run_id = run.id
    return run


async def run_of(ctx: Context, audience: Audience, *, for_update: bool = False) -> JobRun | None:
    """Return the latest run of an audience's builds."""
    if audience.run_id is None:
        return None
    return await ctx.session.get(
        JobRun, (ctx.tenant_id, audience.run_id), with_for_update=for_update
    )


async def cancel(ctx: Context, audience: Audience) -> None:
    """Ask the build that goes on to stop; raises `Conflict` when there is none."""
    run = await run_of(ctx, audience, for_update=True)
    if run is None or run.state not in GOING_ON:
        raise Conflict("audience_not_building", "这个人群没有正在进行的构建")
    run.state = "cancelling"
    record(ctx, "audience.cancel_build", "audience", audience.id)


async def others_follow(ctx: Context, audience_id: int) -> None:
    """Have those built anew, in the background, that stand on an audience whose meaning changed."""
    await ctx.enqueue(FOLLOW, Follow(audience_id), key=str(audience_id))
