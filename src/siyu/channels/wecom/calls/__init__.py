"""Calls in plain words, grouped by what they are about; reached through `WecomClient`."""
