"""Channels: where customers come from, and how often each was shown to people."""
