"""People who act: they open links, read, forward, buy, give back, and live through stories."""
