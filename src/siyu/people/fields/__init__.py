"""Custom fields: what an enterprise wants to know of its customers beyond the basics."""
