"""Whether an automatic tag can ever come: what its trigger names must be there."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from msgspec import structs

from siyu.core.context import Context
from siyu.core.errors import Invalid
from siyu.people.rules.language import Behaviour, Friendship, InAudience, Rule
from siyu.people.tags.triggers import Bought, Came, Crossed, Did, Said, Trigger, hearable


@runtime_checkable
class RuleChecks(Protocol):
    """Knows what rules of audiences can name; wired at the roof."""

    async def refuse_wrong(self, ctx: Context, rule: Rule) -> None:
        """Raise `Invalid` with every mistake of a rule."""
        ...

    async def keeps_itself(self, ctx: Context, audience_id: int) -> bool:
        """Tell whether it is told who comes into an audience and goes out of it.

        The audience is not put away until the transaction ends. Raises `NotFound`.
        """
        ...


async def refuse_wrong(ctx: Context, known: RuleChecks, trigger: Trigger) -> None:
    """Raise `Invalid` where a trigger names what is not there, or says nothing."""
    match trigger:
        case Did():
            if trigger.type not in hearable():
                raise Invalid.field("trigger.type", "unknown", "这种行为不能用来自动打标签")
            if trigger.where:
                await _check(ctx, known, Behaviour(trigger.type, where=trigger.where))
        case Bought():
            if trigger.orders is None and trigger.amount_fen is None:
                raise Invalid.field("trigger.orders", "required", "请填写订单数或成交额")
        case Came():
            channels, codes = trigger.channel_ids or None, trigger.live_code_ids or None
            await _check(ctx, known, Friendship(channel_ids=channels, live_code_ids=codes))
        case Crossed():
            await _check_audience(ctx, known, trigger.audience_id)
        case Said():
            _check_words(trigger.words)


def _check_words(words: Sequence[str]) -> None:
    for number, word in enumerate(words):
        if not word.strip() or not word.isprintable():
            place = f"trigger.words[{number}]"
            raise Invalid.field(place, "invalid", "关键词不能为空，也不能含换行等控制字符")


async def _check_audience(ctx: Context, known: RuleChecks, audience_id: int) -> None:
    if not ctx.may("audiences.read"):
        # The same answer as for one that is not there.
        raise Invalid.field("trigger.audience_id", "unknown", "人群包不存在或已删除")
    await _check(ctx, known, InAudience(audience_id))
    if not await known.keeps_itself(ctx, audience_id):
        raise Invalid.field(
            "trigger.audience_id",
            "not_dynamic",
            "请选择自动更新的人群：其他人群有谁进出时，系统不会知道",
        )


async def _check(ctx: Context, known: RuleChecks, rule: Rule) -> None:
    """Check what a trigger says as the rule of an audience would say it."""
    try:
        await known.refuse_wrong(ctx, rule)
    except Invalid as wrong:
        errors = [
            structs.replace(error, field=f"trigger{error.field.removeprefix('rule')}")
            for error in wrong.errors
        ]
        raise Invalid("trigger_invalid", wrong.detail, errors=errors) from None
