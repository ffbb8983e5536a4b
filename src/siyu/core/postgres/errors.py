"""What the launcher says when there is no server to be had."""


class PostgresUnavailable(RuntimeError):
    """The embedded server cannot be started, joined or stopped; the text tells the user why."""
