"""What stands behind a figure: the customers or orders it counted."""
