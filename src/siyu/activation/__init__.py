"""Activation 促活: giving customers a reason to talk to us again."""
