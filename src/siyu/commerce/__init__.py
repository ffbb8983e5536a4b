"""Orders: taken from shops, matched to people, refunded. Money is integer fen."""
