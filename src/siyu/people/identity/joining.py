"""Rules that bring people together: an id is claimed for a person, on evidence.

An id that is known as somebody else's joins the two persons where both claims are at least
strong; a strong claim takes an id away from a weak one; whatever is weak becomes a suggestion.
What an employee has cut apart or refused no rule joins again: it becomes a suggestion, once.
"""

from siyu.core.context import Context
from siyu.people.identity.candidates import suggest
from siyu.people.identity.evidence import CONFIDENCE, Evidence, sure_enough, surer, weaker
from siyu.people.identity.holding import lock_owners
from siyu.people.identity.identities import UNIONID, Why, homes_of, identify, identities_of
from siyu.people.identity.mergers import merge, refused, take
from siyu.people.models import Identity


async def join(ctx: Context, identity: Identity, unionid: str) -> int:
    """Note that an identity has this unionid; return the customer it belongs to from now on.

    The same unionid is the same person (one Open Platform account), so where the two belonged to
    different customers, the younger customer's identities move to the older one.
    """
    await claim(ctx, identity, UNIONID, "", unionid, "unionid")
    return identity.customer_id


async def claim(
    ctx: Context, via: Identity, kind: str, scope: str, value: str, evidence: Evidence
) -> Identity:
    """Note that the person of `via` has this id too, and do what follows from it; return it."""
    sure = weaker(CONFIDENCE[evidence], via.confidence)
    target = await identify(
        ctx, kind, scope, value, customer_id=via.own, evidence=evidence, confidence=sure
    )
    await claim_known(ctx, via, target, evidence)
    return target


async def claim_known(ctx: Context, via: Identity, target: Identity, evidence: Evidence) -> None:
    """Note that the person of `via` has the id `target` too, which is already known."""
    why = Why(evidence, weaker(CONFIDENCE[evidence], via.confidence))
    better = surer(why.confidence, target.confidence)
    if via.own == target.own and not better:
        return
    for identity in (via, target):
        await ctx.session.refresh(identity)
    if via.customer_id == target.customer_id and not better:
        return
    if sure_enough(why.confidence):
        await lock_owners(ctx, [via, target])
        await _settle(ctx, via, target, why)
    elif not await refused(ctx, via.customer_id, target.customer_id):
        await suggest(ctx, via.id, target.id, why)


async def _settle(ctx: Context, via: Identity, target: Identity, why: Why) -> None:
    """Decide what a claim that is at least strong does; both customers are locked."""
    known = sure_enough(target.confidence)
    if via.customer_id == target.customer_id:
        if surer(why.confidence, target.confidence):
            await take(ctx, target, via, why)
    elif await refused(ctx, via.customer_id, target.customer_id):
        await suggest(ctx, via.id, target.id, why)
    elif known or await _stands_alone(ctx, target):
        if not known:
            target.confidence = why.confidence
        await merge(ctx, via.customer_id, target.customer_id, why)
    else:
        left = target.customer_id
        await take(ctx, target, via, why)
        home = (await homes_of(ctx, [left]))[left]
        await suggest(ctx, via.id, home, Why(why.evidence, "weak"))


async def _stands_alone(ctx: Context, identity: Identity) -> bool:
    """Tell whether nothing but this id is known of a person: then the person is the id."""
    return len(await identities_of(ctx, identity.customer_id)) == 1
