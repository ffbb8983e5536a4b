"""Friendships of customers and staff accounts: how siyu hears of them and what they are."""
