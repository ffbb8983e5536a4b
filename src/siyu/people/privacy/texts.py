"""Texts of the enterprise's own in which somebody may be named: kept lists, rules, names of files.

They belong to no person's rows, so no number leads to them. On an erasure they are searched for the
person's phone numbers and names, letter by letter. What only names something is blanked; a text
that does something (a rule, a kept list) is reported, for a person to look at: blanking it would
change whom it is about, and a name may be somebody else's as well.
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, String, Text, cast, func, literal, or_, select, update

from siyu.core.context import Context
from siyu.core.vault import Vault
from siyu.people.identity.phones import PHONE
from siyu.people.models import Customer, CustomerPrivate
from siyu.people.picture.loading import among
from siyu.people.privacy.models import Erasure
from siyu.people.privacy.places import PersonIds, table_named

_SHORTEST: Final = 2
"""A name of one letter stands in every other text."""
_SHOWN: Final = 50
"""So many places of a kind are named; the count is of all."""
_BLANK: Final = "（已删除）"


class _Texts(NamedTuple):
    """Columns of a table, texts or documents; `key` is the number people know the thing by."""

    table: str
    title: str
    columns: Sequence[str]
    key: str = "id"


_REPORTED: Final = (
    _Texts("customer_list_view", "保存的客户视图", ("name", "filters", "rule")),
    _Texts("audience", "人群的名称和说明", ("name", "description")),
    _Texts("audience_version", "人群的条件（含历史版本）", ("rule",), key="audience_id"),
    _Texts("audience_use", "人群的使用记录", ("purpose", "rule"), key="audience_id"),
    _Texts("tag_rule", "自动标签规则", ("name", "trigger", "reason")),
    _Texts("tag_marking", "批量打标签", ("target", "reason"), key="run_id"),
    _Texts("erasure", "其他删除申请的说明", ("note",)),
)
_BLANKED: Final = (
    _Texts("people_import", "导入文件", ("name", "header")),
    _Texts("job_run", "任务", ("title", "note")),
)


async def words_of(ctx: Context, vault: Vault, person: PersonIds) -> set[str]:
    """Return what a person may be named by in a text: their phone numbers and names."""
    words = set(
        await ctx.session.scalars(
            select(Customer.name).where(
                Customer.tenant_id == ctx.tenant_id, among(Customer.id, person.customer_ids)
            )
        )
    )
    profile = table_named("identity_profile")
    words |= set(
        await ctx.session.scalars(
            select(profile.c.name).where(
                profile.c.tenant_id == ctx.tenant_id,
                among(profile.c.identity_id, person.identity_ids),
            )
        )
    )
    phones = await ctx.session.scalars(
        select(CustomerPrivate.ciphertext).where(
            CustomerPrivate.tenant_id == ctx.tenant_id,
            CustomerPrivate.kind == PHONE,
            among(CustomerPrivate.identity_id, person.identity_ids),
        )
    )
    # Chinese ones are written with and without the country.
    words |= {vault.decrypt(PHONE, each).removeprefix("+86") for each in phones}
    return {word for word in words if len(word) >= _SHORTEST}


async def clear(ctx: Context, words: set[str], person: PersonIds) -> list[dict[str, Any]]:
    """Blank the names of things that name a person; return where else they are named.

    Of each kind of text: its `title`, how many (`count`) and which (`ids`, the first ones).
    """
    # What was noted beside requests that came to nothing goes with the person.
    await ctx.session.execute(
        update(Erasure)
        .where(
            Erasure.tenant_id == ctx.tenant_id,
            Erasure.state.in_(("withdrawn", "done")),
            among(Erasure.customer_id, person.customer_ids),
        )
        .values(customer_id=None, note="")
        .execution_options(synchronize_session=False)
    )
    if not words:
        return []
    for texts in _BLANKED:
        await _blank(ctx, texts, words)
    found = []
    for texts in _REPORTED:
        table = table_named(texts.table)
        named = or_(*(_names(table.c[name], words) for name in texts.columns))
        number = table.c[texts.key]
        mine = select(number).where(table.c.tenant_id == ctx.tenant_id, named).distinct()
        ids = (await ctx.session.scalars(mine.order_by(number.desc()))).all()
        if ids:
            found.append({"title": texts.title, "count": len(ids), "ids": list(ids[:_SHOWN])})
    return found


async def _blank(ctx: Context, texts: _Texts, words: set[str]) -> None:
    table = table_named(texts.table)
    for name in texts.columns:
        column = table.c[name]
        blank: Any = _BLANK if isinstance(column.type, String) else []
        await ctx.session.execute(
            update(table)
            .where(table.c.tenant_id == ctx.tenant_id, _names(column, words))
            .values({name: blank})
        )


def _names(column: ColumnElement[Any], words: set[str]) -> ColumnElement[bool]:
    text = func.lower(cast(column, Text))
    return or_(*(func.strpos(text, func.lower(literal(word))) > 0 for word in sorted(words)))
