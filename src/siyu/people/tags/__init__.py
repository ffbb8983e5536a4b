"""Tags: corp tags of WeCom, in both directions, and which contact carries which."""
