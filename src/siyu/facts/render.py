"""The catalogue of facts as a page: `docs/events.md` is made by this and never by hand."""

import inspect
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

import msgspec

from siyu.facts.base import Fact
from siyu.facts.listing import catalogue

_HEAD: Final = """# Events

Generated from `siyu.facts` by `siyu docs`; do not edit.

Every fact is one immutable event in the stream. Besides its own properties each carries
`id` (UUIDv7), `tenant_id`, `type`, `version`, `occurred_at`, `recorded_at`, and where they
apply `identity_id` (whom it is about), `staff_account_id` (which staff account it happened
with) and `touch_id` (which touch it came from). No event carries personal data. Money is
integer fen. A property that does not apply is absent.
"""


def render() -> str:
    """Return the page that describes every fact."""
    facts = catalogue()
    areas: dict[str, list[type[Fact]]] = {}
    for fact in facts.values():
        areas.setdefault(fact.__module__, []).append(fact)
    sections = [_section(members) for members in areas.values()]
    return "\n".join([_HEAD, *sections])


def _section(facts: list[type[Fact]]) -> str:
    module = inspect.getmodule(facts[0])
    heading = (inspect.getdoc(module) or "").splitlines()[0].rstrip(".")
    return "\n".join([f"## {heading}\n", *(_entry(fact) for fact in facts)])


def _entry(fact: type[Fact]) -> str:
    lines = [f"### `{fact.type}` · {fact.title}\n", inspect.getdoc(fact) or "", ""]
    lines.append(f"Version {fact.version}.\n")
    fields = msgspec.structs.fields(fact)
    if fields:
        lines += ["| property | type | |", "|---|---|---|"]
        lines += [
            f"| `{field.name}` | {_kind(field.type)} | {'' if field.required else 'optional'} |"
            for field in fields
        ]
        lines.append("")
    return "\n".join(lines)


def _kind(annotation: Any) -> str:
    parts = [part for part in get_args(annotation) if part is not NoneType]
    if get_origin(annotation) is Literal:
        return ", ".join(f"`{value}`" for value in parts)
    if get_origin(annotation) in {Union, UnionType}:
        return " or ".join(_kind(part) for part in parts)
    if parts:
        return f"{annotation.__origin__.__name__} of {' and '.join(_kind(part) for part in parts)}"
    return str(annotation.__name__)
