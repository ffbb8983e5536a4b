"""Whom rows of a file are about: new people, known ones, or nobody knows.

A known id leads to its customer. A row whose ids lead to two customers is reported and merges
nobody: whoever wrote the file may have mistyped, and a merger shows one person's data to another.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from pyroaring import BitMap64
from sqlalchemy import func, select

from siyu.core.context import Context
from siyu.core.db import among, plan_for_any_values
from siyu.core.vault import Vault
from siyu.people.exchange.rows import Key, Person, Problem
from siyu.people.identity.holding import hold
from siyu.people.identity.identities import EXTERNAL, each_of
from siyu.people.models import Contact, Identity
from siyu.people.privacy.erased import erased_among

SINGLE: Final = frozenset({"external_userid", "unionid", "openid"})
"""Kinds of which a person has one (within a scope)."""

_ERASED: Final = "这位客户已行使删除权，不能重新导入"
_UNSEEN: Final = "这位客户不在导入人的数据范围内"
_TWO: Final = "这些编号分属不同的客户，请先确认是不是同一个人"


class Known(NamedTuple):
    """An identity that exists: its number and customers (see `siyu.people.models.Identity`)."""

    id: int
    customer_id: int
    own_customer_id: int | None


@dataclass(eq=False)
class Target:
    """Somebody rows are about, known or new, and everything the rows say of them."""

    customer_id: int | None
    """Empty until the customer is made."""
    new: bool
    rows: list[Person] = field(default_factory=list)
    fresh: dict[Key, int | None] = field(default_factory=dict)
    """Ids that are new, in the order in which they were met, each with what its own customer is to
    be (see `Identity.own`), where that is another: of merged customers the side that the row
    named, so that who cuts them apart again gives it there."""

    @property
    def first(self) -> Key:
        """The id by which somebody new is known."""
        return next(iter(self.fresh))


@dataclass
class Matched:
    """What becomes of the rows of a chunk."""

    targets: list[Target] = field(default_factory=list)
    problems: dict[int, list[Problem]] = field(default_factory=dict)
    repeats: dict[int, int] = field(default_factory=dict)
    """Lines about somebody of whom the file has spoken before, each with the line that did so
    first; 0 where that was in another chunk."""
    counts: Counter[str] = field(default_factory=Counter)
    """Of rows, by `new`, `known`, `repeated`, `conflicting` and `bad`."""

    def add(self, row: Person, target: Target, met: BitMap64) -> None:
        """Count a row to whom it is about; `met` as in `match`."""
        if target.rows:
            self.repeats[row.line] = target.rows[0].line
        else:
            self.targets.append(target)
            if target.customer_id is not None and target.customer_id in met:
                self.repeats[row.line] = 0
        fate = "repeated" if row.line in self.repeats else "new" if target.new else "known"
        self.counts[fate] += 1
        target.rows.append(row)


def repeats(line: int) -> str:
    """Return the sentence that a row is about the same person as the row of that line."""
    other = f"第 {line} 行" if line else "文件里另一行"
    return f"与{other}是同一位客户，已合并处理"


async def match(
    ctx: Context,
    vault: Vault,
    rows: Sequence[Person],
    *,
    met: BitMap64 | None = None,
    holding: bool = True,
    strangers: bool = False,
) -> Matched:
    """Say whom rows are about, as far as the actor sees known customers.

    `met` are customers of whom other chunks of the file speak. With `holding`, nobody merges these
    customers meanwhile. `strangers` are taken for people nobody knows without looking: making an
    id that is known fails (`siyu.people.exchange.writing.Contended`).
    """
    await plan_for_any_values(ctx.session)
    known = {} if strangers else await _known(ctx, rows)
    if holding:
        known = await _held(ctx, known)
    erased = await erased_among(
        ctx, vault, (value for row in rows for kind, _, value in row.keys if kind == EXTERNAL)
    )
    unseen = await _unseen(ctx, known)
    singles = await _singles(ctx, rows, known)
    owners: dict[Key, Target] = {}
    by_customer: dict[int, Target] = {}
    matched = Matched()
    met = met or BitMap64()
    for key, identity in known.items():
        target = by_customer.get(identity.customer_id)
        if target is None:
            target = by_customer[identity.customer_id] = Target(identity.customer_id, new=False)
        owners[key] = target
    for row in rows:
        problem = _refused(row, erased, owners, singles, unseen)
        if problem is not None:
            matched.problems[row.line] = [problem]
            lasting = problem.message in {_ERASED, _UNSEEN}
            matched.counts["bad" if lasting else "conflicting"] += 1
            continue
        target = next((owners[key] for key in row.keys if key in owners), None)
        if target is None:
            target = Target(None, new=True)
        matched.add(row, target, met)
        own = _own(row, known, target)
        for key in row.keys:
            if key not in owners:
                owners[key] = target
                target.fresh[key] = own
                kind, scope, value = key
                if kind in SINGLE:
                    singles.setdefault((id(target), kind, scope), value)
    return matched


def _own(row: Person, known: Mapping[Key, Known], target: Target) -> int | None:
    """Return the own customer of the surest id that a row was known by."""
    for key in row.keys:
        if key in known:
            return known[key].own_customer_id
        if key in target.fresh:
            return target.fresh[key]
    return None


def _refused(
    row: Person,
    erased: Mapping[str, object],
    owners: Mapping[Key, Target],
    singles: Mapping[tuple[int, str, str], str],
    unseen: Collection[int],
) -> Problem | None:
    """Return why a row is about nobody that can be named."""
    if any(kind == EXTERNAL and value in erased for kind, _, value in row.keys):
        return Problem(row.places[0], _ERASED)
    targets = {id(owners[key]): owners[key] for key in row.keys if key in owners}
    if not targets:
        return None
    for place, key in zip(row.places, row.keys, strict=True):
        if key in owners and owners[key].customer_id in unseen:
            return Problem(place, _UNSEEN)
    if len(targets) > 1:
        return Problem(row.places[0], _TWO)
    for target in targets.values():
        of = id(target) if target.customer_id is None else -target.customer_id
        for place, (kind, scope, value) in zip(row.places, row.keys, strict=True):
            other = singles.get((of, kind, scope)) or singles.get((id(target), kind, scope))
            if kind in SINGLE and other is not None and other != value:
                return Problem(place, f"这位客户已有另一个 {kind}，请先确认是不是同一个人")
    return None


async def _known(ctx: Context, rows: Iterable[Person]) -> dict[Key, Known]:
    keys = sorted({key for row in rows for key in row.keys})
    if not keys:
        return {}
    found = await ctx.session.execute(
        each_of(ctx, keys, Identity.id, Identity.customer_id, Identity.own_customer_id)
    )
    return {
        (kind, scope, value): Known(number, customer_id, own_customer_id)
        for kind, scope, value, number, customer_id, own_customer_id in found
    }


async def _held(ctx: Context, known: dict[Key, Known]) -> dict[Key, Known]:
    """Let nobody merge or cut apart the customers of known ids; look again until that holds.

    Ids that others make meanwhile are found when they are to be made.
    """
    held: set[int] = set()
    while (now := {identity.customer_id for identity in known.values()}) - held:
        held |= set((await hold(ctx, now, writing=True)).values())
        rows = await ctx.session.execute(
            select(Identity.id, Identity.customer_id, Identity.own_customer_id).where(
                Identity.tenant_id == ctx.tenant_id,
                among(Identity.id, [identity.id for identity in known.values()]),
            )
        )
        by_id = {row[0]: Known(*row) for row in rows}
        known = {key: by_id[one.id] for key, one in known.items() if one.id in by_id}
    return known


async def _unseen(ctx: Context, known: Mapping[Key, Known]) -> set[int]:
    """Return customers whom the actor does not see: they have friends, and none of the actor's.

    Somebody without a friend, as an import makes them, is nobody's.
    """
    owners = ctx.actor.owners
    if owners is None or not known:
        return set()
    rows = await ctx.session.scalars(
        select(Identity.customer_id)
        .join(
            Contact,
            (Contact.tenant_id == Identity.tenant_id) & (Contact.identity_id == Identity.id),
        )
        .where(
            Identity.tenant_id == ctx.tenant_id,
            among(Identity.customer_id, {each.customer_id for each in known.values()}),
        )
        .group_by(Identity.customer_id)
        .having(~func.bool_or(Contact.staff_account_id.in_(owners)))
    )
    return set(rows)


async def _singles(
    ctx: Context, rows: Sequence[Person], known: Mapping[Key, Known]
) -> dict[tuple[int, str, str], str]:
    """Return the ids of which one is enough, of known customers to whom a row would add one."""
    asked = {
        known[other].customer_id
        for row in rows
        for key in row.keys
        if key[0] in SINGLE and key not in known
        for other in row.keys
        if other in known
    }
    if not asked:
        return {}
    found = await ctx.session.execute(
        select(Identity.customer_id, Identity.kind, Identity.scope, Identity.value).where(
            Identity.tenant_id == ctx.tenant_id,
            among(Identity.customer_id, asked),
            Identity.kind.in_(SINGLE),
        )
    )
    return {(-row[0], row[1], row[2]): row[3] for row in found}
