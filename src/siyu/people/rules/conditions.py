"""Conditions of statements, each with its values.

A `?` stands for the next of the values; values never become part of a statement's text.
"""

from datetime import date
from typing import Any, Final

from siyu.core.analytics.schema import PROPERTY_COLUMNS
from siyu.people.rules.attributes import Source, fold
from siyu.people.rules.behaviours import Property, property_of
from siyu.people.rules.language import Attribute, Where
from siyu.people.rules.terms import Window

Value = tuple[Any, str]
"""A value and its type in the engine."""
Condition = tuple[str, tuple[Value, ...]]
COMPARED: Final = {"eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_DAY_ONE: Final = date(1970, 1, 1)


def choice(leaf: Attribute, source: Source) -> Condition:
    """Return the condition of an attribute with choices."""
    given = tuple(source.encode(value) for value in leaf.values or ()), f"Array({source.type})"
    fits = f"hasAny({source.column}, ?)" if source.many else f"{source.column} IN ?"
    return _other(fits, source) if leaf.op == "not_in" else fits, (given,)


def _other(fits: str, source: Source) -> str:
    """Return the condition that there is a value, and another one."""
    return f"NOT ({fits})" + (f" AND NOT ({source.absent})" if source.absent else "")


def within(column: str, span: Window) -> Condition:
    """Return the condition that a moment lies in a window."""
    text = f"{column} < fromUnixTimestamp64Micro(?, 'UTC')"
    if span.start is None:
        return text, ((span.end, "Int64"),)
    text = f"{column} >= fromUnixTimestamp64Micro(?, 'UTC') AND {text}"
    return text, ((span.start, "Int64"), (span.end, "Int64"))


def days(since: date | None, until: date | None) -> Condition:
    """Return the condition that a day lies between two days."""
    given = [
        (f"toInt32(day) {sign} ?", ((border - _DAY_ONE).days, "Int32"))
        for border, sign in ((since, ">="), (until, "<="))
        if border is not None
    ]
    return " AND ".join(text for text, _ in given), tuple(value for _, value in given)


def text_fits(op: str, text: str, source: Source) -> Condition:
    """Return the condition of a text."""
    column = source.column
    same = f"has({column}, ?)" if source.many else f"{column} = ?"
    each = f"arrayExists(one -> {{}}, {column})" if source.many else "{}"
    one = "one" if source.many else column
    fits = {
        "eq": same,
        "ne": _other(same, source),
        "starts": each.format(f"startsWith({one}, ?)"),
        "contains": each.format(f"position({one}, ?) > 0"),
    }
    return fits[op], ((fold(text).decode(), "String"),)


def property_fits(type_: str, where: Where) -> Condition:
    """Return the condition of a property of a fact; one that cannot be asked fits nothing."""
    found = property_of(type_, where.name)
    if found is None:
        return "0", ()
    if found.kind == "open":
        return _open(where)
    column, named = _column(found)
    if where.op == "in":
        kind = "UInt64" if found.kind == "thing" else "String"
        if found.kind == "number":
            kind = "Int64"
        return f"{column} IN ?", (*named, (where.values, f"Array({kind})"))
    return f"{column} {COMPARED[where.op]} ?", (*named, (where.number, "Float64"))


def _column(found: Property) -> Condition:
    # A column of its own holds 0 where the property is absent; no id is 0, no choice is empty.
    if found.name in PROPERTY_COLUMNS and (
        found.always or found.kind in {"thing", "choice", "text"}
    ):
        return found.name, ()
    kinds = {"thing": "UInt64", "flag": "Bool", "choice": "String", "text": "String"}
    kind = kinds.get(found.kind, "Int64" if found.whole else "Float64")
    return f"JSONExtract(properties, ?, 'Nullable({kind})')", ((found.name, "String"),)


def _open(where: Where) -> Condition:
    path: tuple[Value, ...] = tuple((part, "String") for part in where.name.split(".", 1))
    number = "JSONType(properties, ?, ?) IN ('Int64', 'UInt64', 'Double')"
    figure = f"{number} AND JSONExtractFloat(properties, ?, ?)"
    if where.op != "in":
        return f"{figure} {COMPARED[where.op]} ?", (*path, *path, (where.number, "Float64"))
    figures = tuple(float(value) for value in where.values or () if not isinstance(value, str))
    words = tuple(value for value in where.values or () if isinstance(value, str))
    text = "JSONType(properties, ?, ?) = 'String' AND JSONExtractString(properties, ?, ?) IN ?"
    return f"(({figure} IN ?) OR ({text}))", (
        *path, *path, (figures, "Array(Float64)"), *path, *path, (words, "Array(String)"),
    )  # fmt: skip
