"""The unit of work every use case gets: who acts, for which tenant, when, in which transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal, Protocol, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.core.clock import Clock
from siyu.core.db.many import insert_many
from siyu.core.errors import Forbidden
from siyu.core.ids import uuid7, uuid7_digits
from siyu.core.jobs.kinds import JobKind
from siyu.core.jobs.queue import enqueue
from siyu.core.stream.events import shard_of
from siyu.core.stream.models import OutboxEvent

P = TypeVar("P", bound=msgspec.Struct)


class Fact(Protocol):
    """Something that became true; the structs in `siyu.facts` are facts."""

    type: ClassVar[str]
    version: ClassVar[int]


@dataclass(frozen=True)
class Actor:
    """Who acts, and what they may do and see.

    `owners` are the staff accounts whose customers the actor may see; `None` means all.
    """

    kind: Literal["employee", "customer", "system", "api"]
    id: int | None = None
    name: str = ""
    permissions: frozenset[str] = frozenset()
    owners: frozenset[int] | None = frozenset()
    staff_account_ids: frozenset[int] = frozenset()
    """The staff accounts the actor runs personally."""
    role: str = ""
    """The role of an employee; what it may do stands in `permissions`."""


SYSTEM_ACTOR = Actor("system", name="siyu", permissions=frozenset({"*"}), owners=None)


class News(msgspec.Struct, frozen=True):
    """A fact and whom it is about, to be announced together with others."""

    fact: Fact
    identity_id: int | None = None
    staff_account_id: int | None = None
    touch_id: int | None = None
    occurred_at: datetime | None = None


@dataclass(frozen=True)
class Context:
    """Tenant, actor, clock and transaction of one request, job or reaction.

    Use cases change rows through `session` and announce facts; they never commit:
    whoever opened the transaction does.
    """

    tenant_id: int
    actor: Actor
    clock: Clock
    session: AsyncSession
    request: Mapping[str, str] = field(default_factory=dict)
    """Facts about the request for the audit log: `ip`, `user_agent`, `request_id`."""

    def now(self) -> datetime:
        """Return the present moment."""
        return self.clock.now()

    def may(self, permission: str) -> bool:
        """Tell whether the actor has a permission."""
        return permission in self.actor.permissions or "*" in self.actor.permissions

    def require(self, permission: str) -> None:
        """Raise `Forbidden` unless the actor has a permission."""
        if not self.may(permission):
            raise Forbidden(
                "permission_missing",
                "你的角色没有这项权限，请联系企业管理员在「员工与角色」中开通",
                extra={"permission": permission},
            )

    def announce(
        self,
        fact: Fact,
        *,
        identity_id: int | None = None,
        staff_account_id: int | None = None,
        touch_id: int | None = None,
        occurred_at: datetime | None = None,
    ) -> UUID:
        """Put a fact on the stream if and when this transaction commits; return its id."""
        now, event_id = self.now(), uuid7()
        self.session.add(
            OutboxEvent(
                tenant_id=self.tenant_id,
                recorded_at=now,
                shard=shard_of(self.tenant_id, identity_id),
                event_id=event_id,
                type=fact.type,
                version=fact.version,
                occurred_at=occurred_at or now,
                identity_id=identity_id,
                staff_account_id=staff_account_id,
                touch_id=touch_id,
                properties=properties_of(fact),
            )
        )
        return event_id

    async def announce_many(self, news: Sequence[News]) -> None:
        """Put facts on the stream as `announce` does, in one statement; for hot paths."""
        if not news:
            return
        now = self.now()
        rows: list[dict[str, Any]] = [
            {
                "shard": shard_of(self.tenant_id, item.identity_id),
                "event_id": event_id,
                "type": item.fact.type,
                "version": item.fact.version,
                "identity_id": item.identity_id,
                "properties": properties_of(item.fact),
            }
            for item, event_id in zip(news, uuid7_digits(len(news)), strict=True)
        ]
        # What mostly nobody says is sent once.
        same: dict[str, Any] = {"occurred_at": now, "staff_account_id": None, "touch_id": None}
        for name in list(same):
            given = [getattr(item, name) for item in news]
            if given.count(None) < len(given):
                unsaid = same.pop(name)
                for row, value in zip(rows, given, strict=True):
                    row[name] = unsaid if value is None else value
        await self.session.execute(
            insert_many(OutboxEvent, rows, tenant_id=self.tenant_id, recorded_at=now, **same)
        )

    async def enqueue(
        self,
        kind: JobKind[P],
        payload: P,
        *,
        key: str | None = None,
        delay: timedelta = timedelta(0),
        priority: int | None = None,
    ) -> bool:
        """Have a job done after this transaction commits; tell whether it was added.

        With a `key`, nothing is added while a job of this kind with the same key waits or runs,
        save as its `follows_after` says.
        """
        return await enqueue(
            self.session,
            self.tenant_id,
            kind,
            payload,
            key=key,
            delay=delay,
            priority=kind.priority if priority is None else priority,
        )


def properties_of(fact: Fact) -> dict[str, Any]:
    """Return the properties of a fact as JSON values, without those that are absent."""
    members: dict[str, Any] = msgspec.to_builtins(fact)
    return {name: value for name, value in members.items() if value is not None}
