"""The staff's phone: whom to talk to now and why, and how today goes."""
