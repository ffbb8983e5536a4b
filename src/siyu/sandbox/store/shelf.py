"""A shelf holds all records of one kind in memory and tells the journal what changed."""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

import asyncpg
import msgspec

from siyu.sandbox.store.journal import Journal

Record = TypeVar("Record", bound=msgspec.Struct)


class Shelf(Generic[Record]):
    """Records by key. A record that was changed in place must be saved again."""

    def __init__(
        self, name: str, kind: type[Record], key: Callable[[Record], str], journal: Journal
    ) -> None:
        self.name = name
        self._kind = kind
        self._key = key
        self._journal = journal
        self._records: dict[str, Record] = {}

    def get(self, key: str) -> Record | None:
        """Return the record or None."""
        return self._records.get(key)

    def save(self, record: Record) -> Record:
        """Put the record on the shelf and into the next commit."""
        key = self._key(record)
        self._records[key] = record
        self._journal.save(self.name, key, record)
        return record

    def drop(self, key: str) -> None:
        """Take the record off the shelf; nothing happens when it is not there."""
        if self._records.pop(key, None) is not None:
            self._journal.save(self.name, key, None)

    def finish(self, key: str) -> None:
        """Take a record off the shelf that does no harm should it be found once more."""
        if self._records.pop(key, None) is not None:
            self._journal.forget(self.name, key)

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records.values())

    def __len__(self) -> int:
        return len(self._records)

    def __contains__(self, key: str) -> bool:
        return key in self._records

    async def load(self, pool: asyncpg.Pool) -> None:
        """Read all records of this kind from the database."""
        decoder = msgspec.json.Decoder(self._kind)
        rows = await pool.fetch("select doc from world_record where shelf = $1", self.name)
        for row in rows:
            record = decoder.decode(row["doc"])
            self._records[self._key(record)] = record
