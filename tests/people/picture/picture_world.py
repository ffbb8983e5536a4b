"""A stream, an engine and a picture of one test's own."""

from dataclasses import dataclass, field

from siyu.composition import PersonSources
from siyu.core.analytics import Analytics, EngineProcess
from siyu.core.analytics.feeder import Feeder
from siyu.core.clock import FixedClock
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database
from siyu.core.stream.sequencer import Sequencer
from siyu.people.picture.projector import Projector, Roof


@dataclass
class World:
    db: Database
    clock: FixedClock
    engine: EngineProcess
    analytics: Analytics
    roof: Roof = field(default_factory=lambda: Roof(PersonSources()))

    def context(self, tenant_id, session) -> Context:
        return Context(tenant_id, SYSTEM_ACTOR, self.clock, session)

    def projector(self, **options) -> Projector:
        return Projector(self.db, self.analytics, self.clock, self.roof, **options)

    async def feed(self) -> None:
        """Bring all facts into the stream and the engine."""
        sequencer = Sequencer(self.db, self.clock)
        await sequencer.prepare()
        while await sequencer.step():
            pass
        await Feeder(self.db, self.analytics, self.clock).drain()

    async def follow(self, projector: Projector) -> None:
        await self.feed()
        while await projector.step():
            pass
