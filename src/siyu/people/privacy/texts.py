"""Texts of the enterprise's own in which somebody may be named: kept lists, rules, names of files.

They belong to no person's rows, so no number leads to them. On an erasure they are searched for the
person's phone numbers and names. What only names something is blanked; a text that does something
(a rule, a kept list, a file that waits to be imported) is reported, for a person to look at:
blanking it would change whom it is about, and a name may be somebody else's as well. For the same
reason a short name counts only where it is the whole text: it stands in half of all others.
"""

from collections.abc import Collection, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Text,
    and_,
    case,
    cast,
    column,
    exists,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by

from siyu.core.context import Context
from siyu.core.db import among
from siyu.core.vault import Vault
from siyu.people.exchange.kinds import CHECK, IMPORT
from siyu.people.identity.phones import PHONE
from siyu.people.models import Customer, CustomerPrivate
from siyu.people.privacy.models import Erasure
from siyu.people.privacy.places import PersonIds, table_named

_SHORTEST: Final = 2
"""A name of one letter stands in every other text."""
_TELLING: Final = 4
"""From so many letters on a name tells of somebody also in the midst of a text."""
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
    _Texts("people_act", "批量操作填写的内容", ("act",), key="run_id"),
    # What of these may be blanked is by now; the rest waits to be imported, or says more.
    _Texts("people_import", "导入文件的名称和表头", ("name", "header")),
    _Texts("job_run", "任务的标题", ("title",)),
)


class Words(NamedTuple):
    """What a person may be named by in a text."""

    phones: frozenset[str]
    names: frozenset[str]


