"""The server API of WeCom and of the official account, as a table of endpoints."""
