"""Rules about people: one definition, answered for sets by the engine and for one in Python."""
