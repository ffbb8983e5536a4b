"""Conversion 转化: from interest to orders, and what orders are owed to."""
