"""Reconciliation: finding what callbacks missed, by reading WeCom's state within the quotas.

WeCom tells of changes once, and what is lost on the way is not told again. So once a night all
friendships, tags and remarks are read and compared with what siyu believes; what differs is
written through the same code as callbacks and sync (so no fact is announced twice), and reported.
What no read can reveal stays open: a customer who deleted a staff account remains in its list.
"""
