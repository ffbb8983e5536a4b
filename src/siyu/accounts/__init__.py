"""Tenants, employees and their staff accounts, roles, sign-in, connections, audit."""
