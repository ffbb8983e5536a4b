"""What siyu does in the background, as the administrator sees it."""
