"""The console's home: what needs a person now, and the first steps of a new enterprise."""
