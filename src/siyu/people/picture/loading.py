"""Reading persons from PostgreSQL: the one place that says what rules see of a customer.

A constant number of statements, however many persons. What is kept by identity counts for the
customer the identity belongs to now; of values that exclude each other the latest counts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, NamedTuple, Protocol, TypeVar, runtime_checkable

from sqlalchemy import Select, or_, select
from sqlalchemy.dialects.postgresql import distinct_on

from siyu.core.context import Context
from siyu.core.db import among
from siyu.core.stream.models import StreamEvent
from siyu.people.churn.models import SensitivityMark
from siyu.people.fields.models import FieldValue
from siyu.people.groups.models import GroupMember
from siyu.people.models import Contact, ContactTag, Customer, Identity, IdentityTag, in_force
from siyu.people.picture.person import INTERNAL, Act, Bought, Friend, Held, Person, State
from siyu.people.privacy.models import Consent
from siyu.people.stages.models import StageChange

_MARKETING: Final = "marketing"
_SENSITIVE: Final = ("found", "confirmed")
_FRIEND: Final = (Contact.id, *(getattr(Contact, name) for name in Friend.__struct_fields__[1:]))
_ACT: Final = tuple(getattr(StreamEvent, name) for name in Act.__struct_fields__)
T = TypeVar("T")


@runtime_checkable
class Sources(Protocol):
    """What rooms above people know of a customer."""

    async def bought(self, ctx: Context, customer_ids: Collection[int]) -> Mapping[int, Bought]:
        """Return what customers bought, whoever asks; who bought nothing is absent."""
        ...


class _Tags(NamedTuple):
    """Of each customer, by tag: whose friendships carry it."""

    living: Mapping[int, Mapping[int, frozenset[int]]]
    past: Mapping[int, Mapping[int, frozenset[int]]]


class _Latest(NamedTuple):
    """Values of which a customer has one, by customer."""

    stages: Mapping[int, Any]
    consents: Mapping[int, Any]


async def load(
    ctx: Context,
    customer_ids: Collection[int],
    sources: Sources,
    *,
    act_types: frozenset[str] = frozenset(),
    until: Mapping[int, int] | None = None,
) -> dict[int, Person]:
    """Return persons by customer, as of now; who was merged into another or erased is absent.

    Of each, `acts` holds the facts of `act_types` up to the positions `until` by shard (without
    them: all that are in the stream). Tags that end count until they do.
    """
    wanted = sorted(set(customer_ids))
    customers = {row.id: row for row in await _customers(ctx, wanted)} if wanted else {}
    identities = await _identities(ctx, list(customers)) if customers else {}
    if not identities:
        return {}
    owners = {row.id: number for number, rows in identities.items() for row in rows}
    friends = await _friends(ctx, owners)
    tags = await _tags(ctx, owners)
    groups = await _groups(ctx, owners)
    fields = await _fields(ctx, owners)
    latest = await _latest(ctx, owners)
    sensitive = await _sensitive(ctx, owners)
    bought = await sources.bought(ctx, identities.keys())
    acts = await _acts(ctx, owners, act_types, until) if act_types else {}
    return {
        number: _person(
            customers[number],
            rows,
            tuple(friends.get(number, ())),
            tags,
            latest,
            sensitive=number in sensitive,
            group_ids=frozenset(groups.get(number, ())),
            fields=fields.get(number, {}),
            bought=bought.get(number),
            acts=tuple(acts.get(number, ())),
        )
        for number, rows in identities.items()
    }


def _person(
    customer: Any,
    identities: list[Any],
    friends: tuple[Friend, ...],
    tags: _Tags,
    latest: _Latest,
    *,
    sensitive: bool,
    group_ids: frozenset[int],
    fields: Mapping[int, Held],
    bought: Bought | None,
    acts: tuple[Act, ...],
) -> Person:
    number = customer.id
    stage, consent = latest.stages.get(number), latest.consents.get(number)
    return Person(
        customer_id=number,
        identity_ids=frozenset(row.id for row in identities),
        identity_kinds=frozenset(row.kind for row in identities),
        created_at=customer.created_at,
        name=customer.name,
        gender=customer.gender,
        kind=customer.kind,
        corp_name=customer.corp_name,
        state=_state(friends),
        first_add_at=min((f.first_add_at for f in friends if f.first_add_at), default=None),
        last_add_at=max((f.added_at for f in friends if f.added_at), default=None),
        stage_id=None if stage is None else stage.stage_id,
        stage_at=None if stage is None or stage.stage_id is None else stage.at,
        marketing="unknown" if consent is None else consent.state,
        sensitive=sensitive,
        friends=friends,
        tags=tags.living.get(number, {}),
        past_tags=tags.past.get(number, {}),
        group_ids=group_ids,
        fields=fields,
        bought=bought,
        acts=acts,
    )


def _state(friends: Iterable[Friend]) -> State:
    """Return what a customer is: the liveliest of their friendships counts."""
    states = {friend.state for friend in friends}
    order: tuple[State, ...] = ("active", "half", "lost")
    return next((state for state in order if state in states), "none")


async def _rows(ctx: Context, query: Select[*tuple[Any, ...]]) -> list[Any]:
    return list(await ctx.session.execute(query))


async def _customers(ctx: Context, ids: Collection[int]) -> list[Any]:
    columns = (
        Customer.id,
        Customer.created_at,
        Customer.name,
        Customer.gender,
        Customer.kind,
        Customer.corp_name,
    )
    return await _rows(
        ctx,
        select(*columns).where(
            Customer.tenant_id == ctx.tenant_id,
            among(Customer.id, ids),
            Customer.merged_into_id.is_(None),
        ),
    )


async def _identities(ctx: Context, ids: Collection[int]) -> dict[int, list[Any]]:
    rows = await _rows(
        ctx,
        select(Identity.id, Identity.kind, Identity.customer_id)
        .where(Identity.tenant_id == ctx.tenant_id, among(Identity.customer_id, ids))
        .order_by(Identity.customer_id, Identity.id),
    )
    return _gathered((row.customer_id, row) for row in rows)


async def _friends(ctx: Context, owners: Mapping[int, int]) -> dict[int, list[Friend]]:
    rows = await _rows(
        ctx,
        select(Contact.identity_id, *_FRIEND)
        .where(Contact.tenant_id == ctx.tenant_id, among(Contact.identity_id, owners))
        .order_by(Contact.id),
    )
    return _gathered((owners[number], Friend(*rest)) for number, *rest in rows)


async def _tags(ctx: Context, owners: Mapping[int, int]) -> _Tags:
    carried = await _rows(
        ctx,
        select(Contact.identity_id, Contact.state, Contact.staff_account_id, ContactTag.tag_id)
        .join(
            ContactTag,
            (ContactTag.tenant_id == Contact.tenant_id) & (ContactTag.contact_id == Contact.id),
        )
        .where(
            Contact.tenant_id == ctx.tenant_id,
            among(Contact.identity_id, owners),
            in_force(ContactTag, ctx.now()),
        ),
    )
    internal = await _rows(
        ctx,
        select(IdentityTag.identity_id, IdentityTag.tag_id).where(
            IdentityTag.tenant_id == ctx.tenant_id,
            among(IdentityTag.identity_id, owners),
            in_force(IdentityTag, ctx.now()),
        ),
    )
    living, past = _Carried(), _Carried()
    for identity_id, state, staff_account_id, tag_id in carried:
        (past if state == "lost" else living).add(owners[identity_id], tag_id, staff_account_id)
    for identity_id, tag_id in internal:
        living.add(owners[identity_id], tag_id, INTERNAL)
    return _Tags(living.by_customer(), past.by_customer())


class _Carried:
    """Tags as they are gathered."""

    def __init__(self) -> None:
        self._found: defaultdict[int, defaultdict[int, set[int]]] = defaultdict(
            lambda: defaultdict(set)
        )

    def add(self, customer_id: int, tag_id: int, carrier: int) -> None:
        """Note that a customer carries a tag at a staff account's friendship, or `INTERNAL`."""
        self._found[customer_id][tag_id].add(carrier)

    def by_customer(self) -> dict[int, dict[int, frozenset[int]]]:
        """Return who carries which tags, and where."""
        return {
            number: {tag_id: frozenset(carriers) for tag_id, carriers in tags.items()}
            for number, tags in self._found.items()
        }


