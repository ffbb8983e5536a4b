"""Encrypted callbacks from the world to the apps."""
