"""Writing what rows say: a constant number of statements, however many people they are about."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import Insert

from siyu.core.context import Context, News
from siyu.core.db import Base, insert_many
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
from siyu.people.exchange.rows import Key, Value
from siyu.people.fields.models import FieldValue
from siyu.people.identity.holding import hold_owners
from siyu.people.identity.identities import EXTERNAL, homes_of
from siyu.people.identity.phones import PHONE
from siyu.people.identity.profiles import Profile, portray
from siyu.people.models import Customer, CustomerPrivate, Identity, IdentityLink, IdentityTag
from siyu.people.privacy.models import Consent
from siyu.people.stages.models import StageChange

_EVIDENCE: Final = "import"

Mode = Literal["keep", "replace"]


class Contended(Exception):
    """Somebody else made one of the ids meanwhile: the chunk is to be begun anew."""


class Writer:
    """Writes what rows of a chunk say of people."""

    def __init__(self, ctx: Context, vault: Vault, mode: Mode) -> None:
        self._ctx = ctx
        self._vault = vault
        self._mode = mode
        self._employee = ctx.actor.id
        self._news: list[News] = []

    async def write(self, targets: Sequence[Target]) -> list[int]:
        """Write everything and announce it; return the customers. Raises `Contended`."""
        if self._mode == "keep":
            # As if each row came by itself: what the first says is kept, others fill its gaps.
            for target in targets:
                target.rows.reverse()
        known = [target for target in targets if not target.new]
        await self._customers([target for target in targets if target.new])
        made = await self._identities(targets)
        homes = await self._homes(targets, known, made)
        await self._phones(targets, made, homes)
        await self._profiles(known, homes)
        before = Before(self._ctx, [_of(target) for target in known])
        await self._values(targets, homes, before)
        await self._stages(targets, homes, before)
        await self._consents(targets, homes, before)
        await self._tags(targets, homes, before)
        await self._ctx.announce_many(self._news)
        return [_of(target) for target in targets]

    async def _customers(self, new: Sequence[Target]) -> None:
        if not new:
            return
        rows = [
            self._row(
                name=_last(row.name for row in target.rows) or "",
                gender=_last(row.gender for row in target.rows) or 0,
                created_at=self._ctx.now(),
            )
            for target in new
        ]
        ids = await self._ctx.session.scalars(insert_many(Customer, rows).returning(Customer.id))
        # They are alike but for what was given with them, and come back as they went in.
        for target, customer_id in zip(new, ids, strict=True):
            target.customer_id = customer_id

    async def _identities(self, targets: Sequence[Target]) -> dict[Key, int]:
        # In one order everywhere, so that two chunks that meet wait and do not deadlock.
        fresh = sorted(
            ((key, target) for target in targets for key in target.fresh), key=lambda pair: pair[0]
        )
        if not fresh:
            return {}
        now = self._ctx.now()
        rows = [
            self._row(
                kind=kind,
                scope=scope,
                value=value,
                customer_id=target.customer_id,
                own_customer_id=target.fresh[kind, scope, value],
                # The first id of somebody new is who they are; that others are theirs is hearsay.
                confidence=_confidence((kind, scope, value), target),
                created_at=now,
            )
            for (kind, scope, value), target in fresh
        ]
        found = await self._ctx.session.execute(
            insert_many(Identity, rows)
            .on_conflict_do_nothing()
            .returning(Identity.kind, Identity.scope, Identity.value, Identity.id)
        )
        made = {(row[0], row[1], row[2]): row[3] for row in found}
        if len(made) < len(fresh):
            raise Contended
        await self._insert(
            IdentityLink,
            [
                self._row(
                    identity_id=made[key],
                    customer_id=target.customer_id,
                    evidence=_EVIDENCE,
                    confidence=_confidence(key, target),
                    employee_id=self._employee,
                    linked_at=now,
                )
                for key, target in fresh
            ],
        )
        for key, target in fresh:
            if target.new and key == target.first:
                self._tell(CustomerCreated(customer_id=_of(target)), made[key])
            self._tell(
                IdentityLinked(customer_id=_of(target), kind=key[0], evidence=_EVIDENCE), made[key]
            )
        return made

    async def _homes(
        self, targets: Sequence[Target], known: Sequence[Target], made: Mapping[Key, int]
    ) -> dict[int, int]:
        homes = {
            _of(target): min((key[0] != EXTERNAL, made[key]) for key in target.fresh)[1]
            for target in targets
            if target.new
        }
        if known:
            homes |= await homes_of(self._ctx, {_of(target) for target in known})
        return homes

    async def _phones(
        self, targets: Sequence[Target], made: Mapping[Key, int], homes: Mapping[int, int]
    ) -> None:
        phones = {
            key: (row.phone, homes[_of(target)])
            for target in targets
            for row in target.rows
            for key in row.keys
            if key[0] == PHONE and key in made
        }
        await self._insert(
            CustomerPrivate,
            [
                self._row(
                    identity_id=home,
                    kind=PHONE,
                    ciphertext=self._vault.encrypt(PHONE, phone),
                    blind=bytes.fromhex(value),
                    created_at=self._ctx.now(),
                )
                for (_, _, value), (phone, home) in sorted(phones.items())
            ],
        )
        told = {_of(target) for target in targets if not target.new}
        phoned = {home for _, home in phones.values()}
        for customer_id in sorted(told):
            if homes[customer_id] in phoned:
                self._tell(
                    CustomerChanged(customer_id=customer_id, what="phone"), homes[customer_id]
                )

    async def _profiles(self, known: Sequence[Target], homes: Mapping[int, int]) -> None:
        said = {
            _of(target): Profile(
                name=_last(row.name for row in target.rows) or "",
                gender=_last(row.gender for row in target.rows) or 0,
            )
            for target in known
        }
        said = {number: profile for number, profile in said.items() if profile != Profile()}
        if not said:
            return
        ctx = self._ctx
        identities = (
            await ctx.session.scalars(
                select(Identity).where(
                    Identity.tenant_id == ctx.tenant_id,
                    Identity.id.in_({homes[number] for number in said}),
                )
            )
        ).all()
        await hold_owners(ctx, identities)
        rows = await ctx.session.scalars(
            select(Customer).where(Customer.tenant_id == ctx.tenant_id, Customer.id.in_(said))
        )
        customers = {customer.id: customer for customer in rows}
        if self._mode == "keep":
            said = {
                number: Profile(
                    name="" if customers[number].name else profile.name,
                    gender=0 if customers[number].gender else profile.gender,
                )
                for number, profile in said.items()
            }
        await portray(
            ctx, customers, [(identity, said[identity.customer_id]) for identity in identities]
        )

    async def _values(
        self,
        targets: Sequence[Target],
        homes: Mapping[int, int],
        before: Before,
    ) -> None:
        wanted: dict[tuple[int, int], Value] = {
            (_of(target), field_id): value
            for target in targets
            for row in target.rows
            for field_id, value in row.values.items()
        }
        if self._mode == "keep" and wanted:
            kept = await before.valued({field_id for _, field_id in wanted})
            wanted = {key: value for key, value in wanted.items() if key not in kept}
        if not wanted:
            return
        rows = [
            self._row(
                identity_id=homes[customer_id],
                field_id=field_id,
                number=value.number,
                text=value.text,
                day=value.day,
                choices=list(value.choices),
                set_at=self._ctx.now(),
                employee_id=self._employee,
            )
            for (customer_id, field_id), value in sorted(
                wanted.items(), key=lambda item: (homes[item[0][0]], item[0][1])
            )
        ]
        await self._ctx.session.execute(_overwriting(insert_many(FieldValue, rows)))
        changed: dict[int, list[int]] = {}
        for customer_id, field_id in sorted(wanted):
            changed.setdefault(customer_id, []).append(field_id)
        for customer_id in sorted(_of(target) for target in targets if not target.new):
            if field_ids := changed.get(customer_id):
                self._tell(
                    CustomerChanged(customer_id=customer_id, what="fields", field_ids=field_ids),
                    homes[customer_id],
                )

    async def _stages(
        self, targets: Sequence[Target], homes: Mapping[int, int], before: Before
    ) -> None:
        wanted = _said((_of(target), row.stage_id) for target in targets for row in target.rows)
        if not wanted:
            return
        now = await before.stages()
        keep = self._mode == "keep"
        wanted = {
            number: stage_id
            for number, stage_id in wanted.items()
            if stage_id != now.get(number) and not (keep and now.get(number) is not None)
        }
        rows = [
            self._row(
                identity_id=homes[number],
                stage_id=stage_id,
                at=self._ctx.now(),
                employee_id=self._employee,
                reason="导入",
            )
            for number, stage_id in sorted(wanted.items())
        ]
        await self._insert(StageChange, rows)
        for number, stage_id in sorted(wanted.items()):
            self._tell(
                StageChanged(customer_id=number, stage_id=stage_id, before_id=now.get(number)),
                homes[number],
            )

    async def _consents(
        self, targets: Sequence[Target], homes: Mapping[int, int], before: Before
    ) -> None:
        wanted = _said((_of(target), row.consent) for target in targets for row in target.rows)
        if not wanted:
            return
        now = await before.consents()
        for number, state in sorted(wanted.items()):
            last, source = now.get(number, ("", ""))
            # What somebody refused themselves, no file grants on their behalf.
            own_refusal = last == "refused" and source == "customer"
            if state == last or own_refusal or (self._mode == "keep" and last):
                del wanted[number]
        rows = [
            self._row(
                identity_id=homes[number],
                kind="marketing",
                state=state,
                at=self._ctx.now(),
                source="import",
                employee_id=self._employee,
            )
            for number, state in sorted(wanted.items())
        ]
        await self._insert(Consent, rows)
        for number, state in sorted(wanted.items()):
            fact = ConsentGiven(customer_id=number, kind="marketing", state=state)
            self._tell(fact, homes[number])

    async def _tags(
        self, targets: Sequence[Target], homes: Mapping[int, int], before: Before
    ) -> None:
        wanted = {
            (_of(target), tag_id)
            for target in targets
            for row in target.rows
            for tag_id in row.tag_ids
        }
        if not wanted:
            return
        wanted -= await before.tagged()
        rows = [
            self._row(
                identity_id=homes[number],
                tag_id=tag_id,
                source=_EVIDENCE,
                reason="导入",
                employee_id=self._employee,
                marked_at=self._ctx.now(),
            )
            for number, tag_id in sorted(wanted)
        ]
        await self._insert(IdentityTag, rows)
        for number, tag_id in sorted(wanted):
            self._tell(TagMarked(tag_id=tag_id, customer_id=number, source="import"), homes[number])

    def _row(self, **columns: Any) -> dict[str, Any]:
        return {"tenant_id": self._ctx.tenant_id, **columns}

    async def _insert(self, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            await self._ctx.session.execute(insert_many(model, rows).on_conflict_do_nothing())

    def _tell(self, fact: Fact, identity_id: int) -> None:
        self._news.append(News(fact, identity_id))


def _of(target: Target) -> int:
    if target.customer_id is None:
        raise RuntimeError("the customer was not made yet")
    return target.customer_id


def _confidence(key: Key, target: Target) -> str:
    return "certain" if target.new and key == target.first else "weak"


def _last(said: Iterable[Any]) -> Any:
    """Return the last that says something: rows are in the order in which they count more."""
    found = None
    for each in said:
        found = each or found
    return found


def _said(pairs: Iterable[tuple[int, Any]]) -> dict[int, Any]:
    return {number: value for number, value in pairs if value}


def _overwriting(rows: Insert) -> Insert:
    columns = ("number", "text", "day", "choices", "set_at", "employee_id")
    return rows.on_conflict_do_update(
        index_elements=["tenant_id", "identity_id", "field_id"],
        set_={name: rows.excluded[name] for name in columns},
    )
