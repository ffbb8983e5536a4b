"""The roles, as the tables of doors name them."""

ROLES = ("admin", "planner", "manager", "staff")
EVERYBODY = frozenset(ROLES)
MANAGERS = EVERYBODY - {"staff"}
PLANNERS = frozenset({"admin", "planner"})
ADMIN = frozenset({"admin"})

ANYTHING = "anything.at.all.txt"
"""Stands for a file, where a door takes one."""
