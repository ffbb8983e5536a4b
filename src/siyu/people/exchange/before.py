"""What known customers had before a file said something of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, func, literal, select, true
from sqlalchemy.dialects.postgresql import JSONB, distinct_on

from siyu.core.context import Context
from siyu.core.db import among
from siyu.people.exchange.rows import Value
from siyu.people.fields.models import FieldValue
from siyu.people.models import Identity, IdentityTag
from siyu.people.privacy.models import Consent
from siyu.people.stages.models import StageChange

Noted = FieldValue | StageChange | Consent | IdentityTag


class Before:
    """Asks what customers had, and only of what a file says something about."""

    def __init__(self, ctx: Context, customer_ids: Sequence[int]) -> None:
        self._ctx = ctx
        self._ids = customer_ids

    async def values(self, field_ids: Iterable[int]) -> dict[tuple[int, int], Value]:
        """Return what customers have in which fields: by all their ids, the latest."""
        if not self._ids:
            return {}
        had = self._at_id(
            FieldValue,
            FieldValue.field_id,
            FieldValue.number,
            FieldValue.text,
            FieldValue.day,
            func.nullif(FieldValue.choices, literal([], JSONB), type_=JSONB).label("choices"),
            FieldValue.set_at,
        ).where(among(FieldValue.field_id, set(field_ids)))
        one = had.lateral()
        rows = await self._ctx.session.execute(
            select(
                Identity.customer_id, one.c.field_id, one.c.number, one.c.text, one.c.day,
                one.c.choices,
            )
            .join(one, true())
            .where(*self._theirs())
            .order_by(one.c.set_at, Identity.id)
        )  # fmt: skip
        return {
            (customer_id, field_id): Value(number, text, day, tuple(choices or ()))
            for customer_id, field_id, number, text, day, choices in rows
        }

    async def stages(self) -> dict[int, int | None]:
        """Return at which stage customers are."""
        if not self._ids:
            return {}
        one = self._at_id(StageChange, StageChange.id, StageChange.stage_id).lateral()
        rows = await self._ctx.session.execute(
            select(Identity.customer_id, one.c.stage_id)
            .join(one, true())
            .where(*self._theirs())
            .order_by(Identity.customer_id, one.c.id.desc())
            .ext(distinct_on(Identity.customer_id))
        )
        return {row[0]: row[1] for row in rows}

    async def consents(self) -> dict[int, tuple[str, str]]:
        """Return what customers last said to marketing, and where."""
        if not self._ids:
            return {}
        said = self._at_id(Consent, Consent.id, Consent.state, Consent.source)
        one = said.where(Consent.kind == "marketing").lateral()
        rows = await self._ctx.session.execute(
            select(Identity.customer_id, one.c.state, one.c.source)
            .join(one, true())
            .where(*self._theirs())
            .order_by(Identity.customer_id, one.c.id.desc())
            .ext(distinct_on(Identity.customer_id))
        )
        return {row[0]: (row[1], row[2]) for row in rows}

    async def tagged(self) -> set[tuple[int, int]]:
        """Return which internal tags customers carry."""
        if not self._ids:
            return set()
        one = self._at_id(IdentityTag, IdentityTag.tag_id).lateral()
        rows = await self._ctx.session.execute(
            select(Identity.customer_id, one.c.tag_id).join(one, true()).where(*self._theirs())
        )
        return {(row[0], row[1]) for row in rows}

    def _at_id(self, table: type[Noted], *columns: Any) -> Select[Any]:
        """Select what stands at one identity, for each by itself.

        Joined otherwise, all rows of a tenant are read that seems to have few.
        """
        return (
            select(*columns)
            .where(table.tenant_id == self._ctx.tenant_id, table.identity_id == Identity.id)
            .offset(0)
        )

    def _theirs(self) -> tuple[Any, Any]:
        return Identity.tenant_id == self._ctx.tenant_id, among(Identity.customer_id, self._ids)
