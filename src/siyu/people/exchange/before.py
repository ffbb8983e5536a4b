"""What known customers had before a file said something of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, literal, select
from sqlalchemy.dialects.postgresql import JSONB, distinct_on

from siyu.core.context import Context
from siyu.core.db import among
from siyu.people.exchange.rows import Value
from siyu.people.fields.models import FieldValue
from siyu.people.models import Identity, IdentityTag
from siyu.people.privacy.models import Consent
from siyu.people.stages.models import StageChange


class Before:
    """Asks what customers had, and only of what a file says something about."""

    def __init__(self, ctx: Context, customer_ids: Sequence[int]) -> None:
        self._ctx = ctx
        self._ids = customer_ids

    async def values(self, field_ids: Iterable[int]) -> dict[tuple[int, int], Value]:
        """Return what customers have in which fields: by all their ids, the latest."""
        if not self._ids:
            return {}
        rows = await self._ctx.session.execute(
            select(
                Identity.customer_id,
                FieldValue.field_id,
                FieldValue.number,
                FieldValue.text,
                FieldValue.day,
                func.nullif(FieldValue.choices, literal([], JSONB), type_=JSONB),
            )
            .join(
                FieldValue,
                (FieldValue.tenant_id == Identity.tenant_id)
                & (FieldValue.identity_id == Identity.id),
            )
            .where(*self._theirs(), among(FieldValue.field_id, set(field_ids)))
            .order_by(FieldValue.set_at, FieldValue.identity_id)
        )
        return {
            (customer_id, field_id): Value(number, text, day, tuple(choices or ()))
            for customer_id, field_id, number, text, day, choices in rows
        }

    async def stages(self) -> dict[int, int | None]:
        """Return at which stage customers are."""
        if not self._ids:
            return {}
        rows = await self._ctx.session.execute(
            select(Identity.customer_id, StageChange.stage_id)
            .join(
                StageChange,
                (StageChange.tenant_id == Identity.tenant_id)
                & (StageChange.identity_id == Identity.id),
            )
            .where(*self._theirs())
            .order_by(Identity.customer_id, StageChange.id.desc())
            .ext(distinct_on(Identity.customer_id))
        )
        return {row[0]: row[1] for row in rows}

    async def consents(self) -> dict[int, tuple[str, str]]:
        """Return what customers last said to marketing, and where."""
        if not self._ids:
            return {}
        rows = await self._ctx.session.execute(
            select(Identity.customer_id, Consent.state, Consent.source)
            .join(
                Consent,
                (Consent.tenant_id == Identity.tenant_id) & (Consent.identity_id == Identity.id),
            )
            .where(*self._theirs(), Consent.kind == "marketing")
            .order_by(Identity.customer_id, Consent.id.desc())
            .ext(distinct_on(Identity.customer_id))
        )
        return {row[0]: (row[1], row[2]) for row in rows}

    async def tagged(self) -> set[tuple[int, int]]:
        """Return which internal tags customers carry."""
        if not self._ids:
            return set()
        rows = await self._ctx.session.execute(
            select(Identity.customer_id, IdentityTag.tag_id)
            .join(
                IdentityTag,
                (IdentityTag.tenant_id == Identity.tenant_id)
                & (IdentityTag.identity_id == Identity.id),
            )
            .where(*self._theirs())
        )
        return {(row[0], row[1]) for row in rows}

    def _theirs(self) -> tuple[Any, Any]:
        return Identity.tenant_id == self._ctx.tenant_id, among(Identity.customer_id, self._ids)
