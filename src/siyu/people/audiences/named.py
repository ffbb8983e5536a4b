"""Filling a list with whom lines of text name: a column that somebody pastes.

A line is looked up under every meaning it can have: a phone number may be somebody else's member
number. Whom the actor does not see is not found, as if they were not there, also where a line
names somebody else besides.
"""

import asyncio
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from pyroaring import BitMap64
from sqlalchemy import ColumnElement, ScalarSelect, String, column, func, select, values

from siyu.core.context import Context
from siyu.core.db import among, plan_for_any_values
from siyu.core.vault import Vault
from siyu.people.audiences import service
from siyu.people.audiences.chunks import joined
from siyu.people.audiences.persons import visible_among
from siyu.people.audiences.queries import size_of
from siyu.people.audiences.schemas import NamedLine, PeopleNamed
from siyu.people.identity.holding import survivors
from siyu.people.identity.identities import EXTERNAL, UNIONID, each_of
from siyu.people.identity.phones import PHONE, normal_phone
from siyu.people.models import Customer, Identity

_IDS: Final = (EXTERNAL, UNIONID, "openid", "member")
"""Kinds that are written as they are."""

_INVISIBLE: Final = dict.fromkeys(
    [0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)]
)
"""Marks of direction and of no width, which phones and spreadsheets copy along."""
_GUARD: Final = re.compile(r"^'(?=[=+\-@])")
"""By this spreadsheets take a cell for text; siyu's own exports write it."""
_NUMBER: Final = re.compile(r"[#＃]\s*([0-9]{1,18})")
_DIALLED: Final = re.compile(r"[+＋]?[\d\s()（）.\-‐-―－]{5,40}")
_APART: Final = re.compile(r"[\s\-‐-―－]")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")

_Value = tuple[str, str]
"""Kind and value of an identity."""


class Found(NamedTuple):
    """Whom lines name. Lines that name nobody, or several people, are told by number, from 1."""

    people: BitMap64
    missing: list[int]
    ambiguous: list[int]


async def add_named(
    ctx: Context, vault: Vault, audience_id: int, lines: Sequence[str]
) -> PeopleNamed:
    """Put on a list whom lines name; errors as `service.add`."""
    found = await find_named(ctx, vault, lines)
    added, known = await service.add(ctx, audience_id, list(found.people))
    return PeopleNamed(
        added=added,
        known=known,
        size=await size_of(ctx, audience_id),
        missing=[NamedLine(line) for line in found.missing],
        ambiguous=[NamedLine(line) for line in found.ambiguous],
    )


async def find_named(ctx: Context, vault: Vault, lines: Sequence[str]) -> Found:
    """Return whom lines name, of those the actor may see; empty lines name nobody to miss."""
    said = {line: text for line, raw in enumerate(lines, 1) if (text := _plain(raw))}
    texts = set(said.values())
    # The library that understands phone numbers is slow: others are answered meanwhile.
    meant = await asyncio.to_thread(_meanings, vault, texts)
    numbers = {text: int(match[1]) for text in texts if (match := _NUMBER.fullmatch(text))}
    by_id = await _owners(ctx, meant)
    by_number = await _numbered(ctx, set(numbers.values()))
    named = {
        text: BitMap64([*by_id.get(text, ()), *by_number.get(numbers.get(text, 0), ())])
        for text in texts
    }
    seen = joined(named.values())
    if ctx.actor.owners is not None:
        seen = await visible_among(ctx, seen)
    found = Found(BitMap64(), [], [])
    for line, text in said.items():
        people = named[text] & seen
        if len(people) == 1:
            found.people.update(people)
        else:
            (found.ambiguous if people else found.missing).append(line)
    return found


def _plain(line: str) -> str:
    return _GUARD.sub("", line.translate(_INVISIBLE).strip(), count=1)


def _meanings(vault: Vault, texts: Collection[str]) -> dict[_Value, set[str]]:
    """Return what ids texts can be, and which texts each of these stands for."""
    meant: dict[_Value, set[str]] = {}
    for text in texts:
        if _CONTROL.search(text):
            continue  # no id has such a letter, and PostgreSQL takes not all of them
        for kind in _IDS:
            meant.setdefault((kind, text), set()).add(text)
        if _DIALLED.fullmatch(text) and (phone := normal_phone(_APART.sub("", text))):
            blind = vault.blind(PHONE, phone).hex()
            meant.setdefault((PHONE, blind), set()).add(text)
    return meant


async def _owners(ctx: Context, meant: Mapping[_Value, Collection[str]]) -> dict[str, set[int]]:
    """Return the customers to whom ids belong now, by the texts that stand for the ids."""
    scopes = await _scopes(ctx) if meant else {}
    keys = [(kind, scope, value) for kind, value in meant for scope in scopes.get(kind, ())]
    if not keys:
        return {}
    await plan_for_any_values(ctx.session)
    rows = await ctx.session.execute(each_of(ctx, keys, Identity.customer_id))
    owners: dict[str, set[int]] = {}
    for kind, _, value, customer_id in rows:
        for text in meant[kind, value]:
            owners.setdefault(text, set()).add(customer_id)
    return owners


async def _scopes(ctx: Context) -> dict[str, list[str]]:
    """Return the scopes there are of each kind, by a few looks into the index of ids."""

    def least(kind: ColumnElement[str], *after: ColumnElement[bool]) -> ScalarSelect[str]:
        return (
            select(func.min(Identity.scope))
            .where(Identity.tenant_id == ctx.tenant_id, Identity.kind == kind, *after)
            .scalar_subquery()
        )

    kinds = values(column("kind", String), name="kinds").data([(kind,) for kind in (*_IDS, PHONE)])
    steps = select(kinds.c.kind, least(kinds.c.kind).label("scope")).cte("steps", recursive=True)
    further = least(steps.c.kind, Identity.scope > steps.c.scope)
    steps = steps.union_all(select(steps.c.kind, further).where(steps.c.scope.is_not(None)))
    rows = await ctx.session.execute(
        select(steps.c.kind, steps.c.scope).where(steps.c.scope.is_not(None))
    )
    scopes: dict[str, list[str]] = {}
    for kind, scope in rows:
        scopes.setdefault(kind, []).append(scope)
    return scopes


async def _numbered(ctx: Context, numbers: Iterable[int]) -> dict[int, set[int]]:
    """Return who customers' numbers lead to: merged ones to who they turned out to be."""
    rows = await ctx.session.scalars(
        select(Customer.id).where(
            Customer.tenant_id == ctx.tenant_id, among(Customer.id, list(numbers))
        )
    )
    return {number: {now} for number, now in (await survivors(ctx, rows.all())).items()}
