"""Background work: effects on the outside and everything slow.

Rows of the queue carry the tenant and ids, never personal data. A job runs at least
once, so each handler is idempotent; it opens its own short transactions and makes no
outside call inside one.
"""

from siyu.core.jobs.kinds import JobGone, JobHandler, JobKind, RetryLater
from siyu.core.jobs.progress import JobRun, Progress
from siyu.core.jobs.worker import JobWorker

__all__ = ["JobGone", "JobHandler", "JobKind", "JobRun", "JobWorker", "Progress", "RetryLater"]
