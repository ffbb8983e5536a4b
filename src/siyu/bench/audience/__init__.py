"""`audience`: rules, lists, audiences and their freshness over a crowd of any size."""
