"""The customer list and everything about one customer."""
