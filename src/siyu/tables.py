"""All tables of all rooms, for migrations and their checks."""

from siyu.core.db import Base
from siyu.core.jobs.progress import JobRun
from siyu.core.stream.models import StreamEvent

metadata = Base.metadata

__all__ = ["JobRun", "StreamEvent", "metadata"]
