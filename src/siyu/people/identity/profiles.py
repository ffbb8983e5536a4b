"""What a person's profile says: told at one of their ids, shown on the customer.

A customer's columns are the profile while nothing was ever merged. From the first merger on each
id keeps its own, and the columns show the first that says anything: WeCom's before others, older
before younger.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import select

from siyu.core.context import Context, News
from siyu.core.db import among
from siyu.facts.people import CustomerChanged
from siyu.people.identity.identities import EXTERNAL, homes_of
from siyu.people.identity.models import IdentityProfile
from siyu.people.models import Customer, Identity


class Profile(msgspec.Struct, frozen=True):
    """What was told of a person; what is empty was not told. Phones in the name are masked."""

    name: str = ""
    avatar_url: str = ""
    gender: int = 0
    kind: int = 0
    corp_name: str = ""


_SHOWN: Final = Profile.__struct_fields__
_OF_IDENTITY: Final = (IdentityProfile.tenant_id == Identity.tenant_id) & (
    IdentityProfile.identity_id == Identity.id
)


async def portray(
    ctx: Context, customers: Mapping[int, Customer], told: Iterable[tuple[Identity, Profile]]
) -> None:
    """Write what was told of people at their ids; what was not told stays.

    Their customers must be held (`siyu.people.identity.holding.hold_owners`).
    """
    kept = await _kept(ctx, customers)
    changed: dict[int, int] = {}
    for identity, profile in told:
        customer = customers[identity.customer_id]
        before = _shown(customer)
        if profiles := kept.get(customer.id):
            if identity.id not in profiles:
                profiles[identity.id] = (identity, _row(ctx, identity.id))
                ctx.session.add(profiles[identity.id][1])
            _overlay(profiles[identity.id][1], profile)
            _fold(customer, profiles.values())
        else:
            _overlay(customer, profile)
        if _shown(customer) != before:
            changed[customer.id] = identity.id
    await ctx.session.flush()
    await announce_profiles(ctx, changed)


async def kept_apart(ctx: Context, customer_ids: Collection[int]) -> set[int]:
    """Return the customers of whom ids keep profiles of their own: those who were merged once."""
    rows = await ctx.session.scalars(
        select(Identity.customer_id)
        .join(IdentityProfile, _OF_IDENTITY)
        .where(Identity.tenant_id == ctx.tenant_id, among(Identity.customer_id, customer_ids))
    )
    return set(rows)


async def remember(ctx: Context, customers: Sequence[Customer]) -> None:
    """Let each customer's ids keep what they say, before people are joined."""
    known = await _kept(ctx, [customer.id for customer in customers])
    homes = await homes_of(ctx, {customer.id for customer in customers} - known.keys())
    for customer in customers:
        if customer.id in homes:
            row = _row(ctx, homes[customer.id])
            _overlay(row, Profile(*(getattr(customer, name) for name in _SHOWN)))
            ctx.session.add(row)
    await ctx.session.flush()


async def show(ctx: Context, customers: Sequence[Customer]) -> None:
    """Let customers show what the ids say that are theirs now."""
    kept = await _kept(ctx, [customer.id for customer in customers])
    for customer in customers:
        if profiles := kept.get(customer.id):
            _fold(customer, profiles.values())
    await ctx.session.flush()


async def announce_profiles(ctx: Context, homes: Mapping[int, int]) -> None:
    """Tell that the profiles of customers changed; `homes` gives one id of each."""
    await ctx.announce_many(
        [
            News(CustomerChanged(customer_id=customer_id, what="profile"), identity_id)
            for customer_id, identity_id in sorted(homes.items())
        ]
    )


_Profiles = dict[int, tuple[Identity, IdentityProfile]]


async def _kept(ctx: Context, customer_ids: Iterable[int]) -> dict[int, _Profiles]:
    """Return the profiles that ids of customers keep, by customer and id."""
    rows = await ctx.session.execute(
        select(Identity, IdentityProfile)
        .join(IdentityProfile, _OF_IDENTITY)
        .where(Identity.tenant_id == ctx.tenant_id, among(Identity.customer_id, set(customer_ids)))
    )
    found: dict[int, _Profiles] = {}
    for identity, profile in rows:
        found.setdefault(identity.customer_id, {})[identity.id] = (identity, profile)
    return found


def _row(ctx: Context, identity_id: int) -> IdentityProfile:
    return IdentityProfile(
        tenant_id=ctx.tenant_id,
        identity_id=identity_id,
        **msgspec.structs.asdict(Profile()),
    )


def _overlay(target: Customer | IdentityProfile, told: Profile) -> None:
    for name in _SHOWN:
        if value := getattr(told, name):
            setattr(target, name, value)


def _fold(customer: Customer, profiles: Iterable[tuple[Identity, IdentityProfile]]) -> None:
    ordered = sorted(profiles, key=lambda item: (item[0].kind != EXTERNAL, item[0].id))
    empty = Profile()
    for name in _SHOWN:
        said: Any = (value for _, profile in ordered if (value := getattr(profile, name)))
        setattr(customer, name, next(said, getattr(empty, name)))


def _shown(customer: Customer) -> tuple[Any, ...]:
    return tuple(getattr(customer, name) for name in _SHOWN)
