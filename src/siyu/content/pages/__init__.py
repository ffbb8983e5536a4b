"""Pages that customers open: articles behind tracked links, drawn on the server."""
