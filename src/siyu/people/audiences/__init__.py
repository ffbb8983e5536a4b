"""Audiences: saved rules and lists, who is in them, and for what they were used.

Membership truth is in PostgreSQL, as bitmaps of customer ids by chunk (`chunks`). A build writes
it from the engine's answer, the picture's projector keeps it (`dynamic`), and both tell the stream
who entered and left in the transaction that changes the chunk.
"""
