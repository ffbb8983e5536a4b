"""What may still be called, kept in the database: one count for all processes."""

from datetime import datetime
from typing import Final, TypeVar

import msgspec
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from siyu.accounts.connections.models import QuotaCount
from siyu.channels.wecom.ledger import Address, Claim, Grant, Lane, LedgerLost, grant
from siyu.core.clock import Clock
from siyu.core.db import LOST, Database

T = TypeVar("T", Lane, Address)
_encode: Final = msgspec.msgpack.Encoder().encode


class DatabaseQuotaLedger:
    """The `QuotaLedger` of an installation; `address` names the one that its calls come from.

    A claim locks the corporation's count and then the address's, always in that order.
    """

    def __init__(self, db: Database, clock: Clock, address: str) -> None:
        self._db = db
        self._clock = clock
        self._address = f"address:{address}"

    async def claim(self, claim: Claim) -> Grant:
        """Count up to `claim.wanted` calls as made, and say how many."""
        corp = f"corp:{claim.corp_id}"
        try:
            async with self._db.system() as session:
                lane = await _locked(session, corp, claim.path, Lane)
                address = Address()
                if claim.address_windows:
                    address = await _locked(session, self._address, claim.path, Address)
                granted = grant(claim, lane, address, self._clock.now())
                await _keep(session, corp, claim.path, lane)
                if claim.address_windows:
                    await _keep(session, self._address, claim.path, address)
        except LOST as error:
            raise LedgerLost from error
        return granted

    async def refused(
        self, corp_id: str, path: str, asked_at: datetime, refused_at: datetime
    ) -> datetime:
        """Remember a 45009, when it was asked for and when it came; return when to go on."""
        try:
            async with self._db.system() as session:
                lane = await _locked(session, f"corp:{corp_id}", path, Lane)
                until = lane.refuse(asked_at, refused_at)
                await _keep(session, f"corp:{corp_id}", path, lane)
        except LOST as error:
            raise LedgerLost from error
        return until

    async def answered(self, corp_id: str, path: str) -> None:
        """Remember that WeCom answers again after a 45009."""
        try:
            async with self._db.system() as session:
                lane = await _locked(session, f"corp:{corp_id}", path, Lane)
                lane.strikes = 0
                await _keep(session, f"corp:{corp_id}", path, lane)
        except LOST as error:
            raise LedgerLost from error


async def _locked(session: AsyncSession, name: str, path: str, kind: type[T]) -> T:
    key = (QuotaCount.name == name, QuotaCount.path == path)
    find = select(QuotaCount.state).where(*key).with_for_update()
    state = await session.scalar(find)
    if state is None:
        new = insert(QuotaCount).values(name=name, path=path, state=_encode(kind()))
        await session.execute(new.on_conflict_do_nothing())
        state = await session.scalar(find)
    if state is None:
        raise LookupError("a count vanished between two statements")
    return msgspec.msgpack.decode(state, type=kind)


async def _keep(session: AsyncSession, name: str, path: str, count: Lane | Address) -> None:
    key = (QuotaCount.name == name, QuotaCount.path == path)
    await session.execute(update(QuotaCount).where(*key).values(state=_encode(count)))