async def _groups(ctx: Context, owners: Mapping[int, int]) -> dict[int, list[int]]:
    rows = await _rows(
        ctx,
        select(GroupMember.identity_id, GroupMember.group_id).where(
            GroupMember.tenant_id == ctx.tenant_id,
            among(GroupMember.identity_id, owners),
            GroupMember.left_at.is_(None),
        ),
    )
    return _gathered((owners[number], group_id) for number, group_id in rows)


async def _fields(ctx: Context, owners: Mapping[int, int]) -> dict[int, dict[int, Held]]:
    rows = await _rows(
        ctx,
        select(
            FieldValue.identity_id,
            FieldValue.field_id,
            FieldValue.number,
            FieldValue.text,
            FieldValue.day,
            FieldValue.choices,
        )
        .where(FieldValue.tenant_id == ctx.tenant_id, among(FieldValue.identity_id, owners))
        .order_by(FieldValue.set_at, FieldValue.identity_id),
    )
    found: defaultdict[int, dict[int, Held]] = defaultdict(dict)
    for row in rows:
        # The latest stands, also when it says that nothing does.
        held = Held(row.number, row.text, row.day, frozenset(row.choices))
        found[owners[row.identity_id]][row.field_id] = held
    nothing = Held()
    return {
        number: {field_id: held for field_id, held in fields.items() if held != nothing}
        for number, fields in found.items()
    }


