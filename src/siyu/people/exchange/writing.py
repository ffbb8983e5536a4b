"""Writing what rows say: a constant number of statements, however many people they are about."""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final, Literal

from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from siyu.core.context import Context, News
from siyu.core.db import Base, among, insert_many
from siyu.core.vault import Vault
from siyu.facts.base import Fact
from siyu.facts.people import (
    ConsentGiven,
    CustomerChanged,
    CustomerCreated,
    IdentityLinked,
    StageChanged,
    TagMarked,
)
from siyu.people.exchange.before import Before
from siyu.people.exchange.matching import Target
from siyu.people.exchange.rows import Key, Person, Value
from siyu.people.fields.models import FieldValue
from siyu.people.identity.identities import EXTERNAL, homes_of
from siyu.people.identity.phones import PHONE
from siyu.people.identity.profiles import Profile, kept_apart, portray
from siyu.people.models import Customer, CustomerPrivate, Identity, IdentityTag
from siyu.people.privacy.models import Consent
from siyu.people.stages.models import StageChange

_EVIDENCE: Final = "import"
_NOTHING: Final = Value()

Mode = Literal["keep", "replace"]


class Contended(Exception):
    """Somebody else made one of the ids meanwhile: the chunk is to be begun anew."""


class Writer:
    """Writes what rows of a chunk say of people."""

    def __init__(self, ctx: Context, vault: Vault, mode: Mode) -> None:
        self._ctx = ctx
        self._vault = vault
        self._mode = mode
        self._now = ctx.now()
        self._employee = ctx.actor.id
        self._known: frozenset[int] = frozenset()
        self._homes: dict[int, int] = {}
        self._news: list[News] = []

    async def write(self, targets: Sequence[Target]) -> list[int]:
        """Write everything and announce it; return the customers. Raises `Contended`.

        Known customers must be held for writing (`siyu.people.identity.holding.hold`).
        """
        said = [(target, _together(target.rows, self._mode)) for target in targets]
        self._known = frozenset(_of(target) for target in targets if not target.new)
        await self._customers([(target, person) for target, person in said if target.new])
        people = {_of(target): person for target, person in said}
        await self._phones(targets, await self._identities(targets))
        await self._profiles(people)
        before = Before(self._ctx, sorted(self._known))
        await self._values(people, before)
        await self._stages(people, before)
        await self._consents(people, before)
        await self._tags(people, before)
        await self._ctx.announce_many(self._news)
        return list(people)

    async def _customers(self, new: Sequence[tuple[Target, Person]]) -> None:
        if not new:
            return
        rows = [{"name": person.name, "gender": person.gender} for _, person in new]
        added = insert_many(
            Customer, rows, tenant_id=self._ctx.tenant_id, created_at=self._now
        ).returning(Customer.id)
        # They come back as they went in.
        ids = await self._ctx.session.scalars(added)
        for (target, _), customer_id in zip(new, ids, strict=True):
            target.customer_id = customer_id

    async def _identities(self, targets: Sequence[Target]) -> dict[Key, int]:
        # In one order everywhere, so that two chunks that meet wait and do not deadlock.
        fresh = sorted(
            ((key, target) for target in targets for key in target.fresh), key=itemgetter(0)
        )
        if not fresh:
            return {}
        # The first id of somebody new is who they are; that others are theirs is hearsay.
        firsts = {target.first for target in targets if target.new}
        rows = [
            {
                "kind": key[0],
                "scope": key[1],
                "value": key[2],
                "customer_id": target.customer_id,
                "own_customer_id": target.fresh[key],
                "confidence": "certain" if key in firsts else "weak",
            }
            for key, target in fresh
        ]
        added = insert_many(
            Identity,
            rows,
            tenant_id=self._ctx.tenant_id,
            evidence=_EVIDENCE,
            employee_id=self._employee,
            created_at=self._now,
        ).returning(Identity.id)
        try:
            ids = (await self._ctx.session.scalars(added)).all()
        except IntegrityError:
            raise Contended from None  # what it says repeats an id
        made = dict(zip((key for key, _ in fresh), ids, strict=True))
        for target in targets:
            customer_id = _of(target)
            if target.new:
                home = min((key[0] != EXTERNAL, made[key]) for key in target.fresh)[1]
                self._homes[customer_id] = home
                theirs = [made[key] for key in target.fresh]
                created = CustomerCreated(
                    customer_id=customer_id, identity_ids=theirs, evidence=_EVIDENCE
                )
                self._tell(created, home)
                continue
            for key in target.fresh:
                linked = IdentityLinked(customer_id=customer_id, kind=key[0], evidence=_EVIDENCE)
                self._tell(linked, made[key])
        return made

    async def _at_home(self, customer_ids: Iterable[int]) -> Mapping[int, int]:
        """Return the homes of customers; of those who were known, looked up once they matter."""
        if asked := set(customer_ids) - self._homes.keys():
            self._homes |= await homes_of(self._ctx, asked)
        return self._homes

    async def _phones(self, targets: Sequence[Target], made: Mapping[Key, int]) -> None:
        phones = {
            key: (row.phone, _of(target))
            for target in targets
            for row in target.rows
            if row.phone
            for key in row.keys
            if key[0] == PHONE and key in made
        }
        homes = await self._at_home(customer_id for _, customer_id in phones.values())
        await self._insert(
            CustomerPrivate,
            [
                {
                    "identity_id": homes[customer_id],
                    "ciphertext": self._vault.encrypt(PHONE, phone),
                    "blind": bytes.fromhex(value),
                }
                for (_, _, value), (phone, customer_id) in sorted(phones.items())
            ],
            may_exist=True,
            kind=PHONE,
            created_at=self._now,
        )
        for customer_id in sorted({number for _, number in phones.values()} & self._known):
            self._tell(CustomerChanged(customer_id=customer_id, what="phone"), homes[customer_id])

    async def _profiles(self, people: Mapping[int, Person]) -> None:
        said = {
            number: Profile(name=people[number].name, gender=people[number].gender)
            for number in self._known
        }
        ctx, said = self._ctx, await self._unknown(said)
        if not said:
            return
        rows = await ctx.session.scalars(
            select(Customer).where(Customer.tenant_id == ctx.tenant_id, among(Customer.id, said))
        )
        customers = {customer.id: customer for customer in rows}
        homes = await self._at_home(said)
        identities = await ctx.session.scalars(
            select(Identity).where(
                Identity.tenant_id == ctx.tenant_id,
                among(Identity.id, [homes[number] for number in said]),
            )
        )
        await portray(
            ctx, customers, [(identity, said[identity.customer_id]) for identity in identities]
        )

    async def _unknown(self, said: Mapping[int, Profile]) -> dict[int, Profile]:
        """Return of what is said of known customers that which is to be written."""
        said = {number: profile for number, profile in said.items() if profile != Profile()}
        if not said:
            return {}
        ctx = self._ctx
        shown = await ctx.session.execute(
            select(Customer.id, Customer.name, Customer.gender).where(
                Customer.tenant_id == ctx.tenant_id, among(Customer.id, said)
            )
        )
        if self._mode == "replace":
            differing = {
                number
                for number, name, gender in shown
                if (said[number].name or name, said[number].gender or gender) != (name, gender)
            }
            # What a merged customer shows need not be what the id says that the row named.
            return {n: said[n] for n in differing | await kept_apart(ctx, said)}
        gaps = {
            number: Profile(
                name="" if name else said[number].name, gender=0 if gender else said[number].gender
            )
            for number, name, gender in shown
        }
        return {number: profile for number, profile in gaps.items() if profile != Profile()}

    async def _values(self, people: Mapping[int, Person], before: Before) -> None:
        wanted = {
            (number, field_id): value
            for number, person in people.items()
            for field_id, value in person.values.items()
        }
        if not wanted:
            return
        kept = await before.values({field_id for _, field_id in wanted})
        keep = self._mode == "keep"
        wanted = {
            key: value
            for key, value in wanted.items()
            if (had := kept.get(key, _NOTHING)) != value and not (keep and had != _NOTHING)
        }
        homes = await self._at_home(number for number, _ in wanted)
        rows = [
            {
                "identity_id": homes[number],
                "field_id": field_id,
                "number": value.number,
                "text": value.text,
                "day": value.day,
                "choices": value.choices,
            }
            for (number, field_id), value in wanted.items()
        ]
        await self._insert(
            FieldValue, rows, replacing=True, set_at=self._now, employee_id=self._employee
        )
        changed: dict[int, list[int]] = {}
        for number, field_id in sorted(wanted):
            if number in self._known:
                changed.setdefault(number, []).append(field_id)
        for number, field_ids in changed.items():
            fact = CustomerChanged(customer_id=number, what="fields", field_ids=field_ids)
            self._tell(fact, homes[number])

    async def _stages(self, people: Mapping[int, Person], before: Before) -> None:
        said = {number: person.stage_id for number, person in people.items() if person.stage_id}
        if not said:
            return
        now = await before.stages()
        keep = self._mode == "keep"
        wanted = {
            number: stage_id
            for number, stage_id in sorted(said.items())
            if stage_id != now.get(number) and not (keep and now.get(number) is not None)
        }
        homes = await self._at_home(wanted)
        await self._insert(
            StageChange,
            [
                {"identity_id": homes[number], "stage_id": stage_id}
                for number, stage_id in wanted.items()
            ],
            at=self._now,
            employee_id=self._employee,
            reason="导入",
        )
        for number, stage_id in wanted.items():
            self._tell(
                StageChanged(customer_id=number, stage_id=stage_id, before_id=now.get(number)),
                homes[number],
            )

    async def _consents(self, people: Mapping[int, Person], before: Before) -> None:
        wanted: dict[int, Any] = {
            number: person.consent for number, person in people.items() if person.consent
        }
        if not wanted:
            return
        now = await before.consents()
        for number, state in sorted(wanted.items()):
            last, source = now.get(number, ("", ""))
            # What somebody refused themselves, no file grants on their behalf.
            own_refusal = last == "refused" and source == "customer"
            if state == last or own_refusal or (self._mode == "keep" and last):
                del wanted[number]
        homes = await self._at_home(wanted)
        told = sorted(wanted.items())
        await self._insert(
            Consent,
            [{"identity_id": homes[number], "state": state} for number, state in told],
            kind="marketing",
            at=self._now,
            source=_EVIDENCE,
            employee_id=self._employee,
        )
        for number, state in told:
            fact = ConsentGiven(customer_id=number, kind="marketing", state=state)
            self._tell(fact, homes[number])

    async def _tags(self, people: Mapping[int, Person], before: Before) -> None:
        said = {(number, tag_id) for number, person in people.items() for tag_id in person.tag_ids}
        if not said:
            return
        wanted = sorted(said - await before.tagged())
        homes = await self._at_home(number for number, _ in wanted)
        await self._insert(
            IdentityTag,
            [{"identity_id": homes[number], "tag_id": tag_id} for number, tag_id in wanted],
            may_exist=True,
            source=_EVIDENCE,
            reason="导入",
            employee_id=self._employee,
            marked_at=self._now,
        )
        for number, tag_id in wanted:
            self._tell(TagMarked(tag_id=tag_id, customer_id=number, source="import"), homes[number])

    async def _insert(
        self,
        model: type[Base],
        rows: Sequence[Mapping[str, Any]],
        *,
        may_exist: bool = False,
        replacing: bool = False,
        **same: Any,
    ) -> None:
        """Insert rows; what may exist or is to be replaced does so only where somebody is known."""
        if not rows:
            return
        added = insert_many(model, rows, tenant_id=self._ctx.tenant_id, **same)
        if self._known and may_exist:
            added = added.on_conflict_do_nothing()
        if self._known and replacing:
            key = [column.name for column in model.__table__.primary_key]
            added = added.on_conflict_do_update(
                index_elements=key,
                set_={name: added.excluded[name] for name in [*rows[0], *same] if name not in key},
            )
        await self._ctx.session.execute(added)

    def _tell(self, fact: Fact, identity_id: int) -> None:
        self._news.append(News(fact, identity_id))


def _together(rows: Sequence[Person], mode: Mode) -> Person:
    """Return what rows about one person say together: who says it counts by the mode.

    As if each row came by itself: what the first says is kept and others fill its gaps, or what
    the last says replaces it.
    """
    said, *more = reversed(rows) if mode == "keep" else rows
    for row in more:
        said = replace(
            said,
            name=row.name or said.name,
            gender=row.gender or said.gender,
            stage_id=row.stage_id or said.stage_id,
            tag_ids=said.tag_ids + row.tag_ids,
            consent=row.consent or said.consent,
            values=said.values | row.values,
        )
    return said


def _of(target: Target) -> int:
    if target.customer_id is None:
        raise RuntimeError("the customer was not made yet")
    return target.customer_id
