"""Naming errors without repeating what they say, which may be personal."""

import traceback


def place(error: BaseException) -> str:
    """Return an exception's type and the line that raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__} at {where}"
