"""Seeing: figures with one definition each, the dashboard, rankings, what needs a person now."""
