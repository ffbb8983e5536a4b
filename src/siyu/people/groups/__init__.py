"""Customer groups: which there are, whose they are, who is and was in them."""
