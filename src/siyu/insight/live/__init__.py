"""What is happening right now, to whoever has a page open and may see it."""
