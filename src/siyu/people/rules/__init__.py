"""Rules about people: one definition, answered for sets (`answers`) and for one in Python."""
