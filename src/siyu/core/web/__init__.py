"""What every HTTP door has in common: problems, cookies, guards against foreign pages."""
