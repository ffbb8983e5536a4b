"""The state of the world and the rules by which it moves, without HTTP."""
