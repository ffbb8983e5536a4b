"""What an employee does about who is who: joins, cuts apart, answers suggestions."""

from sqlalchemy import update

from siyu.accounts.audit import record
from siyu.core.context import Context
from siyu.core.errors import Conflict, NotFound
from siyu.people.customers.sight import require_sight
from siyu.people.identity.evidence import CONFIDENCE, Evidence
from siyu.people.identity.holding import branch, lock_owners, lock_survivors
from siyu.people.identity.identities import Why, identities_of
from siyu.people.identity.mergers import cut, forget_refusals, merge, refuse
from siyu.people.identity.models import MergeCandidate
from siyu.people.models import Identity


async def merge_people(ctx: Context, one: int, other: int, reason: str) -> int:
    """Let two customers be one; return the older, which stays.

    Raises `Conflict` where they are one already. What was said against it before is forgotten.
    """
    ctx.require("customers.write")
    await require_sight(ctx, [one, other])
    pair = set((await lock_survivors(ctx, [one, other])).values())
    if len(pair) == 1:
        raise Conflict("already_merged", "这两位客户已经是同一个人")
    stays = await _merge(ctx, min(pair), max(pair), _why(ctx, "manual", reason))
    record(ctx, "customer.merge", "customer", stays, absorbed=max(pair))
    return stays


async def unmerge(ctx: Context, customer_id: int, person_id: int, reason: str) -> int:
    """Take somebody who was merged into a customer out again; return who that is now.

    Both keep exactly their own, and no rule joins them again. Raises `Conflict` where they are
    not one (any more).
    """
    ctx.require("customers.write")
    await require_sight(ctx, [customer_id])
    root = (await lock_survivors(ctx, [customer_id]))[customer_id]
    if person_id == root or person_id not in await branch(ctx, root):
        raise Conflict("not_merged", "这两位客户没有合并，或已经拆分")
    await cut(ctx, root, person_id, _why(ctx, "unmerge", reason))
    await refuse(ctx, root, person_id, ctx.actor.id, reason.strip())
    record(ctx, "customer.unmerge", "customer", root, freed=person_id)
    return person_id


async def decide(ctx: Context, candidate_id: int, *, accept: bool, reason: str = "") -> int:
    """Answer a suggestion; return the customer of its first id. The answer is remembered."""
    ctx.require("customers.write")
    candidate = await ctx.session.get(MergeCandidate, (ctx.tenant_id, candidate_id))
    if candidate is None:
        raise NotFound("candidate_unknown", "合并建议不存在")
    one, other = [
        await ctx.session.get_one(Identity, (ctx.tenant_id, number))
        for number in (candidate.one_id, candidate.other_id)
    ]
    # The customers before the suggestion, as whoever merges them does.
    pair = await lock_owners(ctx, [one, other])
    await require_sight(ctx, pair)
    await ctx.session.refresh(candidate, with_for_update=True)
    if candidate.state != "open":
        raise Conflict("candidate_decided", "这条建议已有人处理过")
    candidate.state = "accepted" if accept else "refused"
    candidate.decided_at, candidate.employee_id = ctx.now(), ctx.actor.id
    candidate.reason = reason.strip()
    await ctx.session.flush()
    if accept and len(pair) > 1:
        await _merge(ctx, min(pair), max(pair), _why(ctx, "manual", reason))
    elif not accept:
        if len(pair) == 1:
            raise Conflict("already_merged", "这两位客户已经是同一个人；如有误请拆分")
        await refuse(ctx, min(pair), max(pair), ctx.actor.id, reason.strip())
    action = "customer.candidate_accept" if accept else "customer.candidate_refuse"
    record(ctx, action, "customer", min(pair), other=max(pair), evidence=candidate.evidence)
    return one.customer_id


def _why(ctx: Context, evidence: Evidence, reason: str) -> Why:
    return Why(evidence, CONFIDENCE[evidence], ctx.actor.id, reason.strip())


async def _merge(ctx: Context, one: int, other: int, why: Why) -> int:
    await forget_refusals(ctx, one, other)
    stays = await merge(ctx, one, other, why)
    await _answer(ctx, stays)
    return stays


async def _answer(ctx: Context, customer_id: int) -> None:
    """Suggestions within a person who is one by now have their answer."""
    ids = [identity.id for identity in await identities_of(ctx, customer_id)]
    await ctx.session.execute(
        update(MergeCandidate)
        .where(
            MergeCandidate.tenant_id == ctx.tenant_id,
            MergeCandidate.state == "open",
            MergeCandidate.one_id.in_(ids),
            MergeCandidate.other_id.in_(ids),
        )
        .values(state="accepted", decided_at=ctx.now(), employee_id=ctx.actor.id)
        .execution_options(synchronize_session=False)
    )
