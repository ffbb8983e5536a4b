"""The embedded PostgreSQL: a real server of its own for whoever brings none."""

from siyu.core.postgres.embedded import EmbeddedPostgres
from siyu.core.postgres.errors import PostgresUnavailable

__all__ = ["EmbeddedPostgres", "PostgresUnavailable"]
