"""Where the picture stands for builds."""

from sqlalchemy import select

from siyu.core.analytics.feeder import READER as FEEDER
from siyu.core.db import Database
from siyu.core.stream import SHARDS
from siyu.core.stream.models import Cursor
from siyu.people.picture.state import generation_of
from siyu.people.rules.answers.statements import Place


class Fed:
    """The picture with all facts the engine holds.

    While the projector is within a step it has told of persons with facts that it calls applied
    only at its end. A build in between that did not count these would take them back, and nobody
    would look again; of facts that it counts too early the projector tells in any case.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    async def place(self) -> Place:
        """Return where it stands now."""
        async with self._db.system() as session:
            rows = await session.execute(
                select(Cursor.shard, Cursor.position).where(Cursor.reader == FEEDER)
            )
            at: dict[int, int] = {row.shard: row.position for row in rows}
            generation = await generation_of(session)
        return Place(generation, tuple(at.get(shard, 0) for shard in range(SHARDS)))
