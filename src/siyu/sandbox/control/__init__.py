"""The control API of the world, and the pages and pictures it serves."""
