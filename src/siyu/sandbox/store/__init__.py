"""How the world remembers: records live in memory, every change is committed in groups."""
