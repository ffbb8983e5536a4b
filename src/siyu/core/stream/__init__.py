"""The event stream, spine of the system.

A fact is written to the outbox in the transaction that makes it true
(`siyu.core.context.Context.announce`). The sequencer moves committed rows into the
stream and numbers them without gaps, per shard. Readers (reactions, analytics,
realtime) each keep a cursor per shard and cannot miss a row that commits late.
"""

from siyu.core.stream.events import SHARDS, Event, shard_of

__all__ = ["SHARDS", "Event", "shard_of"]
