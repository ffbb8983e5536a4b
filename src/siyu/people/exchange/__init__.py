"""Customers by the file: import and export."""