async def _latest(ctx: Context, owners: Mapping[int, int]) -> _Latest:
    stages = await _rows(
        ctx,
        select(StageChange.identity_id, StageChange.id, StageChange.stage_id, StageChange.at)
        .ext(distinct_on(StageChange.identity_id))
        .where(StageChange.tenant_id == ctx.tenant_id, among(StageChange.identity_id, owners))
        .order_by(StageChange.identity_id, StageChange.id.desc()),
    )
    consents = await _rows(
        ctx,
        select(Consent.identity_id, Consent.id, Consent.state)
        .ext(distinct_on(Consent.identity_id))
        .where(
            Consent.tenant_id == ctx.tenant_id,
            among(Consent.identity_id, owners),
            Consent.kind == _MARKETING,
        )
        .order_by(Consent.identity_id, Consent.id.desc()),
    )
    return _Latest(_last(stages, owners), _last(consents, owners))


async def _sensitive(ctx: Context, owners: Mapping[int, int]) -> set[int]:
    rows = await _rows(
        ctx,
        select(SensitivityMark.identity_id).where(
            SensitivityMark.tenant_id == ctx.tenant_id,
            among(SensitivityMark.identity_id, owners),
            SensitivityMark.state.in_(_SENSITIVE),
        ),
    )
    return {owners[row.identity_id] for row in rows}


async def _acts(
    ctx: Context,
    owners: Mapping[int, int],
    types: frozenset[str],
    until: Mapping[int, int] | None,
) -> dict[int, list[Act]]:
    heard = [
        (StreamEvent.shard == shard) & (StreamEvent.position <= position)
        for shard, position in (until or {}).items()
    ]
    rows = await _rows(
        ctx,
        select(StreamEvent.identity_id, *_ACT)
        .where(
            StreamEvent.tenant_id == ctx.tenant_id,
            among(StreamEvent.identity_id, owners),
            StreamEvent.type.in_(sorted(types)),
            *([or_(*heard)] if until is not None else []),
        )
        .order_by(StreamEvent.occurred_at, StreamEvent.id),
    )
    return _gathered((owners[number], Act(*rest)) for number, *rest in rows)


def _last(rows: Iterable[Any], owners: Mapping[int, int]) -> dict[int, Any]:
    """Return each customer's latest row, by its id."""
    return {owners[row.identity_id]: row for row in sorted(rows, key=lambda row: row.id)}


def _gathered(pairs: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for number, item in pairs:
        found.setdefault(number, []).append(item)
    return found
