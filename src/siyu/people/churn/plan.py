"""What a tenant calls silent, and the words that show that somebody is sensitive to marketing."""

from typing import Final

from sqlalchemy.dialects.postgresql import insert

from siyu.accounts.audit import record
from siyu.core.context import Context
from siyu.core.errors import Invalid
from siyu.people.churn.models import ChurnPlan
from siyu.people.churn.schemas import ChurnPlanDraft, ChurnPlanView
from siyu.people.keywords import LONGEST, MOST_WORDS, tidy_words
from siyu.people.rules.language import AllOf, Behaviour, Friendship, NoneOf, Rule, Span

SILENT_DAYS: Final = 30
WORDS: Final = (
    "拉黑", "举报", "投诉", "退订", "骚扰", "别再发", "不要再发", "别发了", "不要发了", "别打扰",
    "不要打扰", "勿扰", "烦不烦", "太烦了", "删了你", "取消关注", "12315", "工商局", "垃圾广告",
    "td",
)  # fmt: skip
"""What customers of the trade write when they have had enough."""

ACTS: Final = (
    "link.clicked",
    "material.viewed",
    "site.event",
    "order.paid",
    "order.matched",
    "group.member_joined",
    "contact.added",
    "contact.readded",
)
"""What a customer does of their own accord, as far as siyu hears of it."""


async def plan_of(ctx: Context) -> ChurnPlanView:
    """Return the tenant's plan; the defaults where there is none."""
    plan = await ctx.session.get(ChurnPlan, ctx.tenant_id)
    if plan is None:
        return ChurnPlanView(SILENT_DAYS, list(WORDS), is_default=True)
    return ChurnPlanView(plan.silent_days, list(plan.words), is_default=False)


async def change_plan(ctx: Context, draft: ChurnPlanDraft) -> None:
    """Set the plan; words are looked for in what is written from now on."""
    ctx.require("churn.write")
    words = tidy_words(draft.words)
    if len(words) > MOST_WORDS:
        raise Invalid.field("words", "too_many", f"最多 {MOST_WORDS} 个词")
    if too_long := [word for word in words if len(word) > LONGEST]:
        raise Invalid.field("words", "too_long", f"「{too_long[0]}」超过 {LONGEST} 个字")
    values = {"silent_days": draft.silent_days, "words": words, "changed_at": ctx.now()}
    await ctx.session.execute(
        insert(ChurnPlan)
        .values(tenant_id=ctx.tenant_id, **values)
        .on_conflict_do_update(index_elements=["tenant_id"], set_=values)
    )
    record(ctx, "churn.plan", "churn_plan", "plan", words=len(words), days=draft.silent_days)


def silent_rule(plan: ChurnPlanView) -> Rule:
    """Return who is silent: a friend for at least so long who did nothing of their own accord.

    Messages are not among what siyu hears, so who only writes to staff counts as silent too.
    """
    return AllOf(
        (
            Friendship(states=("active",), added=Span(older=plan.silent_days)),
            NoneOf(tuple(Behaviour(act, within=Span(last=plan.silent_days)) for act in ACTS)),
        )
    )