async def words_of(ctx: Context, vault: Vault, person: PersonIds) -> Words:
    """Return what a person may be named by in a text: their phone numbers and names."""
    names = set(
        await ctx.session.scalars(
            select(Customer.name).where(
                Customer.tenant_id == ctx.tenant_id, among(Customer.id, person.customer_ids)
            )
        )
    )
    profile = table_named("identity_profile")
    names |= set(
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
    numbers = {vault.decrypt(PHONE, each).removeprefix("+86") for each in phones}
    stripped = {name.strip() for name in names}
    return Words(frozenset(numbers), frozenset(name for name in stripped if len(name) >= _SHORTEST))


async def clear(ctx: Context, words: Words, person: PersonIds) -> list[dict[str, Any]]:
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
    if not any(words):
        return []
    await _blank_imports(ctx, words)
    await _blank_notes(ctx, words)
    await _blank_acts(ctx, words)
    found = []
    for texts in _REPORTED:
        table = table_named(texts.table)
        named = or_(*(_in(table.c[name], words) for name in texts.columns))
        number = table.c[texts.key].label("number")
        each = select(number).where(table.c.tenant_id == ctx.tenant_id, named).distinct().subquery()
        rows = await ctx.session.execute(
            select(each.c.number, func.count().over()).order_by(each.c.number.desc()).limit(_SHOWN)
        )
        if shown := rows.all():
            ids = [row[0] for row in shown]
            found.append({"title": texts.title, "count": shown[0][1], "ids": ids})
    return found


async def _blank_imports(ctx: Context, words: Words) -> None:
    """Blank names of files, also in titles of their runs, and cells of headers.

    Not of files that wait to be imported, or to go on: that would break them.
    """
    files, runs = table_named("people_import"), table_named("job_run")
    its = runs.alias("its")
    done = exists().where(
        its.c.tenant_id == files.c.tenant_id, its.c.id == files.c.run_id, its.c.state == "done"
    )
    over = and_(files.c.tenant_id == ctx.tenant_id, or_(files.c.file == "", done))
    stem = func.regexp_replace(files.c.name, r"\.[^.]*$", "")
    named = or_(_names(files.c.name, words), _is(stem, words))
    length = func.length(files.c.name)
    about = (
        select(runs.c.id, func.left(runs.c.title, func.length(runs.c.title) - length).label("kept"))
        .join(files, files.c.tenant_id == runs.c.tenant_id)
        .where(
            over,
            named,
            runs.c.kind.in_((IMPORT.name, CHECK.name)),
            runs.c.payload["import_id"].astext == cast(files.c.id, Text),
            func.right(runs.c.title, length) == files.c.name,
        )
        .subquery()
    )
    await ctx.session.execute(
        update(runs)
        .where(runs.c.tenant_id == ctx.tenant_id, runs.c.id == about.c.id)
        .values(title=about.c.kept + _BLANK)
    )
    await ctx.session.execute(update(files).where(over, named).values(name=_BLANK))
    cells = (
        func.jsonb_array_elements(files.c.header)
        .table_valued(column("cell", JSONB), with_ordinality="place", name="cells")
        .render_derived()
    )
    cell = cells.c.cell
    theirs = or_(_is(_text(cell), words), _holds_phone(_text(cell), words))
    kept = case((theirs, literal("", JSONB)), else_=cell)
    await ctx.session.execute(
        update(files)
        .where(over, exists(select(1).select_from(cells).where(theirs)))
        .values(
            header=select(func.jsonb_agg(aggregate_order_by(kept, cells.c.place)))
            .select_from(cells)
            .scalar_subquery()
        )
    )


async def _blank_notes(ctx: Context, words: Words) -> None:
    """Blank what runs say with a phone number in it. All else they say is siyu's own words."""
    runs = table_named("job_run")
    await ctx.session.execute(
        update(runs)
        .where(runs.c.tenant_id == ctx.tenant_id, _holds_phone(runs.c.note, words))
        .values(note=_BLANK, said={})
    )


async def _blank_acts(ctx: Context, words: Words) -> None:
    """Let go of what was written for many at once and names the person, where it is done."""
    acts, runs = table_named("people_act"), table_named("job_run")
    done = exists().where(
        runs.c.tenant_id == acts.c.tenant_id, runs.c.id == acts.c.run_id, runs.c.state == "done"
    )
    written: ColumnElement[Any] = literal_column("'{value,reason}'::text[]")
    await ctx.session.execute(
        update(acts)
        .where(acts.c.tenant_id == ctx.tenant_id, done, _in(acts.c.act, words))
        .values(act=acts.c.act.op("-", return_type=JSONB())(written))
    )


def _in(where: ColumnElement[Any], words: Words) -> ColumnElement[bool]:
    """Whether a text names the person, or a value in a document; keys are siyu's own."""
    if not isinstance(where.type, JSONB):
        return _names(where, words)
    path: ColumnElement[Any] = literal_column("'strict $.**'::jsonpath")
    value = func.jsonb_path_query(where, path, type_=JSONB).column_valued("value")
    kind = func.jsonb_typeof(value)
    return exists(
        select(1).where(
            or_(
                and_(kind == "string", _names(_text(value), words)),
                and_(kind == "number", _holds_phone(_text(value), words)),
            )
        )
    )


def _names(text: ColumnElement[str], words: Words) -> ColumnElement[bool]:
    telling = {name for name in words.names if len(name) >= _TELLING}
    return or_(_holds_phone(text, words), _is(text, words), _holds(text, telling))


def _holds_phone(text: ColumnElement[str], words: Words) -> ColumnElement[bool]:
    return _holds(text, words.phones)


def _holds(text: ColumnElement[str], words: Collection[str]) -> ColumnElement[bool]:
    lower = func.lower(text)
    held = (func.strpos(lower, func.lower(literal(word))) > 0 for word in sorted(words))
    return or_(false(), *held)


def _is(text: ColumnElement[str], words: Words) -> ColumnElement[bool]:
    lower = func.lower(func.btrim(text))
    return or_(false(), *(lower == func.lower(literal(name)) for name in sorted(words.names)))


def _text(value: ColumnElement[Any]) -> ColumnElement[str]:
    """Return what a JSON string says, without its quotes and escapes."""
    return value.op("#>>", return_type=Text())(literal_column("'{}'::text[]"))
