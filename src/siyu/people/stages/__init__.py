"""Stages: how far a customer has come, as the enterprise counts it, with the history."""
