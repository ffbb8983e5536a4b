"""What WeCom called back, and what became of it, as the administrator sees it."""
